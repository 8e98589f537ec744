#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Reboot and poweroff of a machine: its group ends in order, before the network does, and the peer
# takes over at once. Enabled at boot: it starts, and takes its part.
. "$(dirname "$0")/../lab/machine.sh"

# A peer that waits for deadtime is far too late for what is asked below.
DEADTIME=60
INITDEAD=120
image_staged
cluster_new <<'END'
web1 IPaddr::10.0.0.100 rec::disk rec::web
web2 rec::db
END
cluster_boot
for h in $NODES; do
	ok "$h: enable" "on $h systemctl enable heartbeat 2> /dev/null"
done
cluster_start
within 15 "each has its own" "only web1 web && only web2 db"
within 10 "settled" "settled local local"
behave web1 web stop 'sleep 1.5'
behave web1 disk stop 'sleep 1.5'

for how in reboot poweroff; do
	note "$how of web1"
	: > "$LAB/share/journal"
	ok "$how: 0" "on web1 systemctl $how"
	within 30 "web2 has the group" "only web2 web && runs web2 disk && has_address web2 10.0.0.100"
	within 30 "web1 is off" "host_gone web1"
	ok "web1 stopped from right to left, before its network" \
		"order web1 'web stop-begin' 'web stop-end' 'disk stop-begin' 'disk stop-end' '- network-down'"
	ok "web2 started when web1 had stopped" \
		"sort -n $LAB/share/journal | grep -A9 ' web1 disk stop-end\$' | grep -q ' web2 disk start-begin\$'"
	ok "its own group has not moved" "[ \$(journal_count web2 db stop-begin) = 0 ]"
	ok "web2 does not call it a death" "! logged web2 'node web1: is dead'"
	moves_mark
	lasts 2 "nothing else moves" "unmoved"
	host_boot web1 || bail "web1 does not boot"
	within 30 "web1 boots, and has its group again" "only web1 web && only web1 disk && has_address web1 10.0.0.100"
	within 10 "settled" "settled local local"
	ok "the unit is active" "[ \"\$(unit web1 ActiveState)\" = active ]"
	ok "db has never moved" "[ \$(journal_count web2 db stop-begin) = 0 ]"
done

note "poweroff of both, one after the other, then power for both"
behave_well
ok "poweroff of web2: 0" "on web2 systemctl poweroff"
within 30 "web1 has all" "only web1 db && only web1 web"
within 30 "web2 is off" "host_gone web2"
ok "poweroff of web1: 0" "on web1 systemctl poweroff"
within 30 "web1 is off" "host_gone web1"
for h in $NODES; do
	host_boot "$h" || bail "$h does not boot"
done
within 30 "each has its own" "only web1 web && only web2 db"
