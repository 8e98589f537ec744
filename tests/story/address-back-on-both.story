# Both nodes lose the interface for long, and each other with it: nobody holds the group meanwhile. When both are
# back they make contact first, and one of them takes it.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
boot all
run 20s
ifdown all
run 2min
holders
ifup beta
ifup alpha
run 30s
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- ifdown all
[  20.003] alpha: IPaddr::10.0.0.9: eth0 is down: given up unless that changes within 29s
[  20.003] beta: group IPaddr::10.0.0.9: stopped -> failed (IPaddr::10.0.0.9: eth0 is down)
[  20.003] beta: write failure on ucast eth0.: Network is down (up -> down)
[  21.000] alpha: write failure on ucast eth0.: Network is down (up -> down)
[  49.003] alpha: group IPaddr::10.0.0.9: running -> stopping (IPaddr::10.0.0.9: eth0 is down)
[  49.005] alpha: group IPaddr::10.0.0.9: stopping -> failed (IPaddr::10.0.0.9: eth0 is down)
[  50.000] alpha: node beta: is dead (active -> dead: silent 30.0s, deadtime 30s)
[  50.000] beta: node alpha: is dead (active -> dead: silent 30.0s, deadtime 30s)
[  50.000] beta: No STONITH device configured.
[  50.000] beta: Shared disks are not protected.
== alpha: nothing | beta: nothing
-- ifup beta
-- ifup alpha
[ 140.003] alpha: Cluster node beta returning after partition.
[ 140.003] alpha: Deadtime value may be too small.
[ 140.003] beta: Cluster node alpha returning after partition.
[ 140.003] beta: Deadtime value may be too small.
[ 140.303] alpha: group IPaddr::10.0.0.9: failed -> stopped (its addresses can be here again)
[ 140.303] beta: group IPaddr::10.0.0.9: failed -> stopped (its addresses can be here again)
[ 140.303] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta could not start it)
[ 140.306] alpha: group IPaddr::10.0.0.9: starting -> running (beta could not start it)
[ 141.003] alpha: ucast eth0: down -> up (sending works again: nothing lost)
[ 141.003] beta: ucast eth0: down -> up (sending works again: nothing lost)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
