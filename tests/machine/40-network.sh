#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Who else sets up the network of a machine: ifupdown, systemd-networkd (with DHCP) and NetworkManager. They
# take interfaces down and up and remove addresses that are not theirs. Whatever they do, once it is over one
# node has the service addresses and a client reaches it, a group moves only when its node could not have kept
# it, and no manager misses an address of its own.
. "$(dirname "$0")/../lab/machine.sh"

# shellcheck disable=SC2034
KEEPALIVE=200ms WARNTIME=1 DEADTIME=5 INITDEAD=10
# Shorter and longer than deadtime.
short=3
long=8
image_staged
image_new managers staged sh -ec '
	apt-get install -qq -y --no-install-recommends network-manager
	systemctl disable networking systemd-networkd NetworkManager NetworkManager-wait-online
'
export LAB_IMAGE=managers
ip4=10.0.0.100
ip6=fd00::100
cluster_new <<END
web1 IPaddr2::$ip4/24/eth0 IPv6addr::$ip6/64/eth0 rec::web
END
# The client; it gives out addresses, too.
host_new lan 9
for h in "${LAB_HOSTS[@]}"; do
	# Neither networkd nor NetworkManager waits for udev then.
	echo 'mount -o remount,ro,bind sys' > "$LAB/hosts/$h/boot.sh"
done
declare -A own log_end

# ---- managers -------------------------------------------------------------------------------

# ifupdown removes a primary address together with its secondaries, as the kernel does by itself.
files_of_networking()
{
	local h

	for h in "${LAB_HOSTS[@]}"; do
		printf 'iface eth0 inet6 static\n\taddress fd00::%s/64\n' "${LAB_NUMBER[$h]}" \
			>> "$(etc "$h")/network/interfaces"
	done
}

# web1 has its address of eth0 from DHCP.
files_of_systemd-networkd()
{
	local h net address

	for h in "${LAB_HOSTS[@]}"; do
		for net in 0 1; do
			address=Address=10.0.$net.${LAB_NUMBER[$h]}/24
			[ "$h$net" != web10 ] || address=DHCP=ipv4
			cat > "$(etc "$h")/systemd/network/eth$net.network" <<- END
				[Match]
				Name=eth$net
				[Network]
				$address
				Address=fd00:$net::${LAB_NUMBER[$h]}/64
				IPv6AcceptRA=no
			END
		done
	done
	cat >> "$(etc lan)/systemd/network/eth0.network" <<- END
		DHCPServer=yes
		[DHCPServer]
		PoolOffset=50
		PoolSize=20
		DefaultLeaseTimeSec=12
		MaxLeaseTimeSec=12
		Router=10.0.0.254
		EmitDNS=no
		EmitNTP=no
		EmitTimezone=no
	END
}

files_of_NetworkManager()
{
	local h net file

	for h in "${LAB_HOSTS[@]}"; do
		for net in 0 1; do
			file=$(etc "$h")/NetworkManager/system-connections/lan$net.nmconnection
			cat > "$file" <<- END
				[connection]
				id=lan$net
				type=ethernet
				interface-name=eth$net
				[ipv4]
				method=manual
				address1=10.0.$net.${LAB_NUMBER[$h]}/24
				[ipv6]
				method=manual
				address1=fd00:$net::${LAB_NUMBER[$h]}/64
			END
			chmod 600 "$file"
		done
	done
}

# network_of UNIT: boot all machines with that one as manager of their networks, and start Heartbeat.
network_of()
{
	local h wants

	manager=$1
	note "$manager"
	for h in "${LAB_HOSTS[@]}"; do
		! host_is_up "$h" || power_cut "$h"
		[ "$manager" = networking ] || rm -f "$(etc "$h")/network/interfaces"
		wants=$(etc "$h")/systemd/system/multi-user.target.wants
		rm -f "$wants"/{networking,systemd-networkd,NetworkManager}.service "$(etc "$h")/systemd/network"/*
		ln -s "/lib/systemd/system/$manager.service" "$wants/"
	done
	"files_of_$manager"
	for h in lan web1 web2; do
		host_boot "$h" || bail "$h does not boot"
	done
	within 20 "the machines have their addresses" \
		"own_known && [[ \${own[web1]} == *'eth0 10.0.0.'* && \${own[web2]} == *'eth0 10.0.0.2/24'* ]]"
	probe_answer web1 web2
	cluster_start
	within 20 "web1 has its group" "serves web1"
	within 20 "settled" "at_rest"
}

# ---- what is so -----------------------------------------------------------------------------

# own_of HOST: addresses and routes that are the node's own. (Of a subnet's own route the kernel chooses the
# source address.)
own_of()
{
	on "$1" sh -c 'ip -o addr show scope global; ip route; ip -6 route' |
		awk -v ours="^($ip4|$ip6)/" '
			$3 ~ /^inet/ && $4 !~ ours { print $2, $4 }
			$3 !~ /^inet/ && !/ proto kernel / { sub(/ expires.*/, ""); print "route", $0 }' | sort
}

own_known()
{
	local h

	for h in $NODES; do
		own[$h]=$(own_of "$h")
		[[ ${own[$h]} == *eth0\ 10.*eth0\ fd00:*eth1\ 10.* ]] || return 1
	done
}

own_complete()
{
	local h now

	difference=
	for h in $NODES; do
		now=$(own_of "$h")
		[ "$now" = "${own[$h]}" ] || { difference="$h: ${own[$h]//$'\n'/; } is now ${now//$'\n'/; }"; return 1; }
	done
}

own_stays()
{
	within 10 "$1" "own_complete"
	[ -z "$difference" ] || note "$difference"
}

# has_both HOST, has_none HOST: of the service addresses, in use.
has_both()
{
	[ "$(on "$1" ip -o addr show dev eth0 up | grep -v 'tentative\|dadfailed' |
		grep -cE " ($ip4|$ip6)/")" = 2 ]
}

has_none()
{
	! on "$1" ip -o addr | grep -qE " ($ip4|$ip6)/"
}

# serves HOST: it and nobody else has the group, and a client reaches it by both addresses.
serves()
{
	local other=web1

	[ "$1" != web1 ] || other=web2
	only "$1" web && has_both "$1" && has_none "$other" && reaches "$1"
}

reaches()
{
	on lan sh -c "ping -nq -c 1 -W 1 $ip4 && ping -6nq -c 1 -W 1 $ip6" > /dev/null 2>&1
}

at_rest()
{
	settled local none || settled local local
}

# The path by eth0, as each node sees it.
beats()
{
	[ "$(on web1 cl_status hblinkstatus web2 eth0) $(on web2 cl_status hblinkstatus web1 eth0)" = "up up" ]
}

# news HOST: what it has logged since the trial began.
news()
{
	tail -n "+$((log_end[$1] + 1))" "$(logs "$1")/ha-log"
}

# silent_since MOMENT: for how long the client was not served after it, in ms; short silences are the machine's.
silent_since()
{
	awk -v since="$1" '$1 == "gap" && $4 > 50 && $3 > since { sum += $3 - ($2 > since ? $2 : since) }
		END { print sum + 0 }' "$LAB/share/probe"
}

# ---- trials ---------------------------------------------------------------------------------

# trial stays|moves|doubles TEXT COMMAND: the command is a fault with an end, and web1 has the group before it.
# It keeps it; or the group may move, or both nodes may hold it until they hear each other again.
trial()
{
	local h end late lines

	note "$manager: $2"
	# What an earlier one has left is not this one's fault.
	serves web1 || again
	moves_mark
	for h in $NODES; do
		log_end[$h]=$(wc -l < "$(logs "$h")/ha-log")
	done
	[ "$1" != doubles ] || journal_note all partition
	probe_start lan $ip4
	pause 0.2
	eval "$3" > "$LAB/share/out" 2>&1 < /dev/null || note "$3: $? $(cat "$LAB/share/out")"
	end=$(now_ms)
	within 5 "$2: one node has the group" "serves web1 || serves web2"
	within 15 "$2: web1 has it" "serves web1 && at_rest"
	[ "$1" != doubles ] || journal_note all whole
	within 10 "$2: beats pass" "beats"
	own_stays "$2: nothing of the nodes' own is missing"
	if [ "$1" = stays ]; then
		lasts 1 "$2: nothing has moved" "unmoved"
		ok "$2: nobody was taken for dead" "! { news web1; news web2; } | grep -E 'is dead|returning after'"
	fi
	probe_stop
	late=$(silent_since "$end")
	note "figure: client cut off for $late ms after the end (held to: 1000)"
	ok "$2: the client is served within seconds" "[ $late -lt 3000 ]"
	lines=$({ news web1; news web2; } | wc -l)
	note "figure: $lines lines in the logs"
	ok "$2: the log is short" "[ $lines -le $([ "$1" = stays ] && echo 40 || echo 120) ]"
}

# again: the group is stopped and started, so that it is on web1 whatever has happened.
again()
{
	wait_for 5 "at_rest"
	on web1 hb_standby > /dev/null 2>&1
	wait_for 5 "serves web2"
	on web1 hb_takeover > /dev/null 2>&1
	wait_for 5 "serves web1 && at_rest"
}

# each COMMAND: on both nodes at once.
each()
{
	local h jobs=

	for h in $NODES; do
		on "$h" sh -c "$1" &
		jobs="$jobs $!"
	done
	wait $jobs
}

# released: the group goes to web2 and comes back; web1 keeps what is its own.
released()
{
	on web1 hb_standby > /dev/null 2>&1
	within 10 "$manager: web2 has it after a standby" "serves web2"
	own_stays "$manager: nothing of the nodes' own went with it"
	on web1 hb_takeover > /dev/null 2>&1
	within 10 "$manager: web1 has it again" "serves web1 && at_rest"
	own_stays "$manager: nothing of the nodes' own went with it"
}

{ base_cf; echo "bcast eth0"; } | ha_cf
network_of networking
trial stays "ifdown, ${short}s, ifup" "on web1 sh -c 'ifdown eth0; sleep $short; ifup eth0'"
trial moves "ifdown, ${long}s, ifup" "on web1 sh -c 'ifdown eth0; sleep $long; ifup eth0'"
trial stays "ifdown, ${short}s, ifup on both" "each 'ifdown eth0; sleep $short; ifup eth0'"
trial moves "ifdown, ${long}s, ifup on both" "each 'ifdown eth0; sleep $long; ifup eth0'"
trial stays "restart" "on web1 systemctl restart networking"
trial stays "restart on both" "each 'systemctl restart networking'"
released

# lease CHANGE: the server gives web1 another address when it asks again.
lease()
{
	sed -i 's/^PoolOffset=.*/PoolOffset=120/' "$(etc lan)/systemd/network/eth0.network"
	on lan networkctl reload
	wait_for 10 "on lan networkctl status eth0 | grep -q routable"
	on web1 networkctl renew eth0
	wait_for 30 "[[ \$(own_of web1) == *'eth0 10.0.0.12'* ]]"
	own[web1]=$(own_of web1)
}

{ base_cf; echo "mcast eth0 239.0.0.1 694 1 0"; printf 'ucast eth1 10.0.1.%d\n' 1 2; } | ha_cf
network_of systemd-networkd
trial stays "restart" "on web1 systemctl restart systemd-networkd"
trial stays "reconfigure" "on web1 networkctl reconfigure eth0"
trial stays "reload of a changed file" "on web1 sh -c 'touch /etc/systemd/network/*; networkctl reload'"
trial stays "down, ${short}s, up" "on web1 sh -c 'networkctl down eth0; sleep $short; networkctl up eth0'"
trial stays "no carrier for ${short}s" "cable_cut web1 eth0; sleep $short; cable_mend web1 eth0"
trial moves "down, ${long}s, up" "on web1 sh -c 'networkctl down eth0; sleep $long; networkctl up eth0'"
trial stays "reconfigure on both" "each 'networkctl reconfigure eth0'"
trial stays "DHCP: renew" "on web1 networkctl renew eth0"
trial stays "DHCP: another address" lease
released

switch_off()
{
	cable_cut web1 eth0
	cable_cut web2 eth0
}

switch_on()
{
	cable_mend web1 eth0
	cable_mend web2 eth0
}

{ base_cf; ucast_cf; } | ha_cf
network_of NetworkManager
trial stays "restart" "on web1 systemctl restart NetworkManager"
trial stays "reapply" "on web1 nmcli device reapply eth0"
trial stays "connection down, ${short}s, up" \
	"on web1 sh -c 'nmcli connection down lan0; sleep $short; nmcli connection up lan0'"
trial stays "connection up" "on web1 nmcli connection up lan0"
# After 6 s without carrier it removes all addresses, and sets them anew when there is carrier again, unless the
# interface got an address meanwhile.
trial doubles "no carrier for ${long}s" "cable_cut web1 eth0; sleep $long; cable_mend web1 eth0"
trial doubles "no carrier for ${long}s on both" "switch_off; sleep $long; switch_on"
trial stays "connection up on both" "each 'nmcli connection up lan0'"
released
