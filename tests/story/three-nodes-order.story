# A line may give its own order of nodes.
nodes alpha beta gamma
conf deadtime 10
group alpha,gamma,beta IPaddr::10.0.0.9
boot all
run 10s
power-off alpha
run 15s
holders
ask beta takeover all
run 5s
holders
----
-- boot all
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- power-off alpha
[  20.000] beta: node alpha: is dead (active -> dead: silent 10.0s, deadtime 10s)
[  20.000] beta: No STONITH device configured.
[  20.000] beta: Shared disks are not protected.
[  20.000] gamma: node alpha: is dead (active -> dead: silent 10.0s, deadtime 10s)
[  20.000] gamma: No STONITH device configured.
[  20.000] gamma: Shared disks are not protected.
[  20.000] gamma: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  20.001] gamma: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
== alpha: off | beta: nothing | gamma: IPaddr::10.0.0.9
-- ask beta takeover all
  answer: ok
[  25.000] gamma: group IPaddr::10.0.0.9: running -> offered (hb_takeover on the other side [all])
[  25.000] gamma: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
[  25.001] gamma: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[  25.001] beta: group IPaddr::10.0.0.9: waiting -> starting (gamma gives it to us)
[  25.002] beta: group IPaddr::10.0.0.9: starting -> running (gamma gives it to us)
== alpha: off | beta: IPaddr::10.0.0.9 | gamma: nothing
