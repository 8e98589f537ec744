# The node that reaches fewer ping nodes gives its groups to the one that reaches more.
nodes alpha beta
conf deadping 10
conf ping 10.0.0.254
conf respawn hacluster /usr/lib/heartbeat/ipfail
conf auto_failback off
group alpha IPaddr::10.0.0.9
boot all
run 20s
ping-lost alpha 10.0.0.254
run 1min
holders
ping-back alpha 10.0.0.254
run 1min
ping-lost alpha 10.0.0.254
ping-lost beta 10.0.0.254
run 1min
holders
----
-- boot all
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- ping-lost alpha 10.0.0.254
[  30.000] alpha: node 10.0.0.254: is dead (ping -> dead: no answer for 10.0s)
[  32.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
[  32.001] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
[  32.002] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[  32.002] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[  32.003] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
== alpha: nothing | beta: IPaddr::10.0.0.9
-- ping-back alpha 10.0.0.254
-- ping-lost alpha 10.0.0.254
-- ping-lost beta 10.0.0.254
[ 150.000] alpha: node 10.0.0.254: is dead (ping -> dead: no answer for 10.0s)
[ 150.000] beta: node 10.0.0.254: is dead (ping -> dead: no answer for 10.0s)
== alpha: nothing | beta: IPaddr::10.0.0.9
