#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# failover.sh [REPETITIONS [PRODUCT...]]: how long a client is without an address, side by
# side: this Heartbeat, Heartbeat 3.0.6 and keepalived (Debian's packages, unpacked, not
# installed), each alone in the same lab with one address, keepalive 100 ms, deadtime 500 ms
# (keepalived: an advertisement each 100 ms). "make bench" runs it; it needs root.
#
#	start     both nodes are started together: until the first answer
#	standby   the holder hands over (keepalived has no such command: it is stopped)
#	power     the holder loses power
#
# Measured by a client that asks each millisecond; in milliseconds.
set -u
here=$(cd "$(dirname "$0")" && pwd)

if [ "${1:-}" != --inside ]; then
	. "$here/../lab/build.sh" || exit 1
	need_root
	times=${1:-10}
	shift
	[ $# -gt 0 ] || set -- heartbeat-4 heartbeat-3.0.6 keepalived
	need_kernel && build_source && build_tree gcc --enable-werror CC=gcc &&
		stage_tree gcc "$BUILD/stage/plain" || exit 1
	printf '%-16s %-8s %8s %8s %8s   (ms, %s times)\n' program event min median max "$times"
	for product; do
		case $product in
		heartbeat-4) stage=$BUILD/stage/plain ;;
		heartbeat-3.0.6)
			stage=$BUILD/packages-heartbeat
			"$here/../lab/packages" "$stage" heartbeat || continue
			;;
		keepalived)
			stage=$BUILD/packages-keepalived
			"$here/../lab/packages" "$stage" keepalived || continue
			;;
		esac
		LAB_BIN=$BUILD/lab HB_STAGE=$stage LAB_QUIET=yes \
			bash "$0" --inside "$product" "$times" > "$BUILD/bench.$product" ||
			{ echo "$product: failed, see build/bench.$product"; continue; }
		for event in start standby power; do
			awk -v e=$event '$1 == e { print $2 }' "$BUILD/bench.$product" | sort -n |
				awk -v p="$product" -v e=$event '{ v[NR] = $1 }
					END { printf "%-16s %-8s %8d %8d %8d\n", p, e, v[1], v[int((NR + 1) / 2)], v[NR] }'
		done
	done
	exit
fi

. "$here/../lab/lab.sh"
product=$2
times=$3
HA=10.0.0.100

configure()
{
	local h priority=100

	for h in alpha beta; do
		if [ "$product" = keepalived ]; then
			mkdir -p "$(etc $h)/keepalived"
			cat > "$(etc $h)/keepalived/keepalived.conf" <<- END
				global_defs {
					vrrp_version 3
				}
				vrrp_instance ha {
					state BACKUP
					nopreempt
					interface eth0
					virtual_router_id 51
					priority $priority
					advert_int 0.1
					virtual_ipaddress {
						$HA/24
					}
				}
			END
			priority=90
			continue
		fi
		cat > "$(etc $h)/ha.d/ha.cf" <<- END
			logfile /var/log/ha-log
			keepalive 100ms
			warntime 300ms
			deadtime 500ms
			initdead 10
			udpport 694
			ucast eth0 10.0.0.1
			ucast eth0 10.0.0.2
			auto_failback off
			node alpha
			node beta
		END
		echo "alpha IPaddr2::$HA/24/eth0" > "$(etc $h)/ha.d/haresources"
		printf 'auth 1\n1 sha1 bench\n' > "$(etc $h)/ha.d/authkeys"
		chmod 600 "$(etc $h)/ha.d/authkeys"
	done
}

start()
{
	if [ "$product" = keepalived ]; then
		on "$1" keepalived -l
	else
		on "$1" /etc/init.d/heartbeat start
	fi < /dev/null > /dev/null 2>&1
}

hand_over()
{
	if [ "$product" = keepalived ]; then
		on "$1" pkill -o keepalived
	else
		on "$1" /usr/share/heartbeat/hb_standby
	fi < /dev/null > /dev/null 2>&1
}

settled()
{
	[ "$product" = keepalived ] && return
	[ "$(on alpha cl_status rscstatus 2> /dev/null)" = "$1" ] &&
		[ "$(on beta cl_status rscstatus 2> /dev/null)" = "$2" ]
}

host_new alpha 1
host_new beta 2
host_new client 9
configure
host_boot client
for ((i = 0; i < times; i++)); do
	host_boot alpha
	host_boot beta
	probe_answer alpha beta
	probe_start client $HA
	t=$(now_ms)
	start alpha &
	a=$!
	start beta &
	wait $a $!
	wait_for 30 "has_address alpha $HA || has_address beta $HA" || exit 1
	sleep 0.3
	probe_stop
	awk -v t="$t" '$1 == "host" { print "start", $3 - t; exit }' "$LAB/share/probe"
	# 3.0.6 is in flux for seconds after it serves.
	wait_for 30 "settled local local || settled all none || settled local none"
	holder=alpha other=beta
	has_address alpha $HA || { holder=beta other=alpha; }

	probe_start client $HA
	sleep 0.3
	hand_over $holder
	wait_for 20 "has_address $other $HA && ! has_address $holder $HA" || exit 1
	sleep 0.5
	probe_stop
	echo "standby $(probe_gap)"
	wait_for 30 "settled none all || settled all none"
	if [ "$product" = keepalived ]; then
		wait_for 10 "! on $holder pgrep keepalived > /dev/null"
		start $holder
		wait_for 10 "grep -c 'Entering BACKUP' $(logs $holder)/messages | grep -qvx 0"
	fi

	probe_start client $HA
	# Not always at the same point of the interval between two signs of life.
	sleep "0.3$((RANDOM % 100 + 100))"
	power_cut $other
	wait_for 20 "has_address $holder $HA" || exit 1
	sleep 0.5
	probe_stop
	echo "power $(probe_gap)"
	power_cut $holder
done
