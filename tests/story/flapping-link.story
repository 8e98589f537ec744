# The only link is out for 3 s and back for 3 s, again and again. A node that is taken for dead and lives is
# waited for longer each time, so the other one stops taking its group.
nodes alpha beta
conf keepalive 200ms
conf warntime 500ms
conf deadtime 1
group alpha web
boot all
run 10s
cut alpha beta
run 3s
mend alpha beta
run 3s
cut alpha beta
run 3s
mend alpha beta
run 3s
cut alpha beta
run 3s
mend alpha beta
run 3s
cut alpha beta
run 3s
mend alpha beta
run 3s
holders
# A real end is seen too, later: and a path that was steady for long is trusted as before.
run 100s
power-off alpha
run 3s
holders
----
-- boot all
[   0.001] alpha: group web: waiting -> starting (we are its preferred node and nobody runs it)
[   0.003] alpha: group web: starting -> running (we are its preferred node and nobody runs it)
-- cut alpha beta
[  11.000] alpha: node beta: is dead (active -> dead: silent 1.0s, deadtime 1s)
[  11.000] beta: node alpha: is dead (active -> dead: silent 1.0s, deadtime 1s)
[  11.000] beta: No STONITH device configured.
[  11.000] beta: Shared disks are not protected.
[  11.000] beta: group web: waiting -> starting (alpha is dead)
[  11.001] beta: !! web starts while it runs on alpha
[  11.002] beta: group web: starting -> running (alpha is dead)
-- mend alpha beta
[  13.080] beta: Cluster node alpha returning after partition.
[  13.080] beta: Deadtime value may be too small.
[  13.080] beta: Both machines own foreign resources! (group web: alpha keeps it)
[  13.080] alpha: Cluster node beta returning after partition.
[  13.080] alpha: Deadtime value may be too small.
[  13.080] alpha: Both machines own our resources! (group web: alpha keeps it)
[  13.080] beta: group web: running -> stopping (alpha runs it too and comes first)
[  13.081] beta: group web: stopping -> stopped (alpha runs it too and comes first)
-- cut alpha beta
[  17.000] alpha: node beta: is dead (active -> dead: silent 1.0s, deadtime 1s)
[  17.000] beta: node alpha: is dead (active -> dead: silent 1.0s, deadtime 1s)
[  17.000] beta: No STONITH device configured.
[  17.000] beta: Shared disks are not protected.
[  17.000] beta: group web: waiting -> starting (alpha is dead)
[  17.001] beta: !! web starts while it runs on alpha
[  17.002] beta: group web: starting -> running (alpha is dead)
-- mend alpha beta
[  19.080] beta: Cluster node alpha returning after partition.
[  19.080] beta: Deadtime value may be too small.
[  19.080] beta: node alpha was taken for dead 2 times in a row and lived: its next silence may last 4s
[  19.080] beta: Both machines own foreign resources! (group web: alpha keeps it)
[  19.080] alpha: Cluster node beta returning after partition.
[  19.080] alpha: Deadtime value may be too small.
[  19.080] alpha: node beta was taken for dead 2 times in a row and lived: its next silence may last 4s
[  19.080] alpha: Both machines own our resources! (group web: alpha keeps it)
[  19.080] beta: group web: running -> stopping (alpha runs it too and comes first)
[  19.081] beta: group web: stopping -> stopped (alpha runs it too and comes first)
-- cut alpha beta
-- mend alpha beta
[  25.200] beta: Late heartbeat: Node alpha: interval 3200 ms (> deadtime)
[  25.200] alpha: Late heartbeat: Node beta: interval 3200 ms (> deadtime)
-- cut alpha beta
-- mend alpha beta
[  31.200] beta: Late heartbeat: Node alpha: interval 3200 ms (> deadtime)
[  31.200] alpha: Late heartbeat: Node beta: interval 3200 ms (> deadtime)
== alpha: web | beta: nothing
-- power-off alpha
[ 135.000] beta: node alpha: is dead (active -> dead: silent 1.0s, deadtime 1s)
[ 135.000] beta: No STONITH device configured.
[ 135.000] beta: Shared disks are not protected.
[ 135.000] beta: group web: waiting -> starting (alpha is dead)
[ 135.002] beta: group web: starting -> running (alpha is dead)
== alpha: off | beta: web
