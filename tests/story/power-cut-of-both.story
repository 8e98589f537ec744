# Power is lost everywhere; one machine comes back: it waits for initdead, then takes everything.
# The other one gets its own when it is back.
nodes alpha beta
conf deadtime 5
conf initdead 30
group alpha IPaddr::10.0.0.9
group beta IPaddr::10.0.0.10
boot all
run 10s
power-off all
run 60s
boot beta
run 29s
holders
run 5s
holders
boot alpha
run 5s
holders
----
-- boot all
[   0.001] beta: group IPaddr::10.0.0.10: waiting -> starting (we are its preferred node and nobody runs it)
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] beta: group IPaddr::10.0.0.10: starting -> running (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- power-off all
-- boot beta
== alpha: off | beta: nothing
[ 100.000] beta: node alpha: is dead (init -> dead: silent 30.0s, initdead 30s)
[ 100.000] beta: No STONITH device configured.
[ 100.000] beta: Shared disks are not protected.
[ 100.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is silent since we started)
[ 100.000] beta: group IPaddr::10.0.0.10: waiting -> starting (we are its preferred node and nobody runs it)
[ 100.001] beta: group IPaddr::10.0.0.9: starting -> running (alpha is silent since we started)
[ 100.001] beta: group IPaddr::10.0.0.10: starting -> running (we are its preferred node and nobody runs it)
== alpha: off | beta: IPaddr::10.0.0.9 IPaddr::10.0.0.10
-- boot alpha
[ 104.001] beta: group IPaddr::10.0.0.9: ours alone again, addresses are announced (alpha was silent when we started)
[ 104.001] beta: group IPaddr::10.0.0.9: running -> offered (auto_failback: its node alpha is back)
[ 104.001] beta: group IPaddr::10.0.0.10: ours alone again, addresses are announced (alpha was silent when we started)
[ 104.001] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[ 104.002] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha takes it)
[ 104.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta gives it to us)
[ 104.003] alpha: group IPaddr::10.0.0.9: starting -> running (beta gives it to us)
== alpha: IPaddr::10.0.0.9 | beta: IPaddr::10.0.0.10
