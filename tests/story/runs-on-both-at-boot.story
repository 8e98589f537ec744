# The boot scripts of both machines have started the service already: the node that comes first
# keeps it, the other one stops it, and only then it counts as started.
nodes alpha beta
group alpha httpd
boot all
running alpha httpd
running beta httpd
run 30s
holders
----
-- boot all
-- running alpha httpd
-- running beta httpd
[   0.001] alpha: group httpd: probing -> leftover (all of it runs already)
[   0.001] beta: group httpd: probing -> leftover (all of it runs already)
[   0.001] beta: group httpd: leftover -> stopping (alpha has it too and comes first)
[   0.002] beta: group httpd: stopping -> stopped (alpha has it too and comes first)
[   0.002] alpha: group httpd: leftover -> starting (all of it runs already; nobody else has it)
[   0.003] alpha: group httpd: starting -> running (all of it runs already; nobody else has it)
== alpha: httpd | beta: nothing
