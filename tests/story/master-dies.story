# The master dies: the engine says so to the peers, who take over only after deadtime.
nodes alpha beta
conf deadtime 10
group alpha IPaddr::10.0.0.9
boot all
run 10s
kill-master alpha
run 5s
holders
----
-- boot all
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- kill-master alpha
[  10.000] beta: node alpha: its master process is gone: what it runs is not managed any more
== alpha: IPaddr::10.0.0.9 | beta: nothing
