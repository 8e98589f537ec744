# A stop of two hours is never cut short by an impatient peer.
nodes alpha beta
conf resource_timeout 3h
group alpha vz
boot all
run 10s
script alpha vz stop ok takes 2h
ask alpha standby all
run 7190s
holders
run 20s
holders
----
-- boot all
[   0.001] alpha: group vz: waiting -> starting (we are its preferred node and nobody runs it)
[   0.003] alpha: group vz: starting -> running (we are its preferred node and nobody runs it)
-- script alpha vz stop ok takes 2h
-- ask alpha standby all
[  10.000] alpha: group vz: running -> offered (hb_standby [all])
  answer: ok
[  10.000] alpha: group vz: offered -> stopping (beta takes it)
== alpha: vz | beta: nothing
[7210.000] alpha: group vz: stopping -> away (beta takes it)
[7210.000] beta: group vz: waiting -> starting (alpha gives it to us)
[7210.002] beta: group vz: starting -> running (alpha gives it to us)
== alpha: nothing | beta: vz
