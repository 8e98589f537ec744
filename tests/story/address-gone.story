# Running is what is there: an address that somebody removed is put back at once, announced and counted. Who does
# it again and again is answered once a second.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd IPaddr::10.0.0.10
boot all
run 20s
show info
gone alpha IPaddr::10.0.0.10
run 1s
gone alpha IPaddr::10.0.0.9; run 10ms; gone alpha IPaddr::10.0.0.9; run 10ms; gone alpha IPaddr::10.0.0.9; run 10ms
gone alpha IPaddr::10.0.0.9; run 10ms; gone alpha IPaddr::10.0.0.9; run 10ms; gone alpha IPaddr::10.0.0.9; run 10ms
run 2s
# What rests here is nobody's loss.
gone beta IPaddr::10.0.0.9
run 1s
holders
----
-- boot all
[   0.003] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.007] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- gone alpha IPaddr::10.0.0.10
[  20.004] alpha: IPaddr::10.0.0.10: was gone; put back (1 time so far)
-- gone alpha IPaddr::10.0.0.9
[  21.004] alpha: IPaddr::10.0.0.9: was gone; put back (1 time so far)
-- gone alpha IPaddr::10.0.0.9
[  21.014] alpha: IPaddr::10.0.0.9: was gone; put back (2 times so far)
-- gone alpha IPaddr::10.0.0.9
[  21.024] alpha: IPaddr::10.0.0.9: was gone; put back (3 times so far)
-- gone alpha IPaddr::10.0.0.9
[  21.034] alpha: IPaddr::10.0.0.9: was gone; put back (4 times so far)
-- gone alpha IPaddr::10.0.0.9
[  21.044] alpha: IPaddr::10.0.0.9: was gone; put back (5 times so far)
-- gone alpha IPaddr::10.0.0.9
-- gone beta IPaddr::10.0.0.9
== alpha: IPaddr::10.0.0.9 httpd IPaddr::10.0.0.10 | beta: nothing
