# A start failed here an hour ago, its pause is not over, and the node that runs the group dies:
# it is tried again at once, for there is nobody else.
nodes alpha beta
conf deadtime 5
group alpha IPaddr::10.0.0.9 httpd
script alpha httpd start exit 1
boot all
run 30s
script alpha httpd start ok
power-off beta
run 6s
holders
----
-- script alpha httpd start exit 1
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: Giving up resources due to failure of httpd (exit code 1)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> stopping (start of httpd failed: exit code 1)
[   0.007] alpha: group IPaddr::10.0.0.9: stopping -> failed (start of httpd failed: exit code 1)
[   0.007] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it up)
[   0.010] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it up)
-- script alpha httpd start ok
-- power-off beta
[  35.000] alpha: node beta: is dead (active -> dead: silent 5.0s, deadtime 5s)
[  35.000] alpha: No STONITH device configured.
[  35.000] alpha: Shared disks are not protected.
[  35.000] alpha: group IPaddr::10.0.0.9: failed -> stopped (to be tried again after 1 failed start)
[  35.000] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[  35.003] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
== alpha: IPaddr::10.0.0.9 httpd | beta: off
