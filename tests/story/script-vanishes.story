# The script of a running service is deleted: it can neither be stopped nor asked, so the machine
# restarts rather than let it run twice.
nodes alpha beta
conf deadtime 5
group alpha httpd
boot all
run 10s
script alpha httpd stop missing
script alpha httpd status missing
ask alpha standby all
run 30s
holders
----
-- boot all
[   0.001] alpha: group httpd: waiting -> starting (we are its preferred node and nobody runs it)
[   0.003] alpha: group httpd: starting -> running (we are its preferred node and nobody runs it)
-- script alpha httpd stop missing
-- script alpha httpd status missing
-- ask alpha standby all
[  10.000] alpha: group httpd: running -> offered (hb_standby [all])
  answer: ok
[  10.000] alpha: group httpd: offered -> stopping (beta takes it)
[  10.001] alpha: stop of httpd failed: not found (attempt 1 of 11)
[  11.002] alpha: stop of httpd failed: not found (attempt 2 of 11)
[  12.003] alpha: stop of httpd failed: not found (attempt 3 of 11)
[  13.004] alpha: stop of httpd failed: not found (attempt 4 of 11)
[  14.005] alpha: stop of httpd failed: not found (attempt 5 of 11)
[  15.006] alpha: stop of httpd failed: not found (attempt 6 of 11)
[  16.007] alpha: stop of httpd failed: not found (attempt 7 of 11)
[  17.008] alpha: stop of httpd failed: not found (attempt 8 of 11)
[  18.009] alpha: stop of httpd failed: not found (attempt 9 of 11)
[  19.010] alpha: stop of httpd failed: not found (attempt 10 of 11)
[  20.011] alpha: stop of httpd failed: not found (attempt 11 of 11)
[  20.012] alpha: Resource STOP failure. Reboot required!
[  20.012] alpha: group httpd: stopping -> broken (httpd could not be stopped)
[  20.012] alpha: Killing heartbeat ungracefully!
[  20.012] alpha: !! restarts the machine
[  25.012] beta: node alpha: is dead (active -> dead: silent 5.0s, deadtime 5s)
[  25.012] beta: No STONITH device configured.
[  25.012] beta: Shared disks are not protected.
[  25.012] beta: group httpd: waiting -> starting (alpha is dead)
[  25.014] beta: group httpd: starting -> running (alpha is dead)
== alpha: off | beta: httpd
