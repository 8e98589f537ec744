# Both are stopped at the same time: nobody takes anything any more.
nodes alpha beta
group alpha IPaddr::10.0.0.9
group beta IPaddr::10.0.0.10
boot all
run 5s
stop all
run 5s
holders
----
-- boot all
[   0.001] beta: group IPaddr::10.0.0.10: waiting -> starting (we are its preferred node and nobody runs it)
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] beta: group IPaddr::10.0.0.10: starting -> running (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- stop all
[   5.000] alpha: group IPaddr::10.0.0.9: running -> stopping (we are leaving)
[   5.000] beta: group IPaddr::10.0.0.10: running -> stopping (we are leaving)
[   5.001] alpha: group IPaddr::10.0.0.9: stopping -> stopped (we are leaving)
[   5.001] beta: group IPaddr::10.0.0.10: stopping -> stopped (we are leaving)
== alpha: nothing | beta: nothing
