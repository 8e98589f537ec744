#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A third machine has an address of ours: at start, at takeover, and later. Nobody has it: no delay.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

WARNTIME=1
DEADTIME=3
INITDEAD=10
FAILBACK=off
WAIT=10
cluster_new <<'END'
alpha IPaddr::10.0.0.9/24/eth0 rec::four
beta IPv6addr::fd00::9/64/eth0 rec::six
END
host_new gamma 3
host_boot gamma || bail "gamma does not boot"

# The stranger has no manners: he asks nobody before he takes it.
stranger()
{
	on gamma ip addr "$1" 10.0.0.9/24 dev eth0
	on gamma ip addr "$1" fd00::9/64 dev eth0 nodad
}

# holds HOST ADDRESS: it is there, and of use.
holds()
{
	on "$1" ip -o addr show dev eth0 | grep -wF "$2" | grep -qvE 'tentative|dadfailed'
}

both_hold()
{
	holds alpha 10.0.0.9 && holds beta fd00::9
}

nobody_holds()
{
	! holds alpha 10.0.0.9 && ! holds beta 10.0.0.9 && ! holds alpha fd00::9 && ! holds beta fd00::9
}

everybody_off()
{
	local h

	for h in $NODES; do
		power_cut "$h"
		rm -f "$(logs "$h")"/ha-*
	done
	: > "$LAB/share/journal"
}

# conflicts HOST: the MACs of strangers in its status.
conflicts()
{
	json "$1" "' '.join(r['conflict']['mac'] for g in s['groups'] for r in g['resources'] if 'conflict' in r)"
}

MAC=$(on gamma cat /sys/class/net/eth0/address)

note "nobody else has them"
cluster_boot
t=$(now_ms)
cluster_start
within 15 "both are there" both_hold
note "after $(($(now_ms) - t)) ms"
within 10 "and serve" "only alpha four && only beta six"
ok "nobody is complained about" "! logged alpha answer && ! logged beta answer"
ok "status has no conflict" '[ -z "$(conflicts alpha)" ]'

note "later: gamma takes both"
stranger add
on gamma ping -c 3 -i 0.3 -W 1 -I 10.0.0.9 10.0.0.77 > /dev/null 2>&1
within 20 "alpha says it, with the MAC" "logged alpha '10.0.0.9.* runs here and is answered by $MAC on eth0 too'"
within 5 "status says it" '[ "$(conflicts alpha)" = "$MAC" ]'
ok "hbctl status warns" "on alpha hbctl status | grep -q 'answered by another machine too: $MAC on eth0'"
ok "it is not fought over: alpha keeps it" "only alpha four && holds alpha 10.0.0.9"
within 75 "beta finds it out for IPv6" "logged beta 'fd00::9.* runs here and is answered by $MAC on eth0 too'"
ok "said once" "[ \$(logged_times alpha 'runs here and is answered') = 1 ]"

note "takeover: alpha loses power"
t=$(now_ms)
power_cut alpha
within 12 "beta takes it, without waiting" "holds beta 10.0.0.9 && only beta four"
t=$(($(now_ms) - t))
note "taken over $t ms after the power cut (deadtime $DEADTIME s)"
ok "no wait was added" "[ $t -lt $(((DEADTIME + 4) * 1000)) ]"
ok "with a warning that names gamma" "logged beta '10.0.0.9.* is taken although $MAC answers for it on eth0'"

note "gamma gives them up"
stranger del
within 75 "beta says so" "logged beta '10.0.0.9.* is no longer answered by $MAC on eth0'"
within 75 "for IPv6 too" "logged beta 'fd00::9.* is no longer answered by $MAC on eth0'"
ok "status has no conflict" '[ -z "$(conflicts beta)" ]'

note "start: gamma has both"
everybody_off
stranger add
cluster_boot
cluster_start
within 15 "alpha waits, and says for whom" "logged alpha '10.0.0.9.* is answered by $MAC on eth0'"
t=$(now_ms)
within 5 "beta tries before" "logged beta '10.0.0.9.* is answered by $MAC on eth0'"
within 5 "IPv6 as well" "logged beta 'fd00::9.* is answered by $MAC' && logged alpha 'fd00::9.* is answered by $MAC'"
lasts $((WAIT - 4)) "nobody takes them meanwhile" nobody_holds
within 10 "then they are taken" both_hold
note "after $(($(now_ms) - t)) ms (stated: $WAIT s)"
ok "with a warning" "logged alpha '10.0.0.9.* is taken although $MAC answers' &&
	logged beta 'fd00::9.* is taken although $MAC answers'"
stranger del

note "a liar who answers before he is asked, each time as somebody else, and shouts"
everybody_off
cat > "$LAB/share/liar.py" <<'END'
import os, socket, sys, time
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0806))
s.bind(("eth0", 0))
ip = socket.inet_aton("10.0.0.9")
print("ready", flush=True)
end = time.time() + float(sys.argv[1])
while time.time() < end:
    for i in range(100):
        mac = b"\x52\x54" + os.urandom(4)
        s.send(b"\xff" * 6 + mac + b"\x08\x06\x00\x01\x08\x00\x06\x04\x00\x02" + mac + ip + b"\xff" * 6 + ip)
    time.sleep(0.01)
END
on gamma python3 /lab/liar.py 60 > "$LAB/share/liar" 2>&1 &
liar=$!
wait_for 10 "grep -q ready $LAB/share/liar"
cluster_boot
cluster_start
within 15 "alpha waits" "logged alpha '10.0.0.9.* is answered by 52:54'"
t=$(now_ms)
within $((WAIT + 8)) "no longer than stated" "holds alpha 10.0.0.9"
note "after $(($(now_ms) - t)) ms (stated: $WAIT s)"
ok "the other group had no need to wait" "! logged beta 'fd00::9.* is answered by'"
within 10 "the cluster is well" "only alpha four && only beta six"
ok "no beat was late for that" "! logged alpha 'Late heartbeat' && ! logged beta 'Late heartbeat'"
ok "the log is not flooded" "[ \$(logged_times alpha '10.0.0.9.* answer') -lt 10 ]"
on gamma pkill -f liar.py
wait "$liar" 2> /dev/null || true
