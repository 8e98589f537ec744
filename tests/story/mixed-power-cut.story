# One of ours and a 3.0.6: each dies once, each comes back.
nodes alpha beta
conf keepalive 1
conf deadtime 10
group alpha IPaddr::10.0.0.9
group beta httpd
old alpha
boot all
run 20s
power-off alpha
run 20s
holders
boot alpha
run 20s
holders
power-off beta
run 20s
holders
boot beta
run 20s
holders
----
-- old alpha
-- boot all
[   0.115] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[   0.173] beta: group httpd: waiting -> starting (we are its preferred node and nobody runs it)
[   0.175] beta: group httpd: starting -> running (we are its preferred node and nobody runs it)
-- power-off alpha
[  30.000] beta: node alpha: is dead (active -> dead: silent 10.0s, deadtime 10s)
[  30.000] beta: No STONITH device configured.
[  30.000] beta: Shared disks are not protected.
[  30.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  30.001] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
== alpha: off | beta: IPaddr::10.0.0.9 httpd
-- boot alpha
[  40.000] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[  41.016] beta: group IPaddr::10.0.0.9: ours alone again, addresses are announced (alpha was dead and starts again)
[  41.016] beta: group IPaddr::10.0.0.9: running -> offered (auto_failback: its node alpha is back)
[  41.050] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[  41.051] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha takes it)
== alpha: IPaddr::10.0.0.9 | beta: httpd
-- power-off beta
[  71.000] alpha: node beta: is dead
[  71.000] alpha: No STONITH device configured.
== alpha: IPaddr::10.0.0.9 httpd | beta: off
-- boot beta
[  81.000] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[  81.688] beta: group httpd: waiting -> starting (alpha gives it to us)
[  81.690] beta: group httpd: starting -> running (alpha gives it to us)
== alpha: IPaddr::10.0.0.9 | beta: httpd
