# All groups prefer one node, as in most clusters. The other's set is empty, and yet a 3.0.6 counts who holds it:
# neither both nor nobody may, or it says ERROR.
nodes ours them
conf keepalive 1
conf deadtime 10
conf initdead 20
conf auto_failback off
group ours IPaddr::10.0.0.9
old them
boot them; run 40s
boot ours; run 30s
ask ours takeover all; run 20s
holders
kill-engine ours; run 20s
ask them takeover all; run 20s
holders
ask ours takeover local; run 20s
holders
ask ours standby all; run 20s
ask them standby all; run 20s
stop them; run 30s; boot them; run 30s
pause ours 11500ms; run 60s
holders
stop them; run 30s; power-off ours
boot them; run 40s
----
-- old them
-- boot them
[  21.000] them: node ours: is dead
[  21.000] them: No STONITH device configured.
-- boot ours
[  41.000] ours: node them runs 3.0.6: whole sets of groups move, and it never yields
-- ask ours takeover all
  answer: ok
[  70.292] ours: group IPaddr::10.0.0.9: waiting -> starting (them gives it to us)
[  70.293] ours: group IPaddr::10.0.0.9: starting -> running (them gives it to us)
== ours: IPaddr::10.0.0.9 | them: nothing
-- kill-engine ours
[  90.000] ours: group IPaddr::10.0.0.9: stopped -> running (it kept running while the engine was restarted)
[  90.000] ours: node them runs 3.0.6: whole sets of groups move, and it never yields
-- ask them takeover all
  answer: ok
[ 110.176] ours: group IPaddr::10.0.0.9: running -> offered (hb_takeover on the other side [all])
[ 110.353] ours: group IPaddr::10.0.0.9: offered -> stopping (them takes it)
[ 110.354] ours: group IPaddr::10.0.0.9: stopping -> away (them takes it)
== ours: nothing | them: IPaddr::10.0.0.9
-- ask ours takeover local
  answer: ok
[ 131.001] ours: group IPaddr::10.0.0.9: waiting -> starting (them gives it to us)
[ 131.002] ours: group IPaddr::10.0.0.9: starting -> running (them gives it to us)
== ours: IPaddr::10.0.0.9 | them: nothing
-- ask ours standby all
[ 150.000] ours: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
  answer: ok
[ 150.853] ours: group IPaddr::10.0.0.9: offered -> stopping (them takes it)
[ 150.854] ours: group IPaddr::10.0.0.9: stopping -> away (them takes it)
-- ask them standby all
  answer: ok
[ 171.001] ours: group IPaddr::10.0.0.9: waiting -> starting (them gives it to us)
[ 171.002] ours: group IPaddr::10.0.0.9: starting -> running (them gives it to us)
-- stop them
-- boot them
[ 220.000] ours: node them runs 3.0.6: whole sets of groups move, and it never yields
-- pause ours 11500ms
[ 261.000] them: node ours: is dead
[ 261.000] them: No STONITH device configured.
[ 261.001] them: !! IPaddr::10.0.0.9 starts while it runs on ours
[ 261.500] ours: we did not run for 10.5s: stopped or starved; nobody is blamed for that time
[ 261.500] ours: group IPaddr::10.0.0.9: running -> leftover (we did not run for 10.5s: another node may have it by now)
[ 261.500] ours: group IPaddr::10.0.0.9: leftover -> stopping (them runs it)
[ 261.501] ours: group IPaddr::10.0.0.9: stopping -> stopped (them runs it)
[ 262.000] them: Late heartbeat: Node ours: interval 11913 ms (> deadtime)
[ 262.000] them: node ours: is dead
[ 262.000] them: Cluster node ours returning after partition.
[ 264.001] ours: group IPaddr::10.0.0.9: waiting -> starting (them leaves)
[ 264.002] ours: group IPaddr::10.0.0.9: starting -> running (them leaves)
[ 277.001] ours: node them runs 3.0.6: whole sets of groups move, and it never yields
== ours: IPaddr::10.0.0.9 | them: nothing
-- stop them
-- power-off ours
-- boot them
[ 361.000] them: node ours: is dead
[ 361.000] them: No STONITH device configured.
