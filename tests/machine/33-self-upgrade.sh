#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A package of the next version over a pair that serves: no group moves, no client waits, the daemon
# is the new one; and one whose daemon does not work changes nothing.
. "$(dirname "$0")/../lab/machine.sh"
. "$LAB_LIB/package.sh"

image_packaged
LAB_IMAGE=packaged
LAB_IMAGES["client"]=bare
cluster_new <<'END'
web1 10.0.0.100/24/eth0 rec::web
END
deb_next 4.0.7
printf '#!/bin/sh\necho "no such library" >&2\nexit 127\n' > "$LAB/broken"
deb_next 4.0.8 "$LAB/broken"
deb_next 4.0.9
cluster_boot
host_new client 9
host_boot client || bail "the client does not boot"

version() { on "$1" dpkg-query -W -f '${Version}' heartbeat; }
# What the daemon itself says it is.
running_version() { hbctl_json "$1" | grep -o '"version": *"[^"]*"' | tr -dc '0-9.'; }
master() { on "$1" pgrep -o -f '^heartbeat: master'; }
serves() { only web1 web && has_address web1 10.0.0.100; }
untouched()
{
	[ "$(journal_count web1 web start-end):$(journal_count web2 web start-end)" = 1:0 ] && serves &&
		[ "$(unit web1 ActiveState):$(unit web1 MainPID)" = "active:$pid" ]
}

cluster_start
within 60 "web1 serves" "serves && [ \"\$(on web2 cl_status nodestatus web1)\" = active ]"
pid=$(master web1)
probe_answer web1 web2
probe_start client 10.0.0.100

note "the next version, on both"
for h in web2 web1; do
	ok "$h: it installs" "apt_get $h install /lab/4.0.7.deb && [ \"\$(version $h)\" = 1:4.0.7 ]"
	within 20 "$h: the daemon is that version" "[ \"\$(running_version $h)\" = 4.0.7 ]"
done
within 10 "web1: one process and one unit for all that" untouched

note "one whose daemon does not work"
ok "it installs" "apt_get web1 install /lab/4.0.8.deb"
ok "apt says that the one that ran goes on" "grep -q 'no such library' $LAB/apt.web1"
lasts 3 "which it does" untouched
ok "one that works comes over it" "apt_get web1 install /lab/4.0.9.deb"
within 20 "the daemon is that version" "[ \"\$(running_version web1)\" = 4.0.9 ]"
lasts 2 "nothing was touched in all this" untouched
probe_stop
note "longest gap: $(probe_gap) ms"
ok "one machine answered, all the time" "[ \"\$(grep -c '^host ' $LAB/share/probe)\" = 1 ] &&
	grep -q '^host web1 ' $LAB/share/probe && [ \$(probe_doubles) = 0 ]"
ok "a client saw no gap" "[ \$(probe_gap) -lt 500 ]"
