# heartbeat -k on the active node: each group moves as soon as it is stopped, without deadtime.
nodes alpha beta
conf deadtime 10
group alpha IPaddr::10.0.0.9 httpd
group beta IPaddr::10.0.0.10
show info
boot all
run 30s
script alpha httpd stop ok takes 3s
show info
stop alpha
run 2s
holders
run 3s
holders
boot alpha
run 5s
holders
----
-- boot all
[   0.000] alpha: Heartbeat generation: 1001
[   0.000] alpha: glib: ucast: started on port 694 interface eth0 to 10.0.0.1
[   0.000] alpha: group IPaddr::10.0.0.9: stopped -> probing (finding out what runs)
[   0.000] alpha: group IPaddr::10.0.0.10: stopped -> probing (finding out what runs)
[   0.000] alpha: Local status now set to: 'up' (init -> up: started)
[   0.000] beta: Heartbeat generation: 1001
[   0.000] beta: glib: ucast: started on port 694 interface eth0 to 10.0.0.1
[   0.000] beta: group IPaddr::10.0.0.9: stopped -> probing (finding out what runs)
[   0.000] beta: group IPaddr::10.0.0.10: stopped -> probing (finding out what runs)
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
[   0.001] alpha: group IPaddr::10.0.0.10: probing -> stopped (nothing of it runs here)
[   0.001] beta: group IPaddr::10.0.0.10: probing -> stopped (nothing of it runs here)
[   0.001] beta: group IPaddr::10.0.0.10: stopped -> waiting (we are its preferred node and nobody runs it)
[   0.001] beta: group IPaddr::10.0.0.10: waiting -> starting (we are its preferred node and nobody runs it)
[   0.001] beta: Acquiring resource group: beta IPaddr::10.0.0.10
[   0.002] alpha: group IPaddr::10.0.0.9: probing -> stopped (nothing of it runs here)
[   0.002] beta: group IPaddr::10.0.0.9: probing -> stopped (nothing of it runs here)
[   0.002] alpha: group IPaddr::10.0.0.9: stopped -> waiting (we are its preferred node and nobody runs it)
[   0.002] beta: group IPaddr::10.0.0.10: starting -> running (we are its preferred node and nobody runs it)
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.002] alpha: Acquiring resource group: alpha IPaddr::10.0.0.9 httpd
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
[   0.005] alpha: remote resource transition completed.
[   0.005] alpha: local resource transition completed.
[   0.005] alpha: Initial resource acquisition complete (we hold: local)
[   0.005] alpha: Local Resource acquisition completed.
[   0.005] beta: remote resource transition completed.
[   0.005] beta: local resource transition completed.
[   0.005] beta: Initial resource acquisition complete (we hold: local)
[   0.005] beta: Local Resource acquisition completed.
-- script alpha httpd stop ok takes 3s
-- stop alpha
[  30.000] alpha: Giving up all HA resources.
[  30.000] alpha: group IPaddr::10.0.0.9: running -> stopping (we are leaving)
[  30.000] alpha: Releasing resource group: alpha IPaddr::10.0.0.9 httpd
[  30.000] beta: group IPaddr::10.0.0.9: stopped -> waiting (alpha leaves)
== alpha: IPaddr::10.0.0.9 httpd | beta: IPaddr::10.0.0.10
[  33.001] alpha: group IPaddr::10.0.0.9: stopping -> stopped (we are leaving)
[  33.001] alpha: All HA resources relinquished.
[  33.001] beta: Received shutdown notice from 'alpha'.
[  33.001] beta: Resources being acquired from alpha.
[  33.001] beta: Status update for node alpha: status dead (active -> dead: it was shut down in good order)
[  33.001] beta: Taking over resource group IPaddr::10.0.0.9
[  33.001] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha leaves)
[  33.001] beta: Acquiring resource group: alpha IPaddr::10.0.0.9 httpd
[  33.004] beta: group IPaddr::10.0.0.9: starting -> running (alpha leaves)
[  33.004] beta: mach_down: nice_failback: foreign resources acquired
[  33.004] beta: mach_down takeover complete for node alpha.
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd IPaddr::10.0.0.10
-- boot alpha
[  35.000] alpha: Heartbeat generation: 1002
[  35.000] alpha: glib: ucast: started on port 694 interface eth0 to 10.0.0.1
[  35.000] alpha: group IPaddr::10.0.0.9: stopped -> probing (finding out what runs)
[  35.000] alpha: group IPaddr::10.0.0.10: stopped -> probing (finding out what runs)
[  35.000] alpha: Local status now set to: 'up' (init -> up: started)
[  35.000] alpha: Link beta:eth0 up.
[  35.000] alpha: Status update for node beta: status active (init -> active: it knows of every node)
[  35.000] alpha: Comm_now_up(): updating status to active
[  35.000] alpha: Local status now set to: 'active' (up -> active: every node was heard or given up)
[  35.000] beta: Heartbeat restart on node alpha
[  35.000] beta: Status update for node alpha: status up (dead -> up: it has started)
[  35.000] beta: Status update for node alpha: status active (up -> active: it knows of every node)
[  35.001] alpha: group IPaddr::10.0.0.10: probing -> stopped (nothing of it runs here)
[  35.002] alpha: group IPaddr::10.0.0.9: probing -> stopped (nothing of it runs here)
[  35.002] alpha: remote resource transition completed.
[  35.002] alpha: local resource transition completed.
[  35.002] alpha: Initial resource acquisition complete (we hold: none)
[  35.002] alpha: Local Resource acquisition completed.
[  35.002] beta: beta wants to go standby [foreign]
[  35.002] beta: group IPaddr::10.0.0.9: running -> offered (auto_failback: its node alpha is back)
[  35.002] alpha: beta wants to go standby [foreign]
[  35.002] alpha: standby: acquire [foreign] resources from beta
[  35.002] alpha: acquire local HA resources (standby).
[  35.002] alpha: group IPaddr::10.0.0.9: stopped -> waiting (beta gives it to us)
[  35.002] beta: standby: alpha can take our foreign resources
[  35.002] beta: give up foreign HA resources (standby).
[  35.002] beta: group IPaddr::10.0.0.9: offered -> stopping (alpha takes it)
[  35.002] beta: Releasing resource group: alpha IPaddr::10.0.0.9 httpd
[  35.004] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha takes it)
[  35.004] beta: foreign HA resource release completed (standby).
[  35.004] beta: Local standby process completed [foreign].
[  35.004] alpha: group IPaddr::10.0.0.9: waiting -> starting (beta gives it to us)
[  35.004] alpha: Acquiring resource group: alpha IPaddr::10.0.0.9 httpd
[  35.007] alpha: group IPaddr::10.0.0.9: starting -> running (beta gives it to us)
[  35.007] alpha: local HA resource acquisition completed (standby).
[  35.007] alpha: Standby resource acquisition done [foreign].
[  35.008] beta: Other node completed standby takeover of foreign resources.
== alpha: IPaddr::10.0.0.9 httpd | beta: IPaddr::10.0.0.10
