# A node on which an address has no place does not wish for the group, says so, and is willing again soon after.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
boot all
run 20s
address beta 0/0 nowhere
run 1s
ask alpha standby all
run 11s
power-off alpha
run 1min
holders
address beta 0/0 gone
run 5s
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- address beta 0/0 nowhere
[  20.000] beta: group IPaddr::10.0.0.9: stopped -> failed (IPaddr::10.0.0.9: eth0 is down)
-- ask alpha standby all
[  21.000] alpha: No reply to standby request.  Standby request cancelled.
  answer: 1 of 1 groups stay here: no other node can take them
-- power-off alpha
[  62.000] beta: node alpha: is dead (active -> dead: silent 30.0s, deadtime 30s)
[  62.000] beta: No STONITH device configured.
[  62.000] beta: Shared disks are not protected.
== alpha: off | beta: nothing
-- address beta 0/0 gone
[  92.300] beta: group IPaddr::10.0.0.9: failed -> stopped (its addresses can be here again)
[  92.300] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  92.303] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
== alpha: off | beta: IPaddr::10.0.0.9 httpd
