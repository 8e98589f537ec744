# An attempt to put an address back is slow, and the interface goes down and comes up meanwhile: the next attempt
# waits for the end of the first.
nodes alpha beta
conf ucast eth0 10.0.0.1
conf ucast eth1 10.1.0.1
group alpha IPaddr::10.0.0.9 httpd
script alpha IPaddr::10.0.0.9 start ok takes 2s
boot all
run 20s
gone alpha IPaddr::10.0.0.9
run 500ms
ifdown alpha eth0
run 100ms
ifup alpha eth0
run 10s
holders
----
-- script alpha IPaddr::10.0.0.9 start ok takes 2s
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   2.004] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- gone alpha IPaddr::10.0.0.9
-- ifdown alpha eth0
[  20.503] alpha: IPaddr::10.0.0.9: eth0 is down: given up unless that changes within 28.5s
-- ifup alpha eth0
[  22.003] alpha: IPaddr::10.0.0.9: was gone; put back (1 time so far)
[  24.006] alpha: IPaddr::10.0.0.9: was gone; put back (2 times so far)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
