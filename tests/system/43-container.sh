#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# heartbeat -f as process 1 of a container: few capabilities, no init, no syslog.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

cluster_new <<'END'
alpha rec::web IPaddr::10.0.0.100/24/eth0
END
cluster_boot
{ base_cf | grep -v log; ucast_cf; } | ha_cf alpha
out=$LAB/share/out

# What docker gives to a container, and what its manual tells to add.
docker=+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap,+net_bind_service,+net_raw
docker=$docker,+sys_chroot,+mknod,+audit_write,+setfcap

# container CAPABILITIES COMMAND...: on alpha, as process 1 of its own, without /dev/log.
container()
{
	on alpha unshare --pid --fork --kill-child --mount --mount-proc -- sh -c '
		mount --bind /dev/null /dev/log || exit 99
		ulimit -l 64
		caps=$1
		shift
		exec setpriv --bounding-set "-all,$caps" "$@"' sh "$@" < /dev/null
}

# says CODE PATTERN COMMAND...
says()
{
	local code=$1 pattern=$2 got

	shift 2
	"$@" > "$out" 2>&1
	got=$?
	[ $got = "$code" ] || { note "exit $got, wanted $code: $(cat "$out")"; return 1; }
	grep -qE -- "$pattern" "$out" || { note "said: $(cat "$out")"; return 1; }
}

# without NAME: all of docker's but that one, and NET_ADMIN.
without()
{
	echo "$docker,+net_admin" | sed "s/+$1,//; s/,+$1\$//"
}
heartbeat=/usr/libexec/heartbeat/heartbeat

note "what is missing is named before the start"
ok "NET_ADMIN: -t fails and says what to add" "says 6 'addresses .*CAP_NET_ADMIN .*docker run --cap-add NET_ADMIN' container $docker $heartbeat -t"
ok "and so does the start, as process 1" "says 6 'CAP_NET_ADMIN' container $docker $heartbeat -f"
ok "without -f it would end at once, and says so" "says 2 'say heartbeat -f' container $docker,+net_admin $heartbeat"
for cap in NET_RAW NET_BIND_SERVICE SETUID SETGID KILL; do
	ok "$cap" "says 6 'error.*CAP_$cap here .*--cap-add $cap' container \$(without ${cap,,}) $heartbeat -t"
done
ok "SYS_NICE is a hint" "says 0 'no real-time.*CAP_SYS_NICE' container $docker,+net_admin $heartbeat -t"
ok "locked memory is a hint, of the limit" "grep -q 'memory cannot be locked: the limit is 64 KiB (docker run --ulimit memlock=-1)' $out"
ok "and nothing else is missing" "! grep -qE 'error:|CAP_(CHOWN|SETPCAP|NET)' $out"
ok "-t says where the log will be" "grep -qx 'The log: standard error (of a container: docker logs NAME)\.' $out"
ok "and what a start in the background would give" "grep -qx 'In the background: nowhere; set logfile in ha\.cf\.' $out || { cat $out; false; }"
ok "the host itself lacks nothing" "says 0 'The log: syslog, facility daemon' on alpha $heartbeat -t && ! grep -q CAP_ $out"

# begin: process 1 is $init, seen from the host.
begin()
{
	: > "$LAB/share/stderr"
	container "$docker,+net_admin" $heartbeat -f > "$LAB/share/stdout" 2> "$LAB/share/stderr" &
	job=$!
	within 20 "the group runs in the container" "only alpha web"
	init=$(on alpha pgrep -f '^heartbeat: init')
	ok "process 1 is ours" "[ '$(on alpha grep NSpid "/proc/$init/status" | awk '{print $3}')' = 1 ]"
}

# ended CODE: within 20 s, with that exit code.
ended()
{
	wait_for 20 "! kill -0 $job 2> /dev/null" || return 1
	wait $job
	local got=$?

	[ $got = "$1" ] || { note "exit $got, wanted $1"; return 1; }
}

zombies()
{
	on alpha ps -eo stat,ppid,comm | awk '$1 ~ /^Z/' | wc -l
}

inside()
{
	on alpha nsenter -t "$init" -m -p "$@"
}

note "it serves"
behave alpha web start "setsid sleep 2 > /dev/null 2>&1 & setsid true > /dev/null 2>&1 &"
hb_quietly beta start
begin
ok "with the address" "has_address alpha 10.0.0.100"
within 10 "both nodes agree" "settled local local"
ok "the log is on standard error" "grep -q 'heartbeat: \[[0-9]*\]: info: Comm_now_up' $LAB/share/stderr"
ok "its beginning says so" "grep -q 'info: the log: standard error' $LAB/share/stderr"
ok "each line once" "[ -z \"\$(sort $LAB/share/stderr | uniq -d)\" ] && [ ! -s $LAB/share/stdout ]"
ok "and nothing in syslog" "! grep -q 'heartbeat.*Comm_now_up' $(logs alpha)/messages"
ok "hbctl in the container says where it is" "inside hbctl status | grep -qx 'log: standard error.*'"

note "orphans"
ok "what a script leaves behind belongs to process 1" \
	"inside sh -c '(setsid sleep 30 > /dev/null 2>&1 & echo \$! > /lab/orphan)'; [ \"\$(inside ps -o ppid= -p \$(cat $LAB/share/orphan) | tr -d ' ')\" = 1 ]"
inside sh -c 'kill $(cat /lab/orphan)'
within 5 "and is collected when it ends" "! inside ps -p \$(cat $LAB/share/orphan) > /dev/null"
within 5 "no zombie is left" "[ \$(zombies) = 0 ]"

note "signals"
on alpha kill -HUP "$init"
within 10 "HUP reaches the master" "grep -q 'Configuration unchanged' $LAB/share/stderr"
on alpha kill -USR1 "$init"
within 10 "USR1, too" "grep -q 'debug now set to 1' $LAB/share/stderr"
on alpha kill -TERM "$init"
ok "TERM: the groups are given up, exit code 0" "ended 0"
within 10 "the other node has them" "only beta web"
ok "in good order" "grep -q 'All HA resources relinquished' $LAB/share/stderr && logged beta 'Received shutdown notice'"
ok "no address is left" "! has_address alpha 10.0.0.100"

note "-k inside"
begin
# The end of the container is the end of this one as well.
inside $heartbeat -k > /dev/null 2>&1
ok "ends the container with 0" "ended 0"
within 10 "the other node has the group" "only beta web"

note "the master is killed"
begin
on alpha kill -KILL "$(on alpha pgrep -f '^heartbeat: master')"
ok "the container ends with 128 + 9" "ended 137"
ok "nothing of it is left" "! on alpha pgrep -f '^heartbeat:' > /dev/null"
journal_note alpha power-cut
on alpha ip addr del 10.0.0.100/24 dev eth0 2> /dev/null
on alpha rm -f /run/rec/web
within 20 "the other node takes the group" "only beta web"

note "a stop that fails"
begin
behave alpha web stop "exit 1"
on alpha kill -TERM "$init"
wait_for 60 "! kill -0 $job 2> /dev/null"
journal_note alpha power-cut
ok "ends the container with 1" "ended 1"
ok "and says why" "grep -q 'CRIT: Resource STOP failure. Reboot required' $LAB/share/stderr && grep -q 'This container ends' $LAB/share/stderr"
ok "the host still runs" "on alpha true"
ok "the peer was not told of a good end" "! tail -n 20 $(logs beta)/ha-log | grep -q 'Received shutdown notice'"
on alpha rm -f /run/rec/web
on alpha ip addr del 10.0.0.100/24 dev eth0 2> /dev/null
within 20 "and takes the group" "only beta web"

note "a log file instead"
behave_well
{ base_cf; ucast_cf; } | ha_cf alpha
begin
ok "then nothing is on standard error" "[ ! -s $LAB/share/stderr ] && logged alpha 'Comm_now_up'"
on alpha kill -TERM "$init"
ok "end" "ended 0"
