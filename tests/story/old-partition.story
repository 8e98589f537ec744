# Two Heartbeat 3.0.6 lose each other: both hold all, and when it heals both start anew.
nodes alpha beta
conf keepalive 1
conf deadtime 10
conf auto_failback off
group alpha IPaddr::10.0.0.9
group beta httpd
old all
boot all
run 20s
cut alpha beta
run 20s
holders
mend alpha beta
run 6s
holders
run 40s
holders
----
-- old all
-- boot all
-- cut alpha beta
[  31.000] alpha: node beta: is dead
[  31.000] alpha: No STONITH device configured.
[  31.000] beta: node alpha: is dead
[  31.000] beta: No STONITH device configured.
[  31.001] alpha: !! httpd starts while it runs on beta
[  31.001] beta: !! IPaddr::10.0.0.9 starts while it runs on alpha
== alpha: IPaddr::10.0.0.9 httpd | beta: IPaddr::10.0.0.9 httpd
-- mend alpha beta
[  41.861] beta: Late heartbeat: Node alpha: interval 20877 ms (> deadtime)
[  41.861] beta: node alpha: is dead
[  41.861] beta: Cluster node alpha returning after partition.
[  41.923] alpha: Late heartbeat: Node beta: interval 21769 ms (> deadtime)
[  41.923] alpha: node beta: is dead
[  41.923] alpha: Cluster node beta returning after partition.
== alpha: nothing | beta: nothing
== alpha: IPaddr::10.0.0.9 | beta: httpd
