# heartbeat -k while a start is under way: it is waited for, then everything is stopped.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
script alpha httpd start ok takes 20s
boot all
run 5s
stop alpha
run 30s
holders
----
-- script alpha httpd start ok takes 20s
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
-- stop alpha
[   5.000] alpha: group IPaddr::10.0.0.9: starting -> stopping (we are leaving)
[  20.006] alpha: group IPaddr::10.0.0.9: stopping -> stopped (we are leaving)
[  20.006] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha leaves)
[  20.009] beta: group IPaddr::10.0.0.9: starting -> running (alpha leaves)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
