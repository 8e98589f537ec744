# A ping node that ceases to answer is said to be dead; no group moves for that alone.
nodes alpha beta
conf deadping 10
conf ping 10.0.0.254
show info
group alpha IPaddr::10.0.0.9
boot all
run 10s
ping-lost alpha 10.0.0.254
run 15s
ping-back alpha 10.0.0.254
run 5s
holders
----
-- boot all
[   0.000] alpha: Heartbeat generation: 1001
[   0.000] alpha: glib: ping heartbeat started. (10.0.0.254)
[   0.000] alpha: glib: ucast: started on port 694 interface eth0 to 10.0.0.1
[   0.000] alpha: group IPaddr::10.0.0.9: stopped -> probing (finding out what runs)
[   0.000] alpha: Local status now set to: 'up' (init -> up: started)
[   0.000] beta: Heartbeat generation: 1001
[   0.000] beta: glib: ping heartbeat started. (10.0.0.254)
[   0.000] beta: glib: ucast: started on port 694 interface eth0 to 10.0.0.1
[   0.000] beta: group IPaddr::10.0.0.9: stopped -> probing (finding out what runs)
[   0.000] beta: Local status now set to: 'up' (init -> up: started)
[   0.000] alpha: Link 10.0.0.254:10.0.0.254 up.
[   0.000] alpha: Status update for node 10.0.0.254: status ping (init -> ping: it answers)
[   0.000] alpha: Link beta:eth0 up.
[   0.000] alpha: Status update for node beta: status up (init -> up: it has started)
[   0.000] alpha: Comm_now_up(): updating status to active
[   0.000] alpha: Local status now set to: 'active' (up -> active: every node was heard or given up)
[   0.000] beta: Link 10.0.0.254:10.0.0.254 up.
[   0.000] beta: Status update for node 10.0.0.254: status ping (init -> ping: it answers)
[   0.000] beta: Link alpha:eth0 up.
[   0.000] beta: Status update for node alpha: status active (init -> active: it knows of every node)
[   0.000] beta: Comm_now_up(): updating status to active
[   0.000] beta: Local status now set to: 'active' (up -> active: every node was heard or given up)
[   0.000] alpha: Status update for node beta: status active (up -> active: it knows of every node)
[   0.001] alpha: group IPaddr::10.0.0.9: probing -> stopped (nothing of it runs here)
[   0.001] beta: group IPaddr::10.0.0.9: probing -> stopped (nothing of it runs here)
[   0.001] beta: remote resource transition completed.
[   0.001] beta: local resource transition completed.
[   0.001] beta: Initial resource acquisition complete (we hold: local)
[   0.001] beta: No local resources [haresources names none for beta] to acquire.
[   0.001] beta: Local Resource acquisition completed. (none)
[   0.001] alpha: group IPaddr::10.0.0.9: stopped -> waiting (we are its preferred node and nobody runs it)
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.001] alpha: Acquiring resource group: alpha IPaddr::10.0.0.9
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
[   0.002] alpha: remote resource transition completed.
[   0.002] alpha: local resource transition completed.
[   0.002] alpha: Initial resource acquisition complete (we hold: local)
[   0.002] alpha: Local Resource acquisition completed.
-- ping-lost alpha 10.0.0.254
[  20.000] alpha: node 10.0.0.254: is dead (ping -> dead: no answer for 10.0s)
[  20.000] alpha: Link 10.0.0.254:10.0.0.254 dead.
-- ping-back alpha 10.0.0.254
[  26.000] alpha: Link 10.0.0.254:10.0.0.254 up.
[  26.000] alpha: Status update for node 10.0.0.254: status ping (dead -> ping: it answers)
== alpha: IPaddr::10.0.0.9 | beta: nothing
