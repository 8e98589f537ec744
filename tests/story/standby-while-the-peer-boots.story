# The other node is there but not active yet: nobody takes the group, so it stays.
nodes alpha beta gamma
conf initdead 60
group alpha IPaddr::10.0.0.9
boot alpha
run 70s
boot beta
run 200ms
ask alpha standby all
run 1s
holders
run 90s
ask alpha standby all
run 5s
holders
----
-- boot alpha
[  60.000] alpha: node beta: is dead (init -> dead: silent 60.0s, initdead 60s)
[  60.000] alpha: No STONITH device configured.
[  60.000] alpha: Shared disks are not protected.
[  60.000] alpha: node gamma: is dead (init -> dead: silent 60.0s, initdead 60s)
[  60.000] alpha: No STONITH device configured.
[  60.000] alpha: Shared disks are not protected.
[  60.000] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[  60.001] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- boot beta
[  70.001] alpha: group IPaddr::10.0.0.9: ours alone again, addresses are announced (beta was silent when we started)
-- ask alpha standby all
[  70.200] alpha: No reply to standby request.  Standby request cancelled.
  answer: 1 of 1 groups stay here: no other node can take them
== alpha: IPaddr::10.0.0.9 | beta: nothing | gamma: off
[ 130.000] beta: node gamma: is dead (init -> dead: silent 60.0s, initdead 60s)
[ 130.000] beta: No STONITH device configured.
[ 130.000] beta: Shared disks are not protected.
-- ask alpha standby all
[ 161.200] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
  answer: ok
[ 161.200] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
[ 161.201] alpha: group IPaddr::10.0.0.9: stopping -> away (beta takes it)
[ 161.201] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[ 161.202] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
== alpha: nothing | beta: IPaddr::10.0.0.9 | gamma: off
