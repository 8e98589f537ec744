# auto_failback off: a group stays where it runs.
nodes alpha beta
conf deadtime 10
conf auto_failback off
group alpha IPaddr::10.0.0.9
boot all
run 30s
power-off alpha
run 20s
boot alpha
run 60s
holders
----
-- boot all
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- power-off alpha
[  40.000] beta: node alpha: is dead (active -> dead: silent 10.0s, deadtime 10s)
[  40.000] beta: No STONITH device configured.
[  40.000] beta: Shared disks are not protected.
[  40.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  40.001] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
-- boot alpha
[  50.001] beta: group IPaddr::10.0.0.9: ours alone again, addresses are announced (alpha was dead and starts again)
== alpha: nothing | beta: IPaddr::10.0.0.9
