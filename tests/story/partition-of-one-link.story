# One of two links is cut: nothing moves, for however long.
nodes alpha beta
conf deadtime 5
conf ucast eth0 10.0.0.1
conf ucast eth1 10.0.1.1
show info
group alpha IPaddr::10.0.0.9
boot all
run 10s
cut alpha beta eth1
run 2h
mend alpha beta eth1
run 5s
holders
----
-- boot all
[   0.000] alpha: Heartbeat generation: 1001
[   0.000] alpha: glib: ucast: started on port 694 interface eth0 to 10.0.0.1
[   0.000] alpha: glib: ucast: started on port 694 interface eth1 to 10.0.1.1
[   0.000] alpha: group IPaddr::10.0.0.9: stopped -> probing (finding out what runs)
[   0.000] alpha: Local status now set to: 'up' (init -> up: started)
[   0.000] beta: Heartbeat generation: 1001
[   0.000] beta: glib: ucast: started on port 694 interface eth0 to 10.0.0.1
[   0.000] beta: glib: ucast: started on port 694 interface eth1 to 10.0.1.1
[   0.000] beta: group IPaddr::10.0.0.9: stopped -> probing (finding out what runs)
[   0.000] beta: Local status now set to: 'up' (init -> up: started)
[   0.000] alpha: Link beta:eth0 up.
[   0.000] alpha: Status update for node beta: status up (init -> up: it has started)
[   0.000] alpha: Comm_now_up(): updating status to active
[   0.000] alpha: Local status now set to: 'active' (up -> active: every node was heard or given up)
[   0.000] alpha: Link beta:eth1 up.
[   0.000] beta: Link alpha:eth0 up.
[   0.000] beta: Status update for node alpha: status active (init -> active: it knows of every node)
[   0.000] beta: Comm_now_up(): updating status to active
[   0.000] beta: Local status now set to: 'active' (up -> active: every node was heard or given up)
[   0.000] beta: Link alpha:eth1 up.
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
-- cut alpha beta eth1
[  15.000] alpha: Link beta:eth1 dead. (up -> dead: silent 5.0s)
[  15.000] beta: Link alpha:eth1 dead. (up -> dead: silent 5.0s)
-- mend alpha beta eth1
[7211.000] beta: Link alpha:eth1 up.
[7211.000] alpha: Link beta:eth1 up.
[7211.000] alpha: group IPaddr::10.0.0.9: ours alone again, addresses are announced (beta is heard over eth1 again)
== alpha: IPaddr::10.0.0.9 | beta: nothing
