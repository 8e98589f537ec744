# Our engine dies when it has just asked a 3.0.6 to take a set. The answer comes before the next engine
# is active, and counts all the same.
nodes ours them
conf keepalive 1
conf deadtime 10
conf initdead 20
conf auto_failback on
group ours IPaddr::10.0.0.100 svc1
group them IPaddr::10.0.0.101 svc2
script ours svc1 stop ok takes 500ms
script ours svc2 start ok takes 1s
script them svc2 stop ok takes 1s
script them svc1 start ok takes 1s
old them
boot them; run 3s; boot ours; run 57s
ask ours standby local
run 300ms
kill-engine ours
run 30s
holders
stop them
run 20s
holders
----
-- script ours svc1 stop ok takes 500ms
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
-- kill-engine ours
[  60.300] ours: group IPaddr::10.0.0.100: stopped -> running (it kept running while the engine was restarted)
[  61.000] ours: node them runs 3.0.6: whole sets of groups move, and it never yields
[  61.301] ours: group IPaddr::10.0.0.100: running -> offered (its set is given)
[  61.301] ours: group IPaddr::10.0.0.100: offered -> stopping (them takes it)
[  61.802] ours: group IPaddr::10.0.0.100: stopping -> away (them takes it)
== ours: nothing | them: IPaddr::10.0.0.100 svc1 IPaddr::10.0.0.101 svc2
-- stop them
[  91.303] ours: group IPaddr::10.0.0.100: waiting -> starting (them leaves)
[  91.303] ours: group IPaddr::10.0.0.101: waiting -> starting (them leaves)
[  91.306] ours: group IPaddr::10.0.0.100: starting -> running (them leaves)
[  92.305] ours: group IPaddr::10.0.0.101: starting -> running (them leaves)
== ours: IPaddr::10.0.0.100 svc1 IPaddr::10.0.0.101 svc2 | them: nothing
