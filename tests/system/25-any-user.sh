#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Who is nobody in particular may ask, but not move anything. cl_status is set-group-ID, in which a
# sanitizer cannot look for leaks: this runs without.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

cluster_new <<'END'
alpha rec::web
END
cluster_boot
cluster_start
within 15 "both hold their own" "settled local local"

# as_nobody COMMAND...: on alpha, as a user of no group that we know.
as_nobody()
{
	on alpha setpriv --reuid 1000 --regid 1000 --clear-groups "$@" < /dev/null
}

ok "does it run" 'as_nobody cl_status hbstatus | grep -q running'
ok "what is held" '[ "$(as_nobody cl_status rscstatus)" = local ]'
ok "hb_standby is refused" '! as_nobody hb_standby > /dev/null 2>&1'
lasts 1 "and nothing moves" "only alpha web"
