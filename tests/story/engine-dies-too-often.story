# Three deaths within a minute: the master stops everything, right to left, and ends without a word.
nodes alpha beta
conf auto_failback off
group alpha IPaddr::10.0.0.9 httpd
boot all
run 20s
kill-engine alpha
run 30s
kill-engine alpha
# An hour later it is another series.
run 1h
kill-engine alpha
run 10s
kill-engine alpha
run 10s
holders
script alpha httpd stop ok takes 5s
kill-engine alpha
run 3s
# Not yet: there is a master still.
boot alpha
holders
run 3s
holders
run 1min
holders
boot alpha
run 10s
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- kill-engine alpha
[  20.000] alpha: group IPaddr::10.0.0.9: stopped -> running (it kept running while the engine was restarted)
-- kill-engine alpha
[  50.000] alpha: group IPaddr::10.0.0.9: stopped -> running (it kept running while the engine was restarted)
-- kill-engine alpha
[3650.000] alpha: group IPaddr::10.0.0.9: stopped -> running (it kept running while the engine was restarted)
-- kill-engine alpha
[3660.000] alpha: group IPaddr::10.0.0.9: stopped -> running (it kept running while the engine was restarted)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
-- script alpha httpd stop ok takes 5s
-- kill-engine alpha
[3670.000] alpha: !! the engine died too often: the master releases all
-- boot alpha
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
== alpha: nothing | beta: nothing
[3700.000] beta: node alpha: is dead (active -> dead: silent 30.0s, deadtime 30s)
[3700.000] beta: No STONITH device configured.
[3700.000] beta: Shared disks are not protected.
[3700.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[3700.003] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
-- boot alpha
[3736.002] beta: group IPaddr::10.0.0.9: ours alone again, addresses are announced (alpha was dead and starts again)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
