# Both ran a group while the network was cut; the one that would have yielded loses power meanwhile, and is back
# in a new life when the network is mended: neighbours still send to it, so the keeper announces.
nodes alpha beta
conf deadtime 5
group alpha IPaddr::10.0.0.9 httpd
boot all
run 10s
cut alpha beta
run 10s
clients
power-off beta
run 5s
mend alpha beta
boot beta
run 1s
clients
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- cut alpha beta
[  15.000] alpha: node beta: is dead (active -> dead: silent 5.0s, deadtime 5s)
[  15.000] beta: node alpha: is dead (active -> dead: silent 5.0s, deadtime 5s)
[  15.000] beta: No STONITH device configured.
[  15.000] beta: Shared disks are not protected.
[  15.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  15.000] beta: !! IPaddr::10.0.0.9 starts while it runs on alpha
[  15.002] beta: !! httpd starts while it runs on alpha
[  15.003] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
== IPaddr::10.0.0.9: alpha beta
-- power-off beta
-- mend alpha beta
-- boot beta
[  25.002] alpha: group IPaddr::10.0.0.9: ours alone again, addresses are announced (beta was dead and starts again)
== IPaddr::10.0.0.9: alpha alpha
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
