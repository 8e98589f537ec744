# Two Heartbeat 3.0.6: hb_standby and hb_takeover move sets, and nothing moves back by itself.
nodes alpha beta
conf keepalive 1
conf deadtime 10
conf auto_failback off
group alpha IPaddr::10.0.0.9
group beta httpd
show info
old all
boot all
run 20s
ask alpha standby all
run 10s
holders
ask alpha takeover local
run 10s
holders
stop beta
run 20s
holders
----
-- old all
-- boot all
[   0.194] alpha: Comm_now_up(): updating status to active
[   0.273] beta: Comm_now_up(): updating status to active
[  11.000] beta: remote resource transition completed.
[  11.297] alpha: remote resource transition completed.
-- ask alpha standby all
  answer: ok
[  21.000] alpha: give up all HA resources (standby).
[  21.430] beta: acquire all HA resources (standby).
[  21.709] alpha: remote resource transition completed.
[  22.000] beta: remote resource transition completed.
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
-- ask alpha takeover local
  answer: ok
[  31.000] beta: give up foreign HA resources (standby).
[  31.245] alpha: acquire local HA resources (standby).
[  31.924] beta: remote resource transition completed.
[  32.000] alpha: remote resource transition completed.
== alpha: IPaddr::10.0.0.9 | beta: httpd
-- stop beta
[  40.000] beta: Giving up all HA resources.
[  40.002] beta: All HA resources relinquished.
[  40.092] alpha: Received shutdown notice from 'beta'.
[  40.092] alpha: Resources being acquired from beta.
[  40.095] alpha: mach_down takeover complete.
[  40.705] beta: Ignored standby message 'done'
[  53.000] alpha: node beta: is dead
[  53.000] alpha: Dead node beta gave up resources.
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
