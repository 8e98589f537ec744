#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A systemd unit in haresources is started and stopped by us, in its place in the group; a shutdown
# does not stop it before us. The same of an init script that has a unit of its name, as Debian's have.
. "$(dirname "$0")/../lab/machine.sh"

DEADTIME=60
INITDEAD=120
image_staged
lab_after_new()
{
	cat > "$2/etc/systemd/system/demo.service" <<- 'END'
		[Unit]
		Description=A service that says when
		[Service]
		ExecStartPre=/etc/ha.d/resource.d/rec demo start
		ExecStart=sleep infinity
		ExecStop=/etc/ha.d/resource.d/rec demo stop
		[Install]
		WantedBy=multi-user.target
	END
	sed 's/demo/legacy/' "$2/etc/systemd/system/demo.service" > "$2/etc/systemd/system/legacy.service"
	cat > "$2/etc/init.d/legacy" <<- 'END'
		#!/bin/sh
		. /lib/lsb/init-functions
		echo "$0 $1: not sent to systemd"
		[ "$1" = stop ]
	END
	chmod 755 "$2/etc/init.d/legacy"
}
cluster_new <<'END'
web1 rec::disk demo legacy rec::web
END
cluster_boot
for h in $NODES; do
	on "$h" systemctl enable heartbeat 2> /dev/null
done
cluster_start
within 15 "the group runs on web1" "only web1 disk && only web1 demo && only web1 legacy && only web1 web"
ok "demo is a unit" "[ \"\$(on web1 systemctl is-active demo)\" = active ]"
ok "and so is legacy, behind its init script" "[ \"\$(on web1 systemctl is-active legacy)\" = active ] &&
	journal web1 'Running /etc/init.d/legacy +start'"
within 10 "settled" "settled all none 2> /dev/null || settled local local 2> /dev/null || settled local none"

# order HOST EVENT...: as "NAME EVENT", all of the host's, in this order.
order()
{
	local host=$1 said

	shift
	said=$(sort -n "$LAB/share/journal" | awk -v h="$host" '$2 == h && $3 != "-" { print $3, $4 }')
	[ "$said" = "$(printf '%s\n' "$@")" ] || { note "it was: ${said//$'\n'/, }"; return 1; }
}
starts=('disk start-begin' 'disk start-end' 'demo start-begin' 'demo start-end'
	'legacy start-begin' 'legacy start-end' 'web start-begin' 'web start-end')
stops=('web stop-begin' 'web stop-end' 'legacy stop-begin' 'legacy stop-end'
	'demo stop-begin' 'demo stop-end' 'disk stop-begin' 'disk stop-end')
ok "started from left to right" "order web1 \"\${starts[@]}\""

note "a move"
: > "$LAB/share/journal"
on web1 hb_standby > /dev/null
within 15 "it runs on web2" "only web2 disk && only web2 demo && only web2 legacy && only web2 web"
ok "web1 stopped from right to left" "order web1 \"\${stops[@]}\""
ok "web2 started from left to right" "order web2 \"\${starts[@]}\""

for how in poweroff reboot; do
	note "$how of the holder"
	on web1 hb_takeover > /dev/null
	within 15 "it runs on web1" "only web1 disk && only web1 demo && only web1 legacy && only web1 web"
	behave web1 web stop 'sleep 2'
	: > "$LAB/share/journal"
	ok "$how: 0" "on web1 systemctl $how"
	within 30 "it runs on web2" "only web2 disk && only web2 demo && only web2 legacy && only web2 web"
	within 30 "web1 is off" "host_gone web1"
	ok "web1 stopped from right to left" "order web1 \"\${stops[@]}\""
	behave_well
	host_boot web1 || bail "web1 does not boot"
	within 30 "web1 is back, and has it" "only web1 disk && only web1 demo && only web1 legacy && only web1 web"
done

note "a stop of Heartbeat alone"
: > "$LAB/share/journal"
ok "stop: 0" "hb web1 stop"
within 10 "it runs on web2" "only web2 disk && only web2 demo && only web2 legacy && only web2 web"
ok "web1 stopped from right to left" "order web1 \"\${stops[@]}\""
ok "demo has ended, and legacy" "[ \"\$(on web1 systemctl is-active demo legacy | sort -u)\" = inactive ]"

note "a unit that starts after us by another one"
units=$(etc web1)/systemd/system
printf '[Unit]\nAfter=middle.service\n[Service]\nExecStart=sleep infinity\n' > "$units/circle.service"
printf '[Unit]\nAfter=heartbeat.service\n[Service]\nExecStart=sleep infinity\n' > "$units/middle.service"
echo "web1 rec::disk demo circle" | haresources
ok "it is left out, and that is said" "on web1 /usr/libexec/heartbeat/hb-units order 2>&1 |
	grep -q '^circle.service is ordered after heartbeat'"
ok "the others are not" "[ \"\$(on web1 grep ^After /run/systemd/system/heartbeat.service.d/50-haresources.conf)\" = After=demo.service ]"
