#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The lab on a machine that has a Heartbeat, agents and services installed: test hosts see none of it, only
# what is laid over them.
#
# Where /usr is an overlay already there cannot be three of them: it is then looked at as it is.
if [ -n "${LAB_INSIDE:-}" ] && [ "$(stat -f -c %T /usr)" != overlayfs ]; then
	# Play such a machine, in this mount namespace only.
	machine=/media/machine
	mount -t tmpfs machine /media && mkdir -p $machine/{upper,work} || exit 1
	usr=$machine/upper
	mkdir -p $usr/lib/heartbeat $usr/lib/ocf/resource.d/heartbeat $usr/lib/systemd/system \
		$usr/libexec/heartbeat $usr/share/heartbeat $usr/{bin,sbin} $usr/lib/x86_64-linux-gnu
	touch $usr/lib/heartbeat/old $usr/libexec/heartbeat/old $usr/share/heartbeat/old \
		$usr/lib/ocf/resource.d/heartbeat/IPaddr2 $usr/lib/systemd/system/{mariadb,old}.service \
		$usr/sbin/ha_logger $usr/lib/x86_64-linux-gnu/libplumb.so.2 $usr/lib/libhbclient.so.1 $usr/bin/harmless
	printf '#!/bin/sh\necho old\n' | tee $usr/bin/cl_status > $usr/sbin/heartbeat
	chmod 755 $usr/bin/cl_status $usr/sbin/heartbeat
	mount -t overlay -o "lowerdir=/usr,upperdir=$usr,workdir=$machine/work" usr /usr || exit 1
fi
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

cluster_new <<'END'
alpha rec::web
END
cluster_boot
if [ -n "${machine:-}" ]; then
	ok "the machine has a Heartbeat" '[ "$(cl_status)" = old ] && [ -e /usr/lib/heartbeat/old ]'
	ok "a host sees what else is installed" 'on alpha test -e /usr/bin/harmless'
else
	note "/usr is an overlay here: nothing could be planted"
fi
for f in lib/heartbeat/old libexec/heartbeat/old share/heartbeat/old lib/ocf/resource.d/heartbeat/IPaddr2 \
	lib/systemd/system/mariadb.service lib/systemd/system/old.service sbin/ha_logger \
	lib/x86_64-linux-gnu/libplumb.so.2 lib/libhbclient.so.1; do
	ok "a host has no /usr/$f" "! on alpha test -e /usr/$f"
done
for f in bin/cl_status sbin/heartbeat libexec/heartbeat/heartbeat; do
	ok "/usr/$f is the one under test" "on alpha cmp /usr/$f /lab/src/${HB_STAGE#"$LAB_TOP"/}/usr/$f"
done
cluster_start
within 15 "its group runs" "only alpha web"
ok "a recording resource knows its host" 'grep -q "^[0-9.]* alpha web start-end$" "$LAB/share/journal"'
