# Asked for a standby while a group starts: refused, with the reason; nothing is half done.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
script alpha httpd start ok takes 10s
boot all
run 5s
ask alpha standby all
ask beta takeover all
run 20s
holders
ask alpha standby all
run 5s
holders
----
-- script alpha httpd start ok takes 10s
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
-- ask alpha standby all
[   5.000] alpha: standby message [me] from alpha ignored.  local resources in flux.
  answer: group IPaddr::10.0.0.9 is starting: try again when that is done
-- ask beta takeover all
  answer: group IPaddr::10.0.0.9 is starting on alpha: try again when that is done
[  10.004] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
-- ask alpha standby all
[  25.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
  answer: ok
[  25.000] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
[  25.002] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[  25.002] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[  25.005] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
