#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Programs by the paths that they had in 3.0.6 and before, called as scripts, handlers and people
# call them, and as respawn lines name them.
old=${OLD_STAGE:-$(cd "$(dirname "$0")/../.." && pwd)/build/packages-heartbeat}
if [ -z "${LAB_INSIDE:-}" ]; then
	"$(dirname "$0")/../lab/packages" "$old" heartbeat ||
		{ echo "Bail out! The packages of 3.0.6 cannot be fetched"; exit 1; }
fi
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

out=$LAB/share/out
WARNTIME=2
DEADTIME=4
INITDEAD=8
cluster_new <<'END'
alpha 10.0.0.100 rec::web
END
lines()
{
	base_cf
	ucast_cf
	echo "ping 10.0.0.254"
	printf '%s\n' "$@"
}
lines "respawn hacluster /usr/lib64/heartbeat/ipfail" | ha_cf
cluster_boot

# says CODE PATTERN COMMAND...
says()
{
	local code=$1 pattern=$2 got

	shift 2
	on alpha "$@" > "$out" 2>&1 < /dev/null
	got=$?
	[ $got = "$code" ] || { note "exit $got, wanted $code: $(cat "$out")"; return 1; }
	grep -qE -- "$pattern" "$out" || { note "said: $(cat "$out")"; return 1; }
}

note "every program that 3.0.6 had is there, or heartbeat -t says what to do instead"
while read -r name; do
	case $name in
	hb_api.py) ;;
	heartbeat | ipfail | ResourceManager | hb_* | mach_down | req_resource) continue ;;
	# Of resource-agents, and with it.
	findif | send_arp | send_ua | sfex_daemon | storage_mon | tickle_tcp) continue ;;
	esac
	lines "respawn root /usr/lib/heartbeat/$name" | ha_cf alpha
	ok "$name" "says 6 '/usr/lib/heartbeat/$name is not part of this version: .' heartbeat -t"
done < <(find "$old"/usr/libexec/heartbeat "$old"/usr/share/heartbeat -maxdepth 1 -type f -perm /111 -printf '%f\n' | sort -u)
lines "respawn hacluster /usr/lib64/heartbeat/ipfail" | ha_cf alpha

note "nothing runs"
for dir in lib lib64 libexec share; do
	d=/usr/$dir/heartbeat
	ok "$d/heartbeat" "says 3 'heartbeat is stopped' $d/heartbeat -s"
	ok "$d/hb_standby" "says 1 'heartbeat' $d/hb_standby"
	ok "$d/hb_takeover" "says 1 'heartbeat' $d/hb_takeover local"
	ok "$d/ResourceManager" "says 0 '^10.0.0.100$' $d/ResourceManager listkeys alpha"
	ok "$d/req_resource" "says 3 'does not run here' $d/req_resource 10.0.0.100"
	ok "$d/mach_down" "on alpha $d/mach_down beta > $out 2>&1"
	for name in hb_addnode hb_delnode hb_setweight hb_setsite; do
		ok "$d/$name" "says 1 '^$name: ' $d/$name gamma 5"
	done
	ok "$d/ipfail" "! on alpha timeout 5 $d/ipfail > $out 2>&1 && grep -q ipfail $out"
	lines "respawn hacluster $d/ipfail" | ha_cf alpha
	ok "$d/ipfail in a respawn line" "on alpha heartbeat -t > $out 2>&1"
done
ok "/etc/heartbeat" '[ "$(on alpha readlink /etc/heartbeat)" = ha.d ] && on alpha test -e /etc/heartbeat/ha.cf'
ok "/etc/ha.d/resource.d/IPaddr" "says 7 'Resource is stopped' /etc/ha.d/resource.d/IPaddr 10.0.0.99 status"

note "scripts of ours say how they are called, and which they are"
for path in /usr/share/heartbeat/{harc,mach_down,req_resource,hb_addnode,hb_delnode,hb_setweight,hb_setsite} \
	/etc/ha.d/resource.d/{Delay,Filesystem,IPaddr,IPaddr2,IPsrcaddr,IPv6addr,MailTo,SendArp,drbddisk,portblock}; do
	ok "$path --help" "says 0 '[Uu]sage: .*${path##*/}' $path --help"
	ok "$path --version" "says 0 '^${path##*/} [0-9]+\.[0-9]+\.[0-9]+' $path --version"
done
for name in Delay Filesystem IPaddr IPaddr2 IPsrcaddr IPv6addr MailTo SendArp portblock; do
	ok "$name meta-data" "says 0 '<resource-agent name=\"$name\"' /etc/ha.d/resource.d/$name meta-data"
	ok "$name usage" "says 0 'usage: $name' /etc/ha.d/resource.d/$name usage"
done
ok "hb-units --help" "says 0 '^usage: .*hb-units' /usr/libexec/heartbeat/hb-units --help"
ok "hb_addnode without a word: 1, as ever" "says 1 'usage: hb_addnode' /usr/share/heartbeat/hb_addnode"
ok "drbddisk without a word: 1, as ever" "says 1 'Usage: drbddisk' /etc/ha.d/resource.d/drbddisk"

note "a wrapper that freezes containers, then hands over (how-to B)"
cluster_start
within 30 "it runs" "only alpha web"
within 20 "ipfail too" "on alpha pgrep -x ipfail > /dev/null"
cat > "$LAB/share/switchover" <<'END'
#!/bin/bash
set -e
case $(cl_status rscstatus) in
all | local) ;;
*) echo "nothing to hand over"; exit 1 ;;
esac
[ ! -e /lab/inside ] || { echo "somebody is inside a container"; exit 1; }
echo frozen > /lab/frozen
/usr/lib/heartbeat/hb_standby local
END
chmod 755 "$LAB/share/switchover"
touch "$LAB/share/inside"
ok "it refuses while somebody is inside" "says 1 'inside a container' /lab/switchover"
rm "$LAB/share/inside"
ok "it hands over" "on alpha /lab/switchover > $out 2>&1"
ok "with the containers frozen" "[ -e $LAB/share/frozen ]"
within 30 "the other node has it" "only beta web && has_address beta 10.0.0.100"
sed -i 's|/usr/lib/heartbeat/hb_standby local|/usr/lib64/heartbeat/hb_standby|' "$LAB/share/switchover"
rm "$LAB/share/frozen"
within 30 "all is quiet" "settled none all"
ok "and back, by the other path" "on beta /lab/switchover > $out 2>&1 && [ -e $LAB/share/frozen ]"
within 30 "alpha has it" "only alpha web"
within 30 "all is quiet" "settled local local"
ok "hb_takeover by an old path" "on beta /usr/lib/heartbeat/hb_takeover > $out 2>&1"
within 30 "beta has it" "only beta web"
ok "a handler of DRBD stops Heartbeat by one" "on beta /usr/lib/heartbeat/heartbeat -k > $out 2>&1"
within 30 "alpha has it again" "only alpha web"
