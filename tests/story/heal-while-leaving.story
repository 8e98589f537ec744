# A node that was taken for dead leaves, and one of its stops takes long: when it meets the node that runs its
# group by now, the address does not wait for the rest.
nodes alpha beta
conf keepalive 1
conf deadtime 5
group beta IPaddr::10.0.0.100 httpd
boot all
run 10s
script beta httpd stop ok takes 30s
cut alpha beta
run 10s
stop beta
run 2s
mend alpha beta
run 3s
holders
clients
run 30s
holders
----
-- boot all
[   0.002] beta: group IPaddr::10.0.0.100: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] beta: group IPaddr::10.0.0.100: starting -> running (we are its preferred node and nobody runs it)
-- script beta httpd stop ok takes 30s
-- cut alpha beta
[  15.000] alpha: node beta: is dead (active -> dead: silent 5.0s, deadtime 5s)
[  15.000] alpha: No STONITH device configured.
[  15.000] alpha: Shared disks are not protected.
[  15.000] alpha: group IPaddr::10.0.0.100: waiting -> starting (beta is dead)
[  15.000] alpha: !! IPaddr::10.0.0.100 starts while it runs on beta
[  15.000] beta: node alpha: is dead (active -> dead: silent 5.0s, deadtime 5s)
[  15.002] alpha: !! httpd starts while it runs on beta
[  15.003] alpha: group IPaddr::10.0.0.100: starting -> running (beta is dead)
-- stop beta
[  20.000] beta: group IPaddr::10.0.0.100: running -> stopping (we are leaving)
-- mend alpha beta
[  22.080] beta: Cluster node alpha returning after partition.
[  22.080] beta: Deadtime value may be too small.
[  22.080] beta: group IPaddr::10.0.0.100: its addresses go first (alpha runs it too)
[  22.080] alpha: Cluster node beta returning after partition.
[  22.080] alpha: Deadtime value may be too small.
[  22.080] alpha: group IPaddr::10.0.0.100: beta gives it up, addresses are announced
== alpha: IPaddr::10.0.0.100 httpd | beta: httpd
== IPaddr::10.0.0.100: alpha alpha
[  50.001] beta: group IPaddr::10.0.0.100: stopping -> stopped (we are leaving)
[  50.001] alpha: group IPaddr::10.0.0.100: ours alone again, addresses are announced (beta had us for dead)
== alpha: IPaddr::10.0.0.100 httpd | beta: nothing
