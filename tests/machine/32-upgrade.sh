#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A running pair of Debian's 3.0.6 gets our package, one node after the other: two planned moves and
# nothing else. It goes back, and the files that were there are there.
. "$(dirname "$0")/../lab/machine.sh"
. "$LAB_LIB/package.sh"

image_old
LAB_IMAGE=old
deb_build
archive_start
OLD='1:3.0.6*'
cluster_new <<'END'
web1 10.0.0.100 rec::web
END
cp "$DEB" "$LAB/share/heartbeat_4_amd64.deb"
cluster_boot

# The node's state and configuration, but for what is to change.
files()
{
	# shellcheck disable=SC2046
	(cd "$(etc "$1")" && md5sum ha.d/ha.cf ha.d/haresources ha.d/authkeys $(cd "${IMAGES[old]}/etc" && ls ha.d/resource.d/* ha.d/rc.d/*) \
		ha.d/shellfuncs ha.d/README.config)
	(cd "$LAB/hosts/$1/root/var/lib/heartbeat" && md5sum hb_uuid)
}
generation() { echo $(($(cat "$LAB/hosts/$1/root/var/lib/heartbeat/hb_generation"))); }
version() { on "$1" dpkg-query -W -f '${Version}' heartbeat; }
# starts WEB1 WEB2: how often the group was started on each.
starts()
{
	[ "$(journal_count web1 web start-end):$(journal_count web2 web start-end)" = "$1:$2" ]
}
serves() { only "$1" web && has_address "$1" 10.0.0.100; }

cluster_start
within 90 "3.0.6 serves on web1" "serves web1 && [ \"\$(on web2 cl_status nodestatus web1)\" = active ]"
lasts 2 "and has done so once" "starts 1 0"
for h in $NODES; do
	files $h > "$LAB/files.$h"
done
generations="$(generation web1) $(generation web2)"

note "the node that waits"
echo "# of the administrator" >> "$(etc web2)/init.d/heartbeat"
ok "with a changed init script and nobody to ask it refuses, and says how" \
	"! apt_get web2 install /lab/heartbeat_4_amd64.deb > /dev/null &&
	grep -q '^heartbeat: changed since .*: /etc/init.d/heartbeat: .*--force-confnew' $LAB/apt.web2"
ok "3.0.6 is whole" "version web2 | grep -q 3.0.6 &&
	[ \"\$(on web2 dpkg-query -W -f '\${db:Status-Abbrev}' heartbeat)\" = 'ii ' ]"
within 60 "and runs" "[ \"\$(on web2 cl_status hbstatus)\" = 'Heartbeat is running on this machine.' ] &&
	[ \"\$(on web2 cl_status nodestatus web1)\" = active ]"
ok "web2: our package installs over it" \
	"apt_get web2 -o Dpkg::Options::=--force-confnew install /lab/heartbeat_4_amd64.deb"
ok "the changed file is beside ours" "grep -q '^# of the administrator' $(etc web2)/init.d/heartbeat.dpkg-old &&
	rm $(etc web2)/init.d/heartbeat.dpkg-old"
ok "it is ours" "version web2 | grep -q '^1:4'"
within 30 "it runs" "on web2 heartbeat -s > /dev/null && [ \"\$(unit web2 ActiveState)\" = active ]"
within 30 "both see each other" "[ \"\$(on web2 cl_status nodestatus web1)\" = active ] &&
	[ \"\$(on web1 cl_status nodestatus web2)\" = active ]"
lasts 3 "nothing has moved" "serves web1 && starts 1 0"

note "the node that holds"
ok "web1: our package installs over it" "apt_get web1 install /lab/heartbeat_4_amd64.deb"
within 60 "the group is at home again" "serves web1"
within 30 "both run ours" "on web1 hbctl status > /dev/null && [ \"\$(unit web1 ActiveState)\" = active ] &&
	[ \"\$(on web1 cl_status nodestatus web2)\" = active ]"
lasts 3 "two planned moves and no more" "starts 2 1"
for h in $NODES; do
	files $h > "$LAB/files.now"
	ok "$h: configuration, agents and uuid are kept" "diff $LAB/files.$h $LAB/files.now"
	ok "$h: nothing was put beside them" "! find $(etc $h) -name '*.dpkg-*' -o -name '*.ucf-*' | grep -q ."
	ok "$h: what 3.0.6's agents need is not taken by an autoremove" \
		"! on $h apt-get -s autoremove | grep -E '^Remv (resource-agents|cluster-glue) '"
	ok "$h: our agents have our functions" \
		"on $h /usr/libexec/heartbeat/resource.d/IPaddr 10.0.0.77 status 2>&1 | grep -qi stopped &&
		on $h /usr/libexec/heartbeat/resource.d/Delay 0 meta-data | grep -q '<resource-agent'"
done
ok "web1: the generation goes on" "[ \$(generation web1) -gt ${generations% *} ]"
ok "web2: the generation goes on" "[ \$(generation web2) -gt ${generations#* } ]"

note "and back, without the Pacemaker that 3.0.6 recommends"
back() { apt_get "$1" --no-install-recommends --allow-downgrades install "heartbeat=$OLD"; }
# As the daemon makes it for a resource that has a unit.
order=/run/systemd/system/heartbeat.service.d/50-haresources.conf
on web2 sh -c "mkdir -p ${order%/*} && printf '[Unit]\nAfter=cron.service\n' > $order && systemctl daemon-reload"
ok "web2: 3.0.6 installs over ours" "back web2"
ok "systemd is told no order any more" "! on web2 test -e $order && [ -z \"\$(unit web2 DropInPaths)\" ]"
within 60 "it runs" "version web2 | grep -q 3.0.6 && [ \"\$(on web2 cl_status hbstatus)\" = 'Heartbeat is running on this machine.' ]"
within 60 "both see each other" "[ \"\$(on web2 cl_status nodestatus web1)\" = active ] &&
	[ \"\$(on web1 cl_status nodestatus web2)\" = active ]"
lasts 3 "nothing has moved" "serves web1 && starts 2 1"
ok "web1: 3.0.6 installs over ours" "back web1"
within 90 "the group is at home again" "serves web1"
# 3.0.6's postinst starts it and then restarts it, which may move the group to and fro once more.
within 60 "where it stays" "serves web1 && stays 8 'serves web1'"
ok "by planned moves" "starts 3 2 || starts 4 3"
for h in $NODES; do
	files $h > "$LAB/files.now"
	ok "$h: configuration, agents and uuid are those of the beginning" "diff $LAB/files.$h $LAB/files.now"
	ok "$h: its package is whole" "[ -z \"\$(on $h dpkg --verify heartbeat)\" ]"
done
