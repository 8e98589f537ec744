#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The init script, systemctl and the command itself, where systemd is process 1: each start after each
# other one, each stop after each start. There is one daemon, systemd knows of the one that it started,
# and nobody stops or doubles the one that somebody else did.
. "$(dirname "$0")/../lab/machine.sh"

# A master that was killed has as long to come back.
DEADTIME=5 INITDEAD=10
image_staged
cluster_new <<'END'
web1 rec::web
END
cluster_boot
out=$LAB/share/out
init=/etc/init.d/heartbeat
heartbeat=/usr/sbin/heartbeat

# does CODE COMMAND...: on web1, with that exit code; what it says is in $out.
does()
{
	local code=$1 got

	shift
	on web1 timeout 60 "$@" > "$out" 2>&1 < /dev/null
	got=$?
	[ $got = "$code" ] || { note "$*: exit $got, wanted $code: $(cat "$out")"; return 1; }
}

said()
{
	grep -qE -- "$1" "$out" || { note "said: $(cat "$out")"; return 1; }
}

masters()
{
	on web1 pgrep -c -f '^heartbeat: master'
}

unit_is()
{
	[ "$(unit web1 ActiveState)" = "$1" ] || { note "the unit is $(unit web1 ActiveState)"; return 1; }
}

# by HOW: the command that starts or stops in that way.
start_by()
{
	case $1 in
	systemctl) echo systemctl start heartbeat ;;
	init) echo $init start ;;
	hand) echo $heartbeat ;;
	esac
}

stop_by()
{
	case $1 in
	systemctl) echo systemctl stop heartbeat ;;
	init) echo $init stop ;;
	hand) echo $heartbeat -k ;;
	esac
}

# clear: nothing runs, nothing is remembered.
clear()
{
	on web1 $heartbeat -k > /dev/null 2>&1
	on web1 systemctl stop heartbeat
	on web1 systemctl reset-failed heartbeat 2> /dev/null
	wait_for 10 '[ "$(masters)" = 0 ] && unit_is inactive'
}

on web2 systemctl start heartbeat
for first in systemctl init hand; do
	state=active
	[ $first != hand ] || state=inactive
	note "started by $first"
	# shellcheck disable=SC2046
	ok "start by $first: 0" "does 0 $(start_by $first)"
	[ $first != init ] || ok "in 3.0.6's words" "said '^Starting High-Availability services: Done\.$'"
	within 20 "it holds its group" "only web1 web"
	ok "the unit is $state" "unit_is $state"
	master=$(master_pid web1)
	starts=$(journal_count web1 web start-begin)
	for second in systemctl init hand; do
		code=0
		[ $first$second != handsystemctl ] || code=1
		ok "then start by $second: $code" "does $code $(start_by $second)"
		ok "one daemon, the same" "[ \"\$(masters)\" = 1 ] && [ \"\$(master_pid web1)\" = $master ]"
	done
	ok "status: 0, whoever started it" "does 0 $init status && said 'heartbeat OK \[pid $master et al\] is running on web1 \[web1\]'"
	ok "nothing was started twice" "[ \"\$(journal_count web1 web start-begin)\" = $starts ] && only web1 web"
	for stop in systemctl init hand; do
		[ "$(masters)" = 1 ] || does 0 $(start_by $first)
		wait_for 20 "runs web1 web"
		on web1 systemctl reset-failed heartbeat 2> /dev/null
		ok "stop by $stop: 0" "does 0 $(stop_by $stop)"
		[ $stop != init ] || ok "in 3.0.6's words" "said '^Stopping High-Availability services: Done\.$'"
		if [ $first$stop = handsystemctl ]; then
			ok "systemctl does not stop what it did not start" "[ \"\$(masters)\" = 1 ] && runs web1 web"
			continue
		fi
		ok "it has stopped, and the unit is inactive" "[ \"\$(masters)\" = 0 ] && unit_is inactive"
		lasts 2 "and stays so" "[ \"\$(masters)\" = 0 ]"
		ok "stop again by $stop: 0" "does 0 $(stop_by $stop)"
	done
	clear
done

note "another one runs: the unit says so, fails at once, and leaves it alone"
does 0 $heartbeat
wait_for 20 "runs web1 web"
master=$(master_pid web1)
ok "systemctl start fails" "does 1 systemctl start heartbeat"
ok "the unit has failed" "unit_is failed"
on web1 systemctl status heartbeat > "$out"
ok "its status says why" "said 'already running \[pid $master\]' && said 'heartbeat -k'"
lasts 3 "it is not tried again, and nothing is stopped" \
	"unit_is failed && [ \"\$(master_pid web1)\" = $master ] && runs web1 web"
ok "the pid file is there" "does 0 $heartbeat -s"
ok "heartbeat -f: 1" "does 1 $heartbeat -f && said 'already running'"
ok "the init script's status tells what to do" "does 0 $init status && said 'not started as heartbeat.service.*restart'"
ok "restart: 0" "does 0 $init restart"
within 20 "now it is the unit's" "unit_is active && only web1 web"

note "restart, reload"
ok "restart: 0, in the words of stop and start" \
	"does 0 $init restart && said '^Stopping High-Availability services: Done' && said '^Starting High-Availability services: Done'"
within 20 "up again" "only web1 web"
stops=$(journal_count web1 web stop-begin)
for action in reload force-reload; do
	ok "$action: 0" "does 0 $init $action && said '^Reloading High-Availability services: Done\.'"
done
ok "systemctl reload: 0" "does 0 systemctl reload heartbeat"
ok "it is active, and nothing was stopped" "unit_is active && [ \"\$(journal_count web1 web stop-begin)\" = $stops ]"

note "killed: the unit starts it again, and what runs is kept"
master=$(master_pid web1)
starts=$(journal_count web1 web start-begin)
stops=$(journal_count web1 web stop-begin)
on web1 systemctl kill -s KILL heartbeat
within 10 "another master" "now=\$(master_pid web1) && [ -n \"\$now\" ] && [ \"\$now\" != $master ] && does 0 systemctl is-active heartbeat"
within 10 "it has the group" "settled local local || settled local none"
ok "which was not touched" "[ \"\$(journal_count web1 web stop-begin)\" = $stops ] && [ \"\$(journal_count web1 web start-begin)\" = $starts ] && runs web1 web"
on web1 hb_standby 2> /dev/null
within 10 "the group is away" "only web2 web"
on web1 systemctl kill -s KILL heartbeat
ok "a stop while it waits to be started: 0" "does 0 $init stop"
lasts 3 "it is not started any more" "[ \"\$(masters)\" = 0 ] && unit_is inactive"

note "systemd itself is executed anew"
does 0 $init start
wait_for 20 "only web1 web"
master=$(master_pid web1)
on web1 systemctl daemon-reexec
ok "the same master, active" "unit_is active && [ \"\$(master_pid web1)\" = $master ]"
ok "reload: 0" "does 0 systemctl reload heartbeat"
ok "readiness is still heard: it is active" "unit_is active"

note "/run is another one"
on web1 sh -c 'mkdir /tmp/run && mount --bind /run /tmp/run && mount -t tmpfs -o mode=755 tmpfs /run &&
	for d in systemd dbus rec lock; do mkdir -p /run/$d /tmp/run/$d; mount --bind /tmp/run/$d /run/$d; done'
within 5 "it is there again" "does 0 $heartbeat -s && said 'pid $master et al'"
within 5 "so are the directories" "does 0 test -k /run/heartbeat/rsctmp"
ok "reload: 0" "does 0 $init reload"
on web1 rm /run/heartbeat.pid
ok "a stop without a pid file: 0" "does 0 systemctl stop heartbeat"
ok "it has stopped" "[ \"\$(masters)\" = 0 ] && unit_is inactive && ! runs web1 web"

note "a configuration that is wrong"
cp "$(etc web1)/ha.d/ha.cf" "$LAB/share/ha.cf"
echo nonsense here >> "$(etc web1)/ha.d/ha.cf"
ok "init script: 6, and why" "does 6 $init start && said 'Heartbeat failure \[rc=6\]\. Failed\.' && said nonsense"
ok "the unit has failed" "unit_is failed"
ok "systemctl start: 1" "does 1 systemctl start heartbeat"
on web1 systemctl status heartbeat > "$out"
ok "the status of the unit says why" "said nonsense"
lasts 2 "it is not tried again" "unit_is failed"
cp "$LAB/share/ha.cf" "$(etc web1)/ha.d/ha.cf"

note "hook startstop"
cat > "$(etc web1)/ha.d/resource.d/startstop" <<- 'END'
	#!/bin/sh
	echo "$*" >> /lab/startstop
END
chmod +x "$(etc web1)/ha.d/resource.d/startstop"
for action in start reload restart stop; do
	does 0 $init $action
done
ok "called before and after, once, not for reload and restart" \
	"[ \"\$(tr '\n' ';' < $LAB/share/startstop)\" = 'pre-start;post-start 0;pre-stop;post-stop 0;' ]"

note "the init script called by a resource script"
does 0 $init start
wait_for 20 "only web1 web"
behave web1 web stop "$init stop > /lab/within 2>&1; echo \$? >> /lab/within"
ok "the stop ends" "does 0 timeout 30 $init stop"
ok "so did that of the script: 0" "tail -n 1 $LAB/share/within | grep -qx 0"
within 5 "all is stopped" "[ \"\$(masters)\" = 0 ] && unit_is inactive && ! runs web1 web"
behave_well
behave web1 web start "[ -e /lab/told ] || { touch /lab/told; $init stop > /lab/within 2>&1; echo \$? >> /lab/within; exit 1; }"
does 0 $init start
within 30 "a resource that fails, and stops heartbeat: it has stopped" "[ -e $LAB/share/told ] && [ \"\$(masters)\" = 0 ] && unit_is inactive"
ok "the script was not held up: 0" "tail -n 1 $LAB/share/within | grep -qx 0"
within 10 "the other node has the group" "only web2 web"
behave_well

note "nothing of the service manager reaches what we start"
behave web1 web start 'env > /lab/environment'
does 0 $init start
within 20 "it is back" "only web1 web"
ok "no NOTIFY_SOCKET, no INVOCATION_ID" "[ -s $LAB/share/environment ] && ! grep -E 'NOTIFY|WATCHDOG|INVOCATION|LISTEN_|JOURNAL' $LAB/share/environment"
