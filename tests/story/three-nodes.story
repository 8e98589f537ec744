# Three nodes: the next in order takes over, then the last.
nodes alpha beta gamma
conf deadtime 10
group alpha IPaddr::10.0.0.9
group beta IPaddr::10.0.0.10
boot all
run 10s
power-off alpha
run 15s
holders
power-off beta
run 15s
holders
boot alpha
boot beta
run 15s
holders
----
-- boot all
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.001] beta: group IPaddr::10.0.0.10: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
[   0.002] beta: group IPaddr::10.0.0.10: starting -> running (we are its preferred node and nobody runs it)
-- power-off alpha
[  20.000] beta: node alpha: is dead (active -> dead: silent 10.0s, deadtime 10s)
[  20.000] beta: No STONITH device configured.
[  20.000] beta: Shared disks are not protected.
[  20.000] gamma: node alpha: is dead (active -> dead: silent 10.0s, deadtime 10s)
[  20.000] gamma: No STONITH device configured.
[  20.000] gamma: Shared disks are not protected.
[  20.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  20.001] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
== alpha: off | beta: IPaddr::10.0.0.9 IPaddr::10.0.0.10 | gamma: nothing
-- power-off beta
[  35.000] gamma: node beta: is dead (active -> dead: silent 10.0s, deadtime 10s)
[  35.000] gamma: No STONITH device configured.
[  35.000] gamma: Shared disks are not protected.
[  35.000] gamma: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  35.000] gamma: group IPaddr::10.0.0.10: waiting -> starting (beta is dead)
[  35.001] gamma: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
[  35.001] gamma: group IPaddr::10.0.0.10: starting -> running (beta is dead)
== alpha: off | beta: off | gamma: IPaddr::10.0.0.9 IPaddr::10.0.0.10
-- boot alpha
-- boot beta
[  40.001] gamma: group IPaddr::10.0.0.9: running -> offered (auto_failback: its node alpha is back)
[  40.001] gamma: group IPaddr::10.0.0.9: ours alone again, addresses are announced (alpha was dead and starts again)
[  40.001] gamma: group IPaddr::10.0.0.10: ours alone again, addresses are announced (alpha was dead and starts again)
[  40.001] gamma: group IPaddr::10.0.0.10: running -> offered (auto_failback: its node beta is back)
[  40.001] gamma: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[  40.001] gamma: group IPaddr::10.0.0.10: offered -> stopping (beta takes it)
[  40.002] gamma: group IPaddr::10.0.0.9: stopping -> stopped (alpha takes it)
[  40.002] gamma: group IPaddr::10.0.0.10: stopping -> stopped (beta takes it)
[  40.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (gamma gives it to us)
[  40.002] beta: group IPaddr::10.0.0.10: waiting -> starting (gamma gives it to us)
[  40.003] alpha: group IPaddr::10.0.0.9: starting -> running (gamma gives it to us)
[  40.003] beta: group IPaddr::10.0.0.10: starting -> running (gamma gives it to us)
== alpha: IPaddr::10.0.0.9 | beta: IPaddr::10.0.0.10 | gamma: nothing
