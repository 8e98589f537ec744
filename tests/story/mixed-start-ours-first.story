# Ours starts first, a 3.0.6 joins and is given what belongs to it.
nodes alpha beta
conf keepalive 1
conf deadtime 10
group alpha IPaddr::10.0.0.9
group beta httpd
old alpha
boot beta
run 40s
holders
boot alpha
run 20s
holders
----
-- old alpha
-- boot beta
[  20.000] beta: node alpha: is dead (init -> dead: silent 20.0s, initdead 20s)
[  20.000] beta: No STONITH device configured.
[  20.000] beta: Shared disks are not protected.
[  20.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is silent since we started)
[  20.000] beta: group httpd: waiting -> starting (we are its preferred node and nobody runs it)
[  20.001] beta: group IPaddr::10.0.0.9: starting -> running (alpha is silent since we started)
[  20.002] beta: group httpd: starting -> running (we are its preferred node and nobody runs it)
== alpha: off | beta: IPaddr::10.0.0.9 httpd
-- boot alpha
[  40.000] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[  40.238] beta: group IPaddr::10.0.0.9: ours alone again, addresses are announced (alpha was silent when we started)
[  40.238] beta: group IPaddr::10.0.0.9: running -> offered (auto_failback: its node alpha is back)
[  40.397] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[  40.398] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha takes it)
== alpha: IPaddr::10.0.0.9 | beta: httpd
