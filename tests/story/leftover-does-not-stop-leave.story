# heartbeat -k beside a leftover that cannot be stopped: tried once more, then it ends all the same,
# and does not say that the group is free.
nodes alpha beta
conf deadtime 30
group alpha IPaddr::10.0.0.9 httpd
boot beta
running alpha httpd
script alpha httpd stop exit 1
boot alpha
run 20s
stop alpha
run 20s
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
-- stop alpha
[  20.000] alpha: group IPaddr::10.0.0.9: broken -> stopping (we are leaving)
[  20.001] alpha: stop of httpd failed: exit code 1 (attempt 1 of 11)
[  21.002] alpha: stop of httpd failed: exit code 1 (attempt 2 of 11)
[  22.003] alpha: stop of httpd failed: exit code 1 (attempt 3 of 11)
[  23.004] alpha: stop of httpd failed: exit code 1 (attempt 4 of 11)
[  24.005] alpha: stop of httpd failed: exit code 1 (attempt 5 of 11)
[  25.006] alpha: stop of httpd failed: exit code 1 (attempt 6 of 11)
[  26.007] alpha: stop of httpd failed: exit code 1 (attempt 7 of 11)
[  27.008] alpha: stop of httpd failed: exit code 1 (attempt 8 of 11)
[  28.009] alpha: stop of httpd failed: exit code 1 (attempt 9 of 11)
[  29.010] alpha: stop of httpd failed: exit code 1 (attempt 10 of 11)
[  30.011] alpha: stop of httpd failed: exit code 1 (attempt 11 of 11)
[  30.012] alpha: Resource STOP failure. It was running before we started: stop it by hand
[  30.012] alpha: group IPaddr::10.0.0.9: stopping -> broken (httpd could not be stopped)
[  30.012] alpha: group IPaddr::10.0.0.9 still runs here and cannot be stopped: stop it by hand
== alpha: httpd | beta: nothing
