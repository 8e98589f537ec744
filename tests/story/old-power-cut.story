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
[   1.531] alpha: Comm_now_up(): updating status to active
[   1.967] beta: Comm_now_up(): updating status to active
[  12.000] alpha: remote resource transition completed.
[  12.430] beta: remote resource transition completed.
== alpha: IPaddr::10.0.0.9 | beta: httpd
-- power-off alpha
[  31.000] beta: node alpha: is dead
[  31.000] beta: No STONITH device configured.
[  31.000] beta: Resources being acquired from alpha.
[  31.002] beta: mach_down takeover complete.
== alpha: off | beta: IPaddr::10.0.0.9 httpd
-- boot alpha
[  40.627] beta: Heartbeat restart on node alpha
[  42.606] alpha: Comm_now_up(): updating status to active
[  43.000] alpha: remote resource transition completed.
[  43.963] beta: remote resource transition completed.
[  44.839] beta: give up foreign HA resources (standby).
[  45.000] alpha: acquire local HA resources (standby).
[  45.885] beta: remote resource transition completed.
[  46.000] alpha: remote resource transition completed.
== alpha: IPaddr::10.0.0.9 | beta: httpd
