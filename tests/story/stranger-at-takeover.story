# The holder dies, and something still answers for its address: it is said, and nobody waits for it. It is
# noticed while the holder is late, and later that it has gone.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
boot all
run 5s
script beta IPaddr::10.0.0.9 probe exit 1
power-off alpha
run 40s
holders
script beta IPaddr::10.0.0.9 probe ok
run 150s
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- script beta IPaddr::10.0.0.9 probe exit 1
-- power-off alpha
[  35.000] beta: node alpha: is dead (active -> dead: silent 30.0s, deadtime 30s)
[  35.000] beta: No STONITH device configured.
[  35.000] beta: Shared disks are not protected.
[  35.000] beta: IPaddr::10.0.0.9 is taken although 52:54:00:aa:bb:cc answers for it on eth0 (last 5.0s ago): another machine, or a node that lives and is not heard; take the address from it
[  35.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  35.003] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
== alpha: off | beta: IPaddr::10.0.0.9 httpd
-- script beta IPaddr::10.0.0.9 probe ok
[  96.004] beta: IPaddr::10.0.0.9 is no longer answered by 52:54:00:aa:bb:cc on eth0
