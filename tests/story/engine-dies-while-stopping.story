# The engine dies while a standby stops a group: the next one finds a part of it and stops that too.
# The standby is forgotten, so it starts here again; no two nodes run it.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
boot all
run 5s
script alpha httpd stop ok takes 10s
ask alpha standby all
run 5s
kill-engine alpha
run 60s
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- script alpha httpd stop ok takes 10s
-- ask alpha standby all
[   5.000] alpha: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])
  answer: ok
[   5.000] alpha: group IPaddr::10.0.0.9: offered -> stopping (beta takes it)
-- kill-engine alpha
[  15.002] alpha: Resource IPaddr::10.0.0.9 is active, and should not be!
[  15.002] alpha: group IPaddr::10.0.0.9: probing -> stopping (only a part of it runs: left over)
[  25.003] alpha: group IPaddr::10.0.0.9: stopping -> stopped (only a part of it runs: left over)
[  25.003] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[  25.006] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
