# The stop says it failed, but status says that nothing runs: a restart is narrowly avoided.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
boot all
run 10s
script alpha httpd stop exit 1
gone alpha httpd
ask alpha standby all
run 20s
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- script alpha httpd stop exit 1
-- gone alpha httpd
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
[  19.010] alpha: stop of httpd failed: exit code 1 (attempt 10 of 11)
[  20.011] alpha: stop of httpd failed: exit code 1 (attempt 11 of 11)
[  20.012] alpha: Resource script for httpd probably not LSB-compliant.
[  20.012] alpha: it (httpd) MUST succeed on a stop when already stopped
[  20.012] alpha: Machine reboot narrowly avoided!
[  20.013] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[  20.013] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[  20.016] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
