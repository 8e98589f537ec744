#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# An upgrade: /etc/ha.d is full of what the package of the real 3.0.6 left there. alpha has kept
# resource-agents, beta has not; neither has modprobe, mail or sendmail, without which those
# agents fail, also to stop.
old=${OLD_STAGE:-$(cd "$(dirname "$0")/../.." && pwd)/build/packages-heartbeat}
if [ -z "${LAB_INSIDE:-}" ]; then
	"$(dirname "$0")/../lab/packages" "$old" heartbeat ||
		{ echo "Bail out! The packages of 3.0.6 cannot be fetched"; exit 1; }
fi
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"
LAB_PACKAGES=$old

# Before the root directory is entered; sourced by host-boot.
lab_before_boot()
{
	{
		echo 'rm -f usr/sbin/modprobe usr/bin/mail usr/bin/mailx usr/sbin/sendmail usr/lib/sendmail'
		[ "$1" = alpha ] || echo 'rm -rf usr/lib/ocf'
	} > "$2/boot.sh"
}

out=$LAB/share/out
# A machine that is busy with other tests keeps a beat waiting.
WARNTIME=2
DEADTIME=4
INITDEAD=8
cluster_new <<'END'
alpha 10.0.0.100 MailTo::root@example.org Filesystem::/srv::/data::none::bind Delay::0 rec::web
END
for h in $NODES; do
	cp -a --remove-destination "$old"/etc/ha.d/. "$(etc "$h")/ha.d/"
	mkdir -p "$LAB/hosts/$h/disk/var/srv"
done
cluster_boot
for h in $NODES; do
	on "$h" mkdir -p /srv
done

note "what is known"
table=$LAB_TOP/lib/conf/old_script_table.h
for f in resource.d/{Delay,Filesystem,IPaddr,IPaddr2,IPsrcaddr,IPv6addr,MailTo,SendArp,portblock} harc shellfuncs; do
	ok "$f of the package is in the table" \
		"grep -qF \"\$(python3 $LAB_LIB/old-scripts --digest $old/etc/ha.d/$f)\" $table"
done
ok "the real agent stands in /etc/ha.d" "on alpha grep -q ra_execocf /etc/ha.d/resource.d/MailTo"
ok "and would fail, also to stop" '! on alpha env HA_FUNCS=/etc/ha.d/shellfuncs HA_DIR=/etc/ha.d \
	HA_RSCTMP=/run/resource-agents /etc/ha.d/resource.d/MailTo root@example.org stop > $out 2>&1'
ok "heartbeat -t is content" "on alpha heartbeat -t > $out 2>&1"
ok "and has nothing to say of them" "! grep -q 'is used and not' $out"
ok "where resource-agents is gone its shellfuncs fails" "! on beta sh -c '. /etc/ha.d/shellfuncs' 2> $out"
on beta heartbeat -t > "$out" 2>&1
ok "heartbeat -t says so" "grep -q 'ln -sf /usr/share/heartbeat/shellfuncs /etc/ha.d/shellfuncs' $out"

sed -i 's/rec::web/& apache/' "$(etc beta)/ha.d/haresources"
on beta heartbeat -t > "$out" 2>&1
ok "and of a wrapper that has lost its agent" "grep -q 'error: /etc/ha.d/resource.d/apache calls /usr/lib/ocf/resource.d/heartbeat/apache, which is not there' $out"
sed -i 's/ apache//' "$(etc beta)/ha.d/haresources"

note "the service, on both"
# Of the user's own, beside the stock scripts.
for h in $NODES; do
	cat > "$(etc "$h")/ha.d/rc.d/status" <<- 'END'
		#!/bin/sh
		(. /etc/ha.d/shellfuncs; ha_log "info: by the old path $HA_src $HA_st")
		. "$HA_FUNCS"
		ha_log "info: by HA_FUNCS $HA_src $HA_st"
	END
done
cluster_start
within 30 "it runs" "only alpha web && has_address alpha 10.0.0.100"
ok "with its directory" "on alpha grep -q ' /data ' /proc/self/mountinfo"
within 10 "that no mail could be sent is logged" "logged alpha 'MailTo.*WARN: no mail to root@example.org'"
within 20 "hooks run, with the shellfuncs of resource-agents too" \
	"logged alpha 'status.*info: by the old path beta (up|active)'"
within 20 "and with HA_FUNCS, also where that fails" "logged alpha 'info: by HA_FUNCS beta (up|active)' &&
	logged beta 'info: by HA_FUNCS alpha (up|active)'"
ok "as it does there" "! logged beta 'by the old path'"
uptime=$(on alpha cat /proc/sys/kernel/random/boot_id; on alpha stat -c %Y /proc/1)
ok "it moves" "on alpha /usr/lib/heartbeat/hb_standby > $out 2>&1"
within 30 "to the node without resource-agents" "only beta web && has_address beta 10.0.0.100"
ok "with its directory" "on beta grep -q ' /data ' /proc/self/mountinfo"
ok "which alpha has let go of" "! on alpha grep -q ' /data ' /proc/self/mountinfo"
ok "alpha has not been restarted" '[ "$(on alpha cat /proc/sys/kernel/random/boot_id; on alpha stat -c %Y /proc/1)" = "$uptime" ]'
ok "no step failed" "! logged alpha 'Return code|ERROR|CRIT' && ! logged beta 'Return code|ERROR|CRIT'"
hb_quietly beta stop
within 30 "it moves back when beta stops" "only alpha web"
hb_quietly alpha stop
ok "all is stopped" "! runs alpha web && ! has_address alpha 10.0.0.100 &&
	! on alpha grep -q ' /data ' /proc/self/mountinfo"

note "what a person changed"
mail=$(etc alpha)/ha.d/resource.d/MailTo
sed -i 's|^ra_execocf.*|echo "mail: $cmd" >> /lab/own; exit 0|' "$mail"
printf '#!/bin/sh\necho "address: $*" >> /lab/own\n' > "$(etc alpha)/ha.d/resource.d/IPaddr"
: > "$LAB/share/own"
ok "heartbeat -t is content" "on alpha heartbeat -t > $out 2>&1"
ok "and names it, with the way back" "grep -q '/etc/ha.d/resource.d/MailTo is used and not Heartbeat.s own MailTo, because it was changed .*: mv /etc/ha.d/resource.d/MailTo /root/' $out"
ok "the address too, and that somebody wrote it" "grep -q 'resource.d/IPaddr is used .* because somebody wrote it' $out"
ok "and nothing else" '[ "$(grep -c "is used and not" $out)" = 2 ]'
hb_quietly alpha start
within 30 "the group runs" "runs alpha web"
ok "with them" "grep -qx 'mail: start' $LAB/share/own && grep -qx 'address: 10.0.0.100 start' $LAB/share/own"
ok "and without Heartbeat's address" "! has_address alpha 10.0.0.100"
hb_quietly alpha stop
ok "they stop it, too" "grep -qx 'mail: stop' $LAB/share/own && grep -qx 'address: 10.0.0.100 stop' $LAB/share/own"
ok "a mv as printed" "on alpha mv /etc/ha.d/resource.d/MailTo /etc/ha.d/resource.d/IPaddr /root/"
hb_quietly alpha start
within 30 "gives back Heartbeat's own" "runs alpha web && has_address alpha 10.0.0.100"
hb_quietly alpha stop
