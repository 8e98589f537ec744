# The interface of the addresses goes down and comes back, with another card: within a second the same
# node has them, and clients know. The beats pass on the other link.
nodes alpha beta
conf deadtime 10
conf ucast eth0 10.0.0.1
conf ucast eth1 10.1.0.1
group alpha IPaddr::10.0.0.9 httpd
boot all
run 20s
ifdown alpha eth0
run 3s
holders
clients
ifup alpha eth0
clients
run 1s
holders
clients
run 1min
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- ifdown alpha eth0
[  21.000] alpha: write failure on ucast eth0.: Network is down (up -> down)
== alpha: httpd | beta: nothing
== IPaddr::10.0.0.9: alpha(in vain) alpha(in vain)
-- ifup alpha eth0
== IPaddr::10.0.0.9: nobody nobody
[  24.000] alpha: ucast eth0: down -> up (sending works again: nothing lost)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
== IPaddr::10.0.0.9: alpha alpha
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
