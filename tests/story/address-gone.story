# Running is what is there: an address that somebody removed is put back at once, announced and counted. Who does
# it again and again is answered once a second.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd IPaddr::10.0.0.10
boot all
run 20s
show info
address alpha 0/2 gone
run 1s
address alpha 0/0 gone; run 10ms; address alpha 0/0 gone; run 10ms; address alpha 0/0 gone; run 10ms
address alpha 0/0 gone; run 10ms; address alpha 0/0 gone; run 10ms; address alpha 0/0 gone; run 10ms
run 2s
# What rests here is nobody's loss.
address beta 0/0 gone
run 1s
holders
----
-- boot all
[   0.003] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.007] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- address alpha 0/2 gone
[  20.001] alpha: IPaddr::10.0.0.10: was gone; put back (1 time so far)
-- address alpha 0/0 gone
[  21.001] alpha: IPaddr::10.0.0.9: was gone; put back (1 time so far)
-- address alpha 0/0 gone
[  21.011] alpha: IPaddr::10.0.0.9: was gone; put back (2 times so far)
-- address alpha 0/0 gone
[  21.021] alpha: IPaddr::10.0.0.9: was gone; put back (3 times so far)
-- address alpha 0/0 gone
[  21.031] alpha: IPaddr::10.0.0.9: was gone; put back (4 times so far)
-- address alpha 0/0 gone
[  21.041] alpha: IPaddr::10.0.0.9: was gone; put back (5 times so far)
-- address alpha 0/0 gone
-- address beta 0/0 gone
== alpha: IPaddr::10.0.0.9 httpd IPaddr::10.0.0.10 | beta: nothing
