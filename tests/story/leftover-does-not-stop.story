# A part of a group ran before us and cannot be stopped: no restart of the machine for that, nobody
# takes the group. When somebody has stopped it by hand, hbctl retry goes on.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
boot beta
running alpha httpd
script alpha httpd stop exit 1
boot alpha
run 20s
holders
script alpha httpd stop ok
ask alpha retry
run 2s
holders
----
-- boot beta
-- running alpha httpd
-- script alpha httpd stop exit 1
-- boot alpha
[   0.002] alpha: Resource httpd is active, and should not be!
[   0.002] alpha: group IPaddr::10.0.0.9: probing -> stopping (only a part of it runs: left over)
[   0.003] alpha: stop of httpd failed: exit code 1 (attempt 1 of 11)
[   1.004] alpha: stop of httpd failed: exit code 1 (attempt 2 of 11)
[   2.005] alpha: stop of httpd failed: exit code 1 (attempt 3 of 11)
[   3.006] alpha: stop of httpd failed: exit code 1 (attempt 4 of 11)
[   4.007] alpha: stop of httpd failed: exit code 1 (attempt 5 of 11)
[   5.008] alpha: stop of httpd failed: exit code 1 (attempt 6 of 11)
[   6.009] alpha: stop of httpd failed: exit code 1 (attempt 7 of 11)
[   7.010] alpha: stop of httpd failed: exit code 1 (attempt 8 of 11)
[   8.011] alpha: stop of httpd failed: exit code 1 (attempt 9 of 11)
[   9.012] alpha: stop of httpd failed: exit code 1 (attempt 10 of 11)
[  10.013] alpha: stop of httpd failed: exit code 1 (attempt 11 of 11)
[  10.014] alpha: Resource STOP failure. It was running before we started: stop it by hand
[  10.014] alpha: group IPaddr::10.0.0.9: stopping -> broken (httpd could not be stopped)
== alpha: httpd | beta: nothing
-- script alpha httpd stop ok
-- ask alpha retry
[  20.000] alpha: group IPaddr::10.0.0.9: broken -> stopping (hbctl retry)
  answer: ok
[  20.002] alpha: group IPaddr::10.0.0.9: stopping -> stopped (hbctl retry)
[  20.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[  20.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
