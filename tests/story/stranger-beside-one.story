# Only alpha hears the machine that has the address: beta takes the group without waiting.
nodes alpha beta
group alpha IPaddr::10.0.0.9 httpd
script alpha IPaddr::10.0.0.9 probe exit 1
boot all
run 20s
holders
----
-- script alpha IPaddr::10.0.0.9 probe exit 1
-- boot all
[   0.002] alpha: group IPaddr::10.0.0.9: waiting -> failed (IPaddr::10.0.0.9 is answered by 52:54:00:aa:bb:cc on eth0, which is none of our nodes or one that is silent; it is taken all the same in 10s)
[   0.003] beta: group IPaddr::10.0.0.9: waiting -> starting (alpha could not start it)
[   0.006] beta: group IPaddr::10.0.0.9: starting -> running (alpha could not start it)
== alpha: nothing | beta: IPaddr::10.0.0.9 httpd
