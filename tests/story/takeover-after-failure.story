# A node that could not start a group asks for it again, once it is mended.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
script alpha httpd start exit 1
boot all
run 5s
script alpha httpd start ok
ask alpha takeover local
run 5s
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
-- ask alpha takeover local
[   5.000] alpha: group IPaddr::10.0.0.9: failed -> stopped (hb_takeover: to be tried again)
  answer: ok
[   5.000] beta: group IPaddr::10.0.0.9: running -> offered (auto_failback: its node alpha is back)
[   5.000] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[   5.002] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha takes it)
[   5.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta gives it to us)
[   5.005] alpha: group IPaddr::10.0.0.9: starting -> running (beta gives it to us)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
