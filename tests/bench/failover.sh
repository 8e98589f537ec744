#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# failover.sh [REPETITIONS [PRODUCT...]]: how long a client is without an address, side by side (peers.sh says
# whose). "make bench" runs it; it needs root.
#
#	start     both nodes are started together: until the first answer
#	standby   the holder hands over (keepalived has no such command: it is stopped)
#	power     the holder loses power
#
# Measured by a client that asks each millisecond; in milliseconds.
set -u
here=$(cd "$(dirname "$0")" && pwd)

. "$here/peers.sh"
if [ "${1:-}" != --inside ]; then
	. "$here/../lab/build.sh" || exit 1
	need_root
	times=${1:-10}
	shift
	[ $# -gt 0 ] || set -- "${PRODUCTS[@]}"
	peers_build || exit 1
	printf '%-16s %-8s %8s %8s %8s   (ms, %s times)\n' program event min median max "$times"
	for product; do
		peer_play "$0" "$product" "$BUILD/bench.$product" "$times" || continue
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

hand_over()
{
	if [ "$product" = keepalived ]; then
		on "$1" pkill -o keepalived
	else
		on "$1" /usr/share/heartbeat/hb_standby
	fi < /dev/null > /dev/null 2>&1
}

peers_hosts
peers_configure "$product" "ucast eth0 10.0.0.1" "ucast eth0 10.0.0.2"
host_boot client
for ((i = 0; i < times; i++)); do
	host_boot alpha
	host_boot beta
	probe_answer alpha beta
	probe_start client "$HA"
	t=$(now_ms)
	peer_start "$product" alpha &
	a=$!
	peer_start "$product" beta &
	wait $a $!
	wait_for 30 "has_address alpha $HA || has_address beta $HA" || exit 1
	sleep 0.3
	probe_stop
	awk -v t="$t" '$1 == "host" { print "start", $3 - t; exit }' "$LAB/share/probe"
	# 3.0.6 is in flux for seconds after it serves.
	wait_for 30 "peer_settled $product local local || peer_settled $product all none || peer_settled $product local none"
	holder=alpha other=beta
	has_address alpha "$HA" || { holder=beta other=alpha; }

	probe_start client "$HA"
	sleep 0.3
	hand_over $holder
	wait_for 20 "has_address $other $HA && ! has_address $holder $HA" || exit 1
	sleep 0.5
	probe_stop
	echo "standby $(probe_gap)"
	wait_for 30 "peer_settled $product none all || peer_settled $product all none"
	if [ "$product" = keepalived ]; then
		wait_for 10 "! on $holder pgrep keepalived > /dev/null"
		peer_start "$product" $holder
		wait_for 10 "grep -c 'Entering BACKUP' $(logs $holder)/messages | grep -qvx 0"
	fi

	probe_start client "$HA"
	# Not always at the same point of the interval between two signs of life.
	sleep "0.3$((RANDOM % 100 + 100))"
	power_cut $other
	wait_for 20 "has_address $holder $HA" || exit 1
	sleep 0.5
	probe_stop
	echo "power $(probe_gap)"
	power_cut $holder
done
