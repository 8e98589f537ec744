#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The flight record: what the daemon decided is decided again, bit for bit.
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

# holds_no HOST FILE WORD: the file has something in it, but not that.
holds_no()
{
	on "$1" test -s "$2" && ! on "$1" grep -qaF -- "$3" "$2"
}

cluster_new <<'END'
alpha rec::one
beta rec::two
END
cluster_boot
cluster_start
within 20 "both hold theirs" "runs alpha one && runs beta two && settled local local"

note "moves"
ok "standby" "on beta hb_standby local 2> /dev/null"
within 10 "alpha has both" "runs alpha one && runs alpha two && ! runs beta two"
within 10 "settled" "settled all none"
ok "and back" "on beta hbctl takeover local"
within 10 "beta has its own" "runs beta two && settled local local"

note "a power cut"
power_cut beta
within 10 "alpha takes over" "runs alpha one && runs alpha two"
within 10 "settled" "[ \"\$(rscstatus alpha)\" = all ]"

note "what alpha was told and did"
ok "hbctl record" "says alpha 0 'bytes, [0-9]+ events of 1 life of the engine, from' hbctl record /root/flight"
ok "for its owner only" "[ \"\$(on alpha stat -c %a /root/flight)\" = 600 ]"
ok "replay: the same" "says alpha 0 '^SAME decisions: [0-9]{2,} events' hbctl replay /root/flight"
ok "it tells the story" "grep -q 'beta: .*-> dead' $out || grep -q 'node beta' $out"
ok "quietly: one line" "says alpha 0 '^SAME' hbctl replay --quiet /root/flight && [ \$(wc -l < $out) = 1 ]"
ok "no key is in it" "holds_no alpha /root/flight ThisIsOnlyATest"
ok "it is the record of alpha" "on alpha grep -qaF 'rec::one' /root/flight"
ok "not for everybody" "! on alpha setpriv --reuid 65534 --clear-groups --regid 65534 \
	hbctl record /tmp/other 2> /dev/null && ! on alpha test -e /tmp/other"

note "damaged ones"
ok "cut off" "on alpha sh -c 'head -c -1 /root/flight > /root/cut' &&
	says alpha 1 'cut off|no result|ends' hbctl replay /root/cut"
ok "changed" "on alpha sh -c 'size=\$(stat -c %s /root/flight); cp /root/flight /root/bad;
	printf XXXX | dd of=/root/bad bs=1 seek=\$((size / 2)) conv=notrunc 2> /dev/null' &&
	says alpha 1 'damaged|no event|gap|DIFFERENT' hbctl replay /root/bad"
ok "wherever: only text is said of it" "on alpha sh -c 'size=\$(stat -c %s /root/flight)
	for i in \$(seq 60); do
		cp /root/flight /root/bad
		printf \"\377\033[2J\" | dd of=/root/bad bs=1 seek=\$((size * i / 61)) conv=notrunc
		hbctl replay /root/bad
	done' > $out 2>&1; grep -q hbctl $out && ! LC_ALL=C grep -q '[^[:print:][:space:]]' $out"
ok "something else" "says alpha 1 'no flight record' hbctl replay /etc/passwd"
ok "nothing" "says alpha 1 'No such file' hbctl replay /root/none"

note "an engine dies"
before=$(engine_pid alpha)
ok "killed" "on alpha kill -9 $before"
within 5 "another one runs" "[ -n \"\$(engine_pid alpha)\" ] && [ '$before' != \"\$(engine_pid alpha)\" ]"
within 5 "the record of the first is kept" "on alpha test -s $state/record.1"
ok "for root only" "[ \"\$(on alpha stat -c %a:%U $state/record.1)\" = 600:root ]"
ok "it replays" "says alpha 0 '^SAME' hbctl replay $state/record.1"
ok "no key is in it either" "holds_no alpha $state/record.1 ThisIsOnlyATest"
within 10 "settled again" "[ \"\$(rscstatus alpha)\" = all ]"
ok "the new engine goes on in it" "says alpha 0 'of 2 lives' hbctl record /root/second &&
	says alpha 0 '^SAME' hbctl replay --quiet /root/second"
