# A standby while half of the packets are lost, some come twice and late: it takes longer, nothing else.
nodes alpha beta
conf keepalive 500ms
conf deadtime 10
group alpha IPaddr::10.0.0.9 httpd
group beta IPaddr::10.0.0.10
boot all
run 10s
loss 50; duplicate 30; delay 0 200ms
ask alpha standby local
run 60s
holders
loss 0; duplicate 0
ask alpha takeover local
run 5s
holders
----
-- boot all
[   0.001] beta: group IPaddr::10.0.0.10: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] beta: group IPaddr::10.0.0.10: starting -> running (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- loss 50
-- duplicate 30
-- delay 0 200ms
-- ask alpha standby local
[  10.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [local])
  answer: ok
[  10.181] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
[  10.183] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[  10.304] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[  10.307] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
[  21.633] beta: Late heartbeat: Node alpha: interval 5116 ms
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd IPaddr::10.0.0.10
-- loss 0
-- duplicate 0
-- ask alpha takeover local
  answer: ok
[  70.191] beta: group IPaddr::10.0.0.9: running -> offered (hb_takeover on the other side [local])
[  70.268] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[  70.270] beta: group IPaddr::10.0.0.9: stopping -> away (alpha takes it)
[  70.319] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta gives it to us)
[  70.322] alpha: group IPaddr::10.0.0.9: starting -> running (beta gives it to us)
== alpha: IPaddr::10.0.0.9 httpd | beta: IPaddr::10.0.0.10
