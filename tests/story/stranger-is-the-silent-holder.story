# All paths are cut while alpha is off; it starts again, hears nobody, but its address is answered: beta has
# it. That delays the start after initdead by ten seconds and does not forbid it.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
boot alpha
script alpha IPaddr::10.0.0.9 probe exit 1
run 3min
holders
----
-- boot alpha
-- script alpha IPaddr::10.0.0.9 probe exit 1
[  30.000] alpha: node beta: is dead (init -> dead: silent 30.0s, initdead 30s)
[  30.000] alpha: No STONITH device configured.
[  30.000] alpha: Shared disks are not protected.
[  30.000] alpha: group IPaddr::10.0.0.9: waiting -> failed (IPaddr::10.0.0.9 is answered by 52:54:00:aa:bb:cc on eth0, which is none of our nodes or one that is silent; it is taken all the same in 10s)
[  40.000] alpha: group IPaddr::10.0.0.9: failed -> stopped (to be tried again)
[  40.001] alpha: IPaddr::10.0.0.9 is taken although 52:54:00:aa:bb:cc answers for it on eth0 (last 0.0s ago): another machine, or a node that lives and is not heard; take the address from it
[  40.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[  40.004] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
== alpha: IPaddr::10.0.0.9 httpd | beta: off
