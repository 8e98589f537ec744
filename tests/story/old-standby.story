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
[   1.531] alpha: Comm_now_up(): updating status to active
[   1.967] beta: Comm_now_up(): updating status to active
[  12.000] alpha: remote resource transition completed.
[  12.430] beta: remote resource transition completed.
-- ask alpha standby all
  answer: ok
[  21.000] alpha: give up all HA resources (standby).
[  21.627] beta: acquire all HA resources (standby).
[  22.000] alpha: remote resource transition completed.
[  22.705] beta: remote resource transition completed.
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
-- ask alpha takeover local
  answer: ok
[  31.135] beta: give up foreign HA resources (standby).
[  31.301] alpha: acquire local HA resources (standby).
[  31.749] beta: remote resource transition completed.
[  32.000] alpha: remote resource transition completed.
== alpha: IPaddr::10.0.0.9 | beta: httpd
-- stop beta
[  40.000] beta: Giving up all HA resources.
[  40.002] beta: All HA resources relinquished.
[  40.644] alpha: Received shutdown notice from 'beta'.
[  40.644] alpha: Resources being acquired from beta.
[  40.647] alpha: mach_down takeover complete.
[  41.000] beta: Ignored standby message 'done'
[  53.000] alpha: node beta: is dead
[  53.000] alpha: Dead node beta gave up resources.
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
