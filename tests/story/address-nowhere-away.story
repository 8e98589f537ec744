# A group that was sent away stays so while its address has no place, whatever engine asks: nobody gives it
# back unasked when the interface returns.
nodes alpha beta
conf ucast eth0 10.0.0.1
conf ucast eth1 10.1.0.1
group alpha IPaddr::10.0.0.9 httpd
boot all
run 20s
ask alpha standby all
run 5s
holders
ifdown alpha eth0
run 2s
kill-engine alpha
run 5s
ifup alpha eth0
run 20s
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- ask alpha standby all
[  20.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
  answer: ok
[  20.000] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
[  20.002] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[  20.002] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[  20.005] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
-- ifdown alpha eth0
[  25.003] alpha: group IPaddr::10.0.0.9: away -> failed (IPaddr::10.0.0.9: eth0 is down)
[  25.003] alpha: write failure on ucast eth0.: Network is down (up -> down)
-- kill-engine alpha
[  27.000] alpha: write failure on ucast eth0.: Network is down (up -> down)
[  27.003] alpha: group IPaddr::10.0.0.9: away -> failed (IPaddr::10.0.0.9: eth0 is down)
-- ifup alpha eth0
[  32.303] alpha: group IPaddr::10.0.0.9: failed -> away (its addresses can be here again)
[  33.003] alpha: ucast eth0: down -> up (sending works again: nothing lost)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
