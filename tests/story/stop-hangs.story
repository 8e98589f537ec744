# A stop that hangs twice until its timeout ends in a restart of the machine, too.
nodes alpha beta
conf resource_timeout 1min
conf deadtime 5
group alpha httpd
boot all
run 10s
script alpha httpd stop hangs
stop alpha
run 200s
holders
----
-- boot all
[   0.001] alpha: group httpd: waiting -> starting (we are its preferred node and nobody runs it)
[   0.003] alpha: group httpd: starting -> running (we are its preferred node and nobody runs it)
-- script alpha httpd stop hangs
-- stop alpha
[  10.000] alpha: group httpd: running -> stopping (we are leaving)
[  70.000] alpha: stop of httpd failed: timed out (attempt 1 of 11)
[ 131.000] alpha: stop of httpd failed: timed out (attempt 2 of 11)
[ 131.001] alpha: Resource STOP failure. Reboot required!
[ 131.001] alpha: group httpd: stopping -> broken (httpd could not be stopped)
[ 131.001] alpha: Killing heartbeat ungracefully!
[ 131.001] alpha: !! restarts the machine
[ 136.001] beta: node alpha: is dead (active -> dead: silent 5.0s, deadtime 5s)
[ 136.001] beta: No STONITH device configured.
[ 136.001] beta: Shared disks are not protected.
[ 136.001] beta: group httpd: waiting -> starting (alpha died while it gave it up)
[ 136.003] beta: group httpd: starting -> running (alpha died while it gave it up)
== alpha: off | beta: httpd
