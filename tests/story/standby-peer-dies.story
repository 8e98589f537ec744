# The taker loses power while the giver still stops: the group comes back to the giver.
nodes alpha beta
conf deadtime 5
group alpha IPaddr::10.0.0.9 vz
boot all
run 10s
script alpha vz stop ok takes 60s
ask alpha standby all
run 10s
power-off beta
run 100s
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- script alpha vz stop ok takes 60s
-- ask alpha standby all
[  10.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
  answer: ok
[  10.000] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
-- power-off beta
[  25.000] alpha: node beta: is dead (active -> dead: silent 5.0s, deadtime 5s)
[  25.000] alpha: No STONITH device configured.
[  25.000] alpha: Shared disks are not protected.
[  70.001] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[  70.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[  70.004] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
== alpha: IPaddr::10.0.0.9 vz | beta: off
