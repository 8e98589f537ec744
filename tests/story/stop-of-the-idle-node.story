# heartbeat -k on the node that holds nothing: the service does not notice.
nodes alpha beta
conf auto_failback off
group alpha IPaddr::10.0.0.9 httpd
boot all
run 5s
stop beta
run 30s
holders
boot beta
run 5s
stop alpha
run 5s
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- stop beta
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
-- boot beta
-- stop alpha
[  40.000] alpha: group IPaddr::10.0.0.9: running -> stopping (we are leaving)
[  40.002] alpha: group IPaddr::10.0.0.9: stopping -> stopped (we are leaving)
[  40.002] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha leaves)
[  40.005] beta: group IPaddr::10.0.0.9: starting -> running (alpha leaves)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
