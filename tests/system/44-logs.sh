#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Where the log is: the journal's fields, each line once, rotation, logcheck.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

cluster_new <<'END'
alpha rec::web
END
cluster_boot
{ base_cf | grep -v file; ucast_cf; } | ha_cf alpha
entries=$LAB/share/entries

# What stands in for journald begins to listen, as $journald in alpha.
journald_start()
{
	on alpha python3 /lab/src/tests/lab/journald.py /lab/entries "$@" < /dev/null 2>> "$LAB/share/journald.err" &
	disown $!
	within 20 "journald listens" "on alpha sh -c '[ -S /run/systemd/journal/dev-log ] && [ -L /dev/log ]'"
	journald=$(on alpha pgrep -f journald.py)
}

journald_stop()
{
	on alpha kill "$journald"
	wait_for 10 "! on alpha kill -0 $journald 2> /dev/null"
	on alpha rm -f /run/systemd/journal/{socket,dev-log,syslog}
}

# entry_count EXPRESSION: how many entries e (of our program's, every value a list) fulfil it.
entry_count()
{
	python3 -c '
import json, sys
n = 0
for line in open(sys.argv[1]):
    e = json.loads(line)
    f = lambda name: e.get(name, [""])[-1]
    only = lambda name: len(e.get(name, [])) == 1
    m = f("MESSAGE")
    n += bool(eval(sys.argv[2]))
print(n)' "$entries" "$1"
}

usual='"MESSAGE", "PRIORITY", "SYSLOG_FACILITY", "SYSLOG_IDENTIFIER", "SYSLOG_PID"'

has()
{
	[ "$(entry_count "$1")" -ge 1 ]
}

once()
{
	local n

	n=$(entry_count "$1")
	[ "$n" = 1 ] || { note "$n times"; return 1; }
}

note "syslog: nothing changes"
ok "-t says where" "on alpha heartbeat -t 2> /dev/null | grep -qx 'The log: syslog, facility local0\.'"
hb_quietly alpha start
within 20 "it runs" "only alpha web"
ok "status says it" "on alpha hbctl status | grep -qx 'log: syslog, facility local0' && [ \"\$(json alpha 's[\"log\"]')\" = 'syslog, facility local0' ]"
ok "the line of 3.0.6" "grep -qE '^local0\.info [A-Z][a-z]{2} [ 0-9]{2} [0-9:]{8} heartbeat: \[[0-9]+\]: info: Comm_now_up' $(logs alpha)/messages"
hb_quietly alpha stop

note "journald, and no syslog daemon"
journald_start
ok "-t says where" "on alpha heartbeat -t 2> /dev/null | grep -qx 'The log: journalctl -u heartbeat\.'"
ok "the start says it" "on alpha heartbeat 2>&1 < /dev/null | grep -qx 'info: heartbeat: the log: journalctl -u heartbeat'"
within 20 "it runs" "only alpha web"
ok "status says it" "on alpha hbctl status | grep -qx 'log: journalctl -u heartbeat'"
hb_quietly beta start
within 20 "settled" "settled local local"
ok "every field of every entry once" "has 'm' && ! has 'm and not all(map(only, list(e) + [$usual]))'"
ok "a group has GROUP, NODE and EVENT" "once 'f(\"GROUP\") == \"rec::web\" and f(\"NODE\") == \"alpha\" and f(\"EVENT\") == \"group-running\" and m.startswith(\"notice: group rec::web: \")'"
ok "so has its script" "once 'f(\"GROUP\") == \"rec::web\" and f(\"EVENT\") == \"resource-start\"'"
ok "a node" "has 'f(\"NODE\") == \"beta\" and f(\"EVENT\") == \"node-active\" and f(\"GROUP\") == \"\"'"
ok "priority, facility, identifier and number" "once 'm.startswith(\"info: Comm_now_up\") and f(\"PRIORITY\") == \"6\" and f(\"SYSLOG_FACILITY\") == \"16\" and f(\"SYSLOG_IDENTIFIER\") == \"heartbeat\" and f(\"SYSLOG_PID\") == \"$(master_pid alpha)\"'"
ok "nothing of it by way of /dev/log" "[ \$(entry_count '\"heartbeat\" in str(e.get(\"RAW\", \"\"))') = 0 ]"

note "journald is started again"
journald_stop
on alpha kill -USR1 "$(master_pid alpha)"
within 10 "the engine is as it was" "json alpha 's[\"state\"]' | grep -qx active"
journald_start
on alpha kill -USR2 "$(master_pid alpha)"
within 10 "the next line is in the new one" "once 'm == \"info: debug now set to 0 [pid $(master_pid alpha)]\"'"
ok "and what was lost is said" "has 'm.startswith(\"WARN: \") and \"log lines lost\" in m and f(\"EVENT\") == \"lines-lost\"'"

note "journald hangs"
on alpha kill -STOP "$journald"
taken=$(entry_count True)
power_cut beta
for _ in {1..60}; do
	on alpha kill -USR1 "$(master_pid alpha)"
	on alpha kill -USR2 "$(master_pid alpha)"
done
within 10 "the cluster goes on" "json alpha '[n[\"status\"] for n in s[\"nodes\"] if n[\"name\"] == \"beta\"]' | grep -q dead"
ok "the group runs" "only alpha web"
on alpha kill -CONT "$journald"
# Then there is room for one more.
within 10 "journald takes what waited" "[ \$(entry_count True) -gt $taken ]"
on alpha kill -USR1 "$(master_pid alpha)"
within 10 "what was lost is counted" "has 'm.endswith(\"log lines lost: the journal did not take them\") and int(m.split()[1]) > 1'"
on alpha kill -USR2 "$(master_pid alpha)"
hb_quietly alpha stop
host_boot beta

note "journald with a syslog daemon behind it"
journald_stop
journald_start forward
ok "-t says both" "on alpha heartbeat -t 2> /dev/null | grep -qx 'The log: syslog, facility local0, journalctl -u heartbeat\.'"
: > "$entries"
hb_quietly alpha start
within 20 "it runs" "only alpha web"
ok "the syslog daemon gets the line of 3.0.6, once" \
	"[ \$(grep -cE '\"<134>[A-Z][a-z]{2} [ 0-9]{2} [0-9:]{8} heartbeat: \[$(master_pid alpha)\]: info: Comm_now_up' $entries) = 1 ]"
ok "journalctl -t heartbeat finds the entry" "once 'm.startswith(\"info: Comm_now_up\") and \"heartbeat\" in e[\"SYSLOG_IDENTIFIER\"]'"
ok "once in all" "[ \$(grep -c 'Comm_now_up' $entries) = 2 ]"
hb_quietly alpha stop
ok "journald's stand-in had no trouble" "! grep -A9 Traceback $LAB/share/journald.err"

note "standard error that is the journal"
: > "$entries"
on alpha sh -c 'exec 2> /lab/stderr; JOURNAL_STREAM=$(stat -Lc %d:%i /lab/stderr) exec heartbeat -d -f' < /dev/null > /dev/null &
disown $!
within 20 "it runs" "only alpha web"
ok "gets nothing beside the entries" "has 'm.startswith(\"info: Comm_now_up\")' && [ ! -s $LAB/share/stderr ]"
on alpha heartbeat -k
journald_stop

note "logrotate"
hb_quietly beta start
within 20 "it runs on the other" "only beta web"
log=$(logs beta)/ha-log
# rotate LINES...: with these lines above ours.
rotate()
{
	printf '%s\n' "$@" 'include /etc/logrotate.d/heartbeat' > "$(etc beta)/rotate.conf"
	on beta logrotate -f -s /tmp/rotate.state /etc/rotate.conf
}

# next_line: something new is said.
next_line()
{
	on beta kill -USR1 "$(master_pid beta)"
	on beta kill -USR2 "$(master_pid beta)"
	wait_for 10 "grep -qs 'debug now set to 0' $log"
}
ok "create: no complaint" "rotate 'rotate 4' create"
ok "the next line is in the new file" "next_line"
ok "not in the old one" "! grep -q 'debug now set' $log.1 && grep -q Comm_now_up $log.1"
ok "it says so" "logged beta 'log-rotate detected on logfile /var/log/ha-log'"
ok "the file of debug messages, too" "grep -q 'debug now set' $(logs beta)/ha-debug"
ok "nocreate" "rotate 'rotate 4' nocreate && next_line"
ok "copytruncate" "rotate 'rotate 4' copytruncate && next_line && ! grep -qP '\x00' $log"
rm -f "$log"
ok "removed by hand" "next_line"
ok "the files are the engine user's, as its clients write to them" "[ \"\$(stat -c %u $log)\" = 190 ]"

note "logcheck"
hb_quietly alpha start
hb_quietly beta stop
{ base_cf; ucast_cf; } | ha_cf alpha
hb_quietly alpha stop
rm -f "$(logs alpha)"/ha-* "$(logs beta)"/ha-*
cluster_start
within 20 "settled" "settled local local"
hb_quietly beta stop
hb_quietly alpha stop
rules=$(etc alpha)/logcheck/ignore.d.server/heartbeat
grep -Ev -f "$rules" "$(logs beta)/ha-log" > "$LAB/share/left"
forms=0
ok "of a normal start and stop nothing is left but warnings" "[ -s $LAB/share/left ] && ! grep -vE ': (WARN: |notice: group )' $LAB/share/left"
for form in 's/^/&/' 's/^.{15}/2026-11-30T19:43:38.123456+00:00/' 's/heartbeat: (\[[0-9]*\]): /heartbeat\1: /'; do
	forms=$((forms + 1))
	sed -E "$form" "$(logs alpha)/ha-log" | grep -Ev -f "$rules" > "$LAB/share/left.$forms"
done
ok "in each form of a syslog line" "[ \$(wc -l < $LAB/share/left.1) = \$(wc -l < $LAB/share/left.2) ] && [ \$(wc -l < $LAB/share/left.1) = \$(wc -l < $LAB/share/left.3) ]"
ok "a group that moves is reported" "grep -q 'notice: group rec::web: waiting -> starting' $LAB/share/left.1"
ok "and a node that goes" "grep -q \"Received shutdown notice from 'beta'\" $LAB/share/left.1"
