#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# 20-address.sh BUILDDIR: the commands IPaddr, IPaddr2 and IPv6addr on two hosts made of
# network namespaces, joined by a cable. Needs root; touches nothing outside its namespaces.
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
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT

# The scripts as built, calling the program as built.
mkdir "$tmp/bin"
for name in IPaddr IPaddr2 IPv6addr IPsrcaddr SendArp; do
	sed "s|^HB_ADDRESS=.*|HB_ADDRESS=$build/hb-address|" "$build/resource.d/$name" \
		>"$tmp/bin/$name" && chmod +x "$tmp/bin/$name" || exit 1
done
export HA_FUNCS=$build/ha.d/shellfuncs HA_LOGFILE=$tmp/log HA_LOGFACILITY=none
export HA_RSCTMP=$tmp/rsctmp

count=0 failed=0
ok() { # ok TEXT COMMAND...: the command must succeed
	local text=$1
	shift
	count=$((count + 1))
	if "$@"; then
		echo "ok $count - $text"
	else
		failed=$((failed + 1))
		echo "not ok $count - $text"
		sed 's/^/# /' "$tmp/out" "$tmp/err"
	fi
}
run() { # run CODE SCRIPT ARGS...: output in $tmp/out and $tmp/err
	local expect=$1 code script=$2
	shift 2
	"$tmp/bin/$script" "$@" >"$tmp/out" 2>"$tmp/err"
	code=$?
	[ $code = "$expect" ] || echo "# $script $*: code $code, not $expect"
	[ $code = "$expect" ]
}
prints() { grep -qF -- "$1" "$tmp/out"; }
complains() { grep -qF -- "$1" "$tmp/err"; }
has() { ip -o addr show dev "$1" | grep -q -- "$2"; }
hasnt() { ! has "$@"; }
wait_for() { # wait_for COMMAND...: until it succeeds, at most 10 s
	local i
	for ((i = 0; i < 100; i++)); do
		"$@" && return 0
		sleep 0.1
	done
	return 1
}

# The other host, and what it hears.
unshare --net sleep infinity &
other=$!
wait_for test "$(readlink /proc/self/ns/net)" != "$(readlink /proc/$other/ns/net)"
ip link set lo up
ip link add eth0 type veth peer name eth0 netns $other || exit 1
ip link add eth1 type veth peer name eth1 netns $other || exit 1
nsenter -t $other -n ip link set eth0 up
ip link set eth0 up
ip addr add 10.77.0.1/24 dev eth0
ip addr add fd77::1/64 dev eth0 nodad
mac=$(ip -o link show dev eth0 | sed 's|.*link/ether \([^ ]*\) .*|\1|')
cat >"$tmp/listen.py" <<'EOP'
import socket, sys
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
s.bind(("eth0", 0))
print("ready", flush=True)
while True:
    p = s.recv(2048)
    kind = p[12:14]
    sender = ":".join("%02x" % b for b in p[6:12])
    if kind == b"\x08\x06" and p[28:32] == p[38:42] and p[0:6] == b"\xff" * 6:
        word = {1: "request", 2: "reply"}.get(p[21], "?")
        print("arp", word, socket.inet_ntoa(p[28:32]), sender, flush=True)
    elif kind == b"\x86\xdd" and p[20] == 58 and p[54] == 136 and p[21] == 255:
        print("na", socket.inet_ntop(socket.AF_INET6, p[62:78]),
              "override" if p[58] & 0x20 else "-",
              ":".join("%02x" % b for b in p[80:86]), flush=True)
EOP
nsenter -t $other -n python3 "$tmp/listen.py" >"$tmp/heard" &
wait_for grep -q ready "$tmp/heard" || exit 1
heard() { [ "$(grep -c -- "$1" "$tmp/heard")" -ge "${2:-1}" ]; }

# IPaddr
ok "not there: status 7" run 7 IPaddr 10.77.0.100 status
ok "the line of 3.0.6" prints "INFO:  Resource is stopped"
ok "start finds interface and mask" run 0 IPaddr 10.77.0.100 start
ok "the line of 3.0.6" prints "INFO:  Success"
ok "alias, mask, broadcast" has eth0 "inet 10.77.0.100/24 brd 10.77.0.255 .* eth0:0\\\\"
if command -v ifconfig >/dev/null; then
	ok "ifconfig shows the alias" grep -q "inet 10.77.0.100 " <(ifconfig eth0:0)
fi
ok "gratuitous ARP arrives as request" wait_for heard "arp request 10.77.0.100 $mac"
ok "gratuitous ARP arrives as reply" wait_for heard "arp reply 10.77.0.100 $mac"
ok "and is repeated: five times in all" wait_for heard "arp request 10.77.0.100 $mac" 5
ok "the result is logged" grep -q "IPaddr(IPaddr_10.77.0.100)\[.*INFO:  Success" "$tmp/log"
ok "status 0" run 0 IPaddr 10.77.0.100 status
ok "the line of 3.0.6" prints "INFO:  Running OK"
ok "monitor is status" run 0 IPaddr 10.77.0.100 monitor
ok "start again: success" run 0 IPaddr 10.77.0.100 start
ok "and only once there" test "$(ip -o addr show dev eth0 | grep -c 10.77.0.100)" = 1
ok "interface by name" run 0 IPaddr 10.77.0.101/24/eth0 start
ok "next alias" has eth0 "10.77.0.101/24 .* eth0:1\\\\"
ok "a label of IPaddr is ignored" run 0 IPaddr 10.77.0.102/24/eth0:5 start
ok "next alias" has eth0 "10.77.0.102/24 .* eth0:2\\\\"
ok "stop" run 0 IPaddr 10.77.0.101/24/eth0 stop
ok "the others stay" has eth0 10.77.0.102/24
ok "the free alias is used again" run 0 IPaddr 10.77.0.103/24/10.77.0.127 start
ok "with that broadcast" has eth0 "10.77.0.103/24 brd 10.77.0.127 .* eth0:1\\\\"
ok "broadcast behind the interface" run 0 IPaddr 10.77.0.104/24/eth0/10.77.0.127 start
ok "that broadcast" has eth0 "10.77.0.104/24 brd 10.77.0.127"
ok "dotted netmask" run 0 IPaddr 10.77.0.105/255.255.255.0/eth0 start
ok "as bits" has eth0 10.77.0.105/24
ok "/32" run 0 IPaddr 10.77.0.106/32 start
ok "is /32" has eth0 "10.77.0.106/32 scope"
for n in 100 102 103 104 105 106; do
	ok "stop .$n" run 0 IPaddr 10.77.0.$n stop
	ok ".$n is gone" hasnt eth0 10.77.0.$n/
done
ok "stop of what is not there" run 0 IPaddr 10.77.0.100 stop
ok "the host's own address stays" has eth0 10.77.0.1/24
ok "no route: 1" run 1 IPaddr 192.168.55.1 start
ok "and it says why" complains "no interface has a route to it"
ok "no route, stop: 0" run 0 IPaddr 192.168.55.1 stop
ok "no such interface: 1" run 1 IPaddr 10.77.0.100/24/eth9 start
ok "and it says which there are" complains "there is no interface eth9 (there are "
ok "no such interface, stop: 0" run 0 IPaddr 10.77.0.100/24/eth9 stop
ok "no address: 1" run 1 IPaddr 10.77.0.300 start
ok "no address, stop: 0" run 0 IPaddr 10.77.0.300 stop
ok "unknown action: 1" run 1 IPaddr 10.77.0.100 restart
ok "and it says so" prints "ERROR: Unknown operation: restart"
ok "too few words: usage" run 1 IPaddr start
ok "as 3.0.6" prints "(start|stop|status|usage|meta-data)"
ok "meta-data" run 0 IPaddr meta-data
ok "names itself" prints '<resource-agent name="IPaddr">'
ip route add default dev eth0
ok "only a default route, no bits: 1" run 1 IPaddr 192.168.55.1 start
ok "bits through the default route" run 0 IPaddr 192.168.55.1/24 start
ok "there" has eth0 192.168.55.1/24
ok "stop" run 0 IPaddr 192.168.55.1/24 stop
ip route del default
ip addr add 10.77.0.110/32 dev lo
ok "on loopback only is not running" run 7 IPaddr 10.77.0.110 status
ok "start beside it" run 0 IPaddr 10.77.0.110 start
ok "there" has eth0 10.77.0.110/24
ok "stop" run 0 IPaddr 10.77.0.110 stop
ok "that on loopback stays" has lo 10.77.0.110/32

# IPaddr2
ok "IPaddr2 start" run 0 IPaddr2 10.77.0.120 start
ok "no label, no broadcast" has eth0 "inet 10.77.0.120/24 scope global secondary eth0\\\\"
ok "stop" run 0 IPaddr2 10.77.0.120 stop
ok "a label is taken" run 0 IPaddr2 10.77.0.120/24/eth0:web start
ok "as it is" has eth0 "10.77.0.120/24 .* eth0:web\\\\"
ok "stop" run 0 IPaddr2 10.77.0.120/24/eth0:web stop
ok "no route: 6" run 6 IPaddr2 192.168.55.1 start
ok "the line of 3.0.6" prints "ERROR:  Program is not configured"
ok "no such interface: 6" run 6 IPaddr2 10.77.0.120/24/eth9 start
ok "label too long: 6" run 6 IPaddr2 10.77.0.120/24/eth0:a-long-label start
ok "stop: 0" run 0 IPaddr2 10.77.0.120/24/eth9 stop
ok "an interface that is down is set up" run 0 IPaddr2 10.88.0.1/24/eth1 start
ok "up" grep -q '[<,]UP[,>]' <(ip -o link show dev eth1)
ok "a second one beside it" run 0 IPaddr2 10.88.0.2/24/eth1 start
echo 0 >/proc/sys/net/ipv4/conf/all/promote_secondaries
echo 0 >/proc/sys/net/ipv4/conf/eth1/promote_secondaries
ok "stop of the first of a network" run 0 IPaddr2 10.88.0.1/24/eth1 stop
ok "leaves the second" has eth1 10.88.0.2/24
ok "and the setting as it was" grep -qx 0 /proc/sys/net/ipv4/conf/eth1/promote_secondaries
ip link set eth1 down
ok "on an interface that is down: not running" run 7 IPaddr2 10.88.0.2/24/eth1 status
ok "start sets it up again" run 0 IPaddr2 10.88.0.2/24/eth1 start
ok "running" run 0 IPaddr2 10.88.0.2/24/eth1 status

# IPv6addr
ok "IPv6 start" run 0 IPv6addr fd77:0:0:0:0:0:0:10/64/eth0 start
ok "usable at once" has eth0 "inet6 fd77::10/64 .*nodad"
ok "the advertisement arrives" wait_for heard "na fd77::10 override $mac"
ok "status" run 0 IPv6addr fd77:0:0:0:0:0:0:10/64/eth0 status
ok "with ::, by its prefix" run 0 IPv6addr fd77::11 start
ok "that prefix" has eth0 "fd77::11/64"
ok "IPaddr2 takes IPv6 too" run 0 IPaddr2 fd77::12/64/eth0 start
ok "stop" run 0 IPv6addr fd77::10/64/eth0 stop
ok "stop" run 0 IPv6addr fd77::11 stop
ok "stop" run 0 IPaddr2 fd77::12/64/eth0 stop
ok "gone" hasnt eth0 "fd77::1[012]/"
ok "stopped" run 7 IPv6addr fd77::10 status
ok "stop again" run 0 IPv6addr fd77::10 stop
ok "IPv4 is refused" run 6 IPv6addr 10.77.0.1 start
nsenter -t $other -n ip addr add fd77::20/64 dev eth0 nodad
ip addr add fd77::20/64 dev eth0
ok "another machine has it: the kernel keeps it off" wait_for has eth0 "fd77::20/64 .*dadfailed"
ok "status: of no use" run 7 IPv6addr fd77::20 status
ok "start" run 0 IPv6addr fd77::20 start
ok "it is of use at once" has eth0 "fd77::20/64 .*nodad"
ok "neither tentative nor failed" hasnt eth0 "fd77::20/64 .*\(tentative\|dadfailed\)"
ok "status" run 0 IPv6addr fd77::20 status
ok "stop" run 0 IPv6addr fd77::20 stop

# SendArp and IPsrcaddr, which belong to an address
route() { ip -4 route show | grep -q -- "$1"; }
ok "SendArp: stopped" run 7 SendArp 10.77.0.130/eth0 status
ok "an address that is not here: 0" run 0 SendArp 10.77.0.130/eth0 start
ok "it is logged" grep -q "WARN: Could not send gratuitous arps: .*10.77.0.130" "$tmp/log"
ok "SendArp stop" run 0 SendArp 10.77.0.130/eth0 stop
ip addr add 10.77.0.130/24 dev eth0
ok "SendArp start" run 0 SendArp 10.77.0.130/eth0 start
ok "arrives" wait_for heard "arp reply 10.77.0.130 $mac" 5
ok "SendArp: running" run 0 SendArp 10.77.0.130/eth0 status
ok "SendArp stop" run 0 SendArp 10.77.0.130/eth0 stop
ip route add default via 10.77.0.254 dev eth0 metric 5
ok "IPsrcaddr: not set" run 7 IPsrcaddr 10.77.0.130 status
ok "the words of 3.0.6" prints "No preferred source address defined"
ok "not set, stop: 0" run 0 IPsrcaddr 10.77.0.130 stop
ok "set" run 0 IPsrcaddr 10.77.0.130 start
ok "on the default route" route "^default via 10.77.0.254 dev eth0 src 10.77.0.130 metric 5"
ok "on the network" route "^10.77.0.0/24 dev eth0 .*src 10.77.0.130"
ok "status" run 0 IPsrcaddr 10.77.0.130 status
ok "the word of 3.0.6" grep -qx OK "$tmp/out"
ok "set again" run 0 IPsrcaddr 10.77.0.130 start
ok "stop" run 0 IPsrcaddr 10.77.0.130 stop
ok "the default route is as before" route "^default via 10.77.0.254 dev eth0 metric 5"
ok "and the network" route "^10.77.0.0/24 dev eth0 .*src 10.77.0.1 *$"
ok "an address that is not here: 5" run 5 IPsrcaddr 10.77.0.131 start
ok "and it says so" complains "We are not serving [10.77.0.131]"

echo "1..$count"
[ $failed = 0 ]
