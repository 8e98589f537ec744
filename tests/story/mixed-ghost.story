# A 3.0.6 that holds all dies (not its resources), and is started again within deadtime.
nodes alpha beta
conf keepalive 1
conf deadtime 10
conf auto_failback off
group alpha httpd
group beta IPaddr::10.0.0.9
old alpha
boot alpha
run 60s
boot beta
run 30s
holders
kill-daemons alpha
run 2s
boot alpha
run 30s
holders
----
-- old alpha
-- boot alpha
[  21.000] alpha: node beta: is dead
[  21.000] alpha: No STONITH device configured.
-- boot beta
[  61.000] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
== alpha: httpd IPaddr::10.0.0.9 | beta: nothing
-- kill-daemons alpha
-- boot alpha
[  92.000] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[  94.001] alpha: No one owns foreign resources!
[  94.102] alpha: No one owns foreign resources!
== alpha: httpd IPaddr::10.0.0.9 | beta: nothing
