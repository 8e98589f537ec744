#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Nodes that had lost each other meet: how soon, what a client sees of it, and that the last word with its
# neighbour cache is the holder's. The client's cache is not refreshed by itself: once it is wrong it stays so.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

ADDRESS=10.0.0.100
cluster_new <<END
alpha IPaddr::$ADDRESS/24/eth0 rec::web
END
host_new client 3
cluster_boot
host_boot client || bail "client does not boot"
on client sh -c 'cd /proc/sys/net/ipv4/neigh/eth0 && echo 36000 > base_reachable_time &&
	echo 36000 > gc_stale_time && echo 36000 > delay_first_probe_time' ||
	bail "the client's neighbour cache cannot be set"
probe_answer alpha beta

# The nodes do not reach each other, at no layer; the client reaches both. The links keep their carrier.
split()
{
	isolated on
}

isolated()
{
	local h net

	for h in $NODES; do
		for net in 0 1; do
			bridge link set dev "$h.$net" isolated "$1" || bail "ports cannot be isolated"
		done
	done
}

# join: they reach each other; the moment is in JOINED, and beta writes down when it has given up the address.
join()
{
	watch_it_go
	pause 0.2
	JOINED=$(now_ms)
	isolated off
}

watch_it_go()
{
	rm -f "$LAB/share/gone"
	on beta sh -c "while ip -o addr show to $ADDRESS | grep -q .; do :; done
		date +%s%3N > /lab/gone.new && mv /lab/gone.new /lab/gone" \
		< /dev/null > /dev/null 2>&1 &
}

# They meet in the very moment in which beta has the address.
join_at_once()
{
	on beta timeout 20 sh -c "until ip -o addr show to $ADDRESS | grep -q .; do :; done" < /dev/null
	JOINED=$(now_ms)
	isolated off
	watch_it_go
}

gone_after()
{
	[ -e "$LAB/share/gone" ] && echo $(($(cat "$LAB/share/gone") - JOINED))
}

# begin TEXT [CF]: a cluster that serves, whose nodes have forgotten that they were ever wrong about each other.
begin()
{
	local h

	note "$1"
	for h in $NODES; do
		hb_quietly "$h" stop
	done
	{ base_cf; printf '%s\n' "${2:-$(ucast_cf)}"; } | ha_cf
	cluster_start
	within 30 "$1: alpha serves" "only alpha web && settled local local"
	journal_note lab partition
}

taken()
{
	runs beta web && has_address beta $ADDRESS
}

# The client is served by alpha at last, and lost no more time than the limit since the nodes met.
client_ends_well()
{
	local gap last

	pause "$2"
	probe_stop
	gap=$(probe_gap $((JOINED - 50)))
	last=$(awk '$1 == "host" { l = $2 } END { print l }' "$LAB/share/probe")
	note "$1: the client was cut off for $gap ms; beta had the address for $(gone_after) ms after they met"
	ok "$1: the client ends with alpha ($last)" "[ '$last' = alpha ]"
	ok "$1: and was cut off for less than 1.5 s ($gap ms)" "[ $gap -lt 1500 ]"
}

gone_soon()
{
	wait_for 2 "gone_after"
	ok "$1: its address is gone within 700 ms ($(gone_after) ms)" "[ $(gone_after || echo 9999) -lt 700 ]"
}

# neighbours_known PREFIX: the kernels have not forgotten where the other node is, although it does not answer.
neighbours_known()
{
	on alpha ip neigh show "${1}2" dev eth0 | grep -q lladdr &&
		on beta ip neigh show "${1}1" dev eth0 | grep -q lladdr
}

# heal TEXT SECONDS [PREFIX]: a cut of that length.
heal()
{
	split
	within 20 "$1: beta has taken it" "taken"
	probe_start client $ADDRESS
	pause "$2"
	[ -z "${3:-}" ] || within 1 "$1: whose addresses are known" "neighbours_known $3"
	join
	within 5 "$1: of the two beta yields" "! runs beta web && ! has_address beta $ADDRESS"
	gone_soon "$1"
	client_ends_well "$1" 3
	within 20 "$1: settled" "settled local local"
	journal_note lab whole
}

# -- after a cut of 10 s, by each kind of path; the kernel forgets a neighbour that is silent sooner than it does
# as a rule
for h in $NODES; do
	for family in ipv4 ipv6; do
		on "$h" sh -c "cd /proc/sys/net/$family/neigh/eth0 && echo 1000 > base_reachable_time_ms &&
			echo 1 > delay_first_probe_time" 2> /dev/null
	done
done
begin "ucast"
heal "ucast, 10 s" 8 10.0.0.
begin "two links" "$(ucast_cf; printf 'ucast eth1 10.0.1.%d\n' 1 2)"
heal "two links, 10 s" 8
begin "bcast" "bcast eth0"
heal "bcast, 10 s" 8
begin "mcast" "mcast eth0 239.0.0.42 694 1 0"
heal "mcast, 10 s" 8
if [ -e /proc/sys/net/ipv6 ]; then
	begin "ucast6" "$(printf 'ucast6 eth0 fd00::%d\n' 1 2)"
	heal "ucast6, 10 s" 8 fd00::
else
	note "no IPv6 on this machine: ucast6 is skipped"
fi

# -- a short false death: the loser is in the middle of a start, and has just announced the address
behave beta web start 'sleep 1'
behave beta web stop 'sleep 1'
for i in 1 2 3 4 5; do
	begin "false death $i"
	for k in 1 2; do
		split
		probe_start client $ADDRESS
		join_at_once
		within 5 "false death $i.$k: beta yields" "! runs beta web && ! has_address beta $ADDRESS"
		client_ends_well "false death $i.$k" 4
		within 20 "settled" "settled local local"
	done
	journal_note lab whole
done
behave_well beta web start

# -- what else of the group is slow does not keep the address
behave beta web stop 'sleep 3'
begin "a slow stop"
heal "a slow stop" 1
behave_well beta web stop
behave beta web start 'sleep 5'
begin "a slow start"
split
within 20 "a slow start: beta has the address" "has_address beta $ADDRESS"
probe_start client $ADDRESS
join
within 3 "a slow start: and gives it up in the middle" "! has_address beta $ADDRESS"
gone_soon "a slow start"
client_ends_well "a slow start" 3
within 20 "a slow start: web is stopped in the end" "only alpha web"
within 20 "settled" "settled local local"
behave_well beta web start
journal_note lab whole

# -- a node that notices nothing: beta waits a second for alpha, alpha waits for beta for long, as if its clock
# had stood still
note "alpha notices nothing"
for h in $NODES; do
	hb_quietly "$h" stop
done
{ base_cf; ucast_cf; } | ha_cf alpha
{ DEADTIME=30 INITDEAD=60 base_cf; ucast_cf; } | ha_cf beta
cluster_start
within 30 "alpha notices nothing: it serves" "only alpha web && settled local local"
dead_before=$(logged_times alpha 'node beta: is dead')
alone_before=$(logged_times alpha 'ours alone again')
journal_note lab partition
heal "alpha notices nothing" 1
ok "it did not notice" "[ $(logged_times alpha 'node beta: is dead') = $dead_before ]"
ok "it says that it announces" "[ $(logged_times alpha 'ours alone again') -gt $alone_before ]"

# -- sends that fail: three beats in a row do not leave, and the fourth need not be waited for
# shellcheck disable=SC2034
KEEPALIVE=1 WARNTIME=3 DEADTIME=3600ms INITDEAD=8
begin "sends fail"
dead_before=$(logged_times beta 'node alpha: is dead')
# Right after a beat: until the next, the fourth, 4 s would pass.
on alpha timeout 20 python3 -c '
import socket, subprocess, time
s = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(3))
s.bind(("eth0", 3))
while True:
    data, where = s.recvfrom(2000)
    if where[2] == 4 and len(data) > 28 and data[9] == 17 and data[22:24] == b"\x02\xb6":
        break
rules = """table inet heal {
	chain output {
		type filter hook output priority 0
		udp dport 694 drop
	}
}"""
subprocess.run(["nft", rules], check=True)
time.sleep(3)
subprocess.run(["nft", "delete table inet heal"], check=True)
' || bail "the filter cannot be set"
within 10 "alpha says that it could not send" "logged alpha 'write failure on ucast eth0'"
within 10 "and that it can again" "logged alpha 'ucast eth0: down -> up'"
ok "beta did not take it for dead" \
	"[ $(logged_times beta 'node alpha: is dead') = $dead_before ]"
ok "one line says that it failed" "[ $(logged_times alpha 'write failure on ucast eth0') -le 2 ]"
journal_note lab whole
