# One of ours and a 3.0.6 lose each other. When it heals, the old one starts anew.
nodes alpha beta
conf keepalive 1
conf deadtime 10
conf auto_failback off
group alpha IPaddr::10.0.0.9
group beta httpd
old alpha
boot all
run 20s
cut alpha beta
run 20s
holders
mend alpha beta
run 2s
holders
run 60s
holders
----
-- old alpha
-- boot all
[   0.115] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[   0.173] beta: group httpd: waiting -> starting (we are its preferred node and nobody runs it)
[   0.175] beta: group httpd: starting -> running (we are its preferred node and nobody runs it)
-- cut alpha beta
[  30.000] beta: node alpha: is dead (active -> dead: silent 10.0s, deadtime 10s)
[  30.000] beta: No STONITH device configured.
[  30.000] beta: Shared disks are not protected.
[  30.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  30.000] beta: !! IPaddr::10.0.0.9 starts while it runs on alpha
[  30.001] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
[  31.000] alpha: node beta: is dead
[  31.000] alpha: No STONITH device configured.
[  31.001] alpha: !! httpd starts while it runs on beta
== alpha: IPaddr::10.0.0.9 httpd | beta: IPaddr::10.0.0.9 httpd
-- mend alpha beta
[  41.000] beta: Cluster node alpha returning after partition.
[  41.000] beta: Deadtime value may be too small.
[  41.000] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[  41.092] alpha: Late heartbeat: Node beta: interval 20190 ms (> deadtime)
[  41.092] alpha: node beta: is dead
[  41.092] alpha: Cluster node beta returning after partition.
[  41.092] beta: Both machines own foreign resources! (group IPaddr::10.0.0.9: alpha keeps it)
[  41.092] beta: group IPaddr::10.0.0.9: running -> stopping (alpha runs it too and comes first)
[  41.092] beta: Both machines own our resources! (group httpd: alpha keeps it)
[  41.092] beta: group httpd: running -> stopping (alpha runs it too and comes first)
[  41.093] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha runs it too and comes first)
[  41.093] beta: group httpd: stopping -> stopped (alpha runs it too and comes first)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
[  44.002] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha leaves)
[  44.002] beta: group httpd: waiting -> starting (alpha leaves)
[  44.003] beta: group IPaddr::10.0.0.9: starting -> running (alpha leaves)
[  44.004] beta: group httpd: starting -> running (alpha leaves)
[  57.002] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
