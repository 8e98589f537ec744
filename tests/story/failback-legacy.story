# auto_failback legacy: the node of a group gets it as soon as it is back; hb_standby is refused.
nodes alpha beta
conf deadtime 10
conf auto_failback legacy
group alpha IPaddr::10.0.0.9
boot all
run 30s
ask alpha standby all
power-off alpha
run 20s
boot alpha
run 5s
holders
----
-- boot all
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- ask alpha standby all
  answer: auto_failback is set to legacy. Cannot enter standby.
-- power-off alpha
[  40.000] beta: node alpha: is dead (active -> dead: silent 10.0s, deadtime 10s)
[  40.000] beta: No STONITH device configured.
[  40.000] beta: Shared disks are not protected.
[  40.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  40.001] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
-- boot alpha
[  50.001] beta: group IPaddr::10.0.0.9: ours alone again, addresses are announced (alpha was dead and starts again)
[  50.001] beta: group IPaddr::10.0.0.9: running -> offered (auto_failback: its node alpha is back)
[  50.001] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[  50.002] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha takes it)
[  50.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta gives it to us)
[  50.003] alpha: group IPaddr::10.0.0.9: starting -> running (beta gives it to us)
== alpha: IPaddr::10.0.0.9 | beta: nothing
