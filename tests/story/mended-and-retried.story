# It failed on both nodes; after it was mended hbctl retry on one of them is enough.
nodes alpha beta
group alpha httpd
script alpha httpd start exit 1
script beta httpd start exit 1
boot all
run 10s
holders
ask beta retry
run 1s
script beta httpd start ok
ask beta retry
run 5s
holders
ask beta retry
----
-- script alpha httpd start exit 1
-- script beta httpd start exit 1
-- boot all
[   0.001] alpha: group httpd: waiting -> starting (we are its preferred node and nobody runs it)
[   0.003] alpha: Giving up resources due to failure of httpd (exit code 1)
[   0.003] alpha: group httpd: starting -> stopping (start of httpd failed: exit code 1)
[   0.004] alpha: group httpd: stopping -> failed (start of httpd failed: exit code 1)
[   0.004] beta: group httpd: waiting -> starting (alpha gives it up)
[   0.006] beta: Giving up resources due to failure of httpd (exit code 1)
[   0.006] beta: group httpd: starting -> stopping (start of httpd failed: exit code 1)
[   0.007] beta: group httpd: stopping -> failed (start of httpd failed: exit code 1)
== alpha: nothing | beta: nothing
-- ask beta retry
[  10.000] beta: group httpd: failed -> stopped (hbctl retry)
  answer: ok
[  10.000] beta: group httpd: waiting -> starting (alpha could not start it)
[  10.002] beta: Giving up resources due to failure of httpd (exit code 1)
[  10.002] beta: group httpd: starting -> stopping (start of httpd failed: exit code 1)
[  10.003] beta: group httpd: stopping -> failed (start of httpd failed: exit code 1)
-- script beta httpd start ok
-- ask beta retry
[  11.000] beta: group httpd: failed -> stopped (hbctl retry)
  answer: ok
[  11.000] beta: group httpd: waiting -> starting (alpha could not start it)
[  11.002] beta: group httpd: starting -> running (alpha could not start it)
== alpha: nothing | beta: httpd
-- ask beta retry
  answer: no group has failed here
