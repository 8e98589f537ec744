# One of ours and a 3.0.6: every set moves, from either side, and no group runs twice.
nodes alpha beta
conf keepalive 1
conf deadtime 10
conf auto_failback off
group alpha IPaddr::10.0.0.9
group beta httpd
old alpha
boot all
run 20s
ask alpha standby all
run 10s
holders
ask alpha takeover local
run 10s
holders
ask beta standby all
run 10s
holders
ask beta takeover foreign
run 10s
holders
ask alpha takeover all
run 10s
holders
----
-- old alpha
-- boot all
[   0.115] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[   0.173] beta: group httpd: waiting -> starting (we are its preferred node and nobody runs it)
[   0.175] beta: group httpd: starting -> running (we are its preferred node and nobody runs it)
-- ask alpha standby all
  answer: ok
[  21.002] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[  21.003] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
-- ask alpha takeover local
  answer: ok
[  30.009] beta: group IPaddr::10.0.0.9: running -> offered (hb_takeover on the other side [local])
[  30.019] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[  30.020] beta: group IPaddr::10.0.0.9: stopping -> away (alpha takes it)
== alpha: IPaddr::10.0.0.9 | beta: httpd
-- ask beta standby all
[  40.000] beta: group httpd: running -> offered (hb_standby [all])
  answer: ok
[  40.747] beta: group httpd: offered -> stopping (alpha takes it)
[  40.748] beta: group httpd: stopping -> away (alpha takes it)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
-- ask beta takeover foreign
  answer: ok
[  51.001] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[  51.002] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
== alpha: httpd | beta: IPaddr::10.0.0.9
-- ask alpha takeover all
  answer: ok
[  60.911] beta: group IPaddr::10.0.0.9: running -> offered (hb_takeover on the other side [all])
[  61.000] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[  61.001] beta: group IPaddr::10.0.0.9: stopping -> away (alpha takes it)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
