# All of Heartbeat is killed and started again at once, and the first script has no status: nothing is
# stopped, nothing is started once more (here it could not be).
nodes alpha beta
conf deadtime 10
group alpha mount IPaddr::10.0.0.9 httpd
script alpha mount status silent
boot all
run 10s
script alpha mount start exit 1
kill-daemons alpha
boot alpha
run 20s
holders
----
-- script alpha mount status silent
-- boot all
[   0.003] alpha: group mount: waiting -> starting (we are its preferred node and nobody runs it)
[   0.008] alpha: group mount: starting -> running (we are its preferred node and nobody runs it)
-- script alpha mount start exit 1
-- kill-daemons alpha
-- boot alpha
[  10.003] alpha: group mount: probing -> leftover (all of it runs already)
[  10.003] alpha: group mount: leftover -> starting (all of it runs already; nobody else has it)
[  10.006] alpha: group mount: starting -> running (all of it runs already; nobody else has it)
== alpha: mount IPaddr::10.0.0.9 httpd | beta: nothing
