#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Each medium alone carries a cluster: start, hand-over, death. And each kind of ping node, in both
# families. Serial lines and several paths at once are in 22-links.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

# A machine that is busy with other tests keeps a beat waiting, now and then for a second.
WARNTIME=2
DEADTIME=4
INITDEAD=8
cluster_new <<'END'
alpha rec::web
END

# carries TEXT LINK: the ha.cf on standard input, on both nodes, is enough for a cluster.
carries()
{
	local h text=$1 link=$2

	for h in $NODES; do
		! host_is_up "$h" || power_cut "$h"
	done
	: > "$LAB/share/journal"
	for h in $NODES; do rm -f "$(logs "$h")"/ha-*; done
	{ base_cf; cat; } | ha_cf
	cluster_boot
	cluster_start
	within 20 "$text: they form a cluster" "only alpha web && settled local local"
	ok "$text: by $link" "[ \"\$(on alpha cl_status listhblinks beta | tr -d '\t')\" = $link ] &&
		[ \"\$(on beta cl_status hblinkstatus alpha $link)\" = up ]"
	on alpha hb_standby 2> /dev/null
	within 20 "$text: a hand-over" "only beta web && settled none all"
	ok "$text: nothing was refused, nobody called dead" \
		"! logged alpha 'dropped|is dead' && ! logged beta 'dropped|is dead'"
	power_cut beta
	within 20 "$text: a death is noticed" "only alpha web"
}

carries "ucast" eth0 < <(printf 'ucast eth0 10.0.0.%d\n' 1 2)
carries "ucast, another port" eth1 < <(printf 'udpport 1694\n'; printf 'ucast eth1 10.0.1.%d\n' 1 2)
carries "bcast" eth0 < <(echo "bcast eth0")
carries "mcast" eth0 < <(echo "mcast eth0 239.0.0.42 1742 1 0")
if [ -e /proc/sys/net/ipv6 ]; then
	carries "ucast6" eth0 < <(printf 'ucast6 eth0 fd00::%d\n' 1 2)
	carries "mcast6" eth0 < <(echo "mcast6 eth0 ff15::42 1743 1 0")
else
	note "no IPv6 on this machine: ucast6 and mcast6 are skipped"
fi

note "bcast and mcast by the same interface are one link"
for h in $NODES; do power_cut "$h" 2> /dev/null; done
{ base_cf; echo "bcast eth0"; echo "mcast eth0 239.0.0.42 1742 1 0"; } | ha_cf
: > "$LAB/share/journal"
cluster_boot
cluster_start
within 20 "they form a cluster" "only alpha web && settled local local"
ok "one link" '[ "$(on alpha cl_status listhblinks beta | wc -l)" = 1 ]'
lasts 1 "duplicates do no harm" "settled local local && ! logged alpha 'dropped'"

note "ping nodes"
for h in $NODES; do power_cut "$h"; done
: > "$LAB/share/journal"
{
	base_cf
	ucast_cf
	echo "deadping 3"
	echo "ping 10.0.0.254 10.0.1.254"
	echo "ping_group both 10.0.0.254 10.0.0.99"
	[ ! -e /proc/sys/net/ipv6 ] || echo "ping6 fd00::fe"
} | ha_cf
cluster_boot
cluster_start
within 20 "they form a cluster" "only alpha web && settled local local"
for node in 10.0.0.254 10.0.1.254 both $([ ! -e /proc/sys/net/ipv6 ] || echo fd00::fe); do
	within 20 "$node answers" "[ \"\$(on alpha cl_status nodestatus $node)\" = ping ]"
	ok "$node: its only link has its name" \
		"[ \"\$(on alpha cl_status listhblinks $node | tr -d '\t')\" = $node ] && [ \"\$(on alpha cl_status nodetype $node)\" = ping ]"
done
ip addr del 10.0.1.254/24 dev lab1
within 20 "one that is gone: dead after deadping" "[ \"\$(on alpha cl_status nodestatus 10.0.1.254)\" = dead ]"
ok "the others are not" '[ "$(on alpha cl_status nodestatus 10.0.0.254)" = ping ]'
ip addr add 10.0.1.254/24 dev lab1
within 20 "and back" "[ \"\$(on alpha cl_status nodestatus 10.0.1.254)\" = ping ]"
