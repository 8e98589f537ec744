# A 3.0.6 gives all it has; the network fails in the middle, for less than deadtime, but it hears
# us a moment too late: to it we were dead, it takes everything and forgets the conversation. Its
# last words of that come later, sent again: they do not count any more.
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
run 2s
cut alpha beta
run 9600ms
mend alpha beta
run 60s
holders
ask alpha standby all
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
-- cut alpha beta
-- mend alpha beta
[  42.000] beta: Late heartbeat: Node alpha: interval 10000 ms
[  42.092] alpha: Late heartbeat: Node beta: interval 10044 ms (> deadtime)
[  42.092] alpha: node beta: is dead
[  42.092] alpha: No STONITH device configured.
[  42.093] alpha: !! IPaddr::10.0.0.9 starts while it runs on beta
[  42.093] beta: Both machines own our resources! (group IPaddr::10.0.0.9: alpha keeps it)
[  42.093] beta: group IPaddr::10.0.0.9: running -> stopping (alpha runs it too and comes first)
[  42.094] beta: group IPaddr::10.0.0.9: stopping -> stopped (alpha runs it too and comes first)
== alpha: httpd IPaddr::10.0.0.9 | beta: nothing
-- ask alpha standby all
  answer: ok
[ 108.344] beta: group httpd: waiting -> starting (alpha gives it to us)
[ 108.344] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[ 108.345] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
[ 114.345] beta: group httpd: starting -> running (alpha gives it to us)
== alpha: nothing | beta: httpd IPaddr::10.0.0.9
-- stop alpha
== alpha: nothing | beta: httpd IPaddr::10.0.0.9
