# The engine dies while a start is under way: the next one finds out what runs and goes on.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
script alpha httpd start ok takes 10s
boot all
run 5s
kill-engine alpha
run 30s
holders
----
-- script alpha httpd start ok takes 10s
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
-- kill-engine alpha
[  10.006] alpha: group IPaddr::10.0.0.9: probing -> leftover (all of it runs already)
[  10.007] alpha: group IPaddr::10.0.0.9: leftover -> starting (all of it runs already; nobody else has it)
[  10.009] alpha: group IPaddr::10.0.0.9: starting -> running (all of it runs already; nobody else has it)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
