# The script of one resource is missing on one node.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
script alpha httpd start missing
script alpha httpd status missing
script alpha httpd stop missing
boot all
run 10s
holders
----
-- script alpha httpd start missing
-- script alpha httpd status missing
-- script alpha httpd stop missing
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.004] alpha: Giving up resources due to failure of httpd (not found)
[   0.004] alpha: group IPaddr::10.0.0.9: starting -> stopping (start of httpd failed: not found)
[   0.006] alpha: group IPaddr::10.0.0.9: stopping -> failed (start of httpd failed: not found)
[   0.006] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it up)
[   0.009] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it up)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
