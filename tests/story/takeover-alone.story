# hb_takeover with nobody there to answer says so.
nodes alpha beta
conf initdead 30
group alpha IPaddr::10.0.0.9
boot alpha
run 40s
ask alpha takeover all
holders
----
-- boot alpha
[  30.000] alpha: node beta: is dead (init -> dead: silent 30.0s, initdead 30s)
[  30.000] alpha: No STONITH device configured.
[  30.000] alpha: Shared disks are not protected.
[  30.000] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[  30.001] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- ask alpha takeover all
  answer: no other node is there to be asked
== alpha: IPaddr::10.0.0.9 | beta: off
