# The active node loses power: after deadtime, and not before, the other takes over.
nodes alpha beta
conf deadtime 10
group alpha IPaddr::10.0.0.9 httpd
boot all
run 30s
power-off alpha
run 9s
holders
run 2s
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- power-off alpha
== alpha: off | beta: nothing
[  40.000] beta: node alpha: is dead (active -> dead: silent 10.0s, deadtime 10s)
[  40.000] beta: No STONITH device configured.
[  40.000] beta: Shared disks are not protected.
[  40.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  40.003] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
== alpha: off | beta: IPaddr::10.0.0.9 httpd
