#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# hbctl simulate where it is installed: the files of this machine, by root and by nobody in
# particular, beside a daemon and without. What it says of the cluster is asked of the cluster.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

cluster_new <<'END'
alpha rec::web
END
cluster_boot
out=$LAB/share/out

# simulate CODE ARGUMENT...: on alpha.
simulate()
{
	local code=$1 got

	shift
	on alpha hbctl simulate "$@" > "$out" 2>&1 < /dev/null
	got=$?
	[ $got = "$code" ] || { note "exit $got, wanted $code: $(tail -5 "$out")"; return 1; }
}

ok "the files of this machine, without a daemon" "simulate 3 --seeds 3"
ok "it is the cluster of these files" "grep -q 'nodes alpha beta; links eth0' $out && grep -q '^  A  alpha rec::web' $out"
ok "one link is too few" "grep -q '^BAD  L2 ' $out"
ok "who may not read the key" \
	"on alpha setpriv --reuid 1000 --regid 1000 --clear-groups hbctl simulate --row P2 > $out 2>&1 < /dev/null
	grep -q 'simulated without' $out && grep -q 'moves to beta' $out"
ok "a picture" "simulate 0 --row P2 --svg /root/p2.svg && on alpha grep -q '</svg>' /root/p2.svg"
for place in /root/nowhere/p2.svg /root; do
	ok "none in $place, and that is said before anything is played" \
		"simulate 1 --row P2 --svg $place && grep -q '$place cannot be written' $out && ! grep -q P2 $out"
done

cluster_start
within 15 "web runs on alpha" "only alpha web"
ok "beside a daemon" "simulate 0 --row P2"
moves=$(grep -o 'moves to [a-z]*, and back' "$out")
ok "auto_failback on: it would move and come back" "[ '$moves' = 'moves to beta, and back' ]"
power_cut alpha
within 10 "it moves" "only beta web"
host_boot alpha
on alpha /etc/init.d/heartbeat start > "$out" 2>&1
within 20 "and comes back" "only alpha web"

echo 'alpha datadiskdrbddisk::r0 rec::web' | haresources alpha
ok "a script that is not there is a fault, as of heartbeat -t" \
	"simulate 1 && grep -q 'haresources:1: error: .*datadiskdrbddisk' $out"
on alpha heartbeat -t > "$LAB/share/check" 2>&1 < /dev/null
ok "in the same words" "grep -qxF \"\$(grep datadiskdrbddisk $out)\" $LAB/share/check"
echo 'keepalife 1' | ha_cf alpha
ok "all faults in one go" "simulate 1 && grep -q \"did you mean 'keepalive'\" $out && grep -q 'no node is listed' $out"
