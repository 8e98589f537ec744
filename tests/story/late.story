# Late, but not dead.
nodes alpha beta
conf keepalive 1
conf warntime 3
conf deadtime 10
group alpha IPaddr::10.0.0.9
boot all
run 10s
cut alpha beta
run 5s
mend alpha beta
run 5s
holders
----
-- boot all
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- cut alpha beta
-- mend alpha beta
[  16.000] beta: Late heartbeat: Node alpha: interval 6000 ms
[  16.000] alpha: Late heartbeat: Node beta: interval 6000 ms
== alpha: IPaddr::10.0.0.9 | beta: nothing
