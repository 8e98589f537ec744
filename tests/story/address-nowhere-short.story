# The interface under an address goes for less than deadtime: it stays here, and is put back or announced again in
# place when the interface returns.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
boot all
run 20s
address alpha 0/0 nowhere
run 5s
address alpha 0/0 gone
run 10s
address alpha 0/0 nowhere
run 1s
address alpha 0/0 here shaken
run 1min
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- address alpha 0/0 nowhere
[  20.000] alpha: IPaddr::10.0.0.9: eth0 is down: given up unless that changes within 29s
-- address alpha 0/0 gone
[  25.001] alpha: IPaddr::10.0.0.9: was gone; put back (1 time so far)
-- address alpha 0/0 nowhere
[  35.000] alpha: IPaddr::10.0.0.9: eth0 is down: given up unless that changes within 29s
-- address alpha 0/0 here shaken
[  36.000] alpha: IPaddr::10.0.0.9: of use again after 1s: announced
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
