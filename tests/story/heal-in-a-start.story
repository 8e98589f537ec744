# A short false death: the loser is in the middle of a start when the nodes meet again. Its script goes on
# for 20 s; the address that it has set before goes at once, and the winner announces its own.
nodes alpha beta
conf deadtime 5
group alpha IPaddr::10.0.0.9 httpd
script beta httpd start ok takes 20s
boot all
run 10s
cut alpha beta
run 6s
holders
mend alpha beta
run 100ms
holders
run 30s
holders
----
-- script beta httpd start ok takes 20s
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
== alpha: IPaddr::10.0.0.9 httpd | beta: IPaddr::10.0.0.9 httpd
-- mend alpha beta
[  16.080] beta: Cluster node alpha returning after partition.
[  16.080] beta: Deadtime value may be too small.
[  16.080] beta: Both machines own foreign resources! (group IPaddr::10.0.0.9: alpha keeps it)
[  16.080] alpha: Cluster node beta returning after partition.
[  16.080] alpha: Deadtime value may be too small.
[  16.080] alpha: Both machines own our resources! (group IPaddr::10.0.0.9: alpha keeps it)
[  16.080] beta: group IPaddr::10.0.0.9: its addresses go first (alpha runs it too and comes first)
[  16.081] beta: group IPaddr::10.0.0.9: starting -> stopping (alpha runs it too and comes first)
[  16.081] alpha: group IPaddr::10.0.0.9: beta gives it up, addresses are announced
== alpha: IPaddr::10.0.0.9 httpd | beta: httpd
[  35.004] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha runs it too and comes first)
[  35.004] alpha: group IPaddr::10.0.0.9: ours alone again, addresses are announced (beta had us for dead)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
