# Two Heartbeat 3.0.6 start together: each is unstable, waits for the other, and 10 s break the tie.
nodes alpha beta
conf keepalive 1
conf deadtime 10
group alpha IPaddr::10.0.0.9
group beta httpd
show info
old all
boot all
run 5s
holders
run 10s
holders
----
-- old all
-- boot all
[   0.194] alpha: Comm_now_up(): updating status to active
[   0.273] beta: Comm_now_up(): updating status to active
== alpha: nothing | beta: nothing
[  11.000] beta: remote resource transition completed.
[  11.297] alpha: remote resource transition completed.
== alpha: IPaddr::10.0.0.9 | beta: httpd
