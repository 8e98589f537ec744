# hb_standby on the active node, and nothing comes back by itself, also with auto_failback on.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
group beta IPaddr::10.0.0.10
boot all
run 5s
ask alpha standby all
run 120s
holders
ask alpha takeover local
run 5s
holders
----
-- boot all
[   0.001] beta: group IPaddr::10.0.0.10: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] beta: group IPaddr::10.0.0.10: starting -> running (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- ask alpha standby all
[   5.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
  answer: ok
[   5.000] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
[   5.002] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[   5.002] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[   5.005] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd IPaddr::10.0.0.10
-- ask alpha takeover local
  answer: ok
[ 125.000] beta: group IPaddr::10.0.0.9: running -> offered (hb_takeover on the other side [local])
[ 125.000] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[ 125.002] beta: group IPaddr::10.0.0.9: stopping -> away (alpha takes it)
[ 125.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta gives it to us)
[ 125.005] alpha: group IPaddr::10.0.0.9: starting -> running (beta gives it to us)
== alpha: IPaddr::10.0.0.9 httpd | beta: IPaddr::10.0.0.10
