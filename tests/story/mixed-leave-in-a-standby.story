# Ours is told to stop in the middle of a standby, as giver and as taker: first the standby ends. A
# 3.0.6 would run two takeovers at the same time otherwise.
nodes alpha beta
conf keepalive 1
conf deadtime 10
conf auto_failback on
group alpha IPaddr::10.0.0.9
group beta httpd
script alpha IPaddr::10.0.0.9 stop ok takes 5s
script beta httpd stop ok takes 5s
old alpha
boot all
run 20s
ask beta standby all
run 2s
stop beta
run 20s
holders
boot beta
run 30s
holders
ask alpha standby all
run 2s
stop beta
run 30s
holders
----
-- script alpha IPaddr::10.0.0.9 stop ok takes 5s
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
-- stop beta
[  22.000] beta: Shutdown delayed until current resource activity finishes.
[  25.902] beta: group httpd: stopping -> away (alpha takes it)
[  38.000] alpha: node beta: is dead
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
-- boot beta
[  42.000] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[  43.462] beta: group httpd: waiting -> starting (alpha gives it to us)
[  43.464] beta: group httpd: starting -> running (alpha gives it to us)
== alpha: IPaddr::10.0.0.9 | beta: httpd
-- ask alpha standby all
  answer: ok
-- stop beta
[  74.000] beta: Shutdown delayed until current resource activity finishes.
[  77.192] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[  77.193] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
[  77.193] beta: group IPaddr::10.0.0.9: running -> stopping (we are leaving)
[  77.193] beta: group httpd: running -> stopping (we are leaving)
[  77.194] beta: group IPaddr::10.0.0.9: stopping -> stopped (we are leaving)
[  82.193] beta: group httpd: stopping -> stopped (we are leaving)
[  94.000] alpha: node beta: is dead
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
