#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A pair of machines under systemd: start, stop, restart, reload. A group moves only where it must.
. "$(dirname "$0")/../lab/machine.sh"

image_staged
cluster_new <<'END'
web1 rec::web
web2 rec::db
END
cluster_boot
ok "systemd is process 1" "[ \"\$(on web1 cat /proc/1/comm)\" = systemd ]"

note "start"
cluster_start
within 15 "each has its own" "only web1 web && only web2 db"
for h in $NODES; do
	ok "$h: the unit is active" "[ \"\$(unit $h ActiveState)\" = active ]"
done
