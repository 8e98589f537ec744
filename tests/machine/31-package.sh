#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Our package on a machine that never had one: without a configuration nothing runs, with one it
# does; a removal gives up what it holds; a purge leaves nothing.
. "$(dirname "$0")/../lab/machine.sh"
. "$LAB_LIB/package.sh"

NODES=web1
LAB_IMAGE=bare
# Its unit is a resource, of which the daemon tells systemd.
lab_after_new()
{
	printf '[Service]\nExecStart=sleep infinity\n' > "$2/etc/systemd/system/demo.service"
}
image_bare
image_staged
deb_build
archive_start
LAB_IMAGES["web2"]=staged
host_new web1 1
mkdir -p "$LAB/hosts/web1/root/root/heartbeat/build/package"
cp "$DEB" "$LAB/hosts/web1/root/root/heartbeat/build/package/heartbeat_4_amd64.deb"
cp "$DEB" "$LAB/share/heartbeat_4_amd64.deb"
cluster_boot
running() { on web1 pgrep -f '^heartbeat: master' > /dev/null; }
installs() { apt_get web1 install /lab/heartbeat_4_amd64.deb; }
# All files but the package manager's own, logs and caches.
files()
{
	on web1 sh -c 'find / -xdev \( -path /proc -o -path /sys -o -path /dev -o -path /run -o -path /lab \
		-o -path /tmp -o -path "/var/lib/dpkg" -o -path /var/lib/apt -o -path "/var/cache" \
		-o -path /var/log -o -path /var/lib/systemd -o -path /etc/passwd- -o -path /etc/group- \
		-o -path /etc/shadow- -o -path /etc/gshadow- -o -name .pwd.lock \) -prune -o -print
		find /run/systemd/system -name "*heartbeat*"
		ls -d /run/heart* /run/ha* /var/log/ha*' 2> /dev/null | sort
}
order=/run/systemd/system/heartbeat.service.d/50-haresources.conf
mode() { on web1 stat -c '%U:%G %a' "$1"; }

note "first install"
on web1 sh -c 'apt-get -qq -y install $(dpkg-deb -f /lab/heartbeat_4_amd64.deb Depends |
	tr , "\n" | sed "s/[(|].*//" | grep -v systemd) logrotate' > "$LAB/apt.web1" 2>&1 < /dev/null
files > "$LAB/before"
mkdir "$LAB/readme"
awk -v title="Install a package" -v dir="$LAB/readme" -f "$LAB_TOP/tests/machine/readme.awk" "$LAB_TOP/README.md"
ok "README says how: ./package, which was done, and a command" \
	"[ \$(ls $LAB/readme | wc -l) = 1 ] && sed -n 1p $LAB/readme/01.sh | grep -q '^sudo ./package' &&
	[ \$(sed 1d $LAB/readme/01.sh | grep -c '^sudo ') = 1 ]"
ok "it installs with no other package of ours" \
	"on web1 sh -c \"cd /root/heartbeat; \$(sed '1d; s/^sudo //' $LAB/readme/01.sh)\" > $LAB/apt.web1 2>&1 < /dev/null"
ok "nothing runs" "! running && [ \"\$(unit web1 ActiveState)\" = inactive ]"
ok "it is enabled" "on web1 systemctl -q is-enabled heartbeat"
ok "a start without a configuration starts nothing" \
	"on web1 systemctl start heartbeat; ! running && [ \"\$(unit web1 ActiveState)\" = inactive ]"
ok "no unit has failed" "! on web1 systemctl --failed --no-legend | grep -q ."
ok "user and group are there" "on web1 id hacluster | grep -q 'gid=[0-9]*(haclient)'"
ok "cl_status is set-group-ID" "[ \"\$(mode /usr/bin/cl_status)\" = 'root:haclient 2755' ]"
ok "the daemon is on PATH" "on web1 heartbeat -V | grep -q '^4'"
ok "agents are at their old path" "on web1 test -x /etc/ha.d/resource.d/IPaddr"
ok "and one that we leave to drbd-utils is not" "! on web1 test -e /etc/ha.d/resource.d/drbddisk"
ok "functions are at their old path" "on web1 sh -c '. /etc/ha.d/shellfuncs && command -v ha_reason' > /dev/null"
ok "needrestart lets it run" "on web1 perl -e 'our %nrconf; do q(/etc/needrestart/conf.d/heartbeat.conf);
	my \$rc = \$nrconf{override_rc};
	exit !grep { q(heartbeat.service) =~ \$_ && !\$rc->{\$_} } keys %\$rc'"
ok "nothing in it was changed since" "[ -z \"\$(on web1 dpkg --verify heartbeat)\" ]"

note "what the administrator said of cl_status holds"
on web1 dpkg-statoverride --update --add root root 0750 /usr/bin/cl_status
ok "again" "apt_get web1 --reinstall install /lab/heartbeat_4_amd64.deb"
ok "it has the mode it was given" "[ \"\$(mode /usr/bin/cl_status)\" = 'root:root 750' ]"
on web1 dpkg-statoverride --remove /usr/bin/cl_status
on web1 rm /etc/ha.d/resource.d/Delay

note "with a configuration"
{ base_cf; echo "node web2"; ucast_cf; } | ha_cf
printf 'auth 1\n1 sha1 ThisIsOnlyATest\n' | authkeys
echo "web1 10.0.0.100 demo" | haresources
ok "an update that finds it stopped leaves it stopped" \
	"apt_get web1 --reinstall install /lab/heartbeat_4_amd64.deb && ! running"
ok "a link that the administrator took away stays away" \
	"! on web1 test -L /etc/ha.d/resource.d/Delay && on web1 test -L /etc/ha.d/resource.d/IPaddr"
hb web1 start
within 30 "started, it serves" "has_address web1 10.0.0.100 && on web1 systemctl -q is-active demo"
ok "every user may ask" "[ \"\$(on web1 setpriv --reuid 65534 --regid 65534 --clear-groups cl_status rscstatus)\" = all ]"
ok "systemd has the order of its units" "on web1 grep -q After=demo.service $order"
ok "a removal works" "apt_get web1 remove heartbeat"
ok "nothing runs" "! running"
ok "what it held is given up" "! has_address web1 10.0.0.100 && ! on web1 systemctl -q is-active demo"
ok "systemd hears of the order no more" "! on web1 test -e $order && [ -z \"\$(unit web1 DropInPaths)\" ]"
ok "the configuration stays" "on web1 test -e /etc/ha.d/ha.cf"
ok "the links do not" "! on web1 find /etc/ha.d -type l | grep -q ."
ok "installed once more" installs
within 30 "it serves: there is a configuration" "has_address web1 10.0.0.100"
ok "the links are there, all of them" "on web1 test -L /etc/ha.d/resource.d/Delay"
ok "its generation goes on" "on web1 test -s /var/lib/heartbeat/hb_generation"

note "purge"
ok "it works while it runs" "apt_get web1 purge heartbeat"
ok "nothing runs and the address is gone" "! running && ! has_address web1 10.0.0.100"
files > "$LAB/after"
comm -13 "$LAB/before" "$LAB/after" > "$LAB/left"
ok "nothing is left" "[ ! -s $LAB/left ]"
head -n 20 "$LAB/left" | sed 's/^/# left: /'

note "resource-agents later: it has a file of its own where ours is"
installs
ok "it can be installed, and ours is kept" "apt_get web1 -o Dpkg::Options::=--force-confold \
	--no-install-recommends install resource-agents &&
	on web1 cmp /etc/ha.d/shellfuncs /usr/share/heartbeat/shellfuncs.old-path"

note "over one that was built and installed without a package, and runs"
NODES=web2
host_new web2 2
host_boot web2 || bail "web2 does not boot"
{ base_cf; echo "node web1"; ucast_cf; } | ha_cf
printf 'auth 1\n1 sha1 ThisIsOnlyATest\n' | authkeys
echo "web2 10.0.0.100 rec::web" | haresources
hb web2 start
within 30 "it serves" "has_address web2 10.0.0.100 && only web2 web"
deb_next 4.0.7
moves_mark
ok "it installs" "apt_get web2 install /lab/4.0.7.deb"
within 20 "the daemon is that of the package" "[ \"\$(hbctl_json web2 | grep -o '\"version\": *\"[^\"]*\"' | tr -dc 0-9.)\" = 4.0.7 ]"
ok "nothing was stopped for it" "unmoved && has_address web2 10.0.0.100"
