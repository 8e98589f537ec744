#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The master is killed in the middle of an operation, which goes on without it: the next master ends
# that before it asks what runs, so that no start comes true behind its back.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

# kill_it WHO: kill -9 on alpha, of the master or of both.
kill_it()
{
	local master engine

	master=$(master_pid alpha) engine=$(engine_pid alpha)
	case $1 in
	master) on alpha kill -KILL "$master" ;;
	both) on alpha kill -KILL "$master" "$engine" ;;
	esac
	wait_for 10 "! on alpha sh -c 'kill -0 $master 2> /dev/null'"
}

# Alpha is to have it, and the start is at work.
in_a_start()
{
	local before

	if runs alpha web; then
		on alpha hb_standby > /dev/null 2>&1
		wait_for 20 "only beta web && settled none all"
	fi
	slow start "${1:-}"
	before=$(journal_count alpha web start-begin)
	on alpha hb_takeover > /dev/null 2>&1
	wait_for 15 "[ \$(journal_count alpha web start-begin) -gt $before ]"
}

# Alpha has it, and gives it up.
in_a_stop()
{
	local before

	if ! runs alpha web; then
		on alpha hb_takeover > /dev/null 2>&1
		wait_for 20 "only alpha web && one_holder"
	fi
	slow stop "${1:-}"
	before=$(journal_count alpha web stop-begin)
	on alpha hb_standby > /dev/null 2>&1
	wait_for 15 "[ \$(journal_count alpha web stop-begin) -gt $before ]"
}

# slow OP [SHELL]: the next operation takes long, once.
slow()
{
	rm -f "$LAB/share/once"
	behave alpha web "$1" "[ -e /lab/once ] || { touch /lab/once; ${2:-}
		for i in 1 2 3 4 5 6 7 8 9; do sleep 1; done; }"
}

# One node has it, and neither is on the way to something else.
one_holder()
{
	{ only alpha web || only beta web; } &&
		{ settled local local || settled all none || settled none all; }
}

# What was there when the master was killed is gone, at last, and one node has the group.
comes_right()
{
	local ended

	ended=$(logged_times alpha 'that an earlier heartbeat left .*has ended')
	hb_quietly alpha start
	within 25 "what was left is ended" \
		"[ \$(logged_times alpha 'that an earlier heartbeat left .*has ended') -gt $ended ]"
	ok "the log said that it was found" "logged alpha 'rec::web: the $1 that an earlier heartbeat left .process [0-9]+. still runs: ending it'"
	within 30 "one node has it" one_holder
	behave_well
	ok "no note is left" "[ -z \"\$(on alpha ls /run/heartbeat/running)\" ]"
	ok "so far never two holders, nor two operations" journal_judge
}

DEADTIME=6 WARNTIME=3 INITDEAD=8
cluster_new <<'END'
alpha IPaddr::10.0.0.100/24/eth0 rec::web
END
{ base_cf; ucast_cf; } | ha_cf
cluster_boot
cluster_start
within 20 "alpha has it" "only alpha web"
ok "only root sees what is noted" "[ \"\$(on alpha stat -c '%U %a' /run/heartbeat/running)\" = 'root 700' ]"

note "the master is killed in a start; the next one comes at once"
ok "a start is at work" in_a_start
ok "it is noted" "on alpha sh -c 'grep -q op=start /run/heartbeat/running/*'"
kill_it master
comes_right start
within 20 "alpha can give it away" "on alpha hb_standby > /dev/null 2>&1; only beta web"
lasts 6 "and it stays there, longer than that start would have taken" "only beta web"

note "the same; the next one comes after 3 s"
ok "a start is at work" in_a_start
kill_it master
pause 3
comes_right start

note "both are killed in a start"
ok "a start is at work" in_a_start
kill_it both
comes_right start

note "both; the next one comes after 3 s"
ok "a start is at work" in_a_start
kill_it both
pause 3
comes_right start

note "a start that does not end on SIGTERM"
ok "a start is at work" "in_a_start 'trap \"\" TERM'"
kill_it master
comes_right start

note "the master is killed in a stop"
ok "a stop is at work" in_a_stop
kill_it master
comes_right stop

note "both are killed in a stop; the next one comes after 3 s"
ok "a stop is at work" in_a_stop
kill_it both
pause 3
comes_right stop

note "nothing to note operations in"
on alpha rm -rf /run/heartbeat/running
on alpha touch /run/heartbeat/running
ok "moves go on" "in_a_stop && wait_for 30 'only beta web && settled none all'"
ok "it says so" "logged alpha 'operations cannot be noted in /run/heartbeat/running: .*: should heartbeat be killed'"
before=$(logged_times alpha 'operations cannot be noted')
behave_well
ok "and back" "on alpha hb_takeover > /dev/null 2>&1; wait_for 20 'only alpha web && one_holder'"
ok "once" "[ \$(logged_times alpha 'operations cannot be noted') = $before ]"
