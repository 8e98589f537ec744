# A service that should not run was started at boot: it is stopped before anything else.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
running beta httpd
boot all
run 10s
holders
----
-- running beta httpd
-- boot all
[   0.002] beta: Resource httpd is active, and should not be!
[   0.002] beta: group IPaddr::10.0.0.9: probing -> stopping (only a part of it runs: left over)
[   0.004] beta: group IPaddr::10.0.0.9: stopping -> stopped (only a part of it runs: left over)
[   0.004] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.007] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
