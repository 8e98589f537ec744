#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# 53-release.sh BUILDDIR: releasing an address takes nothing of the node's own with it: addresses, routes
# and rules, IPv4 and IPv6. In a network namespace; needs root.
set -u
if [ -z "${HB_TEST_INSIDE-}" ]; then
	[ "$(id -u)" = 0 ] || {
		echo "1..0 # SKIP needs root"
		exit 77
	}
	HB_TEST_INSIDE=1 exec unshare --net --mount --uts --ipc --pid --fork --kill-child \
		--mount-proc "$0" "$@"
fi
build=$(cd "${1:?usage: $0 BUILDDIR}" && pwd) || exit 1
. "$(dirname "$0")/../lab/tap.sh"

ip link set lo up
for n in 0 1; do
	ip link add "eth$n" type veth peer name "peer$n" || exit 1
	ip link set "eth$n" up
	ip link set "peer$n" up
done
promote() { # promote ALL ETH0
	echo "$1" > /proc/sys/net/ipv4/conf/all/promote_secondaries
	echo "$2" > /proc/sys/net/ipv4/conf/eth0/promote_secondaries
}
bare()
{
	local n

	for n in 0 1; do
		ip addr flush dev "eth$n"
		ip route flush dev "eth$n" table all 2> /dev/null
	done
	while ip rule del pref 1000 2> /dev/null; do :; done
}
start() { "$build/hb-address" IPaddr2 "$1" start > /dev/null; }
stop() { "$build/hb-address" IPaddr2 "$1" stop > /dev/null; }
has() { ip -o addr show dev "$1" | grep -q " $2/"; }
# Words of ip, at the beginning of a line, with the blanks it leaves.
route() { ip -4 route show table "${2:-main}" | grep -qE "^$1 *$"; }
route6() { ip -6 route show table "${2:-main}" | grep -qE "^$1( |$)"; }
# shellcheck disable=SC2317  # called by name
lasting()
{
	ip -o addr show dev eth0 | grep -E "$1" | grep -qE "valid_lft [1-9][0-9]*sec"
}

family4()
{
	bare
	promote "$1" "$2"
	ok "$3: the service address is the first of its network" \
		'start 10.1.0.100/24/eth0 && has eth0 10.1.0.100'
	# A lease, and one without.
	ip addr add 10.1.0.1/24 dev eth0 label eth0:own valid_lft 3600 preferred_lft 3600
	ip addr add 10.1.0.2/24 brd 10.1.0.255 dev eth0
	ip route add default via 10.1.0.254
	ip route add 192.168.1.0/24 via 10.1.0.254 src 10.1.0.100
	ip route add 192.168.2.0/24 via 10.1.0.254 src 10.1.0.1 metric 7
	ip route add 192.168.3.0/24 dev eth1 src 10.1.0.100
	ip route add 192.168.4.0/24 via 10.1.0.254 table 77
	ip route add 192.168.5.0/24 src 10.1.0.100 nexthop via 10.1.0.253 nexthop via 10.1.0.252
	ip route add 192.168.6.0/24 via 192.168.1.9 onlink dev eth0 src 10.1.0.100
	ip rule add pref 1000 from 10.1.0.100 lookup 77
	ok "$3: it is released" 'stop 10.1.0.100/24/eth0 && ! has eth0 10.1.0.100'
	ok "$3: the node's own addresses stay" 'has eth0 10.1.0.1 && has eth0 10.1.0.2'
	ok "$3: with label and lifetime" 'lasting "10.1.0.1/24 .* eth0:own"'
	ok "$3: the network" 'route "10.1.0.0/24 dev eth0 proto kernel scope link src 10.1.0.[12]"'
	ok "$3: the default route" 'route "default via 10.1.0.254 dev eth0"'
	ok "$3: a route from it, without its source" 'route "192.168.1.0/24 via 10.1.0.254 dev eth0"'
	ok "$3: a route from another" \
		'route "192.168.2.0/24 via 10.1.0.254 dev eth0 src 10.1.0.1 metric 7"'
	ok "$3: on another interface" 'route "192.168.3.0/24 dev eth1 scope link"'
	ok "$3: in another table" 'route "192.168.4.0/24 via 10.1.0.254 dev eth0" 77'
	ok "$3: by two ways" 'route "192.168.5.0/24" && ip route show 192.168.5.0/24 | grep -q 10.1.0.252'
	ok "$3: by a gateway that is said to be there" \
		'route "192.168.6.0/24 via 192.168.1.9 dev eth0 onlink"'
	ok "$3: the rule" 'ip rule show pref 1000 | grep -q "from 10.1.0.100 lookup 77"'
	ok "$3: the settings are as they were" \
		"[ \"\$(cat /proc/sys/net/ipv4/conf/{all,eth0}/promote_secondaries | xargs)\" = '$1 $2' ]"
}

family4 0 0 "not promoting"
family4 0 1 "promoting"
family4 1 0 "all promote"

# A container, where nothing can be set.
ok "settings cannot be written" 'mount -o bind,ro /proc/sys /proc/sys'
promote() { :; }
family4 1 0 "read-only, promoting"
umount /proc/sys
echo 0 | tee /proc/sys/net/ipv4/conf/{all,eth0}/promote_secondaries > /dev/null
mount -o bind,ro /proc/sys /proc/sys
family4 0 0 "read-only, not promoting"
umount /proc/sys

bare
ok "a secondary one" 'ip addr add 10.1.0.1/24 dev eth0 && start 10.1.0.100/24/eth0'
ip route add default via 10.1.0.254 src 10.1.0.100
ok "is released" 'stop 10.1.0.100/24/eth0 && ! has eth0 10.1.0.100'
ok "the node's own stays" 'has eth0 10.1.0.1 && route "default via 10.1.0.254 dev eth0"'

bare
ip route add 172.16.0.0/16 dev eth1
ip route add 172.17.0.0/16 dev eth1 table 78
ok "the only address of an interface" 'start 10.5.0.100/24/eth1'
ip route add 172.18.0.0/16 via 10.5.0.254
ip route add 172.19.0.0/16 via 172.16.0.1
ok "is released" 'stop 10.5.0.100/24/eth1 && ! has eth1 10.5.0.100'
ok "routes by that interface stay" 'route "172.16.0.0/16 dev eth1 scope link"'
ok "in other tables too" 'route "172.17.0.0/16 dev eth1 scope link" 78'
ok "by a gateway that can still be reached" 'route "172.19.0.0/16 via 172.16.0.1 dev eth1"'
ok "what led through its network is gone with it" '! route "172.18.0.0/16.*" && ! route "10.5.0.0.*"'

if [ -e /proc/sys/net/ipv6 ]; then
	bare
	ip addr add fd77::1/128 dev eth0 nodad
	ip -6 route add fd77::/64 dev eth0 metric 256
	ok "IPv6 in a network that has a route made by hand" 'start fd77::10/64/eth0'
	ip -6 route add default via fd77::fe dev eth0
	ip -6 route add fd99::/64 via fd77::fe src fd77::10
	ip -6 rule add pref 1000 from fd77::10 lookup 77
	ok "is released" 'stop fd77::10/64/eth0 && ! has eth0 fd77::10'
	ok "the node's own stays" 'has eth0 fd77::1'
	ok "that route stays" 'route6 "fd77::/64 dev eth0 metric 256"'
	ok "the default route" 'route6 "default via fd77::fe dev eth0"'
	ok "a route from it" 'route6 "fd99::/64 via fd77::fe dev eth0 metric"'
	ok "the rule" 'ip -6 rule show pref 1000 | grep -q "from fd77::10 lookup 77"'
	ip -6 rule del pref 1000
	bare
	ok "IPv6, set before the node's own" 'start fd77::10/64/eth0'
	ip addr add fd77::1/64 dev eth0 nodad
	ok "is released" 'stop fd77::10/64/eth0 && ! has eth0 fd77::10'
	ok "the node's own stays, with its network" 'has eth0 fd77::1 && route6 "fd77::/64 dev eth0 proto kernel"'
fi
tap_end
