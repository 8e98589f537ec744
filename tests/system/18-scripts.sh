#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Resource scripts that hang, fail, flood their output, or will not stop.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

cluster_new <<'END'
alpha rec::one rec::two
beta rec::three
END
{ base_cf; ucast_cf; echo "resource_timeout 2s"; } | ha_cf

fresh()
{
	local h

	behave_well
	for h in $NODES; do
		! host_is_up "$h" || power_cut "$h"
	done
	cluster_boot
	: > "$LAB/share/journal"
}

note "a start fails on the owner"
fresh
behave alpha two start 'echo cannot; exit 7'
cluster_start
within 25 "the group moves to the other node, whole" "only beta one && only beta two"
within 10 "what had been started on alpha was stopped" '[ "$(journal_count alpha one stop-end)" -ge 1 ]'
ok "logged: return code 7" "logged alpha 'Return code 7 from .*rec'"
ok "logged: giving up" "logged alpha 'Giving up resources due to failure of rec::two'"
ok "beta's own group is not disturbed" "only beta three && [ \$(journal_count beta three start-begin) = 1 ]"
ok "never two holders" journal_judge

note "a start hangs"
fresh
behave alpha two start 'sleep 1000'
cluster_start
within 5 "alpha begins" '[ "$(journal_count alpha two start-begin)" -ge 1 ]'
within 40 "the group moves to the other node" "only beta one && only beta two"
ok "the log names the resource and that it took too long" "logged alpha 'rec::two.*(timed? ?out|2s|2000|too long|no end)' ||
	logged alpha '(timed? ?out|2s|too long).*rec'"
ok "the hanging script was ended" "! on alpha pgrep -f 'sleep 1000' > /dev/null"
ok "never two holders" journal_judge

note "a start floods its output"
fresh
behave alpha one start 'head -c 50000000 /dev/zero | tr "\0" "x"; yes flood | head -n 200000'
cluster_start
within 30 "it runs all the same" "only alpha one && only alpha two"
ok "beta never lost sight of alpha" "! logged beta 'node alpha: is dead'"
size=$(cat "$(logs alpha)"/ha-* | wc -c)
ok "the logs stay bounded ($size bytes)" "[ $size -lt 3000000 ]"

note "a script leaves a child behind that holds its output open"
fresh
behave alpha one start 'sleep 600 & disown'
cluster_start
within 20 "nobody waits for it" "only alpha one && only alpha two"

note "it fails everywhere"
fresh
behave any two start 'exit 1'
cluster_start
within 30 "both tried" '[ "$(journal_count alpha two start-begin)" -ge 1 ] && [ "$(journal_count beta two start-begin)" -ge 1 ]'
within 20 "the other group runs" "only beta three"
lasts 2 "no endless back and forth" '[ $(journal_count alpha two start-begin) -lt 20 ]'
ok "never two holders" journal_judge

note "a stop fails for good: this node restarts its machine, the other takes over"
fresh
cluster_start
within 15 "running" "only alpha one && only beta three"
within 15 "settled" "settled local local"
behave alpha two stop 'exit 1'
on alpha hb_standby > /dev/null 2>&1
within 60 "alpha reboots" "! host_is_up alpha"
note "beta, before it takes over: $(rscstatus beta)"
host_is_up alpha || journal_note alpha power-cut
ok "beta did not" "host_is_up beta"
within 20 "beta takes over" "only beta one && only beta two && only beta three"

note "a stop hangs: ended after its timeout, twice, then the machine restarts"
fresh
cluster_start
within 15 "running" "only alpha one && only beta three"
within 15 "settled" "settled local local"
behave alpha two stop 'sleep 1000'
on alpha hb_standby > /dev/null 2>&1
within 60 "alpha reboots" "! host_is_up alpha"
host_is_up alpha || journal_note alpha power-cut
ok "the log said that it timed out" "logged alpha 'stop of rec::two failed: timed out'"
within 20 "beta takes over" "only beta one && only beta two && only beta three"
