# Both nodes start at the same time: each takes its own group at once, without sleeping.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
group beta IPaddr::10.0.0.10
boot all
run 2s
holders
----
-- boot all
[   0.001] beta: group IPaddr::10.0.0.10: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] beta: group IPaddr::10.0.0.10: starting -> running (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
== alpha: IPaddr::10.0.0.9 httpd | beta: IPaddr::10.0.0.10
