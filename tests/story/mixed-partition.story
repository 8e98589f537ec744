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
[  40.402] alpha: Late heartbeat: Node beta: interval 19500 ms (> deadtime)
[  40.402] alpha: node beta: is dead
[  40.402] alpha: Cluster node beta returning after partition.
[  40.403] beta: Cluster node alpha returning after partition.
[  40.403] beta: Deadtime value may be too small.
[  40.403] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[  40.726] beta: Both machines own foreign resources! (group IPaddr::10.0.0.9: alpha keeps it)
[  40.726] beta: group IPaddr::10.0.0.9: running -> stopping (alpha runs it too and comes first)
[  40.726] beta: Both machines own our resources! (group httpd: alpha keeps it)
[  40.726] beta: group httpd: running -> stopping (alpha runs it too and comes first)
[  40.727] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha runs it too and comes first)
[  40.727] beta: group httpd: stopping -> stopped (alpha runs it too and comes first)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
[  42.925] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha leaves)
[  42.925] beta: group httpd: waiting -> starting (alpha leaves)
[  42.926] beta: group IPaddr::10.0.0.9: starting -> running (alpha leaves)
[  42.927] beta: group httpd: starting -> running (alpha leaves)
[  55.925] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
