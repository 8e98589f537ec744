# A machine beside the cluster has the address, and nobody was known to hold the group: each node tries
# in turn, the group waits for ten seconds, and is then taken with a warning.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
script alpha IPaddr::10.0.0.9 probe exit 1
script beta IPaddr::10.0.0.9 probe exit 1
boot all
run 9s
holders
run 3s
holders
----
-- script alpha IPaddr::10.0.0.9 probe exit 1
-- script beta IPaddr::10.0.0.9 probe exit 1
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> failed (IPaddr::10.0.0.9 is answered by 52:54:00:aa:bb:cc on eth0, which is none of our nodes or one that is silent; it is taken all the same in 10s)
[   0.003] beta: group IPaddr::10.0.0.9: waiting -> failed (IPaddr::10.0.0.9 is answered by 52:54:00:aa:bb:cc on eth0, which is none of our nodes or one that is silent; it is taken all the same in 10s)
== alpha: nothing | beta: nothing
[  10.002] alpha: group IPaddr::10.0.0.9: failed -> stopped (to be tried again)
[  10.003] alpha: IPaddr::10.0.0.9 is taken although 52:54:00:aa:bb:cc answers for it on eth0 (last 0.0s ago): another machine, or a node that lives and is not heard; take the address from it
[  10.003] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta could not start it)
[  10.006] alpha: group IPaddr::10.0.0.9: starting -> running (beta could not start it)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
