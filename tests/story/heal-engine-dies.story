# The loser's engine dies while its addresses go: the next one does not believe that all of it runs.
nodes alpha beta
conf deadtime 5
group alpha IPaddr::10.0.0.9 httpd
script beta IPaddr::10.0.0.9 stop ok takes 1s
boot all
run 10s
cut alpha beta
run 10s
mend alpha beta
run 500ms
kill-engine beta
run 5s
holders
----
-- script beta IPaddr::10.0.0.9 stop ok takes 1s
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- cut alpha beta
[  15.000] alpha: node beta: is dead (active -> dead: silent 5.0s, deadtime 5s)
[  15.000] beta: node alpha: is dead (active -> dead: silent 5.0s, deadtime 5s)
[  15.000] beta: No STONITH device configured.
[  15.000] beta: Shared disks are not protected.
[  15.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  15.000] beta: !! IPaddr::10.0.0.9 starts while it runs on alpha
[  15.002] beta: !! httpd starts while it runs on alpha
[  15.003] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
-- mend alpha beta
[  20.080] beta: Cluster node alpha returning after partition.
[  20.080] beta: Deadtime value may be too small.
[  20.080] beta: Both machines own foreign resources! (group IPaddr::10.0.0.9: alpha keeps it)
[  20.080] alpha: Cluster node beta returning after partition.
[  20.080] alpha: Deadtime value may be too small.
[  20.080] alpha: Both machines own our resources! (group IPaddr::10.0.0.9: alpha keeps it)
[  20.080] beta: group IPaddr::10.0.0.9: its addresses go first (alpha runs it too and comes first)
-- kill-engine beta
[  20.800] beta: group IPaddr::10.0.0.9: its addresses go first (alpha runs it too)
[  22.081] beta: Resource httpd is active, and should not be!
[  22.081] beta: group IPaddr::10.0.0.9: probing -> stopping (a part of it runs here, all of it elsewhere)
[  22.081] alpha: group IPaddr::10.0.0.9: beta gives it up, addresses are announced
[  23.082] beta: group IPaddr::10.0.0.9: stopping -> stopped (a part of it runs here, all of it elsewhere)
[  23.082] alpha: group IPaddr::10.0.0.9: ours alone again, addresses are announced (beta had us for dead)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
