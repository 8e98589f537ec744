#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# cl_status, heartbeat and hbctl: words and exit codes.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

cluster_new <<'END'
alpha rec::web
END
{ base_cf; ucast_cf; echo "ping 10.0.0.254"; } | ha_cf
cluster_boot
out=$LAB/share/out
tab=$(printf '\t')

# says CODE PATTERN COMMAND...
says()
{
	local code=$1 pattern=$2 got

	shift 2
	on alpha "$@" > "$out" 2>&1 < /dev/null
	got=$?
	[ $got = "$code" ] || { note "exit $got, wanted $code: $(cat "$out")"; return 1; }
	grep -qE -- "$pattern" "$out" || { note "said: $(cat "$out")"; return 1; }
}
hbd=/usr/libexec/heartbeat/heartbeat

note "nothing runs"
ok "hbstatus: 1" "says 1 '^Heartbeat is stopped on this machine\.' cl_status hbstatus"
ok "rscstatus: 1" "says 1 'Cannot signon with heartbeat' cl_status rscstatus"
ok "heartbeat -k: 0" "says 0 'Heartbeat already stopped' $hbd -k"
ok "heartbeat -s: 3" "says 3 'heartbeat is stopped\. No process' $hbd -s"
ok "heartbeat -V" "says 0 '^[0-9]+\.[0-9]+' $hbd -V"
ok "standard output is the version alone" "[ \"\$(on alpha $hbd -V 2> /dev/null | grep -vcE '^[0-9.]+\$')\" = 0 ]"
ok "then where things are" "says 0 '^systemd unit +/usr/lib/systemd/system/heartbeat.service\$' $hbd -V"
ok "heartbeat -?: 2" "says 2 'Usage: heartbeat' $hbd -?"
ok "hbctl status fails with a sentence" "on alpha hbctl status > $out 2>&1; [ \$? != 0 ] && [ -s $out ]"
ok "heartbeat -t" "says 0 'web' $hbd -t"

cluster_start
within 15 "running" "only alpha web"
within 15 "settled" "settled local local"
within 10 "the router answers" '[ "$(on alpha cl_status nodestatus 10.0.0.254)" = ping ]'
ok "hbstatus" "says 0 '^Heartbeat is running on this machine\.$' cl_status hbstatus"
ok "listnodes: ping nodes first, then in reverse order" "says 0 alpha cl_status listnodes &&
	[ \"\$(tr '\n' ' ' < $out)\" = '10.0.0.254 beta alpha ' ]"
ok "listnodes -n" "says 0 alpha cl_status listnodes -n && [ \"\$(tr '\n' ' ' < $out)\" = 'beta alpha ' ]"
ok "listnodes -p" "says 0 10.0.0.254 cl_status listnodes -p && [ \"\$(wc -l < $out)\" = 1 ]"
ok "nodestatus of a node" "says 0 '^active$' cl_status nodestatus beta"
ok "nodestatus -m" "says 0 'The cluster node beta is active' cl_status nodestatus -m beta"
ok "nodestatus of nobody: 11" "says 11 'incorrect node name' cl_status nodestatus gamma"
ok "nodestatus without a name: 11" "says 11 'Not enough parameters' cl_status nodestatus"
ok "nodetype" "says 0 '^normal$' cl_status nodetype beta"
ok "nodetype of a ping node" "says 0 '^ping$' cl_status nodetype 10.0.0.254"
ok "rscstatus" "says 0 '^local$' cl_status rscstatus"
ok "rscstatus -m" "says 0 'This node is holding local resources\.' cl_status rscstatus -m"
ok "listhblinks" "says 0 '^${tab}eth0$' cl_status listhblinks beta"
ok "hblinkstatus: up" "says 0 '^up$' cl_status hblinkstatus beta eth0"
ok "hblinkstatus -m" "says 0 'heartbeat link eth0 is up' cl_status hblinkstatus -m beta eth0"
ok "hblinkstatus of no link: 13" "says 13 'Cannot get heartbeat link status' cl_status hblinkstatus beta eth7"
ok "unknown subcommand: 11" "says 11 'invalid sub-command' cl_status dance"
ok "no subcommand: usage, 0" "says 0 'hbstatus' cl_status"
ok "heartbeat -s: 0" "says 0 'heartbeat OK \[pid [0-9]+ et al\] is running on alpha \[alpha\]' $hbd -s"
ok "heartbeat again: already running" "says 0 'already running' $hbd"
ok "heartbeat -r" "on alpha $hbd -r > $out 2>&1"

ok "hbctl with no command: usage, 2" "says 2 '^Usage: hbctl COMMAND' hbctl"
ok "with what is none: said, with the nearest, 2" "says 2 \"^hbctl: 'statis' is no command: did you mean 'status'\?\$\" hbctl statis"
ok "with what is near none: said, with all of them" \
	"says 2 \"^hbctl: 'nonsense' is no command, these are:\$\" hbctl nonsense && grep -q '^  takeover SET' $out"
ok "hbctl status" "says 0 alpha hbctl status"
sed 's/^/# /' "$out"
for word in beta web eth0 10.0.0.254; do
	ok "hbctl status names $word" "grep -q '$word' $out"
done
ok "hbctl status --json is JSON" "hbctl_json alpha | python3 -m json.tool > $out"
ok "and names both nodes and the group" "grep -q beta $out && grep -q alpha $out && grep -q rec::web $out"

power_cut beta
within 10 "a dead node: 1" "says 1 '^dead$' cl_status nodestatus beta"
within 5 "a dead link: 1" "says 1 '^dead$' cl_status hblinkstatus beta eth0"
ok "heartbeat -k: 0" "on alpha $hbd -k"
ok "stopped" "says 1 'stopped' cl_status hbstatus"
