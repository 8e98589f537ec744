#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# faults.sh [REPETITIONS [PRODUCT...]]: how long a client is cut off by what happens to a network while every
# machine is healthy, side by side (peers.sh says whose). "make bench" runs it; it needs root.
#
#	deleted     somebody removes the address from the holder's interface
#	flush       a network service starts again: all addresses go, and only the node's own comes back
#	link        the holder's interface is down for 1 s
#	ifdown      the holder's addresses go, its interface is down for 10 s; then up, with the node's own address
#	ifdown-both the same on both nodes
#	switch      no node has carrier for 8 s, and their addresses go meanwhile, as a network manager does
#	short       the holder's cable is out for 700 ms: just longer than deadtime
#	heal        the holder's cables are out for 10 s; "-1", "-2": by that many paths; ucast, bcast, mcast
#
# Measured by a client that asks each millisecond, from the fault until 15 s (3.0.6: 30 s) behind its end: all
# the time in which no answer came, in milliseconds; "more" means that none came any more.
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/peers.sh"

# What a fault lasts by itself, in milliseconds.
declare -A LASTS=([deleted]=0 [flush]=0 [link]=1000 [ifdown]=10000 [ifdown-both]=10000 [switch]=8000 [short]=700
	[heal-ucast-1]=10000 [heal-ucast-2]=10000 [heal-bcast-1]=10000 [heal-bcast-2]=10000 [heal-mcast-1]=10000
	[heal-mcast-2]=10000)
FAULTS=(deleted flush link ifdown ifdown-both switch short heal-ucast-1 heal-ucast-2 heal-bcast-1 heal-bcast-2
	heal-mcast-1 heal-mcast-2)

if [ "${1:-}" != --inside ]; then
	. "$here/../lab/build.sh" || exit 1
	need_root
	times=${1:-3}
	shift
	[ $# -gt 0 ] || set -- "${PRODUCTS[@]}"
	peers_build || exit 1
	printf '%-14s %-16s %8s %8s %8s %8s   (ms, %s times)\n' fault program lasts min median max "$times"
	for product; do
		peer_play "$0" "$product" "$BUILD/faults.$product" "$times" ${BENCH_FAULTS:-} || exit 1
	done
	for fault in ${BENCH_FAULTS:-"${FAULTS[@]}"}; do
		for product; do
			awk -v e="$fault" '$1 == e { print $2, $3 }' "$BUILD/faults.$product" | sort -n |
				awk -v p="$product" -v e="$fault" -v l="${LASTS[$fault]}" '
					{ v[NR] = $1 "" ($2 == "more" ? "+" : "") }
					END { if (NR) printf "%-14s %-16s %8d %8s %8s %8s\n",
						e, p, l, v[1], v[int((NR + 1) / 2)], v[NR] }'
		done
	done
	exit
fi

. "$here/../lab/lab.sh"
product=$2
times=$3
shift 3
[ $# -eq 0 ] || FAULTS=("$@")

own()
{
	echo "10.0.0.${LAB_NUMBER[$1]}/24"
}

# paths FAULT: print the lines of ha.cf.
paths()
{
	case $1 in
	heal-bcast-1) echo "bcast eth0" ;;
	heal-bcast-2) echo "bcast eth0 eth1" ;;
	heal-mcast-1) echo "mcast eth0 239.0.0.1 694 1 0" ;;
	heal-mcast-2) printf 'mcast eth%d 239.0.0.1 694 1 0\n' 0 1 ;;
	heal-ucast-2) printf 'ucast eth%d 10.0.%d.%d\n' 0 0 1 0 0 2 1 1 1 1 1 2 ;;
	*) printf 'ucast eth0 10.0.0.%d\n' 1 2 ;;
	esac
}

all_gone()
{
	local h

	for h; do
		on "$h" ip addr flush dev eth0
	done
}

own_back()
{
	local h

	for h; do
		on "$h" ip addr add "$(own "$h")" dev eth0
	done
}

links()
{
	local state=$1 h

	shift
	for h; do
		on "$h" ip link set eth0 "$state"
	done
}

# strike FAULT HOLDER
strike()
{
	case $1 in
	deleted) on "$2" ip addr del $HA/24 dev eth0 ;;
	flush)
		all_gone "$2"
		own_back "$2"
		;;
	link)
		links down "$2"
		sleep 1
		links up "$2"
		;;
	ifdown)
		all_gone "$2"
		links down "$2"
		sleep 10
		links up "$2"
		own_back "$2"
		;;
	ifdown-both)
		all_gone alpha beta
		links down alpha beta
		sleep 10
		links up alpha beta
		own_back alpha beta
		;;
	switch)
		cable_cut alpha eth0
		cable_cut beta eth0
		sleep 1
		all_gone alpha beta
		sleep 7
		cable_mend alpha eth0
		cable_mend beta eth0
		own_back alpha beta
		;;
	short)
		cable_cut "$2" eth0
		sleep 0.7
		cable_mend "$2" eth0
		;;
	heal-*)
		cable_cut "$2" eth0
		cable_cut "$2" eth1
		sleep 10
		cable_mend "$2" eth0
		cable_mend "$2" eth1
		;;
	esac
}

# cut_off SINCE UNTIL: all silences together from a moment on, and whether the last one had an end.
cut_off()
{
	awk -v since="$1" -v until="$2" '
		$1 == "gap" && $3 >= since {
			sum += $3 - ($2 > since ? $2 : since)
			more = $3 >= until - 100 && $4 > 500
		}
		END { print int(sum), (more ? "more" : "") }' "$LAB/share/probe"
}

settle_s=15
[ "$product" != heartbeat-3.0.6 ] || settle_s=30
peers_hosts
host_boot client
for fault in "${FAULTS[@]}"; do
	# keepalived has paths of its own.
	case $product/$fault in
	keepalived/heal-mcast-1) ;;
	keepalived/heal-*) continue ;;
	esac
	mapfile -t lines < <(paths "$fault")
	peers_configure "$product" "${lines[@]}"
	for ((i = 0; i < times; i++)); do
		host_boot alpha
		host_boot beta
		probe_answer alpha beta
		peer_start "$product" alpha
		wait_for 30 "has_address alpha $HA" || exit 1
		peer_start "$product" beta
		if [ "$product" = keepalived ]; then
			wait_for 30 "grep -q 'Entering BACKUP' $(logs beta)/messages" || exit 1
		else
			wait_for 60 "peer_settled $product all none || peer_settled $product local none ||
				peer_settled $product local local" || exit 1
		fi
		probe_start client "$HA"
		# Not always at the same point of the interval between two signs of life.
		sleep "0.5$((RANDOM % 100 + 100))"
		begin=$(now_ms)
		strike "$fault" alpha
		sleep $settle_s
		end=$(now_ms)
		probe_stop
		echo "$fault $(cut_off "$begin" "$end")"
		power_cut alpha
		power_cut beta
	done
done
