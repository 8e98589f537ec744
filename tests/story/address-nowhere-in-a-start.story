# A start fails while an address of the group has no place: that may be the whole reason, so it is tried again when
# the interface is back, without the pause of a failed start.
nodes alpha beta
conf ucast eth0 10.0.0.1
conf ucast eth1 10.1.0.1
group alpha IPaddr::10.0.0.9 httpd
script alpha httpd start exit 1 takes 2s
boot all
run 1s
ifdown alpha eth0
run 4s
holders
script alpha httpd start ok
ifup alpha eth0
run 5s
holders
----
-- script alpha httpd start exit 1 takes 2s
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
-- ifdown alpha eth0
[   1.003] alpha: IPaddr::10.0.0.9: eth0 is down: given up unless that changes within 29s
[   2.000] alpha: write failure on ucast eth0.: Network is down (up -> down)
[   2.004] alpha: Giving up resources due to failure of httpd (exit code 1)
[   2.004] alpha: group IPaddr::10.0.0.9: starting -> stopping (start of httpd failed: exit code 1; IPaddr::10.0.0.9: eth0 is down)
[   2.006] alpha: group IPaddr::10.0.0.9: stopping -> failed (start of httpd failed: exit code 1; IPaddr::10.0.0.9: eth0 is down)
[   2.006] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it up)
[   2.009] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it up)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
-- script alpha httpd start ok
-- ifup alpha eth0
[   5.303] alpha: group IPaddr::10.0.0.9: failed -> stopped (its addresses can be here again)
[   5.303] beta: group IPaddr::10.0.0.9: running -> offered (auto_failback: its node alpha is back)
[   5.303] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[   5.305] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha takes it)
[   5.305] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta gives it to us)
[   5.308] alpha: group IPaddr::10.0.0.9: starting -> running (beta gives it to us)
[   6.003] alpha: ucast eth0: down -> up (sending works again: nothing lost)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
