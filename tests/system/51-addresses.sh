#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Running is what is there: addresses that somebody removes, interfaces that go and come back, a network that is
# restarted. The state of a group follows the machine.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

VIP=10.0.0.100
VIP6=fd00::100
# Far more than a link needs to come back, with the kernel's second for a neighbour.
WARNTIME=1500ms
DEADTIME=3
# An interface of its own, without a path to the other node: made by hand, like one of a VPN or a container.
SVC=10.9.0.100
cluster_new << END
alpha IPaddr::$VIP IPv6addr::$VIP6/64/eth0
alpha IPaddr2::$SVC/24/svc0
END
host_new client 9
host_boot client
cluster_boot
probe_answer alpha beta

svc_up() # HOST: make the interface
{
	on "$1" ip link add svc0 type veth peer name svc1 &&
		on "$1" ip link set svc1 up && on "$1" ip link set svc0 up
}
svc_up alpha
svc_up beta
cluster_start
own() # HOST
{
	echo "10.0.0.${LAB_NUMBER[$1]}/24"
}
ifdown() # HOST
{
	on "$1" ip -4 addr flush dev eth0
	on "$1" ip link set eth0 down
}
ifup() # HOST
{
	on "$1" ip link set eth0 up
	on "$1" ip addr add "$(own "$1")" dev eth0
}
has_exactly() # HOST ADDRESS: it has it, and the other node has not
{
	local h

	for h in $NODES; do
		[ "$h" = "$1" ] && { has_address "$h" "$2" || return 1; continue; }
		! has_address "$h" "$2" || return 1
	done
}
reaches() # ADDRESS HOST: that is who answers the client
{
	[ "$(on client ip -o neigh show to "$1" dev eth0 | sed -n 's/.*lladdr \([^ ]*\).*/\1/p')" = \
		"$(on "$2" cat /sys/class/net/eth0/address)" ]
}
put_back() # how often alpha has put addresses back
{
	json alpha "sum(r.get('put_back',0) for g in s['groups'] for r in g['resources'])"
}
within 15 "alpha has all" "has_exactly alpha $VIP && has_exactly alpha $VIP6 && has_exactly alpha $SVC"
within 15 "settled" "settled all none || settled local local"
[ "$LAB_FAILED" = 0 ] || bail "nothing to begin with"

# ---- an address alone ----------------------------------------------------------------------

probe_start client $VIP
within 10 "a client reaches it" "reaches $VIP alpha"
pause 0.3
t=$(now_ms)
on alpha ip addr del $VIP/24 dev eth0
within 5 "removed: it is back" "has_address alpha $VIP"
pause 1
probe_stop
note "figure: removed, a client's gap $(probe_gap "$t") ms (held to: 50)"
ok "a gap far below a second" "[ $(probe_gap "$t") -lt 500 ]"
ok "with its label" "on alpha ip -o addr show to $VIP | grep -q 'eth0:0'"
within 5 "one line says it" "[ \$(logged_times alpha 'IPaddr::$VIP: was gone from eth0; put back') = 1 ]"
within 5 "and it is counted" "[ \$(put_back) = 1 ]"

on alpha ip addr flush dev eth0 scope global
on alpha ip addr add "$(own alpha)" dev eth0
within 5 "a network restart flushes all: both are back" "has_address alpha $VIP && has_address alpha $VIP6"
within 5 "and the node's own comes first, as before" "on alpha ip -o addr show to $(own alpha) dev eth0 |
	grep -v secondary | grep -q . && on alpha ip -o addr show to $VIP dev eth0 | grep -q secondary"
lasts 2 "nobody else took them" "has_exactly alpha $VIP && has_exactly alpha $VIP6"

on alpha sh -c "ip addr del $VIP/24 dev eth0; ip addr add $VIP/32 dev eth0"
within 5 "back with another prefix: ours is added to it" \
	"on alpha ip -o addr show to $VIP | grep -q '$VIP/24'"
lasts 1 "the stranger's stays" "on alpha ip -o addr show to $VIP | grep -q '$VIP/32'"
on alpha ip addr del $VIP/32 dev eth0

printf 'addr del %s dev eth0\naddr add %s brd + dev eth0 label eth0:x\n' $VIP/24 $VIP/24 \
	> "$(etc alpha)/batch"
on alpha ip -batch /etc/batch
within 5 "back with another label: said" "logged alpha 'IPaddr::$VIP: somebody gave it the label eth0:x'"
sed 's/eth0:x/eth0:y/' "$(etc alpha)/batch" > "$(etc alpha)/batch2"
on alpha ip -batch /etc/batch2
lasts 1 "with yet another: not again" "[ \$(logged_times alpha 'somebody gave it the label') = 1 ]"
on alpha ip addr del $VIP/24 dev eth0
within 5 "removed once more: it has its own label again" \
	"on alpha ip -o addr show to $VIP | grep -q 'eth0:0'"

# Hosts of a test do without duplicate detection as a rule.
dad() # 0 or 1
{
	on alpha sh -c "echo $1 > /proc/sys/net/ipv6/conf/all/accept_dad; echo $1 > /proc/sys/net/ipv6/conf/eth0/accept_dad"
}
dad 1
on client ip addr add $VIP6/64 dev eth0 nodad
printf 'addr del %s dev eth0\naddr add %s dev eth0\n' $VIP6/64 $VIP6/64 > "$(etc alpha)/batch"
on alpha ip -batch /etc/batch
within 10 "IPv6 that duplicate detection keeps off: renewed" \
	"on alpha ip -o addr show to $VIP6 | grep -q nodad"
lasts 1 "and of use" "! on alpha ip -o addr show to $VIP6 | grep -qE 'tentative|dadfailed'"
on client ip addr del $VIP6/64 dev eth0
dad 0

# ---- the link, shortly ---------------------------------------------------------------------

# The neighbours heard of another one meanwhile.
mislead()
{
	on client ip neigh replace $VIP lladdr 02:00:00:00:00:99 dev eth0 nud reachable
	on client ip -6 neigh replace $VIP6 lladdr 02:00:00:00:00:99 dev eth0 nud reachable
}
starts=$(logged_times alpha '-> starting')
on alpha ip link set eth0 down
mislead
pause 0.5
on alpha ip link set eth0 up
within 5 "link down for half a second: IPv4 is there and announced" "has_address alpha $VIP && reaches $VIP alpha"
within 5 "IPv6 too, which the kernel removed" "has_address alpha $VIP6 && reaches $VIP6 alpha"
lasts 2 "on alpha only" "has_exactly alpha $VIP && has_exactly alpha $VIP6"

mislead
cable_cut alpha eth0
pause 0.3
cable_mend alpha eth0
within 5 "carrier lost for a moment: announced" "reaches $VIP alpha && reaches $VIP6 alpha"

mislead
on alpha ip link set eth0 address 02:00:00:00:01:01
within 5 "another MAC: announced" "reaches $VIP alpha && reaches $VIP6 alpha"
ok "nothing was started for all that" "[ $starts = \$(logged_times alpha '-> starting') ]"

# ---- an interface of its own ---------------------------------------------------------------

on alpha ip link del svc0
svc_up alpha
within 5 "deleted and made again: the address is back" "has_address alpha $SVC"

# It is known by its index from the next look of the master on.
lasts 1 "and stays" "has_address alpha $SVC"
on alpha ip link set svc0 down
on alpha ip link set svc0 name svc7
on alpha ip link set svc7 up
within 5 "renamed: still there" "on alpha ip -o addr show dev svc7 | grep -q $SVC"
on alpha ip addr del $SVC/24 dev svc7
within 5 "and put back under the new name" "on alpha ip -o addr show dev svc7 | grep -q $SVC"
on alpha ip link set svc7 down
on alpha ip link set svc7 name svc0
on alpha ip link set svc0 up
within 5 "renamed back" "has_address alpha $SVC"

on alpha ip link add svcbr type bridge
on alpha ip link set svcbr up
on alpha ip link set svc0 master svcbr
within 5 "a member of a bridge: it moves to that" "on alpha ip -o addr show dev svcbr | grep -q $SVC &&
	! on alpha ip -o addr show dev svc0 | grep -q $SVC"
on alpha ip link set svc0 nomaster
on alpha ip link del svcbr
within 5 "and back" "on alpha ip -o addr show dev svc0 | grep -q $SVC"

on alpha ip link set svc0 down
within 10 "set down for longer than deadtime: beta has it" "has_address beta $SVC"
ok "alpha did not set it up" "! on alpha ip -o link show dev svc0 | grep -q '[<,]UP[,>]'"
ok "alpha says why" "logged alpha 'svc0 is down'"
ok "and knows that it has failed here" \
	"[ \"\$(json alpha \"[g['state'] for g in s['groups'] if 'svc0' in g['line']][0]\")\" = failed ]"
ok "the other group stayed" "has_exactly alpha $VIP"
on alpha ip link set svc0 up
within 10 "up again: it returns to its node at once" "has_exactly alpha $SVC"

on alpha ip link del svc0
within 10 "deleted: beta has it" "has_address beta $SVC"
svc_up alpha
within 10 "made again: it returns" "has_exactly alpha $SVC"

# ---- many events ---------------------------------------------------------------------------

late()
{
	json beta "[n['late'] for n in s['nodes'] if n['name'] == 'alpha'][0]"
}
for ((i = 0; i < 5000; i++)); do
	echo "addr add 10.8.$((i / 250)).$((i % 250 + 1))/32 dev eth1"
done > "$(etc alpha)/add"
sed 's/^addr add/addr del/' "$(etc alpha)/add" > "$(etc alpha)/del"
before=$(late)
ticks() # of the master's processor time
{
	on alpha sh -c "cut -d' ' -f14-15 /proc/$(master_pid alpha)/stat" | tr ' ' '+' | bc
}
spent=$(ticks)
t=$(now_ms)
on alpha ip -batch /etc/add
on alpha ip addr del $VIP/24 dev eth0
within 5 "in the middle of 10000 events: put back" "has_address alpha $VIP"
on alpha ip -batch /etc/del
note "figure: 10000 events in $(($(now_ms) - t)) ms, $(($(ticks) - spent)) ticks of the master"
ok "no beat was late" "[ $(late) = $before ]"
lasts 1 "nothing moved" "has_exactly alpha $VIP && has_exactly alpha $SVC"

# ---- ifdown, wait, ifup --------------------------------------------------------------------

ifdown alpha
within 10 "ifdown on alpha: beta has it" "has_address beta $VIP"
pause 5
t=$(now_ms)
ifup alpha
within 10 "ifup: one of them has it" "has_exactly alpha $VIP || has_exactly beta $VIP"
note "figure: one holder $(($(now_ms) - t)) ms after ifup"
within 10 "in the end it is at home" "has_exactly alpha $VIP && has_exactly alpha $VIP6"
within 5 "and the client reaches it" "on client ping -c 1 -W 1 $VIP > /dev/null && reaches $VIP alpha"

ifdown alpha
ifdown beta
pause 7
ok "on both: nobody has it meanwhile" "! on alpha ip -o -4 addr show dev eth0 up | grep -q $VIP"
t=$(now_ms)
ifup alpha
ifup beta
within 10 "ifup on both: one has it" "has_exactly alpha $VIP && has_exactly alpha $VIP6"
note "figure: $(($(now_ms) - t)) ms after ifup on both"
within 5 "and answers" "on client ping -c 1 -W 1 $VIP > /dev/null && reaches $VIP alpha"
within 10 "settled" "settled all none || settled local local"
ok "no announcement went to a link that was down" "! logged alpha 'announcement failed'"
