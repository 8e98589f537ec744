# The giver loses power in the middle of its stop: the taker waits for deadtime, not for the stop.
nodes alpha beta
conf deadtime 5
group alpha IPaddr::10.0.0.9 vz
boot all
run 10s
script alpha vz stop ok takes 60s
ask alpha standby all
run 10s
power-off alpha
run 10s
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
-- power-off alpha
[  25.000] beta: node alpha: is dead (active -> dead: silent 5.0s, deadtime 5s)
[  25.000] beta: No STONITH device configured.
[  25.000] beta: Shared disks are not protected.
[  25.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha died while it gave it up)
[  25.003] beta: group IPaddr::10.0.0.9: starting -> running (alpha died while it gave it up)
== alpha: off | beta: IPaddr::10.0.0.9 vz
