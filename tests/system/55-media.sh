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
ok "said once" "[ \$(logged_times alpha 'ucast eth1: down -> up') = 1 ]"

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
