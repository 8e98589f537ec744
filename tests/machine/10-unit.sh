#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# systemctl start, reload, restart and stop on a pair: a group moves only where it must.
. "$(dirname "$0")/../lab/machine.sh"

# Whatever moves here moves because it was asked to, never because a node seems dead.
DEADTIME=30
INITDEAD=60
image_staged
cluster_new <<'END'
web1 IPaddr::10.0.0.100 rec::web
web2 rec::db
END
cluster_boot
ok "systemd is process 1" "[ \"\$(on web1 cat /proc/1/comm)\" = systemd ]"
ok "Heartbeat is not started unless it is enabled" "[ \"\$(unit web1 ActiveState)\" = inactive ]"

note "start"
cluster_start
within 15 "each has its own" "only web1 web && only web2 db"
for h in $NODES; do
	ok "$h: the unit is active" "[ \"\$(unit $h ActiveState)\" = active ]"
	ok "$h: it says how it is" "[ -n \"\$(unit $h StatusText)\" ]"
	ok "$h: its main process is the master" "[ \"\$(unit $h MainPID)\" = \"\$(master_pid $h)\" ]"
done
moves_mark
ok "start again: 0" "hb web1 start"
lasts 2 "nothing moves" "unmoved"

note "reload"
pid=$(unit web1 MainPID)
sed -i 's/^deadtime .*/deadtime 29/' "$(etc web1)/ha.d/ha.cf" "$(etc web2)/ha.d/ha.cf"
ok "reload: 0" "hb web1 reload && hb web2 reload"
within 10 "the new file counts" "on web1 hbctl status | grep -q 'deadtime 29s'"
ok "the unit is active" "[ \"\$(unit web1 ActiveState)\" = active ]"
echo nonsense here >> "$(etc web1)/ha.d/ha.cf"
ok "reload of a wrong file fails" "! hb_quietly web1 reload"
ok "the unit is active all the same" "[ \"\$(unit web1 ActiveState)\" = active ]"
ok "its process is the same" "[ \"\$(unit web1 MainPID)\" = $pid ]"
sed -i '/^nonsense/d' "$(etc web1)/ha.d/ha.cf"
ok "reload of the mended file: 0" "hb web1 reload"
lasts 2 "nothing moved in all that" "unmoved"

note "restart"
ok "restart of web2: 0" "hb web2 restart"
within 20 "its group is back" "only web1 web && only web2 db"
ok "web1's has not moved" "[ \$(journal_count web1 web stop-begin) = 0 ]"
ok "web2's went to web1 and back" "[ \$(journal_count web1 db start-end) = 1 ]"
within 10 "settled" "settled local local"

note "stop"
ok "stop of web2: 0" "hb web2 stop"
ok "its group is on web1 at once" "wait_for 5 'only web1 db'"
ok "web1's has not moved" "[ \$(journal_count web1 web stop-begin) = 0 ]"
ok "the unit has ended well" "[ \"\$(unit web2 ActiveState) \$(unit web2 Result)\" = 'inactive success' ]"
ok "nothing is left of it" "! on web2 pgrep -f '^heartbeat:' > /dev/null"
moves_mark
ok "stop again: 0" "hb web2 stop"
lasts 2 "nothing moves" "unmoved"
ok "start of web2: 0" "hb web2 start"
within 20 "its group returns" "only web1 web && only web2 db"
ok "stop of web1: 0" "hb web1 stop"
ok "the address is on web2 at once" "wait_for 5 'only web2 web && has_address web2 10.0.0.100'"
ok "and not on web1" "! has_address web1 10.0.0.100"
for h in $NODES; do
	ok "$h: nothing was ever restarted by itself" "[ \"\$(unit $h NRestarts)\" = 0 ]"
done
