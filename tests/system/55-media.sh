#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Paths whose interface has no broadcast address, is not there yet, goes away, or comes back another.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

# A machine that is busy with other tests keeps a beat waiting, now and then for a second.
WARNTIME=2
DEADTIME=4
INITDEAD=6
cluster_new <<'END'
alpha rec::web
END

# link HOST PEER LINK STATUS: as cl_status says.
link()
{
	[ "$(on "$1" cl_status hblinkstatus "$2" "$3" 2> /dev/null)" = "$4" ]
}

both()
{
	link alpha beta "$1" "$2" && link beta alpha "$1" "$2"
}

# nic_gone HOST N [NAME]: its interface ethN does not exist any more.
nic_gone()
{
	ip link del "$1.$2"
}

# nic_new HOST N: it does again, with another number, without an address and down.
nic_new()
{
	ip link add "$1.$2" type veth peer name "eth$2" netns "${LAB_INIT[$1]}" &&
		ip link set "$1.$2" master "lab$2" && ip link set "$1.$2" up
}

# address HOST N [PREFIX [WORD...]]: the only one of ethN, and the interface is up.
address()
{
	local h=$1 n=$2 prefix=${3:-24}

	shift 2
	[ $# = 0 ] || shift
	on "$h" sh -c "ip addr flush dev eth$n scope global; ip addr add 10.0.$n.${LAB_NUMBER[$h]}/$prefix $* dev eth$n &&
		ip link set eth$n up"
}

# begin: a fresh cluster off, with the ha.cf on standard input.
begin()
{
	local h

	for h in $NODES; do
		! host_is_up "$h" || power_cut "$h"
	done
	: > "$LAB/share/journal"
	for h in $NODES; do rm -f "$(logs "$h")"/ha-*; done
	{ base_cf; cat; } | ha_cf
	cluster_boot
}

formed()
{
	within 20 "$1" "only alpha web && settled local local"
}

note "bcast without a broadcast address"
for prefixes in "24 24" "24 24 brd +" "29 29" "31 31" "32 32"; do
	read -r mine theirs more <<< "$prefixes"
	begin < <(echo "bcast eth0")
	# The numbers 2 and 3 share a network of two addresses.
	for h in $NODES; do LAB_NUMBER[$h]=$((LAB_NUMBER[$h] + 1)); done
	address alpha 0 "$mine" ${more:-}
	address beta 0 "$theirs"
	for h in $NODES; do LAB_NUMBER[$h]=$((LAB_NUMBER[$h] - 1)); done
	cluster_start
	formed "prefix $prefixes: they form a cluster"
	ok "prefix $prefixes: both hear the other one" "both eth0 up"
done

note "bcast on an interface without an IPv4 address"
begin < <(echo "bcast eth0"; printf 'ucast eth1 10.0.1.%d\n' 1 2)
on alpha ip -4 addr flush dev eth0
cluster_start
formed "they form a cluster by the other path"
ok "that path is down, and it is said why" \
	"link alpha beta eth0 dead && logged alpha 'bcast eth0.*interface eth0 has no IPv4 address'"
address alpha 0
within 2 "with an address it is up" "both eth0 up"

note "a path on which only our own frames come in"
begin < <(echo "bcast eth0")
hb_quietly alpha start
within 20 "alone: it takes its group" "only alpha web"
ok "the path is not up, and nothing was received" \
	"[ \"\$(json alpha \"[(m['up'], m['sends'], m['received']) for m in s['media']]\")\" = '[(False, True, 0)]' ] &&
		on alpha hbctl status | grep -qE 'bcast +eth0 +silent'"
ok "our own end is not up either" "! link alpha alpha eth0 up && ! logged alpha 'Link .*:eth0 up'"
hb_quietly beta start
within 20 "with the other node it is" "both eth0 up && link alpha alpha eth0 up"
power_cut beta
within 10 "without it is not" "link alpha beta eth0 dead && link alpha alpha eth0 dead"

note "an interface that is not there at the start"
begin < <(printf 'bcast eth0\nucast eth1 10.0.1.1\nucast eth1 10.0.1.2\nmcast eth1 239.0.0.42 1742 1 0\n')
nic_gone alpha 1
ok "heartbeat -t says so, and that is no fault" \
	"on alpha /usr/libexec/heartbeat/heartbeat -t 2>&1 | grep -q 'there is no interface eth1.*down until there is one'"
on alpha /usr/libexec/heartbeat/heartbeat -t > /dev/null 2>&1
ok "exit code 0" "[ $? = 0 ]"
cluster_start
formed "the rest starts"
ok "the path is down, and it is said why" \
	"link alpha beta eth1 dead && logged alpha 'write failure on ucast eth1.: there is no interface eth1'"
ok "hbctl status says so" "on alpha hbctl status | grep -q 'ucast eth1 is not there'"
nic_new alpha 1
address alpha 1
within 3 "it is there: the path is up" "both eth1 up"
within 5 "it was said" "logged alpha 'ucast eth1: down -> up'"

note "none is there"
begin < <(printf 'ucast eth1 10.0.1.%d\n' 1 2)
nic_gone alpha 1
hb_quietly beta start
hb_quietly alpha start
within 20 "beta takes what it can" "only beta web"
ok "the service manager hears that it runs" "hb_quietly alpha status"
lasts $((INITDEAD + 3)) "alpha starts nothing, whatever initdead says" "only beta web"
ok "loudly" "logged alpha 'None of the paths to other nodes that ha.cf names is there: waiting'"
ok "hbctl status says so, too" "on alpha hbctl status | grep -q 'no path to other nodes is there'"
nic_new alpha 1
address alpha 1
within 20 "the path is there: they form a cluster" "only alpha web && both eth1 up"
nic_gone alpha 1

note "interfaces that go and come back while it runs, by each kind of path"
for kind in "ucast eth1 10.0.1.1|ucast eth1 10.0.1.2" "bcast eth1" "mcast eth1 239.0.0.42 1742 1 0" \
	"ucast6 eth1 fd00:1::1|ucast6 eth1 fd00:1::2" "mcast6 eth1 ff15::42 1743 1 0"; do
	[ -e /proc/sys/net/ipv6 ] || [ "${kind#?cast6}" = "$kind" ] || continue
	begin < <(printf 'ucast eth0 10.0.0.%d\n' 1 2; tr '|' '\n' <<< "$kind")
	cluster_start
	formed "${kind%%|*}: a cluster"
	within 5 "up on both" "both eth1 up"

	nic_gone beta 1
	nic_new beta 1
	address beta 1
	on beta ip addr add fd00:1::2/64 dev eth1 nodad 2> /dev/null
	# For longer than deadtime: what a stale socket still says would be over.
	lasts $((DEADTIME + 2)) "deleted and made again at once: it goes on" "both eth1 up"

	nic_gone beta 1
	within 10 "deleted: dead on both" "both eth1 dead"
	nic_new beta 1
	address beta 1
	on beta ip addr add fd00:1::2/64 dev eth1 nodad 2> /dev/null
	within 2 "made again: up on both" "both eth1 up"

	on beta sh -c 'ip link set eth1 down; ip link set eth1 name away; ip link set away up'
	on beta ip addr add fd00:1::2/64 dev away nodad 2> /dev/null
	lasts $((DEADTIME + 2)) "renamed: it still serves" "both eth1 up"
	on beta sh -c 'ip link set away down; ip link set away name eth1; ip link set eth1 up'
	on beta ip addr add fd00:1::2/64 dev eth1 nodad 2> /dev/null
	lasts $((DEADTIME + 2)) "and back" "both eth1 up"
done

note "at once"
begin < <(printf 'ucast eth0 10.0.0.%d\n' 1 2; echo "bcast eth1"; printf 'ucast eth1 10.0.1.%d\n' 1 2)
cluster_start
formed "a cluster"
# heard MS: from the moment its address is back until alpha hears beta by eth1 again.
heard()
{
	local since

	nic_gone beta 1
	wait_for 10 "both eth1 dead"
	nic_new beta 1
	since=$(logged_times alpha 'Link beta:eth1 up')
	address beta 1
	t=$(now_ms)
	wait_for 10 "[ \$(logged_times alpha 'Link beta:eth1 up') -gt $since ]"
	t=$(($(now_ms) - t))
}
best=99999
for i in 1 2 3; do
	heard
	note "back after $t ms"
	[ $t -gt $best ] || best=$t
done
ok "beats resume with the interface, not with the next look: $best ms" "[ $best -lt 300 ]"

note "the node's own address becomes another one"
begin < <(printf 'ucast eth0 10.0.0.%d\n' 1 2; printf 'ucast eth1 10.0.1.%d\n' 1 2; echo "bcast eth1")
cluster_start
formed "a cluster"
on beta sh -c 'ip addr flush dev eth1 scope global; ip addr add 10.0.1.77/24 dev eth1'
sent=$(json beta "[m['sent'] for m in s['media']]")
lasts $((DEADTIME + 2)) "with a new address it goes on" "link alpha beta eth1 up"
ok "by the new one" "on beta ss -Hunp src 10.0.1.77 | grep -q heartbeat"
on beta sh -c 'ip addr flush dev eth1 scope global; ip addr add 10.1.0.2/16 dev eth1'
within 3 "in another network it broadcasts to that one" "on beta ss -Hunp dst 10.1.255.255 | grep -q heartbeat"

note "a bond, a VLAN and a bridge that are made anew"
make_bond() { on "$1" sh -c "ip link add bond0 type bond mode active-backup miimon 50 && ip link set eth1 down &&
	ip link set eth1 master bond0 && ip link set bond0 up && ip addr add 10.3.0.$2/24 dev bond0"; }
make_vlan() { on "$1" sh -c "ip link add link eth1 name vlan7 type vlan id 7 && ip link set vlan7 up &&
	ip addr add 10.3.0.$2/24 dev vlan7"; }
make_bridge() { on "$1" sh -c "ip link add br0 type bridge forward_delay 0 && ip addr flush dev eth1 &&
	ip link set eth1 master br0 && ip link set br0 up && ip addr add 10.3.0.$2/24 dev br0"; }
for kind in bond:bond0 vlan:vlan7 bridge:br0; do
	name=${kind#*:} kind=${kind%:*}
	begin < <(printf 'ucast eth0 10.0.0.%d\n' 1 2; echo "bcast $name")
	"make_$kind" alpha 1 2> /dev/null && "make_$kind" beta 2 2> /dev/null ||
		{ note "this kernel makes no $kind"; continue; }
	cluster_start
	formed "$kind: a cluster"
	within 5 "up on both" "both $name up"
	on beta ip link del "$name"
	within 10 "gone: dead" "both $name dead"
	"make_$kind" beta 2
	within 2 "there again: up" "both $name up"
done
