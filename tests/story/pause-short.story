# A node sleeps for less than deadtime: it blames nobody for the silence.
nodes alpha beta
conf deadtime 10
group alpha IPaddr::10.0.0.9
boot all
run 10s
pause alpha 8s
run 20s
holders
----
-- boot all
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- pause alpha 8s
[  18.000] alpha: we did not run for 7s: stopped or starved; nobody is blamed for that time
[  18.000] beta: Late heartbeat: Node alpha: interval 8000 ms
== alpha: IPaddr::10.0.0.9 | beta: nothing
