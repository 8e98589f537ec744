# Bytes from strangers are dropped, counted, and said once.
nodes alpha beta
group alpha IPaddr::10.0.0.9
boot all
run 5s
inject alpha hello
inject alpha hello
inject alpha >>>
run 5s
holders
----
-- boot all
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- inject alpha hello
-- inject alpha hello
-- inject alpha >>>
[   5.000] alpha: packet from stranger on eth0 dropped: bad-frame: this is no heartbeat message; does another program use our port?
== alpha: IPaddr::10.0.0.9 | beta: nothing
