# A script that hangs is given up after its timeout, and the group moves.
nodes alpha beta
conf resource_timeout 1min
group alpha IPaddr::10.0.0.9 httpd
script alpha httpd start hangs
boot all
run 30s
holders
run 40s
holders
----
-- script alpha httpd start hangs
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
[  60.004] alpha: Giving up resources due to failure of httpd (timed out)
[  60.004] alpha: group IPaddr::10.0.0.9: starting -> stopping (start of httpd failed: timed out)
[  60.006] alpha: group IPaddr::10.0.0.9: stopping -> failed (start of httpd failed: timed out)
[  60.006] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it up)
[  60.009] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it up)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
