# Somebody deletes the address of a group that runs: it is back, and announced, at once.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
boot all
run 20s
gone alpha IPaddr::10.0.0.9
holders
run 50ms
holders
clients
# A network manager that restarts removes what it did not configure.
flush all
run 2s
holders
clients
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- gone alpha IPaddr::10.0.0.9
== alpha: httpd | beta: nothing
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
== IPaddr::10.0.0.9: alpha alpha
-- flush all
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
== IPaddr::10.0.0.9: alpha alpha
