# A 3.0.6 starts first, ours joins and is given what belongs to it.
nodes alpha beta
conf keepalive 1
conf deadtime 10
group alpha IPaddr::10.0.0.9
group beta httpd
old alpha
boot alpha
run 40s
holders
boot beta
run 20s
holders
----
-- old alpha
-- boot alpha
[  21.000] alpha: node beta: is dead
[  21.000] alpha: No STONITH device configured.
== alpha: IPaddr::10.0.0.9 httpd | beta: off
-- boot beta
[  41.000] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[  41.279] beta: group httpd: waiting -> starting (alpha gives it to us)
[  41.281] beta: group httpd: starting -> running (alpha gives it to us)
== alpha: IPaddr::10.0.0.9 | beta: httpd
