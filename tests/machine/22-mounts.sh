#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A file system that a group has mounted is there until the group has unmounted it, in a shutdown too:
# systemd knows of every mount, and would end it at the same time.
. "$(dirname "$0")/../lab/machine.sh"

# A peer that waits for deadtime is far too late for what is asked below.
# shellcheck disable=SC2034
DEADTIME=60 INITDEAD=120
image_staged
cluster_new <<'END'
web1 rec::disk rec::web
END
cluster_boot
# shellcheck disable=SC2016
for h in $NODES; do
	on "$h" systemctl enable heartbeat 2> /dev/null
	behave "$h" disk start 'mkdir -p /data; mount -t tmpfs data /data; touch /data/file'
	behave "$h" web stop 'sleep 2; [ -e /data/file ] || echo "$host: /data is gone" >> /lab/gone'
	behave "$h" disk stop '[ -e /data/file ] || echo "$host: /data is gone" >> /lab/gone; umount /data'
done
cluster_start
within 15 "it runs on web1" "only web1 disk && only web1 web && settled local none || settled local local"
ok "with its file system, of which systemd knows" \
	"[ \"\$(on web1 systemctl show -P ActiveState data.mount)\" = active ]"
for how in reboot poweroff; do
	note "$how of web1"
	ok "$how: 0" "on web1 systemctl $how"
	within 30 "it runs on web2" "only web2 disk && only web2 web"
	within 30 "web1 is off" "host_gone web1"
	ok "the file system was there to the end" "[ ! -e $LAB/share/gone ] || { note \"\$(cat $LAB/share/gone)\"; false; }"
	host_boot web1 || bail "web1 does not boot"
	within 30 "web1 has it again" "only web1 disk && only web1 web"
	within 10 "settled" "settled local none || settled local local"
done
