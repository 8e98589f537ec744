# Orders while a 3.0.6 gives us its groups: as it does itself, we take one after the other.
nodes alpha beta
conf keepalive 1
conf deadtime 10
conf auto_failback off
group alpha IPaddr::10.0.0.9
group beta httpd
script alpha IPaddr::10.0.0.9 stop ok takes 5s
old alpha
boot all
run 20s
ask alpha standby all
run 2s
ask beta standby all
ask beta standby local
run 20s
holders
----
-- script alpha IPaddr::10.0.0.9 stop ok takes 5s
-- old alpha
-- boot all
[   0.115] beta: node alpha runs 3.0.6: whole sets of groups move, and it never yields
[   0.173] beta: group httpd: waiting -> starting (we are its preferred node and nobody runs it)
[   0.175] beta: group httpd: starting -> running (we are its preferred node and nobody runs it)
-- ask alpha standby all
  answer: ok
-- ask beta standby all
[  22.000] beta: Standby in progress- new request from beta ignored
  answer: a standby is in progress: try again when that is done
-- ask beta standby local
[  22.000] beta: Standby in progress- new request from beta ignored
  answer: a standby is in progress: try again when that is done
[  26.001] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha gives it to us)
[  26.002] beta: group IPaddr::10.0.0.9: starting -> running (alpha gives it to us)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
