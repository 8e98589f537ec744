# Two Heartbeat 3.0.6 are replaced one after the other; then ours alone; then back again.
nodes alpha beta
conf keepalive 1
conf deadtime 10
conf auto_failback on
group alpha IPaddr::10.0.0.9
group beta httpd
old all
boot all
run 20s
holders
stop alpha
run 20s
new alpha
boot alpha
run 20s
holders
stop beta
run 20s
new beta
boot beta
run 20s
holders
stop alpha
run 20s
old alpha
boot alpha
run 30s
holders
----
-- old all
-- boot all
== alpha: IPaddr::10.0.0.9 | beta: httpd
-- stop alpha
[  21.000] alpha: Ignored standby message 'done'
[  33.000] beta: node alpha: is dead
-- new alpha
-- boot alpha
[  40.000] alpha: node beta runs 3.0.6: whole sets of groups move, and it never yields
[  41.801] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta gives it to us)
[  41.802] alpha: group IPaddr::10.0.0.9: starting -> running (beta gives it to us)
== alpha: IPaddr::10.0.0.9 | beta: httpd
-- stop beta
[  60.002] alpha: group httpd: waiting -> starting (beta leaves)
[  60.004] alpha: group httpd: starting -> running (beta leaves)
-- new beta
-- boot beta
[  80.001] alpha: group httpd: running -> offered (auto_failback: its node beta is back)
[  80.001] alpha: group httpd: offered -> stopping (beta takes it)
[  80.002] alpha: group httpd: stopping -> stopped (beta takes it)
[  80.002] beta: group httpd: waiting -> starting (alpha gives it to us)
[  80.004] beta: group httpd: starting -> running (alpha gives it to us)
== alpha: IPaddr::10.0.0.9 | beta: httpd
-- stop alpha
[ 100.000] alpha: group IPaddr::10.0.0.9: running -> stopping (we are leaving)
[ 100.001] alpha: group IPaddr::10.0.0.9: stopping -> stopped (we are leaving)
[ 100.001] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha leaves)
[ 100.002] beta: group IPaddr::10.0.0.9: starting -> running (alpha leaves)
-- old alpha
-- boot alpha
[ 120.000] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[ 121.319] beta: group IPaddr::10.0.0.9: running -> offered (auto_failback: its node alpha is back)
[ 121.958] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[ 121.959] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha takes it)
== alpha: IPaddr::10.0.0.9 | beta: httpd
