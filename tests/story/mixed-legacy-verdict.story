# auto_failback legacy: a 3.0.6 sleeps for longer than deadtime, and each takes what the other has. There is
# no word for that but its verdict on us.
nodes ours them
conf keepalive 1
conf deadtime 10
conf initdead 20
conf auto_failback legacy
group ours IPaddr::10.0.0.100 svc1
group them IPaddr::10.0.0.101 svc2
script ours svc1 stop ok takes 1s
script ours svc2 start ok takes 1s
script them svc2 stop ok takes 1s
script them svc1 start ok takes 1s
old them
boot them; run 3s; boot ours; run 57s
pause them 11500ms
run 60s
holders
----
-- script ours svc1 stop ok takes 1s
-- script ours svc2 start ok takes 1s
-- script them svc2 stop ok takes 1s
-- script them svc1 start ok takes 1s
-- old them
-- boot them
-- boot ours
[   4.000] ours: node them runs 3.0.6: whole sets of groups move, and it never yields
[   4.146] ours: group IPaddr::10.0.0.100: waiting -> starting (them gives it to us)
[   4.149] ours: group IPaddr::10.0.0.100: starting -> running (them gives it to us)
-- pause them 11500ms
[  70.000] ours: node them: is dead (active -> dead: silent 10.0s, deadtime 10s)
[  70.000] ours: No STONITH device configured.
[  70.000] ours: Shared disks are not protected.
[  70.000] ours: group IPaddr::10.0.0.101: waiting -> starting (them is dead)
[  70.000] ours: !! IPaddr::10.0.0.101 starts while it runs on them
[  70.002] ours: !! svc2 starts while it runs on them
[  71.002] ours: group IPaddr::10.0.0.101: starting -> running (them is dead)
[  71.500] them: Late heartbeat: Node ours: interval 12374 ms (> deadtime)
[  71.500] them: node ours: is dead
[  71.500] them: No STONITH device configured.
[  71.500] ours: Cluster node them returning after partition.
[  71.500] ours: Deadtime value may be too small.
[  71.500] ours: node them runs 3.0.6: whole sets of groups move, and it never yields
[  71.500] ours: group IPaddr::10.0.0.100: ours alone again, addresses are announced (them was lost for a while)
[  71.500] ours: Both machines own foreign resources! (group IPaddr::10.0.0.101: them keeps it)
[  71.500] ours: group IPaddr::10.0.0.101: running -> stopping (them runs it too and comes first)
[  71.501] them: !! IPaddr::10.0.0.100 starts while it runs on ours
[  71.503] them: !! svc1 starts while it runs on ours
[  71.503] ours: group IPaddr::10.0.0.101: stopping -> stopped (them runs it too and comes first)
[  72.000] ours: Both machines own our resources! (group IPaddr::10.0.0.100: them keeps it)
[  72.000] ours: group IPaddr::10.0.0.100: running -> stopping (them runs it too and comes first)
[  73.002] ours: group IPaddr::10.0.0.100: stopping -> stopped (them runs it too and comes first)
[  73.394] ours: group IPaddr::10.0.0.100: waiting -> starting (them gives it to us)
[  73.397] ours: group IPaddr::10.0.0.100: starting -> running (them gives it to us)
== ours: IPaddr::10.0.0.100 svc1 | them: IPaddr::10.0.0.101 svc2
