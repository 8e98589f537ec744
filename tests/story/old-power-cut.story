# Two Heartbeat 3.0.6, auto_failback on: one dies, the other takes over, and gives back on its return.
nodes alpha beta
conf keepalive 1
conf deadtime 10
group alpha IPaddr::10.0.0.9
group beta httpd
show info
old all
boot all
run 20s
holders
power-off alpha
run 20s
holders
boot alpha
run 20s
holders
----
-- old all
-- boot all
[   0.194] alpha: Comm_now_up(): updating status to active
[   0.273] beta: Comm_now_up(): updating status to active
[  11.000] beta: remote resource transition completed.
[  11.297] alpha: remote resource transition completed.
== alpha: IPaddr::10.0.0.9 | beta: httpd
-- power-off alpha
[  31.000] beta: node alpha: is dead
[  31.000] beta: No STONITH device configured.
[  31.000] beta: Resources being acquired from alpha.
[  31.002] beta: mach_down takeover complete.
== alpha: off | beta: IPaddr::10.0.0.9 httpd
-- boot alpha
[  40.705] beta: Heartbeat restart on node alpha
[  42.000] alpha: Comm_now_up(): updating status to active
[  42.981] alpha: remote resource transition completed.
[  43.000] beta: remote resource transition completed.
[  43.750] beta: give up foreign HA resources (standby).
[  44.000] alpha: acquire local HA resources (standby).
[  44.542] beta: remote resource transition completed.
[  44.875] alpha: remote resource transition completed.
== alpha: IPaddr::10.0.0.9 | beta: httpd
