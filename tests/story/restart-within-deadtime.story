# The active machine restarts within deadtime: nobody waits for its death.
nodes alpha beta
conf deadtime 60
conf initdead 60
conf auto_failback off
group alpha IPaddr::10.0.0.9
boot all
run 10s
power-off alpha
run 15s
boot alpha
run 5s
holders
----
-- boot all
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- power-off alpha
-- boot alpha
[  25.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[  25.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
== alpha: IPaddr::10.0.0.9 | beta: nothing
