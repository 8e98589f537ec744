# The interface under an address goes for less than deadtime: it stays here, and is put back or announced again in
# place when the interface returns.
nodes alpha beta
conf ucast eth0 10.0.0.1
conf ucast eth1 10.1.0.1
group alpha IPaddr::10.0.0.9 httpd
boot all
run 20s
ifdown alpha eth0
run 5s
ifup alpha eth0
run 10s
linkdown alpha eth0
run 1s
ifup alpha eth0
run 1min
holders
clients
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- ifdown alpha eth0
[  20.003] alpha: IPaddr::10.0.0.9: eth0 is down: given up unless that changes within 29s
[  21.000] alpha: write failure on ucast eth0.: Network is down (up -> down)
-- ifup alpha eth0
[  25.004] alpha: IPaddr::10.0.0.9: was gone; put back (1 time so far)
[  26.000] alpha: ucast eth0: down -> up (sending works again: nothing lost)
-- linkdown alpha eth0
[  35.000] alpha: write failure on ucast eth0.: Network is down (up -> down)
[  35.003] alpha: IPaddr::10.0.0.9: eth0 is down: given up unless that changes within 29s
-- ifup alpha eth0
[  36.003] alpha: IPaddr::10.0.0.9: of use again after 1s: announced
[  37.003] alpha: ucast eth0: down -> up (sending works again: nothing lost)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
== IPaddr::10.0.0.9: alpha alpha
