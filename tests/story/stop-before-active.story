# heartbeat -k while it still waits for the other node.
nodes alpha beta
conf initdead 60
group alpha IPaddr::10.0.0.9
boot alpha
run 5s
stop alpha
run 5s
holders
----
-- boot alpha
-- stop alpha
== alpha: nothing | beta: off
