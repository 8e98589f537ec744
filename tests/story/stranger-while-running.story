# A machine takes the address of a group that runs: said once, and again after ten minutes as long as it
# lasts; nothing moves.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
boot all
run 30s
script alpha IPaddr::10.0.0.9 probe exit 1
run 15min
script alpha IPaddr::10.0.0.9 probe ok
run 2min
holders
----
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> starting (we are its preferred node and nobody runs it)
[   0.005] alpha: group IPaddr::10.0.0.9: starting -> running (we are its preferred node and nobody runs it)
-- script alpha IPaddr::10.0.0.9 probe exit 1
[  61.006] alpha: IPaddr::10.0.0.9 runs here and is answered by 52:54:00:aa:bb:cc on eth0 too: two machines have the address, and clients may reach either; take it from the other one
[ 721.006] alpha: IPaddr::10.0.0.9 runs here and is answered by 52:54:00:aa:bb:cc on eth0 too: two machines have the address, and clients may reach either; take it from the other one
-- script alpha IPaddr::10.0.0.9 probe ok
[ 961.006] alpha: IPaddr::10.0.0.9 is no longer answered by 52:54:00:aa:bb:cc on eth0
== alpha: IPaddr::10.0.0.9 httpd | beta: nothing
