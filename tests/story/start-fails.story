# A resource that cannot be started moves the group to the other node; it is not stranded.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
script alpha httpd start exit 1
boot all
run 10s
holders
run 600s
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
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
