# Alpha is heard by nobody but hears: beta takes over after deadtime; when alpha sees that, the one
# that comes first keeps it.
nodes alpha beta
conf deadtime 5
group alpha IPaddr::10.0.0.9
boot all
run 10s
cut-from alpha beta
run 10s
holders
mend-from alpha beta
run 2s
holders
----
-- boot all
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- cut-from alpha beta
[  15.000] beta: node alpha: is dead (active -> dead: silent 5.0s, deadtime 5s)
[  15.000] beta: No STONITH device configured.
[  15.000] beta: Shared disks are not protected.
[  15.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  15.000] beta: !! IPaddr::10.0.0.9 starts while it runs on alpha
[  15.000] alpha: Both machines own our resources! (group IPaddr::10.0.0.9: alpha keeps it)
[  15.001] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
[  19.000] alpha: group IPaddr::10.0.0.9: its addresses go first (beta runs it too and does not hear us)
[  19.001] alpha: group IPaddr::10.0.0.9: running -> stopping (beta runs it too and does not hear us)
[  19.002] alpha: group IPaddr::10.0.0.9: stopping -> stopped (beta runs it too and does not hear us)
== alpha: nothing | beta: IPaddr::10.0.0.9
-- mend-from alpha beta
[  21.000] beta: Cluster node alpha returning after partition.
[  21.000] beta: Deadtime value may be too small.
[  21.000] beta: group IPaddr::10.0.0.9: ours alone again, addresses are announced (alpha was lost for a while)
[  21.000] beta: group IPaddr::10.0.0.9: running -> offered (auto_failback: its node alpha is back)
[  21.000] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[  21.001] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha takes it)
[  21.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta gives it to us)
[  21.002] alpha: group IPaddr::10.0.0.9: starting -> running (beta gives it to us)
== alpha: IPaddr::10.0.0.9 | beta: nothing
