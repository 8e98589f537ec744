#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What happens when the owner returns: auto_failback on, off, legacy.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

cluster_new <<'END'
alpha rec::web
END
for FAILBACK in on off legacy; do
	note "auto_failback $FAILBACK"
	{ base_cf; ucast_cf; } | ha_cf
	: > "$LAB/share/journal"
	cluster_boot
	cluster_start
	within 15 "$FAILBACK: web runs on alpha" "only alpha web"
	within 15 "$FAILBACK: settled" "settled local local || settled all none"
	power_cut alpha
	within 10 "$FAILBACK: beta takes it" "only beta web"
	host_boot alpha
	hb_quietly alpha start
	if [ $FAILBACK = off ]; then
		within 20 "off: alpha is back" '[ "$(rscstatus alpha)" = none ]'
		lasts 2 "off: web stays on beta" "only beta web"
		ok "off: beta holds all" '[ "$(rscstatus beta)" = all ]'
	else
		within 20 "$FAILBACK: web returns to alpha" "only alpha web"
		within 15 "$FAILBACK: each holds its own again" "settled local local"
	fi
	ok "$FAILBACK: never two holders" journal_judge
	for h in $NODES; do power_cut "$h"; done
done
