# local, foreign and failback mean the groups as the asking node sees them.
nodes alpha beta
group alpha IPaddr::10.0.0.9
group beta IPaddr::10.0.0.10
boot all
run 5s
ask alpha standby foreign
run 1s
holders
ask alpha standby local
run 1s
holders
ask beta standby failback
run 1s
holders
ask beta takeover all
run 1s
holders
ask alpha takeover failback
run 1s
holders
ask alpha takeover foreign
run 1s
holders
ask alpha standby nonsense
----
-- boot all
[   0.001] beta: group IPaddr::10.0.0.10: waiting -> starting (we are its preferred node and nobody runs it)
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] beta: group IPaddr::10.0.0.10: starting -> running (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- ask alpha standby foreign
  answer: ok
== alpha: IPaddr::10.0.0.9 | beta: IPaddr::10.0.0.10
-- ask alpha standby local
[   6.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [local])
  answer: ok
[   6.000] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
[   6.001] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[   6.001] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[   6.002] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
== alpha: nothing | beta: IPaddr::10.0.0.9 IPaddr::10.0.0.10
-- ask beta standby failback
[   7.000] beta: group IPaddr::10.0.0.9: running -> offered (hb_standby [foreign])
  answer: ok
[   7.000] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[   7.001] beta: group IPaddr::10.0.0.9: stopping -> away (alpha takes it)
[   7.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta gives it to us)
[   7.002] alpha: group IPaddr::10.0.0.9: starting -> running (beta gives it to us)
== alpha: IPaddr::10.0.0.9 | beta: IPaddr::10.0.0.10
-- ask beta takeover all
  answer: ok
[   8.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_takeover on the other side [all])
[   8.000] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
[   8.001] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[   8.001] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[   8.002] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
== alpha: nothing | beta: IPaddr::10.0.0.9 IPaddr::10.0.0.10
-- ask alpha takeover failback
  answer: ok
[   9.000] beta: group IPaddr::10.0.0.9: running -> offered (hb_takeover on the other side [local])
[   9.000] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[   9.001] beta: group IPaddr::10.0.0.9: stopping -> away (alpha takes it)
[   9.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta gives it to us)
[   9.002] alpha: group IPaddr::10.0.0.9: starting -> running (beta gives it to us)
== alpha: IPaddr::10.0.0.9 | beta: IPaddr::10.0.0.10
-- ask alpha takeover foreign
  answer: ok
[  10.000] beta: group IPaddr::10.0.0.10: running -> offered (hb_takeover on the other side [foreign])
[  10.000] beta: group IPaddr::10.0.0.10: offered -> stopping (alpha takes it)
[  10.001] beta: group IPaddr::10.0.0.10: stopping -> away (alpha takes it)
[  10.001] alpha: group IPaddr::10.0.0.10: waiting -> starting (beta gives it to us)
[  10.002] alpha: group IPaddr::10.0.0.10: starting -> running (beta gives it to us)
== alpha: IPaddr::10.0.0.9 IPaddr::10.0.0.10 | beta: nothing
-- ask alpha standby nonsense
  answer: set must be one of all, local, foreign, failback
