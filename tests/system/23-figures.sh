#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What a client sees: the gap of a power cut, of a hand-over, of a start.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

# Asserted with generous bounds, for a machine that is busy; "make bench" holds to the exact
# figures.
KEEPALIVE=100ms
WARNTIME=300ms
DEADTIME=500ms
cluster_new <<'END'
alpha IPaddr2::10.0.0.100/24/eth0
END
host_new client 9
host_boot client
cluster_boot
probe_answer alpha beta

t=$(now_ms)
probe_start client 10.0.0.100
cluster_start
within 15 "the address is up" "has_address alpha 10.0.0.100"
within 15 "settled" "settled local local || settled all none"
probe_stop
first=$(awk '$1 == "host" { print $3; exit }' "$LAB/share/probe")
ok "two nodes started together serve within 5 s" "[ $((${first:-9999999999999} - t)) -lt 5000 ]"
note "figure: start together $((${first:-0} - t)) ms (held to: 2000)"

probe_start client 10.0.0.100
sleep 0.3
on alpha hb_standby 2> /dev/null
within 10 "hb_standby: beta has it" "has_address beta 10.0.0.100"
within 10 "settled" "settled none all"
probe_stop
gap=$(probe_gap)
note "figure: hb_standby gap $gap ms (held to: 20)"
ok "hb_standby: a gap below 1 s" "[ $gap -lt 1000 ]"
ok "nobody answered twice" "[ $(probe_doubles) = 0 ]"
ok "both answered, one after the other" "[ \"\$(awk '\$1 == \"host\" { print \$2 }' $LAB/share/probe | tr '\n' ' ')\" = 'alpha beta ' ]"

probe_start client 10.0.0.100
sleep 0.3
power_cut beta
within 10 "power cut: alpha has it" "has_address alpha 10.0.0.100"
sleep 0.3
probe_stop
gap=$(probe_gap)
note "figure: power cut gap $gap ms (held to: 520, deadtime 500)"
ok "power cut: a gap of about deadtime, below 3 s" "[ $gap -lt 3000 ] && [ $gap -gt 300 ]"
ok "nobody answered twice" "[ $(probe_doubles) = 0 ]"
