# The files differ in whose the group is, and nobody runs it: by alpha's own beta should, by beta's
# alpha. The first in the order of ha.cf takes it. A node without the line does not count.
nodes alpha beta
group alpha IPaddr::10.0.0.9
haresources alpha beta IPaddr::10.0.0.9
boot all
run 20s
holders
stop alpha
run 10s
haresources alpha beta IPaddr::10.0.0.10
stop beta
run 10s
boot all
run 40s
holders
----
-- haresources alpha beta IPaddr::10.0.0.9
-- boot all
[   0.000] alpha: haresources differs between beta and alpha: make the files equal and reload
[   0.000] beta: haresources differs between alpha and beta: make the files equal and reload
[   0.001] alpha: group IPaddr::10.0.0.9: waiting -> starting (nobody runs it, and not beta either)
[   0.002] alpha: group IPaddr::10.0.0.9: starting -> running (nobody runs it, and not beta either)
== alpha: IPaddr::10.0.0.9 | beta: nothing
-- stop alpha
[  20.000] alpha: group IPaddr::10.0.0.9: running -> stopping (we are leaving)
[  20.001] alpha: group IPaddr::10.0.0.9: stopping -> stopped (we are leaving)
[  20.001] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha leaves)
[  20.002] beta: group IPaddr::10.0.0.9: starting -> running (alpha leaves)
-- haresources alpha beta IPaddr::10.0.0.10
-- stop beta
[  30.000] beta: group IPaddr::10.0.0.9: running -> stopping (we are leaving)
[  30.001] beta: group IPaddr::10.0.0.9: stopping -> stopped (we are leaving)
-- boot all
[  40.000] beta: haresources differs between alpha and beta: make the files equal and reload
[  40.000] alpha: haresources differs between beta and alpha: make the files equal and reload
[  40.001] alpha: group IPaddr::10.0.0.10: waiting -> starting (nobody runs it, and not beta either)
[  40.001] beta: group IPaddr::10.0.0.9: waiting -> starting (nobody runs it, and not alpha either)
[  40.002] alpha: group IPaddr::10.0.0.10: starting -> running (nobody runs it, and not beta either)
[  40.002] beta: group IPaddr::10.0.0.9: starting -> running (nobody runs it, and not alpha either)
== alpha: IPaddr::10.0.0.10 | beta: IPaddr::10.0.0.9
