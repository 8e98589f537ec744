# One node starts alone: it waits initdead for the other, then takes everything, and says that
# nothing but its configuration protects shared data.
nodes alpha beta
conf deadtime 10
conf initdead 20
group alpha IPaddr::10.0.0.9 httpd
group beta IPaddr::10.0.0.10
show info
boot beta
run 19s
holders
run 2s
holders
----
-- boot beta
[   0.000] beta: Heartbeat generation: 1001
[   0.000] beta: glib: ucast: started on port 694 interface eth0 to 10.0.0.1
[   0.000] beta: group IPaddr::10.0.0.9: stopped -> probing (finding out what runs)
[   0.000] beta: group IPaddr::10.0.0.10: stopped -> probing (finding out what runs)
[   0.000] beta: Local status now set to: 'up' (init -> up: started)
[   0.001] beta: group IPaddr::10.0.0.10: probing -> stopped (nothing of it runs here)
[   0.002] beta: group IPaddr::10.0.0.9: probing -> stopped (nothing of it runs here)
== alpha: off | beta: nothing
[  20.000] beta: node alpha: is dead (init -> dead: silent 20.0s, initdead 20s)
[  20.000] beta: No STONITH device configured.
[  20.000] beta: Shared disks are not protected.
[  20.000] beta: Resources being acquired from alpha.
[  20.000] beta: Comm_now_up(): updating status to active
[  20.000] beta: Local status now set to: 'active' (up -> active: every node was heard or given up)
[  20.000] beta: group IPaddr::10.0.0.9: stopped -> waiting (alpha is silent since we started)
[  20.000] beta: group IPaddr::10.0.0.10: stopped -> waiting (we are its preferred node and nobody runs it)
[  20.000] beta: Taking over resource group IPaddr::10.0.0.9
[  20.000] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha is silent since we started)
[  20.000] beta: Acquiring resource group: alpha IPaddr::10.0.0.9 httpd
[  20.000] beta: group IPaddr::10.0.0.10: waiting -> starting (we are its preferred node and nobody runs it)
[  20.000] beta: Acquiring resource group: beta IPaddr::10.0.0.10
[  20.001] beta: group IPaddr::10.0.0.10: starting -> running (we are its preferred node and nobody runs it)
[  20.003] beta: group IPaddr::10.0.0.9: starting -> running (alpha is silent since we started)
[  20.003] beta: mach_down: nice_failback: foreign resources acquired
[  20.003] beta: mach_down takeover complete for node alpha.
[  20.003] beta: remote resource transition completed.
[  20.003] beta: local resource transition completed.
[  20.003] beta: Initial resource acquisition complete (we hold: all)
[  20.003] beta: Local Resource acquisition completed.
== alpha: off | beta: IPaddr::10.0.0.9 httpd IPaddr::10.0.0.10
