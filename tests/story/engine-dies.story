# The engine dies and its master starts another: one restart in the log, nothing moves.
nodes alpha beta
conf deadtime 10
show info
group alpha IPaddr::10.0.0.9 httpd
boot all
run 10s
kill-engine alpha
run 20s
holders
----
-- boot all
[   0.000] alpha: Heartbeat generation: 1001
[   0.000] alpha: glib: ucast: started on port 694 interface eth0 to 10.0.0.1
[   0.000] alpha: group IPaddr::10.0.0.9: stopped -> probing (finding out what runs)
[   0.000] alpha: Local status now set to: 'up' (init -> up: started)
[   0.000] beta: Heartbeat generation: 1001
[   0.000] beta: glib: ucast: started on port 694 interface eth0 to 10.0.0.1
[   0.000] beta: group IPaddr::10.0.0.9: stopped -> probing (finding out what runs)
[   0.000] beta: Local status now set to: 'up' (init -> up: started)
[   0.000] alpha: Link beta:eth0 up.
[   0.000] alpha: Status update for node beta: status up (init -> up: it has started)
[   0.000] alpha: Comm_now_up(): updating status to active
[   0.000] alpha: Local status now set to: 'active' (up -> active: every node was heard or given up)
[   0.000] beta: Link alpha:eth0 up.
[   0.000] beta: Status update for node alpha: status active (init -> active: it knows of every node)
[   0.000] beta: Comm_now_up(): updating status to active
[   0.000] beta: Local status now set to: 'active' (up -> active: every node was heard or given up)
[   0.000] alpha: Status update for node beta: status active (up -> active: it knows of every node)
[   0.002] alpha: group IPaddr::10.0.0.9: probing -> stopped (nothing of it runs here)
[   0.002] beta: group IPaddr::10.0.0.9: probing -> stopped (nothing of it runs here)
[   0.002] beta: remote resource transition completed.
[   0.002] beta: local resource transition completed.
[   0.002] beta: Initial resource acquisition complete (we hold: local)
[   0.002] beta: No local resources [haresources names none for beta] to acquire.
[   0.002] beta: Local Resource acquisition completed. (none)
[   0.002] alpha: group IPaddr::10.0.0.9: stopped -> waiting (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] alpha: Acquiring resource group: alpha IPaddr::10.0.0.9 httpd
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
[   0.005] alpha: remote resource transition completed.
[   0.005] alpha: local resource transition completed.
[   0.005] alpha: Initial resource acquisition complete (we hold: local)
[   0.005] alpha: Local Resource acquisition completed.
-- kill-engine alpha
[  10.000] alpha: Heartbeat generation: 1002
[  10.000] alpha: glib: ucast: started on port 694 interface eth0 to 10.0.0.1
[  10.000] alpha: group IPaddr::10.0.0.9: stopped -> running (it kept running while the engine was restarted)
[  10.000] alpha: Local status now set to: 'up' (init -> up: started)
[  10.000] alpha: Link beta:eth0 up.
[  10.000] alpha: Status update for node beta: status active (init -> active: it knows of every node)
[  10.000] alpha: Comm_now_up(): updating status to active
[  10.000] alpha: Local status now set to: 'active' (up -> active: every node was heard or given up)
[  10.000] alpha: remote resource transition completed.
[  10.000] alpha: local resource transition completed.
[  10.000] alpha: Initial resource acquisition complete (we hold: local)
[  10.000] alpha: Local Resource acquisition completed.
[  10.000] beta: Heartbeat restart on node alpha
[  10.000] beta: Status update for node alpha: status up (active -> up: it has started)
[  10.000] beta: Status update for node alpha: status active (up -> active: it knows of every node)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
