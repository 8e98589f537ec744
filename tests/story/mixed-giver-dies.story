# Ours is killed while it gives to a 3.0.6: that takes over without the last word.
nodes alpha beta
conf keepalive 1
conf deadtime 10
conf auto_failback off
group alpha IPaddr::10.0.0.9
group beta httpd
script beta httpd stop ok takes 5s
old alpha
boot all
run 20s
ask beta standby all
run 4s
power-off beta
run 20s
holders
----
-- script beta httpd stop ok takes 5s
-- old alpha
-- boot all
[   0.115] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[   0.173] beta: group httpd: waiting -> starting (we are its preferred node and nobody runs it)
[   0.175] beta: group httpd: starting -> running (we are its preferred node and nobody runs it)
-- ask beta standby all
[  20.000] beta: group httpd: running -> offered (hb_standby [all])
  answer: ok
[  20.902] beta: group httpd: offered -> stopping (alpha takes it)
-- power-off beta
[  35.000] alpha: node beta: is dead
[  35.000] alpha: No STONITH device configured.
== alpha: IPaddr::10.0.0.9 httpd | beta: off
