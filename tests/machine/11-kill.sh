#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# systemctl kill -s KILL: the unit restarts, and the groups end on one node each.
. "$(dirname "$0")/../lab/machine.sh"

DEADTIME=10
INITDEAD=60
image_staged
cluster_new <<'END'
web1 IPaddr::10.0.0.100 rec::web
web2 rec::db
END
cluster_boot
cluster_start
within 15 "each has its own" "only web1 web && only web2 db"
within 10 "settled" "settled local local"

# whole PID RESTARTS: web1's unit has another main process than PID, and is well.
whole()
{
	[ "$(unit web1 MainPID)" != "$1" ] && [ "$(unit web1 ActiveState)" = active ] &&
		[ "$(unit web1 NRestarts)" = "$2" ] && settled local local 2> /dev/null
}

restarts=0
for whom in all main; do
	note "kill --kill-whom=$whom"
	moves_mark
	pid=$(unit web1 MainPID)
	ok "kill: 0" "on web1 systemctl kill -s KILL --kill-whom=$whom heartbeat"
	within 9 "the unit restarts before web1 counts as dead" "whole $pid $((++restarts))"
	ok "one master" "[ \$(on web1 pgrep -fc '^heartbeat: master') = 1 ]"
	ok "one engine" "[ \$(on web1 pgrep -fc '^heartbeat: engine') = 1 ]"
	lasts 3 "what ran is found, and left alone" "unmoved && only web1 web && only web2 db"
	within 5 "the address is there" "has_address web1 10.0.0.100"
done

note "the engine"
moves_mark
pid=$(unit web1 MainPID)
on web1 kill -KILL "$(engine_pid web1)"
within 9 "there is another" "on web1 pgrep -f '^heartbeat: engine' > /dev/null && settled local local"
ok "the unit has not noticed" "[ \"\$(unit web1 MainPID) \$(unit web1 NRestarts)\" = '$pid $restarts' ]"
lasts 3 "nothing moves" "unmoved"

note "longer away than deadtime: the peer takes over"
# What runs on web1 runs on, and nothing fences it: until web1's unit restarts both have it.
journal_note web1 partition
on web1 sh -c 'mkdir -p /run/systemd/system/heartbeat.service.d &&
	printf "[Service]\nRestartSec=15\n" > /run/systemd/system/heartbeat.service.d/slow.conf &&
	systemctl daemon-reload'
on web1 systemctl kill -s KILL heartbeat
within 14 "web2 has it" "runs web2 web && has_address web2 10.0.0.100"
within 30 "the unit restarts" "[ \"\$(unit web1 ActiveState)\" = active ]"
within 20 "in the end one node has each" "settled local local && only web1 web && only web2 db"
within 5 "and the address" "has_address web1 10.0.0.100 && ! has_address web2 10.0.0.100"
journal_note web1 whole
lasts 3 "it stays so" "only web1 web && only web2 db"
