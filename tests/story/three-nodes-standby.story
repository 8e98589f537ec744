# Of three nodes a standby goes to the next in the group's order, then to the last, then back.
nodes alpha beta gamma
group alpha IPaddr::10.0.0.9
boot all
run 5s
ask alpha standby all
run 2s
holders
ask beta standby all
run 2s
holders
ask gamma standby all
run 2s
holders
stop alpha
run 5s
holders
----
-- boot all
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- ask alpha standby all
[   5.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
  answer: ok
[   5.000] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
[   5.001] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[   5.001] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[   5.002] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
== alpha: nothing | beta: IPaddr::10.0.0.9 | gamma: nothing
-- ask beta standby all
[   7.000] beta: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
  answer: ok
[   7.000] beta: group IPaddr::10.0.0.9: offered -> stopping (gamma takes it)
[   7.001] beta: group IPaddr::10.0.0.9: stopping -> away (gamma takes it)
[   7.001] gamma: group IPaddr::10.0.0.9: waiting -> starting (beta gives it to us)
[   7.002] gamma: group IPaddr::10.0.0.9: starting -> running (beta gives it to us)
== alpha: nothing | beta: nothing | gamma: IPaddr::10.0.0.9
-- ask gamma standby all
[   9.000] gamma: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
  answer: ok
[   9.000] gamma: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[   9.001] gamma: group IPaddr::10.0.0.9: stopping -> away (alpha takes it)
[   9.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (gamma gives it to us)
[   9.002] alpha: group IPaddr::10.0.0.9: starting -> running (gamma gives it to us)
== alpha: IPaddr::10.0.0.9 | beta: nothing | gamma: nothing
-- stop alpha
[  11.000] alpha: group IPaddr::10.0.0.9: running -> stopping (we are leaving)
[  11.001] alpha: group IPaddr::10.0.0.9: stopping -> stopped (we are leaving)
[  11.001] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha leaves)
[  11.002] beta: group IPaddr::10.0.0.9: starting -> running (alpha leaves)
== alpha: nothing | beta: IPaddr::10.0.0.9 | gamma: nothing
