# A status of beta is slow on its way. Before it arrives beta has left in good order, alpha has taken
# over, and alpha's engine was restarted: it no longer knows that beta left. It must not stop what runs
# because of that old word.
nodes alpha beta
conf keepalive 2
conf deadtime 30
group beta httpd
boot all
run 9s
delay 4s 4s
run 2s
delay 1ms 1ms
stop beta
run 500ms
kill-engine alpha
run 20s
holders
run 20s
holders
----
-- boot all
[   0.001] beta: group httpd: waiting -> starting (we are its preferred node and nobody runs it)
[   0.003] beta: group httpd: starting -> running (we are its preferred node and nobody runs it)
-- delay 4s 4s
-- delay 1ms 1ms
-- stop beta
[  11.000] beta: group httpd: running -> stopping (we are leaving)
[  11.001] beta: group httpd: stopping -> stopped (we are leaving)
[  11.002] alpha: group httpd: waiting -> starting (beta leaves)
[  11.004] alpha: group httpd: starting -> running (beta leaves)
-- kill-engine alpha
[  11.500] alpha: group httpd: stopped -> running (it kept running while the engine was restarted)
[  14.000] alpha: Both machines own foreign resources! (group httpd: beta keeps it)
== alpha: httpd | beta: nothing
[  44.000] alpha: node beta: is dead (active -> dead: silent 30.0s, deadtime 30s)
[  44.000] alpha: No STONITH device configured.
[  44.000] alpha: Shared disks are not protected.
== alpha: httpd | beta: nothing
