# The nodes lose each other: without fencing both hold everything, and say so. When they meet
# again the node that does not come first yields at once; no daemon restarts.
nodes alpha beta
conf deadtime 5
group alpha IPaddr::10.0.0.9
group beta IPaddr::10.0.0.10
boot all
run 10s
cut alpha beta
run 10s
holders
mend alpha beta
run 2s
holders
----
-- boot all
[   0.001] beta: group IPaddr::10.0.0.10: waiting -> starting (we are its preferred node and nobody runs it)
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] beta: group IPaddr::10.0.0.10: starting -> running (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- cut alpha beta
[  15.000] alpha: node beta: is dead (active -> dead: silent 5.0s, deadtime 5s)
[  15.000] alpha: No STONITH device configured.
[  15.000] alpha: Shared disks are not protected.
[  15.000] alpha: group IPaddr::10.0.0.10: waiting -> starting (beta is dead)
[  15.000] alpha: !! IPaddr::10.0.0.10 starts while it runs on beta
[  15.000] beta: node alpha: is dead (active -> dead: silent 5.0s, deadtime 5s)
[  15.000] beta: No STONITH device configured.
[  15.000] beta: Shared disks are not protected.
[  15.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  15.000] beta: !! IPaddr::10.0.0.9 starts while it runs on alpha
[  15.001] alpha: group IPaddr::10.0.0.10: starting -> running (beta is dead)
[  15.001] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
== alpha: IPaddr::10.0.0.9 IPaddr::10.0.0.10 | beta: IPaddr::10.0.0.9 IPaddr::10.0.0.10
-- mend alpha beta
[  20.080] beta: Cluster node alpha returning after partition.
[  20.080] beta: Deadtime value may be too small.
[  20.080] beta: Both machines own foreign resources! (group IPaddr::10.0.0.9: alpha keeps it)
[  20.080] beta: Both machines own our resources! (group IPaddr::10.0.0.10: beta keeps it)
[  20.080] alpha: Cluster node beta returning after partition.
[  20.080] alpha: Deadtime value may be too small.
[  20.080] alpha: Both machines own our resources! (group IPaddr::10.0.0.9: alpha keeps it)
[  20.080] alpha: Both machines own foreign resources! (group IPaddr::10.0.0.10: beta keeps it)
[  20.080] alpha: group IPaddr::10.0.0.10: its addresses go first (beta runs it too and comes first)
[  20.080] beta: group IPaddr::10.0.0.9: its addresses go first (alpha runs it too and comes first)
[  20.081] alpha: group IPaddr::10.0.0.10: running -> stopping (beta runs it too and comes first)
[  20.081] beta: group IPaddr::10.0.0.9: running -> stopping (alpha runs it too and comes first)
[  20.081] beta: group IPaddr::10.0.0.10: alpha gives it up, addresses are announced
[  20.081] alpha: group IPaddr::10.0.0.9: beta gives it up, addresses are announced
[  20.082] alpha: group IPaddr::10.0.0.10: stopping -> stopped (beta runs it too and comes first)
[  20.082] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha runs it too and comes first)
[  20.082] beta: group IPaddr::10.0.0.10: ours alone again, addresses are announced (alpha had us for dead)
[  20.082] alpha: group IPaddr::10.0.0.9: ours alone again, addresses are announced (beta had us for dead)
== alpha: IPaddr::10.0.0.9 | beta: IPaddr::10.0.0.10
