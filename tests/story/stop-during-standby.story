# The giver is told to leave while it gives: the standby ends as it would have, then it goes.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
group beta IPaddr::10.0.0.10
boot all
run 5s
script alpha httpd stop ok takes 20s
ask alpha standby all
run 5s
stop alpha
run 30s
holders
----
-- boot all
[   0.001] beta: group IPaddr::10.0.0.10: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] beta: group IPaddr::10.0.0.10: starting -> running (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- script alpha httpd stop ok takes 20s
-- ask alpha standby all
[   5.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
  answer: ok
[   5.000] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
-- stop alpha
[  25.001] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[  25.001] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[  25.004] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd IPaddr::10.0.0.10
