#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# try.sh PLATFORM: play on two machines of a platform what people ask of it, the same everywhere; run.sh
# makes a line of README's table of it. PLATFORM is RELEASE-MANAGER (image.sh), as bookworm-sysvinit, or
# RELEASE-old: with systemd, and the other machine has, and keeps, the 3.0.6 of that release.
#
# LAB_CELLS is the file that gets what was seen: "init WHAT", what is process 1; "COLUMN no" when a column
# begins, "COLUMN yes" when it has ended and nothing in it has failed. A column that does not exist on a
# platform is not begun.
platform=$1
export LAB_SUITE=${1%-*} LAB_MANAGER=${1##*-} HB_STAGE=none
[ $LAB_MANAGER != old ] || LAB_MANAGER=systemd
. "$(dirname "$0")/../lab/machine.sh"
. "$LAB_LIB/package.sh"

# A shutdown in good order is one that the peer does not wait deadtime for.
# shellcheck disable=SC2034
DEADTIME=10 INITDEAD=30
ours="web2 web1"
resources="web1 10.0.0.100/24/eth0 rec::disk rec::web"
cells=${LAB_CELLS:-/dev/null}
: > "$cells"

# column NAME: what follows is about that. Without NAME: nothing more is.
column()
{
	[ -z "${COLUMN:-}" ] || [ "$LAB_FAILED" != "$COLUMN_FAILED" ] || [ "$LAB_COUNT" = "$COLUMN_COUNT" ] ||
		echo "$COLUMN yes" >> "$cells"
	COLUMN=${1:-} COLUMN_FAILED=$LAB_FAILED COLUMN_COUNT=$LAB_COUNT
	[ -z "$COLUMN" ] || { note "$COLUMN"; echo "$COLUMN no" >> "$cells"; }
}

settled_on_web1() { settled local none || settled local local || settled all none; }
running() { on "$1" pgrep -f '^heartbeat: master' > /dev/null; }
serves() { only "$1" web && only "$1" disk && has_address "$1" 10.0.0.100; }
version() { on "$1" dpkg-query -W -f '${Version}' heartbeat; }
# What the daemon itself says it is.
running_version() { hbctl_json "$1" | grep -o '"version": *"[^"]*"' | tr -dc '0-9.'; }
both_hear() { [ "$(on web1 cl_status nodestatus web2)$(on web2 cl_status nodestatus web1)" = activeactive ]; }

# configure HOST...
configure()
{
	{ base_cf; ucast_cf; } | ha_cf "$@"
	printf 'auth 1\n1 sha1 ThisIsOnlyATest\n' | authkeys "$@"
	echo "$resources" | haresources "$@"
	for h; do
		install -m 755 "$LAB_LIB/rec" "$(etc "$h")/ha.d/resource.d/rec"
	done
}

boots()
{
	host_boot "$1" || bail "$1 does not boot"
}

# ---- the package, and what it is installed on ------------------------------------------------

deb_of_suite
ok "./package makes a package on $LAB_SUITE" "[ -s $DEB ]"
cp "$DEB" "$LAB/share/heartbeat_4.deb"
image_bare
LAB_IMAGE=bare
if [ "${platform##*-}" = old ]; then
	image_old
	LAB_IMAGE=old ours=web1
fi
host_new web1 1
host_new web2 2

column package
archive_start
if [ $LAB_MANAGER = heartbeat ]; then
	# As a Dockerfile does.
	for h in $NODES; do
		cp "$DEB" "$LAB/hosts/$h/root/root/heartbeat_4.deb"
		ok "$h: apt-get install" "image_run $LAB/hosts/$h/root apt-get -qq -y install /root/heartbeat_4.deb > $LAB/apt.$h 2>&1 ||
			{ sed 's/^/# /' $LAB/apt.$h; false; }"
	done
	ok "which adds no init" "[ ! -e $LAB/hosts/web1/root/sbin/init ] && [ ! -e $LAB/hosts/web1/root/lib/systemd/systemd ]"
	echo 'init `heartbeat -f`' >> "$cells"
else
	cluster_boot
	for h in $ours; do
		ok "$h: apt-get install" "apt_get $h install /lab/heartbeat_4.deb"
		ok "$h: nothing runs without a configuration" "! running $h"
	done
	case $LAB_MANAGER in
	systemd)
		ok "systemd is process 1" "[ \"\$(on web1 cat /proc/1/comm)\" = systemd ]"
		echo "init systemd $(on web1 systemctl --version | awk 'NR == 1 { print $2 }')" >> "$cells"
		;;
	sysvinit)
		ok "init of sysvinit is process 1, and there is no systemd" \
			"on web1 dpkg-query -S /sbin/init | grep -q sysvinit-core && [ \"\$(on web1 cat /proc/1/comm)\" = init ] &&
			! on web1 test -e /lib/systemd/systemd"
		echo "init sysvinit $(on web1 dpkg-query -W -f '${Version}' sysvinit-core | sed 's/-.*//')" >> "$cells"
		;;
	esac
fi
configure web1 web2

# ---- two machines ---------------------------------------------------------------------------

if [ $LAB_MANAGER = heartbeat ]; then
	column
	cluster_boot
	within 60 "both serve, and hear each other" "serves web1 && both_hear"
	ok "heartbeat is process 1" "[ \"\$(on web1 cat /proc/1/cmdline | tr -d '\\0')\" = 'heartbeat: init' ]"
	ok "with few capabilities" "[ \$((0x\$(on web1 sed -n 's/^CapBnd:[^0-9a-f]*//p' /proc/1/status) >> 21 & 1)) = 0 ]"
else
	column boot
	for h in $ours; do
		ok "$h: heartbeat -t finds no fault" "on $h heartbeat -t > $LAB/share/out 2>&1 || { sed 's/^/# /' $LAB/share/out; false; }"
	done
	for h in $NODES; do
		power_cut "$h"
	done
	cluster_boot
	within 60 "both boot, and serve" "serves web1 && both_hear"
fi
within 30 "settled" settled_on_web1

column move
ok "hb_standby on web1: 0" "on web1 hb_standby > /dev/null 2>&1"
within 30 "web2 serves" "serves web2"
ok "hb_takeover on web1: 0" "on web1 hb_takeover local > /dev/null 2>&1"
within 30 "web1 serves" "serves web1"
within 30 "settled" settled_on_web1

column upgrade
deb_next 4.0.7
moves_mark
for h in $ours; do
	pid=$(master_pid $h)
	ok "$h: apt-get install of the next version" "apt_get $h install /lab/4.0.7.deb && [ \"\$(version $h)\" = 1:4.0.7 ]"
	within 20 "$h: the daemon is that version" "[ \"\$(running_version $h)\" = 4.0.7 ]"
	ok "$h: in the process that it was" "[ \"\$(master_pid $h)\" = $pid ]"
done
lasts 2 "nothing has moved" "unmoved && serves web1 && both_hear"

column cut
power_cut web1
within 60 "web2 serves" "serves web2"
boots web1
within 60 "web1 is back, and serves" "serves web1 && both_hear"
within 30 "settled" settled_on_web1

# shutdown_by HOW COMMAND...: web1 stops from right to left, before its network, and web2 takes over at once.
shutdown_by()
{
	local how=$1 steps="'web stop-begin' 'web stop-end' 'disk stop-begin' 'disk stop-end'" deaths

	shift
	note "$how of web1"
	[ $LAB_MANAGER = heartbeat ] || steps="$steps '- network-down'"
	: > "$LAB/share/journal"
	deaths=$(logged_times web2 'node web1: is dead')
	"$@" > /dev/null 2>&1
	within 45 "web2 serves" "serves web2"
	within 30 "web1 is off" "host_gone web1"
	ok "web1 stopped in order" "order web1 $steps"
	ok "web2 started when web1 had stopped" "order web1 'disk stop-end' && [ \"\$(sort -n $LAB/share/journal |
		grep -E ' web1 disk stop-end| web2 disk start-begin' | awk '{ print \$2 }' | paste -sd ' ')\" = 'web1 web2' ]"
	ok "web2 does not call it a death" "[ \"\$(logged_times web2 'node web1: is dead')\" = $deaths ]"
	boots web1
	within 60 "web1 is back, and serves" "serves web1 && both_hear"
	within 30 "settled" settled_on_web1
}

[ $LAB_IMAGE = bare ] || ok "web2 has 3.0.6 all this time" "version web2 | grep -q '^1:3\.0\.6'"
column order
# Longer than the last kill of sysvinit, sendsigs, waits for those that no script has stopped.
behave web1 web stop 'sleep 12'
behave web1 disk stop 'sleep 1.5'
case $LAB_MANAGER in
heartbeat) shutdown_by "docker stop" kill -TERM "${LAB_INIT[web1]}" ;;
*)
	shutdown_by reboot on web1 reboot
	shutdown_by poweroff on web1 poweroff
	;;
esac
behave_well
column

# ---- from source ----------------------------------------------------------------------------

if [ $LAB_MANAGER != heartbeat ] && [ $LAB_IMAGE = bare ]; then
	for h in $NODES; do
		power_cut "$h"
	done
	column source
	image_built
	LAB_IMAGES["built"]=built NODES=built
	host_new built 1
	boots built
	ok "make install: 0" "on built sh -c 'cd /root/heartbeat && make install' > $LAB/share/out 2>&1 ||
		{ tail -n 20 $LAB/share/out | sed 's/^/# /'; false; }"
	# Where there is no systemd-sysusers it says what to give.
	sed -n "s/^    \(groupadd\|useradd\|chgrp\|chmod\) /\1 /p" "$LAB/share/out" > "$LAB/share/give"
	ok "the commands that it prints: 0" "on built sh -ec \"\$(cat $LAB/share/give)\""
	resources="built 10.0.0.100/24/eth0 rec::disk rec::web"
	configure built
	ok "it starts: 0" "hb built start"
	within 60 "it serves" "serves built"
	ok "it stops: 0" "hb built stop"
	ok "in order" "order built 'web stop-begin' 'web stop-end' 'disk stop-begin' 'disk stop-end' && ! serves built"
	column
fi
