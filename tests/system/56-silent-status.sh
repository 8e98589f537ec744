#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Scripts without a status: all of Heartbeat is killed and started again, and what runs is left in peace.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

# A machine that is busy with other tests keeps a beat waiting; and a start may take its time.
WARNTIME=4
DEADTIME=10
INITDEAD=10
cluster_new <<'END'
alpha rec::disk 10.0.0.100/24/eth0 rec::web rec::mail
END
for silent in disk mail; do
	behave any "$silent" status 'echo "Usage: $0 start|stop"; exit 1'
done

# kill_and_start: both processes at once, then the init script.
kill_and_start()
{
	local master

	master=$(master_pid alpha)
	on alpha kill -KILL "$master" "$(engine_pid alpha)" 2> /dev/null
	wait_for 10 "! on alpha sh -c 'kill -0 $master 2> /dev/null'"
	hb_quietly alpha start
	within 30 "$1: alpha has its group again" \
		"[ \"\$(json alpha \"[g['state'] for g in s['groups']]\")\" = \"['running']\" ] && settled local local"
}

# counts NAME OP NUMBER: how often it was asked on alpha.
counts()
{
	[ "$(journal_count alpha "$1" "$2-begin")" = "$3" ]
}

cluster_boot
cluster_start
within 30 "the group runs on alpha" "only alpha web && settled local local"
on alpha ip monitor address > "$LAB/share/monitor" &
monitor=$!
kill_and_start "killed"
ok "the silent script before what runs: neither stopped nor started once more" \
	"counts disk start 1 && counts disk stop 0"
ok "what tells that it runs: the same" "counts web start 1 && counts web stop 0"
ok "the address was never removed" "! grep -q Deleted $LAB/share/monitor && has_address alpha 10.0.0.100"
ok "the silent script after it is started, as 3.0.6 would" "counts mail start 2 && counts mail stop 0"
ok "said why" "logged alpha 'status of rec::disk says nothing: it counts as running, since .* after it runs'"
ok "not a word of a part" "! logged alpha 'only a part of it runs|should not be'"

note "what says that it is stopped makes it a part, as before"
behave any web status 'echo stopped; exit 3'
kill_and_start "a part"
rm -f "$LAB/share/rec/any.web.status"
ok "a part of it was stopped, and all was started anew" \
	"counts web stop 1 && counts web start 2 && counts disk start 2 && logged alpha 'only a part of it runs'"
kill "$monitor"
lasts 2 "nobody else took anything" "only alpha web && only alpha disk"
