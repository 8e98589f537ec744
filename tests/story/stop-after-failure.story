# The same when the node that runs it is stopped in good order.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
script alpha httpd start exit 1
boot all
run 30s
script alpha httpd start ok
stop beta
run 6s
holders
----
-- script alpha httpd start exit 1
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: Giving up resources due to failure of httpd (exit code 1)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> stopping (start of httpd failed: exit code 1)
[   0.007] alpha: group IPaddr::10.0.0.9: stopping -> failed (start of httpd failed: exit code 1)
[   0.007] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it up)
[   0.010] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it up)
-- script alpha httpd start ok
-- stop beta
[  30.000] beta: group IPaddr::10.0.0.9: running -> stopping (we are leaving)
[  30.002] beta: group IPaddr::10.0.0.9: stopping -> stopped (we are leaving)
[  30.002] alpha: group IPaddr::10.0.0.9: failed -> stopped (to be tried again after 1 failed start)
[  30.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[  30.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
