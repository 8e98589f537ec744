#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# cell.sh CASE KIND1 KIND2 [medium=M] [auth=A] [msgfmt=F] [failback=on|off|legacy] [compression=zlib|bz2] [to=KIND]
#
# One cell of the matrix: a cluster of alpha (KIND1) and beta (KIND2) in a lab of its own goes
# through CASE (cases.sh). A kind is "ours" or "old": the tree HB_STAGE or the tree OLD_STAGE
# (Debian's 3.0.6, unpacked) is laid over the host. Both have the same files in /etc/ha.d.
#
# What is judged is seen from outside: which host has the mark of which resource, each change;
# the journal of the resources' steps; the log of 3.0.6. It reports like a system test, and
# leaves in LAB_SAVE, beside the logs: errors.HOST, what each 3.0.6 complained of, normalised.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"
. "$(dirname "$0")/cases.sh"

CASE=$1 KIND1=$2 KIND2=$3
shift 3
MEDIUM=ucast AUTH=sha1 MSGFMT=classic COMPRESSION=zlib
KEEPALIVE=250ms WARNTIME=2500ms DEADTIME=5 INITDEAD=10
NAMES="a1 a2 b1 b2"
for word; do
	case $word in
	medium=*) MEDIUM=${word#*=} ;;
	auth=*) AUTH=${word#*=} ;;
	msgfmt=*) MSGFMT=${word#*=} ;;
	failback=*) FAILBACK=${word#*=} ;;
	compression=*) COMPRESSION=${word#*=} ;;
	to=*) CHANGE_TO=${word#*=} ;;
	*) bail "cell.sh: what is $word?" ;;
	esac
done
! declare -F "times_$CASE" > /dev/null || "times_$CASE"
HA=10.0.0.100
declare -A KIND=([alpha]=$KIND1 [beta]=$KIND2)

# ---- the two programs ------------------------------------------------------------------------

kind_stage()
{
	if [ "$1" = old ]; then echo "$OLD_STAGE"; else echo "$HB_STAGE"; fi
}

# machine_has PATH: also without the package; what is hidden from hosts it has not.
machine_has()
{
	local path=$1

	[ -e "/$path" ] || return 1
	while [ "$path" != usr ]; do
		[ ! -c "$LAB/hide/${path#usr/}" ] || return 1
		path=${path%/*}
	done
}

# install HOST KIND: as a package manager does while Heartbeat is stopped there: the programs
# of the one go, those of the other come; files in /etc that only the other knows stay.
install()
{
	local from to

	from=$(kind_stage "${KIND[$1]}")
	to=$(kind_stage "$2")
	# What the machine itself has in /usr is not the package's.
	(cd "$from" && find usr ! -type d ! -path 'usr/lib/ocf/*') | while read -r f; do
		machine_has "$f" || [ -e "$to/$f" ] || echo "/$f"
	done | on "$1" xargs -r rm -f
	tar -C "$to" -cf - --exclude=./var --exclude='./.*' . | on "$1" tar -C / -xf - --no-overwrite-dir ||
		bail "$1: $2 cannot be installed"
	KIND[$1]=$2
	journal_note "$1" "install-$2"
}

# Whatever is left of Heartbeat on a host, at once: a crash of everything.
kill_heartbeat()
{
	on "$1" pkill -KILL -f '^heartbeat:|heartbeat/(heartbeat|ipfail)' 2> /dev/null
	journal_note "$1" killed
}

# standby HOST SET: said once more where 3.0.6 has not heard its own administrator. With msgfmt netstring it loses
# messages between its own processes, the faster they come the more (two 3.0.6 by themselves do as well).
standby()
{
	local asked times=1 try

	[ "${KIND[$1]}/$MSGFMT" != old/netstring ] || times=5
	asked=$(grep -c 'wants to go standby' "$(logs "$1")/ha-log")
	for ((try = 0; try < times; try++)); do
		on "$1" timeout 10 /usr/share/heartbeat/hb_standby "$2" > /dev/null 2>&1 < /dev/null
		journal_note "$1" "hb_standby-$2"
		[ $times = 1 ] || wait_for 2 "[ \$(grep -c 'wants to go standby' $(logs "$1")/ha-log) -gt $asked ]" || continue
		return
	done
}

takeover()
{
	on "$1" timeout 10 /usr/share/heartbeat/hb_takeover "$2" > /dev/null 2>&1 < /dev/null
	journal_note "$1" "hb_takeover-$2"
}

# ---- files -------------------------------------------------------------------------------------

medium_cf()
{
	case $1 in
	ucast) ucast_cf ;;
	ucast6) printf 'ucast6 eth0 fd00::%d\n' 1 2 ;;
	bcast) echo "bcast eth0" ;;
	mcast) echo "mcast eth0 239.0.0.1 694 1 0" ;;
	mcast6) echo "mcast6 eth0 ff18::4:694 694 1 0" ;;
	serial) printf 'baud 115200\nserial /dev/ttyS0\n' ;;
	both) ucast_cf; printf 'baud 115200\nserial /dev/ttyS0\n' ;;
	*) bail "cell.sh: what is the medium $1?" ;;
	esac
}

# keys SIGN: both keys are always listed.
keys()
{
	local text=ThisIsOnlyATest

	[ "$AUTH" != crc ] || text=
	printf 'auth %s\n1 %s %s\n2 sha1 AnotherKeyForTheSameTest\n' "$1" "$AUTH" "$text"
}

write_files()
{
	{
		base_cf
		medium_cf "$MEDIUM"
		[ "$MSGFMT" = classic ] || echo "msgfmt $MSGFMT"
		! declare -F "cf_$CASE" > /dev/null || "cf_$CASE"
	} | ha_cf
	keys 1 | authkeys
	{
		echo "alpha rec::a1 IPaddr2::$HA/24/eth0 rec::a2"
		[ "$NAMES" = "a1 a2" ] || echo "beta rec::b1 rec::b2"
	} | haresources
	behave_at_once
}

# Long enough that an overlap cannot hide between two looks.
behave_at_once()
{
	local op name

	for op in start stop; do
		for name in $NAMES; do
			behave any "$name" $op 'sleep 0.15'
		done
	done
}

# ---- what can be seen ----------------------------------------------------------------------------

# at HOST GROUP: the whole group (a or b) runs there, and nothing of it elsewhere.
at()
{
	only "$1" "${2}1" && only "$1" "${2}2"
}

# place HOST HOST: where the groups a and b are.
place()
{
	at "$1" a && at "$2" b
}

nothing_runs()
{
	local h n

	for h in $NODES; do
		for n in $NAMES; do ! runs "$h" "$n" || return 1; done
	done
}

# calm [HOST]: cl_status names what it holds, so nothing is going on. With legacy failback
# 3.0.6 knows no such thing.
calm()
{
	local h

	[ "$FAILBACK" != legacy ] || return 0
	for h in ${1:-$NODES}; do
		case $(rscstatus "$h") in none | local | foreign | all) ;; *) return 1 ;; esac
	done
}

# become SECONDS TEXT HOST HOST: the groups get there, the cluster becomes calm, and stays so.
become()
{
	within "$1" "$2" "place $3 $4"
	within 40 "$2: calm" "quiet_poll calm"
	ok "$2: still so" "place $3 $4"
}

# Asking 3.0.6 costs it half a second: not in a tight loop.
quiet_poll()
{
	"$@" && return
	pause 0.3
	return 1
}

# ---- judgement -------------------------------------------------------------------------------------

# In its group a resource starts after the one before it has started, and stops before.
order_judge()
{
	sort -n "$LAB/share/journal" | awk '
		function before(n) { return substr(n, 1, 1) "1" }
		function after(n) { return substr(n, 1, 1) "2" }
		$4 == "power-cut" || $4 == "killed" { for (k in up) if (k ~ "^" $2) delete up[k] }
		$4 == "start-begin" && $3 ~ /2$/ && !up[$2, before($3)] { bad = 1
			print "# order: " $2 " starts " $3 " before " before($3) " at " $1 }
		$4 == "stop-begin" && $3 ~ /1$/ && up[$2, after($3)] { bad = 1
			print "# order: " $2 " stops " $3 " before " after($3) " at " $1 }
		$4 == "start-end" { up[$2, $3] = 1 }
		$4 == "stop-end" { up[$2, $3] = 0 }
		END { exit bad }'
}

# Two marks at a time, in the samples: only from the note "partition" until some seconds after
# "healed". 3.0.6 waits for 2 s before it gives up anything.
sample_judge()
{
	{ awk '$3 == "-" && $2 == "lab" { print $1, $4 }' "$LAB/share/journal"
	grep -v '^samples' "$LAB/share/samples"; } | sort -n | awk '
		$2 == "partition" { open = 1; healed = 0; next }
		$2 == "healed" { open = 0; healed = $1; ever = 1; next }
		NF != 3 { next }
		$2 in two && healed && $1 - healed > longest { longest = $1 - healed }
		{ delete two[$2] }
		$3 ~ /,/ { two[$2] = 1 }
		$3 ~ /,/ && !open { print "# two at a time: " $0; bad = 1 }
		END {
			for (name in two) { print "# two to the end: " name; bad = 1 }
			if (ever) printf "# after the healing both served for %.1f s\n", longest
			exit bad || longest > 10
		}'
}

# The complaints of 3.0.6 without what differs from run to run.
complaints()
{
	cat "$(logs "$1")/ha-log" 2> /dev/null | grep -oE '(ERROR|CRIT): .*' | sed -E '
		s/alpha|beta/NODE/g; s/MSG\[.*/MSG/; s/\[[^]]*\]/[]/g;  s/\b(0x)?[0-9a-f]{8,}\b/H/g; s/[0-9]+/N/g; s/ +$//' | sort | uniq -c |
		sed -E 's/^ *[0-9]+ //'
}

# ---- the run -----------------------------------------------------------------------------------------

for h in $NODES; do LAB_STAGES[$h]=$(kind_stage "${KIND[$h]}"); done
# Every boot must have been seen by the sampler.
BOOTS=0
lab_before_boot()
{
	BOOTS=$((BOOTS + 1))
}
cluster_new < /dev/null
[ "$MEDIUM" != serial ] && [ "$MEDIUM" != both ] || serial_cable alpha beta
write_files
"$LAB_BIN/sample" "$LAB/share" "$LAB/hosts" $NAMES > "$LAB/share/samples" &
SAMPLER=$!
cluster_boot
"case_$CASE"
kill -TERM $SAMPLER
wait $SAMPLER
ok "it was looked at all the time" "grep -qx 'samples [1-9][0-9]* boots $BOOTS' $LAB/share/samples"
ok "never two holders in any sample" sample_judge
ok "the order within a group" order_judge
note "$(tail -n 1 "$LAB/share/samples")"
if [ -n "${LAB_SAVE:-}" ]; then
	mkdir -p "$LAB_SAVE"
	cp "$LAB/share/samples" "$LAB_SAVE/"
	for h in $NODES; do
		[ "${KIND[$h]}" != old ] || complaints "$h" > "$LAB_SAVE/errors.$h"
	done
fi
