# Nobody else is there: tried again after one minute, then two; hb_takeover tries at once.
nodes alpha beta
conf deadtime 5
conf initdead 10
group alpha httpd
script alpha httpd start exit 1
boot alpha
run 100s
script alpha httpd start ok
ask alpha takeover all
run 5s
holders
----
-- script alpha httpd start exit 1
-- boot alpha
[  10.000] alpha: node beta: is dead (init -> dead: silent 10.0s, initdead 10s)
[  10.000] alpha: No STONITH device configured.
[  10.000] alpha: Shared disks are not protected.
[  10.000] alpha: group httpd: waiting -> starting (we are its preferred node and nobody runs it)
[  10.002] alpha: Giving up resources due to failure of httpd (exit code 1)
[  10.002] alpha: group httpd: starting -> stopping (start of httpd failed: exit code 1)
[  10.003] alpha: group httpd: stopping -> failed (start of httpd failed: exit code 1)
[  70.002] alpha: group httpd: failed -> stopped (to be tried again after 1 failed start)
[  70.002] alpha: group httpd: waiting -> starting (we are its preferred node and nobody runs it)
[  70.004] alpha: Giving up resources due to failure of httpd (exit code 1)
[  70.004] alpha: group httpd: starting -> stopping (start of httpd failed: exit code 1)
[  70.005] alpha: group httpd: stopping -> failed (start of httpd failed: exit code 1)
-- script alpha httpd start ok
-- ask alpha takeover all
[ 100.000] alpha: group httpd: failed -> stopped (hb_takeover: to be tried again)
[ 100.000] alpha: group httpd: waiting -> starting (we are its preferred node and nobody runs it)
  answer: ok
[ 100.002] alpha: group httpd: starting -> running (we are its preferred node and nobody runs it)
== alpha: httpd | beta: off
