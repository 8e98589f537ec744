#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The init script: actions, words, exit codes.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

cluster_new <<'END'
alpha rec::web
END
cluster_boot
out=$LAB/share/out

# says CODE PATTERN COMMAND...
says()
{
	local code=$1 pattern=$2 got

	shift 2
	on alpha "$@" > "$out" 2>&1 < /dev/null
	got=$?
	[ $got = "$code" ] || { note "exit $got, wanted $code: $(cat "$out")"; return 1; }
	grep -qE -- "$pattern" "$out" || { note "said: $(cat "$out")"; return 1; }
}
init=/etc/init.d/heartbeat
ok "status before the first start: 3" "says 3 'heartbeat is stopped. No process' $init status"
ok "stop of what does not run: 0" "says 0 'Stopping High-Availability services:.*Done\.' $init stop"
ok "no action: usage, 1" "says 1 'Usage: .*(start|stop|status|restart|reload|force-reload)' $init"
ok "wrong action: usage, 1" "says 1 'Usage:' $init dance"
ok "--help: usage, 0" "says 0 '^Usage:' $init --help"
ok "start: 0" "says 0 'Starting High-Availability services:.*Done\.' $init start"
hb_quietly beta start
ok "start again: 0" "says 0 'Done\.' $init start"
ok "status: 0" "says 0 'heartbeat OK \[pid [0-9]+ et al\] is running on alpha \[alpha\]\.\.\.' $init status"
within 15 "settled" "settled local local"
ok "reload: 0" "says 0 'Reloading High-Availability services:.*Done\.' $init reload"
ok "force-reload: 0" "says 0 'Reloading High-Availability services:.*Done\.' $init force-reload"
ok "still running" "only alpha web"
within 15 "settled" "settled local local"
ok "standby: 0" "says 0 '^Attempting to enter standby mode' $init standby"
within 10 "beta has it" "only beta web"
within 10 "settled" "settled none all"
ok "restart: 0" "says 0 'Starting High-Availability services:.*Done\.' $init restart"
within 20 "alpha is back" "only alpha web"
within 10 "settled" "settled local local"
pid=$(on alpha cat /run/heartbeat.pid)
ok "the pid file names the master" "[ '$(master_pid alpha)' = '${pid// /}' ]"
ok "stop: 0" "says 0 'Stopping High-Availability services:.*Done\.' $init stop"
within 5 "nothing is left of it" "! on alpha pgrep -f '^heartbeat:' > /dev/null"
ok "status after a stop: not running" "on alpha $init status > $out; [ \$? = 1 ] || [ \$? = 3 ]; grep -q 'heartbeat is stopped' $out"

note "bad files"
echo nonsense here >> "$(etc alpha)/ha.d/ha.cf"
ok "start with a bad ha.cf: 6" "says 6 'Heartbeat failure \[rc=6\]\. Failed\.' $init start"
ok "and says why" "grep -q nonsense $out"
rm "$(etc alpha)/ha.d/ha.cf"
for action in start stop status; do
	ok "no ha.cf: $action says so, 0" "says 0 'Heartbeat not configured: /etc/ha.d/ha.cf not found' $init $action"
done

note "a stale pid file does not deceive"
{ base_cf; ucast_cf; } | ha_cf alpha
on alpha sh -c 'printf "%11d\n" 1 > /run/heartbeat.pid'
ok "a foreign process number is not taken for Heartbeat" "says 0 Done $init start"
within 20 "it really runs" "only alpha web"

note "LSB"
for word in 'Provides:' 'Required-Start:' 'Required-Stop:' 'Default-Start:' 'Default-Stop:' \
	'Short-Description:'; do
	ok "header $word" "grep -q '^# $word' $(etc alpha)/init.d/heartbeat"
done

note "hook startstop"
hb_quietly alpha stop
cat > "$(etc alpha)/ha.d/resource.d/startstop" <<- 'END'
	#!/bin/sh
	echo "$*" >> /lab/startstop
END
chmod +x "$(etc alpha)/ha.d/resource.d/startstop"
hb_quietly alpha start
hb_quietly alpha reload
hb_quietly alpha restart
hb_quietly alpha stop
ok "called before and after, not for reload and restart" "[ \"\$(tr '\n' ';' < $LAB/share/startstop)\" = 'pre-start;post-start 0;pre-stop;post-stop 0;' ]"
