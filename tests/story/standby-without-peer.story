# Nobody is there to take it: the group stays up, and the asker is told.
nodes alpha beta
conf deadtime 5
conf initdead 10
group alpha IPaddr::10.0.0.9
boot alpha
run 30s
ask alpha standby all
run 10s
holders
----
-- boot alpha
[  10.000] alpha: node beta: is dead (init -> dead: silent 10.0s, initdead 10s)
[  10.000] alpha: No STONITH device configured.
[  10.000] alpha: Shared disks are not protected.
[  10.000] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[  10.001] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- ask alpha standby all
[  30.000] alpha: No reply to standby request.  Standby request cancelled.
  answer: 1 of 1 groups stay here: no other node can take them
== alpha: IPaddr::10.0.0.9 | beta: off
