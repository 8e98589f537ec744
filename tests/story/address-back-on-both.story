# Both nodes lose the interface for long, and each other with it: nobody holds the group meanwhile. When both are
# back they make contact first, and one of them takes it.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
boot all
run 20s
cut alpha beta
address alpha 0/0 nowhere
address beta 0/0 nowhere
run 2min
holders
mend alpha beta
address beta 0/0 gone
address alpha 0/0 gone
run 30s
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- cut alpha beta
-- address alpha 0/0 nowhere
[  20.000] alpha: IPaddr::10.0.0.9: eth0 is down: given up unless that changes within 29s
-- address beta 0/0 nowhere
[  20.000] beta: group IPaddr::10.0.0.9: stopped -> failed (IPaddr::10.0.0.9: eth0 is down)
[  49.000] alpha: group IPaddr::10.0.0.9: running -> stopping (IPaddr::10.0.0.9: eth0 is down)
[  49.002] alpha: group IPaddr::10.0.0.9: stopping -> failed (IPaddr::10.0.0.9: eth0 is down)
[  50.000] alpha: node beta: is dead (active -> dead: silent 30.0s, deadtime 30s)
[  50.000] beta: node alpha: is dead (active -> dead: silent 30.0s, deadtime 30s)
[  50.000] beta: No STONITH device configured.
[  50.000] beta: Shared disks are not protected.
== alpha: nothing | beta: nothing
-- mend alpha beta
-- address beta 0/0 gone
-- address alpha 0/0 gone
[ 140.000] alpha: Cluster node beta returning after partition.
[ 140.000] alpha: Deadtime value may be too small.
[ 140.000] beta: Cluster node alpha returning after partition.
[ 140.000] beta: Deadtime value may be too small.
[ 140.300] alpha: group IPaddr::10.0.0.9: failed -> stopped (its addresses can be here again)
[ 140.300] beta: group IPaddr::10.0.0.9: failed -> stopped (its addresses can be here again)
[ 140.300] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta could not start it)
[ 140.303] alpha: group IPaddr::10.0.0.9: starting -> running (beta could not start it)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
