# auto_failback legacy beside 3.0.6: the preferred node asks for each group when it starts.
nodes alpha beta
conf keepalive 1
conf deadtime 10
conf auto_failback legacy
group alpha IPaddr::10.0.0.9
group beta httpd
old alpha
boot all
run 20s
holders
stop alpha
run 20s
holders
boot alpha
run 10s
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
[   0.175] beta: group httpd: waiting -> starting (alpha gives it to us)
[   0.177] beta: group httpd: starting -> running (alpha gives it to us)
== alpha: IPaddr::10.0.0.9 | beta: httpd
-- stop alpha
[  20.002] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is shut down)
[  20.003] beta: group IPaddr::10.0.0.9: starting -> running (alpha is shut down)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
-- boot alpha
[  40.000] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[  40.056] beta: group IPaddr::10.0.0.9: running -> offered (its node asks for it)
[  40.056] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[  40.057] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha takes it)
== alpha: IPaddr::10.0.0.9 | beta: httpd
-- power-off beta
[  61.000] alpha: node beta: is dead
[  61.000] alpha: No STONITH device configured.
== alpha: IPaddr::10.0.0.9 httpd | beta: off
-- boot beta
[  71.000] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[  71.394] beta: group httpd: waiting -> starting (alpha gives it to us)
[  71.396] beta: group httpd: starting -> running (alpha gives it to us)
== alpha: IPaddr::10.0.0.9 | beta: httpd
