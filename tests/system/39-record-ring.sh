#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The flight record is a ring: overwritten several times, over deaths and a reload, it replays.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

state=/var/lib/heartbeat
out=$LAB/share/out

# says HOST CODE PATTERN COMMAND...
says()
{
	local host=$1 code=$2 pattern=$3 got

	shift 3
	on "$host" "$@" > "$out" 2>&1 < /dev/null
	got=$?
	[ $got = "$code" ] || { note "exit $got, wanted $code: $(tail -5 "$out")"; return 1; }
	grep -qE -- "$pattern" "$out" || { note "said: $(tail -5 "$out")"; return 1; }
}

# Questions of clients are events too: they fill the ring.
ask_often()
{
	on alpha sh -c 'for i in $(seq 40); do hbctl status --json > /dev/null; done'
}

# fetched PATTERN: the record as it is by now.
fetched()
{
	ask_often
	says alpha 0 "$1" hbctl record /root/flight
}

cluster_new <<'END'
alpha rec::one
beta rec::two
END
{ base_cf; ucast_cf; echo "flight_record 80"; } | ha_cf
cluster_boot
cluster_start
within 20 "both hold theirs" "runs alpha one && runs beta two && settled local local"

note "rolling"
ok "it says what it covers" "fetched '[0-9]+ events of 1 life of the engine, from [0-9/]+_[0-9:]+ to [0-9/]+_'"
within 60 "the beginning is overwritten" "fetched 'of 1 life of the engine \(from within\)'"
ok "it is not larger than that" "[ \"\$(on alpha stat -c %s /root/flight)\" -le $((80 * 1024)) ]"
ok "it replays" "says alpha 0 '^SAME decisions: [0-9]{2,} events of 1 life' hbctl replay /root/flight"
for round in 1 2; do
	on alpha cp /root/flight /root/before
	within 60 "all of it is overwritten ($round)" "fetched 'from within' &&
		! on alpha cmp -s -n 200 /root/before /root/flight"
	ok "it replays ($round)" "says alpha 0 '^SAME' hbctl replay --quiet /root/flight"
done

note "an engine dies, and a new configuration is read"
before=$(engine_pid alpha)
ok "killed" "on alpha kill -9 $before"
within 5 "another one runs" "[ -n \"\$(engine_pid alpha)\" ] && [ '$before' != \"\$(engine_pid alpha)\" ]"
within 5 "the record is kept" "on alpha test -s $state/record.1"
ok "it replays" "says alpha 0 '^SAME decisions: .* \((the first )?from within\)' hbctl replay --quiet $state/record.1"
within 10 "settled again" "settled local local"
ok "it goes on in the next life" "says alpha 0 'of 2 lives of the engine \(the first from within\)' hbctl record /root/flight"
ok "both replay" "says alpha 0 '^SAME decisions: [0-9]+ events of 2 lives' hbctl replay --quiet /root/flight"
{ base_cf; ucast_cf; echo "flight_record 80"; echo "warntime 5"; } | ha_cf alpha
ok "reload" "hb_quietly alpha reload"
within 10 "a third life" "says alpha 0 'of 3 lives of the engine' hbctl record /root/flight"
within 10 "settled once more" "settled local local"
ok "all three replay" "says alpha 0 '^SAME decisions: [0-9]+ events of 3 lives' hbctl replay /root/flight"

note "damage"
ok "in the middle: the rest is replayed" "on alpha sh -c 'cp /root/flight /root/bad;
	size=\$(stat -c %s /root/flight); printf XXXX | dd of=/root/bad bs=1 seek=\$((size / 2)) conv=notrunc 2> /dev/null' &&
	says alpha 1 'gap|damaged' hbctl replay --quiet /root/bad && grep -q '^SAME' $out"

note "none at all"
{ base_cf; ucast_cf; echo "flight_record 0"; } | ha_cf alpha
ok "reload" "hb_quietly alpha reload"
within 10 "no record is kept" "says alpha 1 'no record is kept' hbctl record /root/none"
