# We return while a 3.0.6 stops what it had, and says that it holds nothing: it is waited for.
nodes ours them
conf keepalive 1
conf deadtime 10
conf initdead 20
conf auto_failback on
group ours IPaddr::10.0.0.100 svc1
group them IPaddr::10.0.0.101 svc2
script ours svc1 stop ok takes 1s
script ours svc2 start ok takes 1s
script them svc2 stop ok takes 5s
script them svc1 start ok takes 1s
old them
boot them; run 3s; boot ours; run 57s
power-off ours
run 20s
boot ours
run 1ms
stop them
run 30s
holders
----
-- script ours svc1 stop ok takes 1s
-- script ours svc2 start ok takes 1s
-- script them svc2 stop ok takes 5s
-- script them svc1 start ok takes 1s
-- old them
-- boot them
-- boot ours
[   4.000] ours: node them runs 3.0.6: whole sets of groups move, and it never yields
[   4.145] ours: group IPaddr::10.0.0.100: waiting -> starting (we are its preferred node and nobody runs it)
[   4.148] ours: group IPaddr::10.0.0.100: starting -> running (we are its preferred node and nobody runs it)
-- power-off ours
[  71.000] them: node ours: is dead
[  71.000] them: No STONITH device configured.
-- boot ours
-- stop them
[  80.001] ours: node them runs 3.0.6: whole sets of groups move, and it never yields
[  85.004] ours: group IPaddr::10.0.0.100: waiting -> starting (we are its preferred node and nobody runs it)
[  85.004] ours: group IPaddr::10.0.0.101: waiting -> starting (them is shut down)
[  85.007] ours: group IPaddr::10.0.0.100: starting -> running (we are its preferred node and nobody runs it)
[  86.006] ours: group IPaddr::10.0.0.101: starting -> running (them is shut down)
== ours: IPaddr::10.0.0.100 svc1 IPaddr::10.0.0.101 svc2 | them: nothing
