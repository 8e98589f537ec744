# The taker is told to leave while the giver still stops: the group comes back to the giver.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
boot all
run 5s
script alpha httpd stop ok takes 20s
ask alpha standby all
run 5s
stop beta
run 30s
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- script alpha httpd stop ok takes 20s
-- ask alpha standby all
[   5.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
  answer: ok
[   5.000] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
-- stop beta
[  25.001] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[  25.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[  25.004] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
