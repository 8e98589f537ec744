# A 3.0.6 gives all it has while we do not run, for nearly deadtime. Its last word waited for us:
# we take what it gave, though we doubt what it said before.
nodes alpha beta
conf keepalive 1
conf deadtime 10
conf auto_failback off
group alpha httpd
group beta IPaddr::10.0.0.9
script alpha httpd stop ok takes 6s
script beta httpd start ok takes 6s
old alpha
boot all
run 30s
ask alpha standby all
run 1s
pause beta 10200ms
run 60s
holders
stop alpha
run 30s
holders
----
-- script alpha httpd stop ok takes 6s
-- script beta httpd start ok takes 6s
-- old alpha
-- boot all
[   0.115] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[   0.173] beta: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.174] beta: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- ask alpha standby all
  answer: ok
-- pause beta 10200ms
[  41.200] beta: we did not run for 9.2s: stopped or starved; nobody is blamed for that time
[  41.200] beta: group IPaddr::10.0.0.9: running -> leftover (we did not run for 9.2s: another node may have it by now)
[  41.523] beta: group httpd: waiting -> starting (nobody runs it, and not alpha either)
[  41.523] beta: group IPaddr::10.0.0.9: leftover -> starting (we did not run for 9.2s: another node may have it by now; nobody else has it)
[  41.523] beta: group IPaddr::10.0.0.9: ours alone again, addresses are announced (we did not run for a while)
[  41.524] beta: group IPaddr::10.0.0.9: starting -> running (we did not run for 9.2s: another node may have it by now; nobody else has it)
[  47.524] beta: group httpd: starting -> running (nobody runs it, and not alpha either)
== alpha: nothing | beta: httpd IPaddr::10.0.0.9
-- stop alpha
== alpha: nothing | beta: httpd IPaddr::10.0.0.9
