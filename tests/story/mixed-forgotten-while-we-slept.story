# We sleep over its answer, and it takes us for dead and has all. That we have given it, too, is no news to it.
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
ask ours standby local
run 250ms
pause ours 11500ms
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
-- ask ours standby local
[  60.000] ours: group IPaddr::10.0.0.100: running -> offered (hb_standby [local])
  answer: ok
-- pause ours 11500ms
[  71.000] them: node ours: is dead
[  71.000] them: No STONITH device configured.
[  71.001] them: !! IPaddr::10.0.0.100 starts while it runs on ours
[  71.003] them: !! svc1 starts while it runs on ours
[  71.750] ours: we did not run for 10750ms: stopped or starved; nobody is blamed for that time
[  71.750] ours: group IPaddr::10.0.0.100: offered -> leftover (we did not run for 10750ms: another node may have it by now)
[  71.750] ours: them does not answer whether it takes our local groups
[  71.750] ours: group IPaddr::10.0.0.100: leftover -> stopping (them runs it)
[  71.895] them: Late heartbeat: Node ours: interval 10983 ms (> deadtime)
[  71.895] them: node ours: is dead
[  71.895] them: Cluster node ours returning after partition.
[  71.895] them: Both machines own foreign resources!
[  72.003] them: Both machines own foreign resources!
[  72.752] ours: group IPaddr::10.0.0.100: stopping -> stopped (them runs it)
[  73.000] them: Ignored standby message 'done'
[  83.616] ours: group IPaddr::10.0.0.100: waiting -> starting (them gives it to us)
[  83.619] ours: group IPaddr::10.0.0.100: starting -> running (them gives it to us)
[  85.003] ours: group IPaddr::10.0.0.101: waiting -> starting (them leaves)
[  86.005] ours: group IPaddr::10.0.0.101: starting -> running (them leaves)
[  98.003] ours: node them runs 3.0.6: whole sets of groups move, and it never yields
[  99.787] ours: group IPaddr::10.0.0.101: running -> offered (auto_failback: its node them is back)
[ 100.665] ours: group IPaddr::10.0.0.101: offered -> stopping (them takes it)
[ 100.667] ours: group IPaddr::10.0.0.101: stopping -> stopped (them takes it)
== ours: IPaddr::10.0.0.100 svc1 | them: IPaddr::10.0.0.101 svc2
-- stop them
[ 121.253] ours: group IPaddr::10.0.0.101: waiting -> starting (them leaves)
[ 122.255] ours: group IPaddr::10.0.0.101: starting -> running (them leaves)
== ours: IPaddr::10.0.0.100 svc1 IPaddr::10.0.0.101 svc2 | them: nothing
