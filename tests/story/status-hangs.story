# A status that hangs at boot: nobody knows, so it counts as running and is stopped before anything
# is started elsewhere.
nodes alpha beta
conf status_timeout 5
group alpha IPaddr::10.0.0.9 httpd
script beta httpd status hangs
boot all
run 60s
holders
----
-- script beta httpd status hangs
-- boot all
[   5.001] beta: Resource httpd is active, and should not be!
[   5.001] beta: group IPaddr::10.0.0.9: probing -> stopping (only a part of it runs: left over)
[   5.003] beta: group IPaddr::10.0.0.9: stopping -> stopped (only a part of it runs: left over)
[   5.003] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   5.006] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
