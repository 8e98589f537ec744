# hb_standby to a node that cannot start it: the group returns.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
script beta httpd start exit 1
boot all
run 5s
ask alpha standby all
run 30s
holders
ask alpha standby all
run 1s
holders
----
-- script beta httpd start exit 1
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- ask alpha standby all
[   5.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
  answer: ok
[   5.000] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
[   5.002] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[   5.002] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[   5.005] beta: Giving up resources due to failure of httpd (exit code 1)
[   5.005] beta: group IPaddr::10.0.0.9: starting -> stopping (start of httpd failed: exit code 1)
[   5.007] beta: group IPaddr::10.0.0.9: stopping -> failed (start of httpd failed: exit code 1)
[   5.007] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta gives it up)
[   5.010] alpha: group IPaddr::10.0.0.9: starting -> running (beta gives it up)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
-- ask alpha standby all
[  35.000] alpha: No reply to standby request.  Standby request cancelled.
  answer: 1 of 1 groups stay here: no other node can take them
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
