# Two hold a group for a moment, and the one that yields is in the middle of a start that ends late, and
# announces. The keeper announces behind that, so clients come back to it.
nodes alpha beta
conf keepalive 2
conf deadtime 30
group alpha IPaddr::10.0.0.9 httpd
boot all
run 60s
script beta IPaddr::10.0.0.9 start ok takes 8s
cut alpha beta
run 30100ms
mend alpha beta
run 2s
holders
clients
run 8s
holders
clients
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- script beta IPaddr::10.0.0.9 start ok takes 8s
-- cut alpha beta
[  90.000] alpha: node beta: is dead (active -> dead: silent 30.0s, deadtime 30s)
[  90.000] beta: node alpha: is dead (active -> dead: silent 30.0s, deadtime 30s)
[  90.000] beta: No STONITH device configured.
[  90.000] beta: Shared disks are not protected.
[  90.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  90.000] beta: !! IPaddr::10.0.0.9 starts while it runs on alpha
-- mend alpha beta
[  90.160] beta: Cluster node alpha returning after partition.
[  90.160] beta: Deadtime value may be too small.
[  90.160] beta: Both machines own foreign resources! (group IPaddr::10.0.0.9: alpha keeps it)
[  90.160] beta: group IPaddr::10.0.0.9: its addresses go first (alpha runs it too and comes first)
[  90.160] alpha: Cluster node beta returning after partition.
[  90.160] alpha: Deadtime value may be too small.
[  90.160] alpha: Both machines own our resources! (group IPaddr::10.0.0.9: alpha keeps it)
[  90.161] beta: group IPaddr::10.0.0.9: starting -> stopping (alpha runs it too and comes first)
[  90.161] alpha: group IPaddr::10.0.0.9: beta gives it up, addresses are announced
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
== IPaddr::10.0.0.9: alpha alpha
[  98.002] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha runs it too and comes first)
[  98.002] alpha: group IPaddr::10.0.0.9: ours alone again, addresses are announced (beta was lost for a while)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
== IPaddr::10.0.0.9: alpha alpha
