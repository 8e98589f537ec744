# Both are told to stand by at the same moment: each gives to the other, nothing is lost.
nodes alpha beta
group alpha IPaddr::10.0.0.9
group beta IPaddr::10.0.0.10
boot all
run 5s
ask alpha standby all
ask beta standby all
run 30s
holders
----
-- boot all
[   0.001] beta: group IPaddr::10.0.0.10: waiting -> starting (we are its preferred node and nobody runs it)
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] beta: group IPaddr::10.0.0.10: starting -> running (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- ask alpha standby all
[   5.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
  answer: ok
-- ask beta standby all
[   5.000] beta: group IPaddr::10.0.0.10: running -> offered (hb_standby [all])
  answer: ok
[   5.000] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
[   5.000] beta: group IPaddr::10.0.0.10: offered -> stopping (alpha takes it)
[   5.001] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[   5.001] beta: group IPaddr::10.0.0.10: stopping -> away (alpha takes it)
[   5.001] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[   5.001] alpha: group IPaddr::10.0.0.10: waiting -> starting (beta gives it to us)
[   5.002] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
[   5.002] alpha: group IPaddr::10.0.0.10: starting -> running (beta gives it to us)
== alpha: IPaddr::10.0.0.10 | beta: IPaddr::10.0.0.9
