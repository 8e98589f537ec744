# No interface can have the address for deadtime: the group is not running there. Another node takes it, and when
# the interface is back it returns as the configuration says, without the pause of a failed start.
nodes alpha beta
conf ucast eth0 10.0.0.1
conf ucast eth1 10.1.0.1
group alpha IPaddr::10.0.0.9 httpd
boot all
run 20s
ifdown alpha eth0
run 40s
ask alpha retry
ask alpha takeover all
run 1s
holders
ifup alpha eth0
run 20s
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- ifdown alpha eth0
[  20.003] alpha: IPaddr::10.0.0.9: eth0 is down: given up unless that changes within 29s
[  21.000] alpha: write failure on ucast eth0.: Network is down (up -> down)
[  49.003] alpha: group IPaddr::10.0.0.9: running -> stopping (IPaddr::10.0.0.9: eth0 is down)
[  49.005] alpha: group IPaddr::10.0.0.9: stopping -> failed (IPaddr::10.0.0.9: eth0 is down)
[  49.005] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it up)
[  49.008] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it up)
-- ask alpha retry
  answer: group IPaddr::10.0.0.9 cannot run here: IPaddr::10.0.0.9: eth0 is down
-- ask alpha takeover all
  answer: group IPaddr::10.0.0.9 cannot run here: IPaddr::10.0.0.9: eth0 is down
[  60.000] beta: group IPaddr::10.0.0.9: running -> offered (hb_takeover on the other side [all])
[  60.000] beta: group IPaddr::10.0.0.9: offered -> running (alpha can no longer take it)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
-- ifup alpha eth0
[  61.003] beta: group IPaddr::10.0.0.9: ours alone again, addresses are announced (alpha is heard over eth0 again)
[  61.303] alpha: group IPaddr::10.0.0.9: failed -> stopped (its addresses can be here again)
[  61.303] beta: group IPaddr::10.0.0.9: running -> offered (auto_failback: its node alpha is back)
[  61.303] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[  61.305] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha takes it)
[  61.305] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta gives it to us)
[  61.308] alpha: group IPaddr::10.0.0.9: starting -> running (beta gives it to us)
[  62.000] alpha: ucast eth0: down -> up (sending works again: nothing lost)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
