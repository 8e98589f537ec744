# Nothing watches scripts: what somebody removed is believed to run until it is moved.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
boot all
run 20s
gone alpha httpd
run 1min
holders
restore alpha
holders
gone alpha httpd
ask alpha standby all
run 1min
holders
# There it was stopped since.
restore all
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- gone alpha httpd
== alpha: IPaddr::10.0.0.9 | beta: nothing
-- restore alpha
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
-- gone alpha httpd
-- ask alpha standby all
[  80.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
  answer: ok
[  80.000] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
[  80.002] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[  80.002] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[  80.005] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
-- restore all
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
