#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The log under a real journald: fields, each line once; rsyslog behind it gets 3.0.6's lines.
. "$(dirname "$0")/../lab/machine.sh"

DEADTIME=5
INITDEAD=20
image_staged
# web2 has rsyslog as Debian configures it, web1 has no syslog daemon.
image_new rsyslog staged sh -ec 'apt-get install -qq -y --no-install-recommends rsyslog'
LAB_IMAGES[web2]=rsyslog
cluster_new <<'END'
web1 rec::web
web2 rec::db
END
{ base_cf | grep -v file; ucast_cf; } | ha_cf
cluster_boot

# entries HOST MATCH...: the messages of the entries that match, one a line.
entries()
{
	on "$1" journalctl -q --no-pager -o cat "${@:2}"
}

once()
{
	[ "$(entries "$@" | wc -l)" = 1 ] || { note "$* :"; entries "$@" | sed 's/^/# /'; return 1; }
}

note "where the log is"
ok "without a syslog daemon: the journal" "on web1 heartbeat -t 2> /dev/null | grep -qx 'The log: journalctl -u heartbeat\.'"
ok "with one: both" "on web2 heartbeat -t 2> /dev/null | grep -qx 'The log: syslog, facility local0, journalctl -u heartbeat\.'"
cluster_start
within 20 "each has its own" "only web1 web && only web2 db"
ok "status says it" "on web1 hbctl status | grep -qx 'log: journalctl -u heartbeat'"

note "fields"
for h in $NODES; do
	[ $h = web1 ] && group=rec::web || group=rec::db
	within 10 "$h: GROUP and EVENT find the start of the group, once" "once $h -u heartbeat GROUP=$group EVENT=group-running"
	ok "$h: NODE, too" "once $h -u heartbeat GROUP=$group NODE=$h EVENT=group-running"
	ok "$h: its script" "once $h -u heartbeat GROUP=$group EVENT=resource-start"
	ok "$h: by identifier" "once $h -t heartbeat EVENT=start"
	ok "$h: by priority and facility" "once $h -t heartbeat -p 5 SYSLOG_FACILITY=16 GROUP=$group EVENT=group-running"
	ok "$h: every line of the unit once" "[ -z \"\$(entries $h -u heartbeat SYSLOG_IDENTIFIER=heartbeat | grep -v '\\*\\*\\*' | sort | uniq -d)\" ]"
	ok "$h: nothing by its standard error" "[ -z \"\$(entries $h -u heartbeat _TRANSPORT=stdout)\" ]"
	ok "$h: nothing by way of syslog(3)" "[ -z \"\$(entries $h -t heartbeat _TRANSPORT=syslog)\" ]"
done
ok "as JSON, one value a field" "on web1 journalctl -q -u heartbeat GROUP=rec::web EVENT=group-running -o json | python3 -c '
import json, sys
e = json.loads(sys.stdin.readline())
assert e[\"NODE\"] == \"web1\" and e[\"PRIORITY\"] == \"5\" and e[\"SYSLOG_IDENTIFIER\"] == \"heartbeat\"
assert e[\"MESSAGE\"].startswith(\"notice: group rec::web: \"), e
'"

note "rsyslog"
pid=$(master_pid web2)
within 10 "the line of 3.0.6, once" "[ \$(on web2 grep -c ' web2 heartbeat: \[$pid\]: info: Comm_now_up' /var/log/syslog) = 1 ]"
ok "nothing else of it" "[ \$(on web2 grep -c Comm_now_up /var/log/syslog) = 1 ]"

note "journald is started again"
moves_mark
on web1 systemctl restart systemd-journald
on web1 kill -USR1 "$(master_pid web1)"
within 10 "the next line is in it" "once web1 -u heartbeat -g 'debug now set to 1'"
on web1 systemctl kill -s KILL systemd-journald
on web1 kill -USR2 "$(master_pid web1)"
within 20 "killed: the next line waits for it" "entries web1 -u heartbeat | grep -q 'debug now set to 0'"
lasts 1 "nothing moves" "unmoved"
