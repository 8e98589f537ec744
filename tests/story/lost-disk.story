# The disk loses what it was given since the power came: the generation falls back, and what alpha
# says is a replay to beta. It learns from beta which life beta has heard, and starts above it.
nodes alpha beta
conf auto_failback off
group alpha IPaddr::10.0.0.9 httpd
boot all
run 20s
kill-engine alpha
run 30min
power-off alpha losing
run 60s
boot alpha
run 60s
holders
power-off beta
run 60s
holders
# So fast that nobody has missed it; the generation is that of before.
boot beta
run 60s
power-off beta losing
boot beta
run 5s
ask alpha standby all
run 10s
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- kill-engine alpha
[  20.000] alpha: group IPaddr::10.0.0.9: stopped -> running (it kept running while the engine was restarted)
-- power-off alpha losing
[1850.000] beta: node alpha: is dead (active -> dead: silent 30.0s, deadtime 30s)
[1850.000] beta: No STONITH device configured.
[1850.000] beta: Shared disks are not protected.
[1850.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[1850.003] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
-- boot alpha
[1880.000] beta: packet from alpha on eth0 dropped: replay: attempted replay attack [alpha]? [gen = 1001, curgen = 1002]
[1880.080] alpha: node beta has heard a later life of ours (generation 1002, this is 1001): our disk has lost it; starting again above it
[1880.080] beta: group IPaddr::10.0.0.9: ours alone again, addresses are announced (alpha was dead and starts again)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
-- power-off beta
[1970.000] alpha: node beta: is dead (active -> dead: silent 30.0s, deadtime 30s)
[1970.000] alpha: No STONITH device configured.
[1970.000] alpha: Shared disks are not protected.
[1970.000] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[1970.003] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
== alpha: IPaddr::10.0.0.9 httpd | beta: off
-- boot beta
[2000.002] alpha: group IPaddr::10.0.0.9: ours alone again, addresses are announced (beta was dead and starts again)
-- power-off beta losing
-- boot beta
[2060.080] beta: node alpha has heard a later life of ours (generation 1002, this is 1002): our disk has lost it; starting again above it
-- ask alpha standby all
[2065.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
  answer: ok
[2065.000] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
[2065.002] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[2065.002] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[2065.005] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
