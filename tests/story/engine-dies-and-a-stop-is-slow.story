# Three deaths within a minute, and a resource takes longer to stop than the peer waits: nobody can tell
# the peer to wait, so the machine ends before two run it.
nodes alpha beta
conf auto_failback off
group alpha IPaddr::10.0.0.9 httpd
group alpha IPaddr::10.0.0.10 db
boot all
run 20s
script alpha httpd stop ok takes 60s
kill-engine alpha
run 10s
kill-engine alpha
run 10s
kill-engine alpha
run 20s
holders
run 20s
holders
boot alpha
run 60s
holders
# One that cannot be stopped at all is no different.
script beta db stop exit 1
kill-engine beta
run 10s
kill-engine beta
run 10s
kill-engine beta
run 60s
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.10: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.10: starting -> running (we are its preferred node and nobody runs it)
-- script alpha httpd stop ok takes 60s
-- kill-engine alpha
[  20.000] alpha: group IPaddr::10.0.0.9: stopped -> running (it kept running while the engine was restarted)
[  20.000] alpha: group IPaddr::10.0.0.10: stopped -> running (it kept running while the engine was restarted)
-- kill-engine alpha
[  30.000] alpha: group IPaddr::10.0.0.9: stopped -> running (it kept running while the engine was restarted)
[  30.000] alpha: group IPaddr::10.0.0.10: stopped -> running (it kept running while the engine was restarted)
-- kill-engine alpha
[  40.000] alpha: !! the engine died too often: the master releases all
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
[  69.000] alpha: !! restarts the machine
[  70.000] beta: node alpha: is dead (active -> dead: silent 30.0s, deadtime 30s)
[  70.000] beta: No STONITH device configured.
[  70.000] beta: Shared disks are not protected.
[  70.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  70.000] beta: group IPaddr::10.0.0.10: waiting -> starting (alpha is dead)
[  70.003] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
[  70.003] beta: group IPaddr::10.0.0.10: starting -> running (alpha is dead)
== alpha: off | beta: IPaddr::10.0.0.9 httpd IPaddr::10.0.0.10 db
-- boot alpha
[  80.002] beta: group IPaddr::10.0.0.9: ours alone again, addresses are announced (alpha was dead and starts again)
[  80.002] beta: group IPaddr::10.0.0.10: ours alone again, addresses are announced (alpha was dead and starts again)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd IPaddr::10.0.0.10 db
-- script beta db stop exit 1
-- kill-engine beta
[ 140.000] beta: group IPaddr::10.0.0.9: stopped -> running (it kept running while the engine was restarted)
[ 140.000] beta: group IPaddr::10.0.0.10: stopped -> running (it kept running while the engine was restarted)
-- kill-engine beta
[ 150.000] beta: group IPaddr::10.0.0.9: stopped -> running (it kept running while the engine was restarted)
[ 150.000] beta: group IPaddr::10.0.0.10: stopped -> running (it kept running while the engine was restarted)
-- kill-engine beta
[ 160.000] beta: !! the engine died too often: the master releases all
[ 189.000] beta: !! restarts the machine
[ 190.000] alpha: node beta: is dead (active -> dead: silent 30.0s, deadtime 30s)
[ 190.000] alpha: No STONITH device configured.
[ 190.000] alpha: Shared disks are not protected.
[ 190.000] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[ 190.000] alpha: group IPaddr::10.0.0.10: waiting -> starting (we are its preferred node and nobody runs it)
[ 190.003] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
[ 190.003] alpha: group IPaddr::10.0.0.10: starting -> running (we are its preferred node and nobody runs it)
== alpha: IPaddr::10.0.0.9 httpd IPaddr::10.0.0.10 db | beta: off
