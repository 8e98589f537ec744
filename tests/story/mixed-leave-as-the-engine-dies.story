# Ours is told to stop in the middle of a standby, and its engine dies then: the next one waits as well.
nodes alpha beta
conf keepalive 1
conf deadtime 10
conf auto_failback on
group alpha IPaddr::10.0.0.9
group beta httpd
script alpha IPaddr::10.0.0.9 stop ok takes 5s
old alpha
boot all
run 20s
ask alpha standby all
run 2s
stop beta
run 500ms
kill-engine beta
run 40s
holders
----
-- script alpha IPaddr::10.0.0.9 stop ok takes 5s
-- old alpha
-- boot all
[   0.115] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[   0.173] beta: group httpd: waiting -> starting (we are its preferred node and nobody runs it)
[   0.175] beta: group httpd: starting -> running (we are its preferred node and nobody runs it)
-- ask alpha standby all
  answer: ok
-- stop beta
[  22.000] beta: Shutdown delayed until current resource activity finishes.
-- kill-engine beta
[  22.500] beta: group httpd: stopped -> running (it kept running while the engine was restarted)
[  22.500] beta: Shutdown delayed until current resource activity finishes.
[  23.000] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[  26.001] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[  26.002] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
[  26.002] beta: group IPaddr::10.0.0.9: running -> stopping (we are leaving)
[  26.002] beta: group httpd: running -> stopping (we are leaving)
[  26.003] beta: group IPaddr::10.0.0.9: stopping -> stopped (we are leaving)
[  26.003] beta: group httpd: stopping -> stopped (we are leaving)
[  38.000] alpha: node beta: is dead
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
