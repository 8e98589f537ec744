#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What goes on around Heartbeat on a machine: systemd reloads and re-executes itself, journald
# restarts, ends or hangs, /run is mounted over. Nothing moves, and nothing blocks.
. "$(dirname "$0")/../lab/machine.sh"

DEADTIME=3
INITDEAD=60
image_staged
cluster_new <<'END'
web1 IPaddr::10.0.0.100
web1 rec::web
web2 rec::db
END
cluster_boot
cluster_start
within 15 "each has its own" "only web1 web && only web2 db && has_address web1 10.0.0.100"
within 10 "settled" "settled local local"
pid=$(unit web1 MainPID)

# well: nothing moved, nobody was late enough to be called dead, the unit is what it was.
well()
{
	unmoved && has_address web1 10.0.0.100 && ! logged web2 'web1: is (dead|late)' &&
		! logged web1 'web2: is (dead|late)' &&
		[ "$(unit web1 ActiveState) $(unit web1 MainPID) $(unit web1 NRestarts)" = "active $pid 0" ]
}

moves_mark
for what in daemon-reload daemon-reexec; do
	note "systemctl $what"
	ok "$what: 0" "on web1 systemctl $what"
	lasts 4 "nothing moves" "well"
	ok "reload: 0" "hb web1 reload"
	within 10 "the unit is active" "well"
done

# moves_well: a planned move there and back works, within seconds, whoever keeps the log.
moves_well()
{
	on web1 hb_standby local > /dev/null 2>&1 && wait_for 10 "only web2 web" &&
		on web1 hb_takeover local > /dev/null 2>&1 && wait_for 10 "only web1 web"
}

note "journald restarted"
ok "restart: 0" "on web1 systemctl restart systemd-journald"
lasts 4 "nothing moves" "well"
ok "a planned move works" "moves_well"
moves_mark
within 5 "the journal has it, of before and after" "journal web1 'wants to go standby'"

note "journald hangs"
journald=$(on web1 systemctl show systemd-journald -P MainPID)
on web1 kill -STOP "$journald"
# More than its socket holds.
on web1 timeout 5 sh -c 'while :; do logger -p daemon.info "$(printf %01000d 0)"; done' 2> /dev/null
lasts 4 "nothing moves" "unmoved && has_address web1 10.0.0.100 && ! logged web2 'web1: is (dead|late)'"
ok "a planned move works" "moves_well"
on web1 kill -CONT "$journald"
on web1 hb_takeover local > /dev/null 2>&1
within 10 "web1 has its group" "only web1 web && has_address web1 10.0.0.100"
moves_mark
lasts 2 "nothing moves" "well"

note "journald ended"
on web1 systemctl stop systemd-journald-dev-log.socket systemd-journald.socket \
	systemd-journald-audit.socket systemd-journald.service 2> /dev/null
ok "it has" "! on web1 pgrep -x systemd-journal > /dev/null"
lasts 4 "nothing moves" "well"
ok "a planned move works" "moves_well"
moves_mark
on web1 systemctl start systemd-journald.service
lasts 2 "nothing moves" "well"

note "/run mounted again, and over"
ok "remount: 0" "on web1 mount -o remount,nosuid,nodev /run"
lasts 1 "nothing moves" "well"
# The recording resources keep their state there.
cluster_stop
echo "web1 IPaddr::10.0.0.100" | haresources
cluster_start
within 15 "the address is on web1" "has_address web1 10.0.0.100"
on web1 mount -t tmpfs tmpfs /run
lasts 4 "the address stays" "has_address web1 10.0.0.100 && ! has_address web2 10.0.0.100"
ok "hbctl status: 0" "on web1 hbctl status > /dev/null"
ok "cl_status: it runs" "on web1 cl_status hbstatus | grep -q 'is running'"
ok "init script: it runs" "on web1 /etc/init.d/heartbeat status | grep -q 'is running'"
ok "heartbeat -k: 0" "on web1 timeout 30 /usr/libexec/heartbeat/heartbeat -k"
ok "it has stopped" "! on web1 pgrep -f '^heartbeat: master' > /dev/null"
within 5 "the address is on web2" "has_address web2 10.0.0.100 && ! has_address web1 10.0.0.100"
on web1 umount /run
within 10 "the unit has ended" "[ \"\$(unit web1 ActiveState)\" = inactive ]"
ok "start: 0" "hb web1 start"
within 15 "the address is back" "has_address web1 10.0.0.100 && ! has_address web2 10.0.0.100"

note "the pid file lost"
on web1 rm -f /run/heartbeat.pid
ok "stop: 0" "hb web1 stop"
ok "it has stopped" "! on web1 pgrep -f '^heartbeat: master' > /dev/null"
within 5 "the address is on web2" "has_address web2 10.0.0.100 && ! has_address web1 10.0.0.100"
