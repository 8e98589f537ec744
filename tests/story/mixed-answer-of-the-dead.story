# A 3.0.6 sleeps over our question and takes it up when it wakes, dead as far as we know. It waits for our
# answer, so it gets it.
nodes ours them
conf keepalive 1
conf deadtime 10
conf initdead 20
conf auto_failback on
group ours IPaddr::10.0.0.100 svc1
group them IPaddr::10.0.0.101 svc2
script ours svc1 stop ok takes 1s
script ours svc2 start ok takes 1s
script them svc2 stop ok takes 1s
script them svc1 start ok takes 1s
old them
boot them; run 3s; boot ours; run 57s
ask ours standby all
run 250ms
pause them 11500ms
run 60s
holders
stop them
run 30s
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
[   4.145] ours: group IPaddr::10.0.0.100: waiting -> starting (we are its preferred node and nobody runs it)
[   4.148] ours: group IPaddr::10.0.0.100: starting -> running (we are its preferred node and nobody runs it)
-- ask ours standby all
[  60.000] ours: group IPaddr::10.0.0.100: running -> offered (hb_standby [all])
  answer: ok
-- pause them 11500ms
[  70.000] ours: No reply to standby request.  Standby request cancelled.
[  70.000] ours: group IPaddr::10.0.0.100: offered -> running (them did not take it in 10s)
[  70.000] ours: them does not answer whether it takes our local groups
[  70.000] ours: node them: is dead (active -> dead: silent 10.0s, deadtime 10s)
[  70.000] ours: No STONITH device configured.
[  70.000] ours: Shared disks are not protected.
[  70.000] ours: group IPaddr::10.0.0.101: waiting -> starting (them is dead)
[  70.000] ours: !! IPaddr::10.0.0.101 starts while it runs on them
[  70.002] ours: !! svc2 starts while it runs on them
[  71.002] ours: group IPaddr::10.0.0.101: starting -> running (them is dead)
[  71.750] them: Late heartbeat: Node ours: interval 12624 ms (> deadtime)
[  71.750] them: node ours: is dead
[  71.750] them: No STONITH device configured.
[  71.750] ours: Cluster node them returning after partition.
[  71.750] ours: Deadtime value may be too small.
[  71.750] ours: node them runs 3.0.6: whole sets of groups move, and it never yields
[  71.751] them: !! IPaddr::10.0.0.100 starts while it runs on ours
[  71.751] ours: Both machines own our resources! (group IPaddr::10.0.0.100: them keeps it)
[  71.751] ours: group IPaddr::10.0.0.100: running -> stopping (them runs it too and comes first)
[  71.751] ours: Both machines own foreign resources! (group IPaddr::10.0.0.101: them keeps it)
[  71.751] ours: group IPaddr::10.0.0.101: running -> stopping (them runs it too and comes first)
[  71.753] them: !! svc1 starts while it runs on ours
[  71.754] ours: group IPaddr::10.0.0.101: stopping -> stopped (them runs it too and comes first)
[  72.753] ours: group IPaddr::10.0.0.100: stopping -> stopped (them runs it too and comes first)
[  73.784] ours: group IPaddr::10.0.0.100: waiting -> starting (them gives it to us)
[  73.787] ours: group IPaddr::10.0.0.100: starting -> running (them gives it to us)
== ours: IPaddr::10.0.0.100 svc1 | them: IPaddr::10.0.0.101 svc2
-- stop them
[ 121.253] ours: group IPaddr::10.0.0.101: waiting -> starting (them leaves)
[ 122.255] ours: group IPaddr::10.0.0.101: starting -> running (them leaves)
== ours: IPaddr::10.0.0.100 svc1 IPaddr::10.0.0.101 svc2 | them: nothing
