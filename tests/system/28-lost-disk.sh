#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A power cut takes what the disk was given last: the generation falls back, and what the node says
# is a replay to its peer. It finds out and goes on above the generation that the peer knows.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

state=/var/lib/heartbeat

generation()
{
	on "$1" cat $state/hb_generation | tr -d ' '
}

cluster_new <<'END'
alpha rec::one
beta rec::two
END
cluster_boot
cluster_start
within 20 "both hold theirs" "runs alpha one && runs beta two && settled local local"
known=$(generation alpha)

power_cut alpha
within 15 "beta takes all" "only beta one && only beta two"
host_boot alpha
on alpha sh -c "printf '%15d\n' $((known - 7)) > $state/hb_generation"
hb_quietly alpha start
within 20 "alpha is taken for no replay: it has its group again" "only alpha one && settled local local"
ok "it says why" "logged alpha 'has heard a later life of ours'"
ok "the disk knows it now" '[ "$(generation alpha)" -gt "$known" ]'
ok "no death of an engine was counted" "! logged alpha 'the engine died'"
