#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Two nodes start together, and one alone.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

cluster_new <<'END'
alpha rec::one rec::two
beta rec::three
END
cluster_boot

t=$(now_ms)
cluster_start
within 15 "each group comes up on its own node" "runs alpha two && runs beta three"
note "two nodes started together serve after $(($(now_ms) - t)) ms"
ok "and that without waiting for a time to run out" "[ $(($(now_ms) - t)) -lt 8000 ]"
within 15 "both say local" "settled local local"
ok "each resource was started once" "[ \$(journal_count alpha one start-end) = 1 ] &&
	[ \$(journal_count alpha two start-end) = 1 ] && [ \$(journal_count beta three start-end) = 1 ]"
ok "nothing was started elsewhere" "! grep -qE 'beta (one|two)|alpha three' $LAB/share/journal"
ok "left to right" "[ \$(grep -n 'alpha one start-end' $LAB/share/journal | cut -d: -f1) -lt \
	\$(grep -n 'alpha two start-begin' $LAB/share/journal | cut -d: -f1) ]"
for line in 'Configuration validated. Starting heartbeat' "Local status now set to: 'up'" \
	'Link beta:eth0 up\.' 'Status update for node beta: status (up|active)' \
	"Local status now set to: 'active'" 'Status update for node beta: status active' \
	'Running /etc/ha.d/+resource.d/rec one start'; do
	ok "logged: $line" "logged alpha '${line//\'/\'\"\'\"\'}'"
done

for h in $NODES; do hb_quietly "$h" stop; done
ok "both stopped: nothing runs" "! runs alpha one && ! runs alpha two && ! runs beta three"
for h in $NODES; do power_cut "$h"; done

host_boot alpha
t=$(now_ms)
hb_quietly alpha start
lasts 1 "a node that is alone waits for initdead" "! runs alpha one"
within 20 "then it takes everything" "runs alpha two && runs alpha three"
ok "not before initdead ($INITDEAD s)" "[ $(($(now_ms) - t)) -ge $((INITDEAD * 1000 - 200)) ]"
within 20 "and says all" '[ "$(rscstatus alpha)" = all ]'
