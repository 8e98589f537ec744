#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The daemon goes on as a newer program: nothing is stopped, the client sees no gap; a program that
# does not work is gone back from.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

PROGRAM=/usr/libexec/heartbeat/heartbeat

# install_program FROM: as a package manager does, under another name first. Standard input for "-".
install_program()
{
	if [ "$1" = - ]; then
		on alpha tee "$PROGRAM.new" > /dev/null
	else
		on alpha cp "$1" "$PROGRAM.new"
	fi
	on alpha chmod 755 "$PROGRAM.new"
	on alpha mv "$PROGRAM.new" "$PROGRAM"
}

# The same program under another version: only the letters of its version differ.
make_version()
{
	on alpha sed "s/$VERSION/$1/g" /root/heartbeat.first > "$LAB/share/heartbeat.$1"
	install_program "/lab/heartbeat.$1"
}

running_version()
{
	on alpha sh -c '"/proc/$(pgrep -o -f "^heartbeat: master")/exe" -V 2> /dev/null'
}

# upgrade CODE PATTERN: heartbeat --upgrade ends with that code and says something like that.
upgrade()
{
	local text got

	text=$(on alpha heartbeat --upgrade 2>&1 < /dev/null)
	got=$?
	[ $got = "$1" ] && grep -qE -- "$2" <<< "$text" || { note "exit $got: $text"; return 1; }
}

untouched()
{
	[ "$(journal_count alpha web start-end)" = "$starts" ] &&
		[ "$(journal_count alpha web stop-begin)" = 0 ] &&
		[ "$(journal_count beta web start-begin)" = 0 ] && runs alpha web
}

client_pid()
{
	on alpha pgrep -o -f '^/bin/sleep 12345'
}

# refused PATTERN: asked by hand, since what is installed cannot even ask; the log says why not.
refused()
{
	local before

	before=$(logged_times alpha "goes on, and not .*$1")
	on alpha kill -URG "$master"
	wait_for 20 "[ \$(logged_times alpha 'goes on, and not .*$1') -gt $before ]"
}

cluster_new <<'END'
alpha IPaddr::10.0.0.100/24/eth0 rec::web
END
{ base_cf; ucast_cf; echo "ping 10.0.0.254"; echo "respawn hacluster /bin/sleep 12345"; } | ha_cf
cluster_boot
host_new client 9
host_boot client
ALPHA="local local" BETA="none all"
VERSION=$(on alpha heartbeat -V | head -n 1)
on alpha cp "$PROGRAM" /root/heartbeat.first
ok "nothing runs: nothing to hand over" "upgrade 0 'does not run'"
cluster_start
within 20 "alpha holds all" "only alpha web && has_address alpha 10.0.0.100"
within 10 "a client runs" "client_pid > /dev/null"
starts=$(journal_count alpha web start-end)
master=$(master_pid alpha) client=$(client_pid)
probe_answer alpha beta
probe_start client 10.0.0.100

note "a newer program"
make_version 4.9.1
ok "heartbeat --upgrade" "upgrade 0 'pid $master goes on as version 4.9.1'"
ok "it is that program" "[ \"\$(running_version)\" = 4.9.1 ]"
ok "under the old number" "[ \"\$(master_pid alpha)\" = $master ] && on alpha heartbeat -s > /dev/null"
ok "it says so" "logged alpha 'heartbeat 4.9.1 works: it took the place of $VERSION'"
within 10 "hbctl asks the new one" "[ \"\$(json alpha 's[\"version\"]')\" = 4.9.1 ] && settled $ALPHA"
ok "nothing was touched" untouched
ok "the client is the one that ran" "[ \"\$(client_pid)\" = $client ]"
ok "the lock is held" "on alpha heartbeat 2>&1 | grep -q 'already running'"
ok "no descriptor was left behind" "[ \$(on alpha ls /proc/$master/fd | wc -l) -le 40 ]"
fds=$(on alpha ls "/proc/$master/fd" | wc -l)

note "and again"
ok "heartbeat --upgrade" "upgrade 0 'goes on as'"
ok "as many descriptors as before" "[ \$(on alpha ls /proc/$master/fd | wc -l) -le $fds ] ||
	{ on alpha ls -l /proc/$master/fd; false; }"

note "its children are its children still"
on alpha kill -9 "$client"
within 10 "a dead client is started again" "[ -n \"\$(client_pid)\" ] && [ \"\$(client_pid)\" != $client ]"
ok "nothing is left to be reaped" "! on alpha ps -o stat= --ppid $master | grep -q Z"

note "programs that do not work"
printf '#!/bin/sh\necho "no such library" >&2\nexit 127\n' | install_program -
ok "one that cannot be loaded" "refused 'exit code 127: no such library'"
ok "the same program goes on" "[ \"\$(running_version)\" = 4.9.1 ] && [ \"\$(master_pid alpha)\" = $master ]"
printf '#!/bin/sh\nkill -SEGV $$\n' | install_program -
ok "one that crashes" "refused 'killed by signal 11'"
on alpha rm -f "$PROGRAM"
ok "one that is not there" "refused 'cannot be tried out'"
install_program /lab/heartbeat.4.9.1
within 10 "all is as it was" "untouched && settled $ALPHA"

# aborts COMMAND: it ends by SIGABRT.
aborts()
{
	on alpha sh -c "$1" > /dev/null 2>&1
	[ $? = 134 ]
}
ok "one that cannot go on crashes, so that the unit starts it again" \
	"aborts 'ulimit -c 0; $PROGRAM --resume 9 9< /dev/null'"

note "one whose engine dies"
make_version 4.9.2
before=$(logged_times alpha 'heartbeat 4.9.2 goes on in the place of')
upgrade 1 'its engine died' &
asked=$!
within 10 "it began" "[ \$(logged_times alpha 'heartbeat 4.9.2 goes on in the place of') -gt $before ]"
within 5 "it has an engine" "on alpha kill -9 \$(engine_pid alpha)"
ok "the command says that it went back" "wait $asked"
ok "to the program of before" "[ \"\$(running_version)\" = 4.9.1 ] && [ \"\$(master_pid alpha)\" = $master ]"
ok "it says why" "logged alpha 'heartbeat 4.9.1 goes on, and not .*: its engine died'"
within 10 "all is as it was" "untouched && settled $ALPHA && client_pid > /dev/null"

note "one that crashes at work"
before=$(logged_times alpha 'heartbeat 4.9.2 goes on in the place of')
upgrade 1 'it crashed' &
asked=$!
within 10 "it began" "[ \$(logged_times alpha 'heartbeat 4.9.2 goes on in the place of') -gt $before ]"
on alpha kill -SEGV "$master"
ok "the command says that it went back" "wait $asked"
ok "to the program of before" "[ \"\$(running_version)\" = 4.9.1 ] && [ \"\$(master_pid alpha)\" = $master ]"
within 10 "all is as it was" "untouched && settled $ALPHA && client_pid > /dev/null"
ok "nothing is left to be reaped" "! on alpha ps -o stat= --ppid $master | grep -q Z"

probe_stop
ok "the client saw no gap" "[ \$(probe_gap) -lt 500 ] || { note \"gap \$(probe_gap)\"; false; }"
ok "and never two answers" "[ -z \"\$(probe_doubles)\" ] || [ \"\$(probe_doubles)\" = 0 ]"

note "one that hangs"
before=$(logged_times alpha 'heartbeat 4.9.2 goes on in the place of')
upgrade 1 'it hangs' &
asked=$!
within 10 "it began" "[ \$(logged_times alpha 'heartbeat 4.9.2 goes on in the place of') -gt $before ]"
on alpha kill -STOP "$master"
# Longer than UPGRADE_HANGS_S, in which nothing is to happen.
pause 21
ok "the cluster goes on meanwhile" "untouched && settled $ALPHA"
on alpha kill -CONT "$master"
ok "the command says that it went back" "wait $asked"
ok "to the program of before" "[ \"\$(running_version)\" = 4.9.1 ] && [ \"\$(master_pid alpha)\" = $master ]"
within 10 "all is as it was" "untouched && settled $ALPHA && client_pid > /dev/null"

note "what is under way is not cut short, and what else is asked for meanwhile is done"
behave alpha web stop 'sleep 3'
on alpha hb_standby > /dev/null 2>&1
within 5 "it gives the group up" "[ \$(journal_count alpha web stop-begin) = 1 ]"
upgrade 0 'goes on as' &
asked=$!
within 5 "an upgrade waits" "logged alpha 'going on as another program waits for the stop of rec::web'"
ok "a reload: 0" "on alpha heartbeat -r > /dev/null 2>&1"
ok "another upgrade joins the first" "upgrade 0 'goes on as' && wait $asked"
ok "after the end of the stop" "[ \$(journal_count alpha web stop-end) = 1 ]"
ok "it is the newer program now" "[ \"\$(running_version)\" = 4.9.2 ]"
within 10 "the group is with beta" "only beta web && settled $BETA"
ok "its file may change meanwhile: the text in use goes on" "printf 'beta rec::x\n' | haresources alpha; upgrade 0 'goes on as'"
within 10 "and is settled" "settled $BETA"
note "one that crashes in the middle of a start"
behave alpha web start '[ -e /lab/once ] || { touch /lab/once; trap "" TERM; for i in 1 2 3 4 5 6 7 8 9; do sleep 1; done; }'
make_version 4.9.3
before=$(logged_times alpha 'heartbeat 4.9.3 goes on in the place of')
upgrade 1 'it crashed' &
asked=$!
within 10 "it began" "[ \$(logged_times alpha 'heartbeat 4.9.3 goes on in the place of') -gt $before ]"
before=$(journal_count alpha web start-begin)
within 10 "a start is at work" "on alpha hb_takeover > /dev/null 2>&1; [ \$(journal_count alpha web start-begin) -gt $before ]"
on alpha kill -SEGV "$master"
ok "the command says that it went back" "wait $asked"
within 20 "that start is ended, though deaf to SIGTERM" "logged alpha 'the start that an earlier heartbeat left .* has ended'"
within 20 "and alpha starts it itself" "only alpha web && { settled all none || settled local local; }"
ok "then beta can have it" "on alpha hb_standby > /dev/null 2>&1; wait_for 15 'only beta web'"
lasts 4 "and nobody else" "only beta web"
ok "what was under way never ran beside" journal_judge
behave_well
ok "a stop is a stop" "hb alpha stop > /dev/null && ! on alpha heartbeat -s > /dev/null"

ok "never two holders" journal_judge
