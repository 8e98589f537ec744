# It fails on both: the group rests, is tried again after a pause that grows, and hbctl retry
# does so at once.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
script alpha httpd start exit 1
script beta httpd start exit 5
boot all
run 30s
holders
run 300s
script beta httpd start ok
ask beta retry
run 5s
holders
----
-- script alpha httpd start exit 1
-- script beta httpd start exit 5
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: Giving up resources due to failure of httpd (exit code 1)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> stopping (start of httpd failed: exit code 1)
[   0.007] alpha: group IPaddr::10.0.0.9: stopping -> failed (start of httpd failed: exit code 1)
[   0.007] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it up)
[   0.010] beta: Giving up resources due to failure of httpd (exit code 5)
[   0.010] beta: group IPaddr::10.0.0.9: starting -> stopping (start of httpd failed: exit code 5)
[   0.012] beta: group IPaddr::10.0.0.9: stopping -> failed (start of httpd failed: exit code 5)
== alpha: nothing | beta: nothing
[  60.005] alpha: group IPaddr::10.0.0.9: failed -> stopped (to be tried again after 1 failed start)
[  60.006] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta could not start it)
[  60.009] alpha: Giving up resources due to failure of httpd (exit code 1)
[  60.009] alpha: group IPaddr::10.0.0.9: starting -> stopping (start of httpd failed: exit code 1)
[  60.011] alpha: group IPaddr::10.0.0.9: stopping -> failed (start of httpd failed: exit code 1)
[  60.011] beta: group IPaddr::10.0.0.9: failed -> stopped (to be tried again after 1 failed start)
[  60.011] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha could not start it)
[  60.014] beta: Giving up resources due to failure of httpd (exit code 5)
[  60.014] beta: group IPaddr::10.0.0.9: starting -> stopping (start of httpd failed: exit code 5)
[  60.016] beta: group IPaddr::10.0.0.9: stopping -> failed (start of httpd failed: exit code 5)
[ 180.009] alpha: group IPaddr::10.0.0.9: failed -> stopped (to be tried again after 2 failed starts)
[ 180.009] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta could not start it)
[ 180.012] alpha: Giving up resources due to failure of httpd (exit code 1)
[ 180.012] alpha: group IPaddr::10.0.0.9: starting -> stopping (start of httpd failed: exit code 1)
[ 180.014] alpha: group IPaddr::10.0.0.9: stopping -> failed (start of httpd failed: exit code 1)
[ 180.014] beta: group IPaddr::10.0.0.9: failed -> stopped (to be tried again after 2 failed starts)
[ 180.015] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha could not start it)
[ 180.018] beta: Giving up resources due to failure of httpd (exit code 5)
[ 180.018] beta: group IPaddr::10.0.0.9: starting -> stopping (start of httpd failed: exit code 5)
[ 180.020] beta: group IPaddr::10.0.0.9: stopping -> failed (start of httpd failed: exit code 5)
-- script beta httpd start ok
-- ask beta retry
[ 330.000] beta: group IPaddr::10.0.0.9: failed -> stopped (hbctl retry)
  answer: ok
[ 330.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha could not start it)
[ 330.003] beta: group IPaddr::10.0.0.9: starting -> running (alpha could not start it)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
