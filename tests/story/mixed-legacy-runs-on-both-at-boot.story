# auto_failback legacy: all of what prefers the 3.0.6 runs here at boot, and there as well. It is its own, and
# it never yields: we stop ours.
nodes ours them
conf keepalive 1
conf deadtime 10
conf initdead 20
conf auto_failback legacy
group them IPaddr::10.0.0.101 svc2
old them
boot them; run 40s; holders
boot ours
running ours IPaddr::10.0.0.101
running ours svc2
run 120s
holders
----
-- old them
-- boot them
[  21.000] them: node ours: is dead
[  21.000] them: No STONITH device configured.
== ours: off | them: IPaddr::10.0.0.101 svc2
-- boot ours
-- running ours IPaddr::10.0.0.101
-- running ours svc2
[  40.002] ours: group IPaddr::10.0.0.101: probing -> leftover (all of it runs already)
[  41.000] ours: node them runs 3.0.6: whole sets of groups move, and it never yields
[  41.000] ours: group IPaddr::10.0.0.101: leftover -> stopping (them runs it)
[  41.003] ours: group IPaddr::10.0.0.101: stopping -> stopped (them runs it)
== ours: nothing | them: IPaddr::10.0.0.101 svc2
