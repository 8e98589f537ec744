#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The engine dies; the master dies; a stop comes in the middle of a start.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

# logged_since_delay PATTERN: alpha's lines since it said that it puts off its end.
logged_since_delay()
{
	sed -n '/Shutdown delayed/,$p' "$(logs alpha)/ha-log" | grep -E -- "$1"
}

cluster_new <<'END'
alpha rec::web 10.0.0.100
END
DEADTIME=2
{ base_cf; ucast_cf; } | ha_cf
cluster_boot
cluster_start
within 15 "web runs on alpha" "only alpha web"
within 15 "with its address" "has_address alpha 10.0.0.100"
within 15 "settled" "settled local local"
ok "the engine is not root" '[ "$(on alpha ps -o user= -p "$(engine_pid alpha)")" = hacluster ]'
# It may keep CAP_IPC_LOCK (14) and CAP_SYS_NICE (23), and nothing else.
caps=$(on alpha awk '$1 == "CapEff:" { print $2 }' "/proc/$(engine_pid alpha)/status")
ok "and has no capability that it does not need ($caps)" \
	"[ $((0x${caps:-ffffffff} & ~(1 << 14 | 1 << 23))) = 0 ]"

master=$(master_pid alpha)
old=$(engine_pid alpha)
on alpha kill -KILL "$old"
within 5 "kill -9 of the engine: there is a new one" \
	'new=$(engine_pid alpha) && [ -n "$new" ] && [ "$new" != "$old" ]'
ok "the master is the same" '[ "$(master_pid alpha)" = "$master" ]'
lasts 4 "no failover: web stays where it was" "only alpha web && has_address alpha 10.0.0.100"
ok "it was not even restarted" '[ "$(journal_count alpha web start-begin)" = 1 ]'
ok "beta did not call alpha dead" "! logged beta 'node alpha: is dead'"
within 10 "both are settled" "settled local local"
within 5 "and a hand-over works as ever" "on alpha hb_standby 2> /dev/null && wait_for 10 'only beta web'"
within 10 "settled" "settled none all"
on beta hb_standby foreign 2> /dev/null
within 10 "and back" "only alpha web"
within 10 "settled" "settled local local"

note "the engine stands still for longer than deadtime"
pid=$(engine_pid alpha)
on alpha kill -STOP "$pid"
sleep 0.3
on alpha kill -CONT "$pid"
lasts 3 "a short pause moves nothing" "only alpha web"

note "stop in the middle of a start"
for h in $NODES; do power_cut "$h"; done
cluster_boot
behave any web start 'sleep 3'
cluster_start
within 15 "the slow start has begun" "[ \$(journal_count alpha web start-begin) -ge 2 ]"
hb_quietly alpha stop
ok "stopped: web does not run on alpha" "! runs alpha web"
within 5 "no process is left" "! on alpha pgrep -f '^heartbeat:' > /dev/null"
within 20 "beta took it" "only beta web"
behave_well
for h in $NODES; do power_cut "$h"; done

note "SIGTERM before the peer was ever heard"
host_boot alpha
hb_quietly alpha start
on alpha sh -c 'kill -TERM $(cat /run/heartbeat.pid)'
within 15 "it ends" "! on alpha pgrep -f '^heartbeat:' > /dev/null"
ok "nothing was started" "! runs alpha web"

note "a stop in the middle of a conversation with a 3.0.6 that never ends it"
host_boot beta
mkfifo "$LAB/share/words"
hb_quietly alpha start
on beta python3 /lab/src/tests/lab/old.py 10.0.0.1 694 ThisIsOnlyATest <> "$LAB/share/words" &
within 20 "web runs on alpha, beside it" "only alpha web && [ \"\$(rscstatus alpha)\" != transition ] && logged alpha 'Status update for node beta: status active .init'"
echo "ask_resources rsc_hold=all info=other" > "$LAB/share/words"
within 10 "it takes web" "! runs alpha web"
on alpha sh -c 'kill -TERM $(cat /run/heartbeat.pid)'
within 5 "the stop waits for what it says" "logged alpha 'Shutdown delayed until current resource activity finishes'"
lasts 2 "and waits" "! logged_since_delay 'Giving up all HA resources'"
on alpha sh -c 'kill -TERM $(cat /run/heartbeat.pid)'
within 5 "told to stop once more it waits no longer" "logged_since_delay 'Giving up all HA resources'"
within 30 "and ends" "! on alpha pgrep -f '^heartbeat:' > /dev/null"
ok "the shutdown was said once" '[ "$(logged_since_delay "Heartbeat shutdown in progress" | wc -l)" = 0 ]'
