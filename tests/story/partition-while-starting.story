# The nodes lose each other while the first one still starts the group: without fencing both start
# it, and after the heal one of them stops at once.
nodes alpha beta
conf deadtime 5
group alpha IPaddr::10.0.0.9 httpd
script alpha httpd start ok takes 20s
boot all
run 2s
cut alpha beta
run 10s
holders
mend alpha beta
run 30s
holders
----
-- script alpha httpd start ok takes 20s
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
-- cut alpha beta
[   7.000] alpha: node beta: is dead (active -> dead: silent 5.0s, deadtime 5s)
[   7.000] beta: node alpha: is dead (active -> dead: silent 5.0s, deadtime 5s)
[   7.000] beta: No STONITH device configured.
[   7.000] beta: Shared disks are not protected.
[   7.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[   7.000] beta: !! IPaddr::10.0.0.9 starts while it runs on alpha
[   7.002] beta: !! httpd starts while it runs on alpha
[   7.003] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
== alpha: IPaddr::10.0.0.9 httpd | beta: IPaddr::10.0.0.9 httpd
-- mend alpha beta
[  12.080] beta: Cluster node alpha returning after partition.
[  12.080] beta: Deadtime value may be too small.
[  12.080] beta: Both machines own foreign resources! (group IPaddr::10.0.0.9: alpha keeps it)
[  12.080] alpha: Cluster node beta returning after partition.
[  12.080] alpha: Deadtime value may be too small.
[  12.080] alpha: Both machines own our resources! (group IPaddr::10.0.0.9: alpha keeps it)
[  12.080] beta: group IPaddr::10.0.0.9: its addresses go first (alpha runs it too and comes first)
[  12.081] beta: group IPaddr::10.0.0.9: running -> stopping (alpha runs it too and comes first)
[  12.081] alpha: group IPaddr::10.0.0.9: beta gives it up, addresses are announced
[  12.083] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha runs it too and comes first)
[  12.083] alpha: group IPaddr::10.0.0.9: ours alone again, addresses are announced (beta had us for dead)
[  20.004] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
