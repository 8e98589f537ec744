# The files differ for a while: by alpha's own the group belongs to beta, by beta's to alpha. Nobody
# sends it to and fro; a standby is obeyed; when the files agree again it goes home.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
group beta IPaddr::10.0.0.10
boot all
run 20s
haresources alpha beta IPaddr::10.0.0.9 httpd | beta IPaddr::10.0.0.10
reload alpha
run 5s
ask alpha standby all
run 5s
reload alpha
run 10min
holders
ask beta standby all
run 10min
holders
# The other way round it would change under what runs.
haresources alpha alpha IPaddr::10.0.0.9 httpd | beta IPaddr::10.0.0.10
reload alpha
run 10s
ask alpha standby all
run 10s
reload alpha
run 1min
holders
----
-- boot all
[   0.001] beta: group IPaddr::10.0.0.10: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] beta: group IPaddr::10.0.0.10: starting -> running (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- haresources alpha beta IPaddr::10.0.0.9 httpd | beta IPaddr::10.0.0.10
-- reload alpha
[  20.000] alpha: !! refuses the new haresources
-- ask alpha standby all
[  25.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
  answer: ok
[  25.000] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
[  25.002] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[  25.002] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[  25.005] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
-- reload alpha
[  30.000] alpha: !! has read haresources again
[  30.000] alpha: haresources differs between beta and alpha: make the files equal and reload
[  30.000] beta: haresources differs between alpha and beta: make the files equal and reload
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd IPaddr::10.0.0.10
-- ask beta standby all
[ 630.000] beta: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
[ 630.000] beta: group IPaddr::10.0.0.10: running -> offered (hb_standby [all])
  answer: ok
[ 630.000] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[ 630.000] beta: group IPaddr::10.0.0.10: offered -> stopping (alpha takes it)
[ 630.001] beta: group IPaddr::10.0.0.10: stopping -> away (alpha takes it)
[ 630.001] alpha: group IPaddr::10.0.0.10: waiting -> starting (beta gives it to us)
[ 630.002] beta: group IPaddr::10.0.0.9: stopping -> away (alpha takes it)
[ 630.002] alpha: group IPaddr::10.0.0.10: starting -> running (beta gives it to us)
[ 630.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta gives it to us)
[ 630.005] alpha: group IPaddr::10.0.0.9: starting -> running (beta gives it to us)
== alpha: IPaddr::10.0.0.9 httpd IPaddr::10.0.0.10 | beta: nothing
-- haresources alpha alpha IPaddr::10.0.0.9 httpd | beta IPaddr::10.0.0.10
-- reload alpha
[1230.000] alpha: !! refuses the new haresources
-- ask alpha standby all
[1240.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
[1240.000] alpha: group IPaddr::10.0.0.10: running -> offered (hb_standby [all])
  answer: ok
[1240.000] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
[1240.000] alpha: group IPaddr::10.0.0.10: offered -> stopping (beta takes it)
[1240.001] alpha: group IPaddr::10.0.0.10: stopping -> away (beta takes it)
[1240.001] beta: group IPaddr::10.0.0.10: waiting -> starting (alpha gives it to us)
[1240.002] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[1240.002] beta: group IPaddr::10.0.0.10: starting -> running (alpha gives it to us)
[1240.002] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[1240.005] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
-- reload alpha
[1250.000] alpha: !! has read haresources again
[1250.002] beta: group IPaddr::10.0.0.9: running -> offered (auto_failback: its node alpha is back)
[1250.002] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[1250.004] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha takes it)
[1250.004] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta gives it to us)
[1250.007] alpha: group IPaddr::10.0.0.9: starting -> running (beta gives it to us)
== alpha: IPaddr::10.0.0.9 httpd | beta: IPaddr::10.0.0.10
