#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Several links, IPv6, a serial line alone, a line that loses packets.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

# A machine that is busy with other tests keeps a beat waiting, now and then for a second.
WARNTIME=2
DEADTIME=4
INITDEAD=8
cluster_new <<'END'
alpha rec::web
END
serial_cable alpha beta

# begin TEXT: a fresh cluster with the ha.cf on standard input.
begin()
{
	local h

	for h in $NODES; do
		! host_is_up "$h" || power_cut "$h"
	done
	: > "$LAB/share/journal"
	for h in $NODES; do rm -f "$(logs "$h")"/ha-*; done
	ha_cf
	cluster_boot
	cluster_start
	within 40 "$1: web runs on alpha" "only alpha web"
	within 30 "$1: settled" "settled local local"
}

# link HOST PEER LINK STATUS: as cl_status says.
link()
{
	[ "$(on "$1" cl_status hblinkstatus "$2" "$3")" = "$4" ]
}

# active HOST NODE
active()
{
	[ "$(on "$1" cl_status nodestatus "$2")" = active ]
}

begin "two networks" < <({ base_cf; ucast_cf; printf 'ucast eth1 10.0.1.%d\n' 1 2; })
cable_cut alpha eth0
within 20 "eth0 cut: the link is dead" "link alpha beta eth0 dead"
within 10 "logged" "logged alpha 'Link beta:eth0 dead' && logged beta 'Link alpha:eth0 dead'"
ok "eth1 is up" "link alpha beta eth1 up"
lasts 2 "no failover" "only alpha web && active beta alpha"
cable_mend alpha eth0
within 20 "mended: the link is up" "link alpha beta eth0 up"
within 10 "logged" "[ \$(logged_times alpha 'Link beta:eth0 up') -ge 2 ]"
for i in 1 2 3; do
	cable_cut beta eth1
	within 20 "cut $i of eth1: dead on both" "link alpha beta eth1 dead && link beta alpha eth1 dead"
	cable_mend beta eth1
	within 20 "mended: up on both" "link alpha beta eth1 up && link beta alpha eth1 up"
done
ok "cut and mended several times: nobody was ever called dead" \
	"! logged alpha 'node beta: is dead' && ! logged beta 'node alpha: is dead'"
ok "web was started once" '[ "$(journal_count alpha web start-begin)" = 1 ]'

if [ -e /proc/sys/net/ipv6 ]; then
	begin "IPv6" < <({ base_cf; printf 'ucast6 eth0 fd00::%d\n' 1 2; })
	power_cut alpha
	within 30 "IPv6: a death is noticed" "only beta web"
else
	note "no IPv6 on this machine: skipped"
fi

begin "serial line" < <({ base_cf; echo "baud 115200"; echo "serial /dev/ttyS0"; })
ok "the link is the serial line" 'on alpha cl_status listhblinks beta | grep -q ttyS0'
on alpha hb_standby 2> /dev/null
within 30 "serial: a hand-over" "only beta web"
within 30 "serial: settled" "settled none all"
power_cut beta
within 30 "serial: a death is noticed" "only alpha web"

begin "network and serial line" < <({ base_cf; ucast_cf; echo "serial /dev/ttyS0"; })
within 20 "both links are up" "link beta alpha eth0 up && link beta alpha /dev/ttyS0 up"
cable_cut alpha eth0
within 20 "the network is dead" "link alpha beta eth0 dead && link beta alpha eth0 dead"
lasts 2 "the serial line carries on" "only alpha web && active beta alpha && active alpha beta"
cable_mend alpha eth0
within 20 "the network is back" "link alpha beta eth0 up && link beta alpha eth0 up"
serial_cut
within 20 "the serial line is dead" "link alpha beta /dev/ttyS0 dead && link beta alpha /dev/ttyS0 dead"
lasts 2 "the network carries on" "only alpha web && active beta alpha && active alpha beta"
serial_mend
within 20 "the serial line is back" "link alpha beta /dev/ttyS0 up && link beta alpha /dev/ttyS0 up"
ok "nobody was called dead" "! logged alpha 'node beta: is dead' && ! logged beta 'node alpha: is dead'"

begin "a bad line" < <({ base_cf; ucast_cf; })
loss alpha 30
loss beta 30
lasts 6 "30 % loss both ways: no failover" "only alpha web"
ok "nobody was called dead" "! logged alpha 'node beta: is dead' && ! logged beta 'node alpha: is dead'"
on alpha hb_standby 2> /dev/null
within 40 "and a hand-over still works: retransmission" "only beta web"
within 30 "settled" "settled none all"
loss alpha 0
loss beta 0
