# A node sleeps for longer than deadtime: the other takes over, and the sleeper's return is settled
# in a moment.
nodes alpha beta
conf deadtime 10
group alpha IPaddr::10.0.0.9
boot all
run 10s
pause alpha 30s
run 29s
holders
run 5s
holders
----
-- boot all
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- pause alpha 30s
[  20.000] beta: node alpha: is dead (active -> dead: silent 10.0s, deadtime 10s)
[  20.000] beta: No STONITH device configured.
[  20.000] beta: Shared disks are not protected.
[  20.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  20.000] beta: !! IPaddr::10.0.0.9 starts while it runs on alpha
[  20.001] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
== alpha: IPaddr::10.0.0.9 | beta: IPaddr::10.0.0.9
[  40.000] alpha: we did not run for 29s: stopped or starved; nobody is blamed for that time
[  40.000] alpha: group IPaddr::10.0.0.9: running -> leftover (we did not run for 29s: another node may have it by now)
[  40.000] alpha: group IPaddr::10.0.0.9: its addresses go first (beta runs it)
[  40.000] beta: Cluster node alpha returning after partition.
[  40.000] beta: Deadtime value may be too small.
[  40.001] alpha: group IPaddr::10.0.0.9: leftover -> stopping (beta runs it)
[  40.001] beta: group IPaddr::10.0.0.9: alpha gives it up, addresses are announced
[  40.002] alpha: group IPaddr::10.0.0.9: stopping -> stopped (beta runs it)
[  40.002] beta: group IPaddr::10.0.0.9: ours alone again, addresses are announced (alpha was lost for a while)
[  40.002] beta: group IPaddr::10.0.0.9: running -> offered (auto_failback: its node alpha is back)
[  40.002] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[  40.003] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha takes it)
[  40.003] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta gives it to us)
[  40.004] alpha: group IPaddr::10.0.0.9: starting -> running (beta gives it to us)
== alpha: IPaddr::10.0.0.9 | beta: nothing
