# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# A laboratory of machines: hosts (lab.sh) whose process 1 is systemd (or what LAB_MANAGER says,
# image.sh), with a whole Debian of their own as disk, nothing of which is this machine's. Source it
# first thing:
#
#	. "$(dirname "$0")/../lab/machine.sh"
#	image_staged
#	cluster_new <<'END'
#	web1 rec::web
#	END
#	cluster_boot
#
# All of lab.sh and cluster.sh holds here, for the nodes web1 and web2; etc and logs may be
# looked at and changed while a machine runs. The disk of a host is the image that
# LAB_IMAGES[HOST] names, or LAB_IMAGE (staged).
#
#	unit HOST PROPERTY           a property of heartbeat.service
#	journal HOST PATTERN         does the journal have it, of any boot?
#	order HOST EVENT...          in which these came, in the journal of the recording resources
#	moves_mark, unmoved          has a recording resource been started or stopped since?
#	host_gone HOST               it has switched itself off
#	archive_start                from now on apt works in the machines

if [ -z "${LAB_INSIDE:-}" ]; then
	# The way out for archive.py, and a name for our control groups.
	exec 9< /proc/self/ns/net
	export LAB_CGROUP=heartbeat-lab.$$
	# Those of labs that were killed too hard to do it themselves.
	lab_cgroups=$(findmnt -nt cgroup2 -o TARGET | head -n 1)
	for lab_d in "${lab_cgroups:-/nowhere}"/heartbeat-lab.*; do
		[ ! -d "$lab_d" ] || [ -e "/proc/${lab_d##*.}" ] ||
			find "$lab_d" -depth -type d -exec rmdir {} + 2> /dev/null
	done
fi
. "$(dirname "${BASH_SOURCE[0]}")/lab.sh"
touch "$LAB/outside"
mount --bind /proc/self/fd/9 "$LAB/outside" || bail "the lab has lost its way out (descriptor 9)"
exec 9<&-
. "$LAB_LIB/cluster.sh"
. "$LAB_LIB/image.sh"

NODES="web1 web2"
LAB_BOOT=machine-boot
LAB_IMAGE=${LAB_IMAGE:-staged}
declare -A LAB_IMAGES=()
mkdir "$LAB/cgroup"
mount -t cgroup2 cgroup2 "$LAB/cgroup" && mkdir "$LAB/cgroup/$LAB_CGROUP" ||
	bail "this kernel lets us make no control groups (v2), which systemd needs"
export LAB_CGROUP

# ---- machines -------------------------------------------------------------------------------

# host_new NAME NUMBER: make the disk of a machine; its addresses end in NUMBER.
host_new()
{
	local name=$1 home=$LAB/hosts/$1 net image=${LAB_IMAGES[$1]:-$LAB_IMAGE}

	LAB_HOSTS+=("$name")
	LAB_NUMBER[$name]=$2
	mkdir -p "$home"/{upper,work,root} "$LAB/cgroup/$LAB_CGROUP/$name"
	mount -t overlay -o "lowerdir=${IMAGES[$image]},upperdir=$home/upper,workdir=$home/work" \
		overlay "$home/root" || bail "cannot mount the disk of $name (overlay)"
	echo "$name" > "$home/root/etc/hostname"
	# As Debian's installer leaves it; there is no name service to ask.
	printf '127.0.0.1 localhost\n127.0.1.1 %s\n' "$name" > "$home/root/etc/hosts"
	: > "$home/root/etc/resolv.conf"
	rm -f "$home/root/etc/machine-id"
	tr -d - < /proc/sys/kernel/random/uuid > "$home/root/etc/machine-id"
	{
		printf 'auto lo\niface lo inet loopback\n'
		for net in 0 1; do
			printf 'auto eth%s\niface eth%s inet static\n' $net $net
			printf '\taddress 10.0.%s.%s/24\n' $net "$2"
			[ $net = 1 ] || printf '\tgateway 10.0.0.254\n\tpre-down lab-note network-down\n'
		done
	} > "$home/root/etc/network/interfaces"
	[ ! -d "$home/root/etc/ha.d/resource.d" ] ||
		install -m 755 "$LAB_LIB/rec" "$home/root/etc/ha.d/resource.d/rec"
	! declare -F lab_after_new > /dev/null || lab_after_new "$name" "$home/root"
}

# As in lab.sh; the command is in a control group of its machine, as that of a user would be.
on()
{
	local name=$1

	shift
	(
		mkdir -p "$LAB/cgroup/$LAB_CGROUP/$name/login"
		echo "$BASHPID" > "$LAB/cgroup/$LAB_CGROUP/$name/login/cgroup.procs"
		exec nsenter -t "${LAB_INIT[$name]}" -m -u -i -n -p -C -r -w -- env -i TERM=dumb \
			HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
			PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
	)
}

etc()
{
	echo "$LAB/hosts/$1/root/etc"
}

logs()
{
	echo "$LAB/hosts/$1/root/var/log"
}

# hb HOST ACTION: of the unit, where there is one, or the init script.
hb()
{
	if [ "$LAB_MANAGER" = systemd ]; then
		on "$1" systemctl "$2" heartbeat
	else
		on "$1" /etc/init.d/heartbeat "$2"
	fi
}

# Stop on every node at the same moment.
cluster_stop()
{
	local h jobs=

	for h in $NODES; do
		hb_quietly "$h" stop &
		jobs="$jobs $!"
	done
	wait $jobs
}

unit()
{
	on "$1" systemctl show heartbeat -P "$2"
}

# journal_text HOST ARGUMENT...: what journalctl says, of a machine that is up or not.
journal_text()
{
	chroot "$LAB/hosts/$1/root" journalctl -D /var/log/journal --no-pager -q "${@:2}"
}

journal()
{
	journal_text "$1" -o cat | grep -qE -- "$2"
}

# order HOST EVENT...: the last of each, as "NAME EVENT", come in this order in the journal.
order()
{
	local host=$1 at last=0

	shift
	for event; do
		at=$(sort -n "$LAB/share/journal" | grep -n " $host $event\$" | tail -n 1 | cut -d: -f1)
		[ -n "$at" ] && [ "$at" -gt "$last" ] || { note "'$event' on line ${at:-none}, after $last"; return 1; }
		last=$at
	done
}

# moves_mark, then unmoved: no recording resource was started or stopped since. Anywhere.
moves()
{
	grep -cE ' (start|stop)-(begin|end)$' "$LAB/share/journal"
}

moves_mark()
{
	LAB_MOVES=$(moves)
}

unmoved()
{
	[ "$(moves)" = "$LAB_MOVES" ]
}

host_gone()
{
	! host_is_up "$1"
}

# Before the verdict: what the machines wrote, and nothing of them stays.
lab_before_end()
{
	local h

	for h in "${LAB_HOSTS[@]}"; do
		[ "$LAB_MANAGER" != systemd ] ||
			journal_text "$h" -o short-precise > "$(logs "$h")/messages" 2>&1
		[ -z "${LAB_INIT[$h]:-}" ] || kill -KILL "${LAB_INIT[$h]}" 2> /dev/null
	done
	wait_for 20 "! grep -q 'populated 1' $LAB/cgroup/$LAB_CGROUP/cgroup.events" &&
		find "$LAB/cgroup/$LAB_CGROUP" -depth -type d -exec rmdir {} +
}
