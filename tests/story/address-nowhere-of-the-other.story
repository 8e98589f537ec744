# A node on which an address has no place does not wish for the group, says so, and is willing again soon after.
nodes alpha beta
conf ucast eth0 10.0.0.1
conf ucast eth1 10.1.0.1
group alpha IPaddr::10.0.0.9 httpd
boot all
run 20s
ifdown beta eth0
run 1s
ask alpha standby all
run 11s
power-off alpha
run 1min
holders
ifup beta eth0
run 5s
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- ifdown beta eth0
[  20.003] beta: group IPaddr::10.0.0.9: stopped -> failed (IPaddr::10.0.0.9: eth0 is down)
[  20.003] beta: write failure on ucast eth0.: Network is down (up -> down)
-- ask alpha standby all
[  21.000] alpha: No reply to standby request.  Standby request cancelled.
  answer: 1 of 1 groups stay here: no other node can take them
-- power-off alpha
[  62.000] beta: node alpha: is dead (active -> dead: silent 30.0s, deadtime 30s)
[  62.000] beta: No STONITH device configured.
[  62.000] beta: Shared disks are not protected.
== alpha: off | beta: nothing
-- ifup beta eth0
[  92.303] beta: group IPaddr::10.0.0.9: failed -> stopped (its addresses can be here again)
[  92.303] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  92.306] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
[  93.003] beta: ucast eth0: down -> up (sending works again: nothing lost)
== alpha: off | beta: IPaddr::10.0.0.9 httpd
