#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Kinds of resources in one group: a systemd unit under another name, an init script, a link to one
# with an argument, and our own MailTo. No systemd runs in the hosts: a stand-in for systemctl keeps
# account of what it was told.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

cluster_new <<'END'
alpha mysqld lsbthing linked::a MailTo::root@localhost
END
cluster_boot
for h in $NODES; do
	mkdir -p "$(etc "$h")/systemd/system"
	printf '[Service]\nExecStart=/bin/true\n' > "$(etc "$h")/systemd/system/mariadb.service"
	# A script of the kind people write: no word from status, only its exit code.
	cat > "$(etc "$h")/init.d/lsbthing" <<- 'END'
		#!/bin/sh
		echo "$*" >> /run/lsb.calls
		case $1 in
		start) touch /run/lsb ;;
		stop) rm -f /run/lsb ;;
		status) [ -e /run/lsb ] && exit 0; exit 3 ;;
		esac
	END
	cat > "$(etc "$h")/init.d/realscript" <<- 'END'
		#!/bin/sh
		echo "$*" >> /run/linked.calls
		case $2 in
		start) touch /run/linked ;;
		stop) rm -f /run/linked ;;
		status) [ -e /run/linked ] && { echo running; exit 0; }; echo stopped; exit 3 ;;
		esac
	END
	cat > "$(etc "$h")/systemctl" <<- 'END'
		#!/bin/sh
		echo "$*" >> /run/systemctl.calls
		case " $* " in
		*" is-active "*) [ -e /run/unit ] && { echo active; exit 0; }; echo inactive; exit 3 ;;
		*" start "*) touch /run/unit ;;
		*" stop "*) rm -f /run/unit ;;
		esac
	END
	chmod +x "$(etc "$h")/init.d/lsbthing" "$(etc "$h")/init.d/realscript" "$(etc "$h")/systemctl"
	ln -s /etc/init.d/realscript "$(etc "$h")/ha.d/resource.d/linked"
	on "$h" touch /usr/bin/systemctl
	on "$h" mount --bind /etc/systemctl /usr/bin/systemctl
done

runs_all()
{
	on "$1" sh -c '[ -e /run/unit ] && [ -e /run/lsb ] && [ -e /run/linked ]'
}
runs_none()
{
	on "$1" sh -c '! [ -e /run/unit ] && ! [ -e /run/lsb ] && ! [ -e /run/linked ]'
}

cluster_start
within 15 "all kinds run on alpha" "runs_all alpha"
within 15 "settled" "settled local local"
ok "nothing runs on beta" "runs_none beta"
ok "the log names the unit that stands for mysqld" "logged alpha 'systemd unit mariadb.service \(for mysqld\)'"
ok "the unit was started by systemctl" "on alpha grep -qE '(^| )start .*mariadb' /run/systemctl.calls"
ok "the link got its argument, the action last" "on alpha grep -qx 'a start' /run/linked.calls"
ok "status was asked before the start" "on alpha sh -c 'head -n 1 /run/lsb.calls | grep -qx status'"
on alpha hb_standby > /dev/null 2>&1
within 15 "all of it moves to beta" "runs_all beta && runs_none alpha"
within 15 "settled on beta" "settled none all"
hb_quietly beta stop
within 15 "and back when beta is stopped" "runs_all alpha && runs_none beta"
