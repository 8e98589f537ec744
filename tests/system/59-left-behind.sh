#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Heartbeat is killed on a node whose interface is down, and started again there: the address that it left on that
# interface is not forgotten, or two nodes would have it as soon as the interface is up.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

VIP=10.0.0.100
# shellcheck disable=SC2034
WARNTIME=1500ms DEADTIME=3 INITDEAD=8 FAILBACK=off
cluster_new << END
alpha IPaddr::$VIP/24/eth0
END
{ base_cf; printf 'ucast eth1 10.0.1.%d\n' 1 2; } | ha_cf
cluster_boot
cluster_start
within 20 "alpha has it" "has_address alpha $VIP"

on alpha ip link set eth0 down
on alpha kill -KILL "$(master_pid alpha)" "$(engine_pid alpha)"
within 30 "beta has it" "has_address beta $VIP"
ok "alpha's eth0 has it too, but is down" "has_address alpha $VIP"
hb_quietly alpha start
within 20 "started again: alpha removes what it left" "! has_address alpha $VIP"
within 20 "it has joined" "json beta \"[n['status'] for n in s['nodes']]\" | grep -q 'active.*active'"
on alpha ip link set eth0 up
lasts 2 "its eth0 is up: beta alone has it" "! has_address alpha $VIP && has_address beta $VIP"
