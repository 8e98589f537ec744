#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What comes from within: a stop command in a resource script, a daemon that a script left
# behind, a client whose engine dies. And a reload that only the master can refuse.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

heartbeat=/usr/libexec/heartbeat/heartbeat

ipfail_of()
{
	on "$1" pgrep -x ipfail
}

cluster_new <<'END'
alpha rec::one
beta rec::two
END
{
	base_cf
	ucast_cf
	echo "ping 10.0.0.254"
	echo "respawn hacluster /usr/lib/heartbeat/ipfail"
	echo "resource_timeout 60s"
} | ha_cf
# It writes for ever, and says so where it can be seen.
behave alpha one start '(trap "" HUP; n=0; while echo still here; do
	n=$((n + 1)); echo $n > /run/left-behind; sleep 0.05; done) &'
cluster_boot
cluster_start
within 20 "both hold theirs" "runs alpha one && runs beta two && settled local local"

note "the line of a group that runs is changed"
printf 'alpha rec::one rec::more\nbeta rec::two\n' | haresources alpha
said=$(on alpha $heartbeat -r 2>&1)
code=$?
ok "the reload command fails: 1" "[ $code = 1 ]"
ok "and tells why" "grep -q 'group rec::one changed or vanished' <<< \"\$said\""
printf 'alpha rec::one\nbeta rec::two\n' | haresources alpha
ok "nothing changed: 0" "on alpha $heartbeat -r > /dev/null 2>&1"

note "a client whose engine dies"
within 20 "ipfail runs" "[ -n \"\$(ipfail_of alpha)\" ]"
before=$(ipfail_of alpha)
on alpha kill -KILL "$(engine_pid alpha)"
within 20 "there is an ipfail again, one" \
	'now=$(ipfail_of alpha) && [ -n "$now" ] && [ "$now" != "$before" ] && [ $(wc -w <<< "$now") = 1 ]'
within 10 "signed on with the new engine" \
	"[ \"\$(on alpha cl_status clientstatus alpha ipfail)\" = online ]"
ok "the resource was not touched" '[ "$(journal_count alpha one stop-begin)" = 0 ] && runs alpha one'

note "a daemon that a script left behind"
count=$(on alpha cat /run/left-behind)
ok "it lives" "[ -n '$count' ]"
master=$(master_pid alpha)
on alpha kill -KILL "$master"
within 10 "the master is gone" "! on alpha kill -0 $master 2> /dev/null"
count=$(on alpha cat /run/left-behind)
within 5 "it goes on when the master was killed" "[ \"\$(on alpha cat /run/left-behind)\" -gt $((count + 5)) ]"

note "a stop command in a resource script"
behave_well
hb alpha start > /dev/null 2>&1
within 30 "alpha is back" "runs alpha one && settled local local"
behave alpha one stop "$heartbeat -k > /dev/null 2>&1"
began=$(now_ms)
ok "the stop ends" "on alpha timeout 50 $heartbeat -k"
took=$(($(now_ms) - began))
ok "the script did not wait for it until its time was over ($took ms)" "[ $took -lt 20000 ]"
ok "beta took no harm" "runs beta two"
