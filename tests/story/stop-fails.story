# A stop that fails is tried 11 times, then the machine restarts; the peer waits for its death.
nodes alpha beta
conf deadtime 5
group alpha IPaddr::10.0.0.9 httpd
boot all
run 10s
script alpha httpd stop exit 1
ask alpha standby all
run 9s
holders
run 20s
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- script alpha httpd stop exit 1
-- ask alpha standby all
[  10.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
  answer: ok
[  10.000] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
[  10.001] alpha: stop of httpd failed: exit code 1 (attempt 1 of 11)
[  11.002] alpha: stop of httpd failed: exit code 1 (attempt 2 of 11)
[  12.003] alpha: stop of httpd failed: exit code 1 (attempt 3 of 11)
[  13.004] alpha: stop of httpd failed: exit code 1 (attempt 4 of 11)
[  14.005] alpha: stop of httpd failed: exit code 1 (attempt 5 of 11)
[  15.006] alpha: stop of httpd failed: exit code 1 (attempt 6 of 11)
[  16.007] alpha: stop of httpd failed: exit code 1 (attempt 7 of 11)
[  17.008] alpha: stop of httpd failed: exit code 1 (attempt 8 of 11)
[  18.009] alpha: stop of httpd failed: exit code 1 (attempt 9 of 11)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
[  19.010] alpha: stop of httpd failed: exit code 1 (attempt 10 of 11)
[  20.011] alpha: stop of httpd failed: exit code 1 (attempt 11 of 11)
[  20.012] alpha: Resource STOP failure. Reboot required!
[  20.012] alpha: group IPaddr::10.0.0.9: stopping -> broken (httpd could not be stopped)
[  20.012] alpha: Killing heartbeat ungracefully!
[  20.012] alpha: !! restarts the machine
[  25.012] beta: node alpha: is dead (active -> dead: silent 5.0s, deadtime 5s)
[  25.012] beta: No STONITH device configured.
[  25.012] beta: Shared disks are not protected.
[  25.012] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  25.015] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
== alpha: off | beta: IPaddr::10.0.0.9 httpd
