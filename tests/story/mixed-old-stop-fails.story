# A 3.0.6 that cannot stop restarts its machine; ours takes over after deadtime, not before.
nodes alpha beta
conf keepalive 1
conf deadtime 10
conf auto_failback off
group alpha httpd
group beta IPaddr::10.0.0.9
script alpha httpd stop exit 1
old alpha
boot all
run 20s
ask alpha standby all
run 15s
holders
run 30s
holders
----
-- script alpha httpd stop exit 1
-- old alpha
-- boot all
[   0.115] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[   0.173] beta: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.174] beta: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- ask alpha standby all
  answer: ok
[  31.012] alpha: Resource STOP failure. Reboot required!
[  31.012] alpha: !! restarts the machine
== alpha: off | beta: IPaddr::10.0.0.9
[  41.000] beta: node alpha: is dead (active -> dead: silent 10.0s, deadtime 10s)
[  41.000] beta: No STONITH device configured.
[  41.000] beta: Shared disks are not protected.
[  41.000] beta: group httpd: waiting -> starting (alpha died while it gave it up)
[  41.002] beta: group httpd: starting -> running (alpha died while it gave it up)
== alpha: off | beta: httpd IPaddr::10.0.0.9
