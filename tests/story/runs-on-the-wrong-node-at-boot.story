# All of it runs on the node that does not come first: it keeps serving there until somebody hands
# it over.
nodes alpha beta
conf auto_failback off
group alpha IPaddr::10.0.0.9 httpd
boot all
running beta IPaddr::10.0.0.9
running beta httpd
run 30s
holders
----
-- boot all
-- running beta IPaddr::10.0.0.9
-- running beta httpd
[   0.002] beta: group IPaddr::10.0.0.9: probing -> leftover (all of it runs already)
[   0.002] beta: group IPaddr::10.0.0.9: leftover -> starting (all of it runs already; nobody else has it)
[   0.004] beta: group IPaddr::10.0.0.9: starting -> running (all of it runs already; nobody else has it)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
