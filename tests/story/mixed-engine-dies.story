# Our engine dies in the middle of a conversation with a 3.0.6, which waits an hour for its end
# and refuses its own shutdown as long: the next engine goes on with it.
nodes alpha beta
conf keepalive 1
conf deadtime 10
conf auto_failback off
group alpha IPaddr::10.0.0.9
group beta httpd
old alpha
boot all
run 20s
script beta httpd stop ok takes 3s
ask beta standby local
run 2s
kill-engine beta
run 30s
holders
script beta httpd start ok takes 3s
ask alpha standby foreign
run 2s
kill-engine beta
run 30s
holders
stop alpha
run 30s
holders
----
-- old alpha
-- boot all
[   0.115] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[   0.173] beta: group httpd: waiting -> starting (we are its preferred node and nobody runs it)
[   0.175] beta: group httpd: starting -> running (we are its preferred node and nobody runs it)
-- script beta httpd stop ok takes 3s
-- ask beta standby local
[  20.000] beta: group httpd: running -> offered (hb_standby [local])
  answer: ok
[  20.902] beta: group httpd: offered -> stopping (alpha takes it)
-- kill-engine beta
[  22.000] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
-- script beta httpd start ok takes 3s
-- ask alpha standby foreign
  answer: ok
[  52.847] beta: group httpd: waiting -> starting (alpha gives it to us)
-- kill-engine beta
[  54.000] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[  55.849] beta: group httpd: probing -> leftover (all of it runs already)
[  55.849] beta: group httpd: leftover -> starting (all of it runs already; nobody else has it)
[  55.850] beta: group httpd: starting -> running (all of it runs already; nobody else has it)
== alpha: IPaddr::10.0.0.9 | beta: httpd
-- stop alpha
[  84.002] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha leaves)
[  84.003] beta: group IPaddr::10.0.0.9: starting -> running (alpha leaves)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
