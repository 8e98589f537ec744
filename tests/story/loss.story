# Three of ten packets are lost and some come twice, for ten minutes: nothing moves.
nodes alpha beta
conf keepalive 1
conf deadtime 10
group alpha IPaddr::10.0.0.9
group beta IPaddr::10.0.0.10
loss 30
duplicate 10
delay 1ms 40ms
boot all
run 600s
holders
----
-- loss 30
-- duplicate 10
-- delay 1ms 40ms
-- boot all
[   0.115] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.116] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
[   0.122] beta: group IPaddr::10.0.0.10: waiting -> starting (we are its preferred node and nobody runs it)
[   0.123] beta: group IPaddr::10.0.0.10: starting -> running (we are its preferred node and nobody runs it)
[ 114.025] alpha: Late heartbeat: Node beta: interval 5012 ms
[ 381.010] beta: Late heartbeat: Node alpha: interval 5989 ms
[ 513.006] alpha: Late heartbeat: Node beta: interval 5003 ms
== alpha: IPaddr::10.0.0.9 | beta: IPaddr::10.0.0.10
