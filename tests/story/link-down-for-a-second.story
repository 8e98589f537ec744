# An interface is down for a second: the address of IPv4 stays on it, that of IPv6 is gone, and is put
# back. Both are announced, since what is there again may be another card.
nodes alpha beta
group alpha IPaddr::10.0.0.9 IPv6addr::fd00::9 httpd
boot all
run 20s
linkdown alpha
run 1s
holders
ifup alpha
clients
run 1s
holders
clients
# The cable is out for a second: it may be in another port of the switch now.
unplug alpha
run 1s
holders
plug alpha
clients
run 1s
clients
----
-- boot all
[   0.003] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.007] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- linkdown alpha
[  20.003] alpha: IPaddr::10.0.0.9: eth0 is down: given up unless that changes within 29s
[  20.003] alpha: IPv6addr::fd00::9: eth0 is down: given up unless that changes within 29s
[  21.000] alpha: write failure on ucast eth0.: Network is down (up -> down)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
-- ifup alpha
== IPaddr::10.0.0.9: nobody nobody | IPv6addr::fd00::9: nobody nobody
[  21.003] alpha: IPaddr::10.0.0.9: of use again after 1s: announced
[  21.005] alpha: IPv6addr::fd00::9: was gone; put back (1 time so far)
== alpha: IPaddr::10.0.0.9 IPv6addr::fd00::9 httpd | beta: nothing
== IPaddr::10.0.0.9: alpha alpha | IPv6addr::fd00::9: alpha alpha
-- unplug alpha
[  22.003] alpha: ucast eth0: down -> up (sending works again: nothing lost)
== alpha: IPaddr::10.0.0.9 IPv6addr::fd00::9 httpd | beta: nothing
-- plug alpha
== IPaddr::10.0.0.9: nobody nobody | IPv6addr::fd00::9: nobody nobody
== IPaddr::10.0.0.9: alpha alpha | IPv6addr::fd00::9: alpha alpha
