# A machine is suspended, and its own clock shows no gap: it never knows that the other one had the address, and
# that its neighbours go there. It hears that it was taken for dead, and announces.
nodes alpha beta
conf keepalive 2
conf deadtime 30
group alpha IPaddr::10.0.0.9 httpd
boot alpha
run 700ms
boot beta
run 60s
suspend alpha 30500ms
run 30500ms
clients
run 1s
holders
clients
run 4s
holders
clients
----
-- boot alpha
-- boot beta
[   0.702] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.705] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- suspend alpha 30500ms
[  90.000] beta: node alpha: is dead (active -> dead: silent 30.0s, deadtime 30s)
[  90.000] beta: No STONITH device configured.
[  90.000] beta: Shared disks are not protected.
[  90.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is dead)
[  90.000] beta: !! IPaddr::10.0.0.9 starts while it runs on alpha
[  90.002] beta: !! httpd starts while it runs on alpha
[  90.003] beta: group IPaddr::10.0.0.9: starting -> running (alpha is dead)
== IPaddr::10.0.0.9: beta beta
[  91.260] alpha: Both machines own our resources! (group IPaddr::10.0.0.9: alpha keeps it)
[  91.260] beta: Cluster node alpha returning after partition.
[  91.260] beta: Deadtime value may be too small.
[  91.260] beta: Both machines own foreign resources! (group IPaddr::10.0.0.9: alpha keeps it)
[  91.260] beta: group IPaddr::10.0.0.9: its addresses go first (alpha runs it too and comes first)
[  91.261] beta: group IPaddr::10.0.0.9: running -> stopping (alpha runs it too and comes first)
[  91.261] alpha: group IPaddr::10.0.0.9: beta gives it up, addresses are announced
[  91.263] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha runs it too and comes first)
[  91.263] alpha: group IPaddr::10.0.0.9: ours alone again, addresses are announced (beta had us for dead)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
== IPaddr::10.0.0.9: alpha alpha
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
== IPaddr::10.0.0.9: alpha alpha
