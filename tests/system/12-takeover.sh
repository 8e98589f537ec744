#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A node loses power; a node is stopped; both at once lose it.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

cluster_new <<'END'
alpha rec::one rec::two
beta rec::three
END
cluster_boot
cluster_start
within 15 "both serve" "runs alpha two && runs beta three"
within 15 "and are settled" "settled local local"

power_cut alpha
t=$(now_ms)
within 10 "power cut: beta takes alpha's group" "only beta one && only beta two"
note "taken over $(($(now_ms) - t)) ms after the power cut (deadtime $DEADTIME s)"
within 10 "beta holds all" '[ "$(rscstatus beta)" = all ]'
for line in 'WARN: node alpha: is dead' 'Resources being acquired from alpha' \
	'Link alpha:eth0 dead' 'Taking over resource group rec::one' \
	'mach_down takeover complete'; do
	ok "logged: $line" "logged beta '$line'"
done
ok "alpha is called dead" '[ "$(on beta cl_status nodestatus alpha)" = dead ]'

host_boot alpha
hb_quietly alpha start
within 20 "alpha returns and gets its group back" "only alpha one && only alpha two"
within 15 "settled again" "settled local local"

dead=$(logged_times beta 'node alpha: is dead')
hb_quietly alpha stop
ok "stop: nothing runs on alpha any more" "! runs alpha one && ! runs alpha two"
within 10 "clean stop: beta has it" "only beta one && only beta two"
ok "before anybody called alpha dead" "[ '$(logged_times beta 'node alpha: is dead')' = '$dead' ]"
ok "stopped right to left" "[ \$(grep -n 'alpha two stop-end' $LAB/share/journal | tail -n 1 | cut -d: -f1) -lt \
	\$(grep -n 'alpha one stop-begin' $LAB/share/journal | tail -n 1 | cut -d: -f1) ]"
for line in 'Heartbeat shutdown in progress' 'Giving up all HA resources' \
	'All HA resources relinquished' 'alpha Heartbeat shutdown complete'; do
	ok "logged: $line" "logged alpha '$line'"
done
ok "logged: Received shutdown notice" "logged beta \"Received shutdown notice from 'alpha'\""

power_cut alpha
power_cut beta
cluster_boot
cluster_start
within 15 "power for both again: each serves its own" "only alpha one && only beta three"
