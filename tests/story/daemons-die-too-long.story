# Started again only after the other took over: what was left running is stopped, then failback.
nodes alpha beta
conf deadtime 10
conf auto_failback off
group alpha IPaddr::10.0.0.9 httpd
boot all
run 10s
kill-daemons alpha
run 15s
holders
boot alpha
run 20s
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- kill-daemons alpha
[  20.000] beta: node alpha: is dead (active -> dead: silent 10.0s, deadtime 10s)
[  20.000] beta: No STONITH device configured.
[  20.000] beta: Shared disks are not protected.
[  20.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  20.000] beta: !! IPaddr::10.0.0.9 starts while it runs on alpha
[  20.002] beta: !! httpd starts while it runs on alpha
[  20.003] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
== alpha: IPaddr::10.0.0.9 httpd | beta: IPaddr::10.0.0.9 httpd
-- boot alpha
[  25.002] alpha: group IPaddr::10.0.0.9: probing -> leftover (all of it runs already)
[  25.002] alpha: group IPaddr::10.0.0.9: its addresses go first (beta runs it)
[  25.003] alpha: group IPaddr::10.0.0.9: leftover -> stopping (beta runs it)
[  25.003] beta: group IPaddr::10.0.0.9: alpha gives it up, addresses are announced
[  25.005] alpha: group IPaddr::10.0.0.9: stopping -> stopped (beta runs it)
[  25.005] beta: group IPaddr::10.0.0.9: ours alone again, addresses are announced (alpha was dead and starts again)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
