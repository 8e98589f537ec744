# Master and engine are killed and started again within deadtime: what runs is adopted.
nodes alpha beta
conf deadtime 10
group alpha IPaddr::10.0.0.9 httpd
boot all
run 10s
kill-daemons alpha
run 5s
boot alpha
run 20s
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- kill-daemons alpha
-- boot alpha
[  15.002] alpha: group IPaddr::10.0.0.9: probing -> leftover (all of it runs already)
[  15.002] alpha: group IPaddr::10.0.0.9: leftover -> starting (all of it runs already; nobody else has it)
[  15.004] alpha: group IPaddr::10.0.0.9: starting -> running (all of it runs already; nobody else has it)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
