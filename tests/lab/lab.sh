# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# A laboratory of hosts on one machine, for tests. Source it first thing:
#
#	. "$(dirname "$0")/../lab/lab.sh"
#
# It starts the script again inside namespaces of its own (network, mounts, processes ...),
# in which this shell is process 1: when it ends, for whatever reason, the kernel ends
# everything in it, and nothing of it was ever visible outside.
#
#	LAB          a private tmpfs; LAB/share is /lab in every host
#	LAB_TOP      the source tree; /lab/src in every host
#	HB_STAGE     the tree made by "make install DESTDIR=HB_STAGE", laid over each host but those
#	             that have an entry of their own in LAB_STAGES
#	LAB_PACKAGES more trees to lay over /usr (unpacked packages), separated by colons
#	LAB_GAUGE    the file in which tests/lab/gauge says how much more time to allow, in percent
#	LAB_SAVE     a directory that gets the logs of every host at the end
#
# Networks are the bridges lab0 (eth0 of the hosts, 10.0.0.0/24, fd00::/64) and lab1 (eth1,
# 10.0.1.0/24, fd00:1::/64). The bridges themselves answer as .254: the router.

LAB_LIB=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
LAB_TOP=$(cd "$LAB_LIB/../.." && pwd)
LAB_BIN=${LAB_BIN:-$LAB_TOP/build/lab}
LAB=/dev/shm

if [ -z "${LAB_INSIDE:-}" ]; then
	[ "$(id -u)" = 0 ] || { echo "$0: this needs root (namespaces)" >&2; exit 1; }
	"$LAB_LIB/build-helpers" "$LAB_BIN" || exit 1
	exec env LAB_INSIDE=1 LAB_BIN="$LAB_BIN" unshare --net --mount --uts --ipc --pid --fork \
		--kill-child --mount-proc -- bash "$0" "$@"
fi
[ $$ = 1 ] || { echo "$0: LAB_INSIDE is set outside of a lab" >&2; exit 1; }

set -u
mount -t tmpfs -o mode=755 lab "$LAB" || exit 1
mkdir -p "$LAB"/{hosts,pts,share/{rec,san}}
chmod 1777 "$LAB/share" "$LAB/share/san" "$LAB/share/rec"
: > "$LAB/share/journal"
"$LAB_LIB/hide" "$LAB/hide" || exit 1
mount -t devpts -o newinstance,ptmxmode=0666,mode=0666 devpts "$LAB/pts" || exit 1
ip link set lo up
for lab_net in 0 1; do
	# An address of its own, or the router's would change with each host that comes or goes.
	ip link add "lab$lab_net" address "02:00:00:00:0$lab_net:fe" type bridge forward_delay 0 ||
		exit 1
	ip addr add "10.0.$lab_net.254/24" dev "lab$lab_net"
	ip link set "lab$lab_net" up
	ip addr add "fd00:$lab_net::fe/64" dev "lab$lab_net" nodad 2> /dev/null || true
done

declare -A LAB_INIT LAB_NUMBER LAB_STAGES=()
LAB_HOSTS=()
LAB_COUNT=0
LAB_FAILED=0

trap lab_end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# ---- hosts -------------------------------------------------------------------------------

# stage_of NAME: the tree that is laid over the host.
stage_of()
{
	echo "${LAB_STAGES[$1]:-${HB_STAGE:-}}"
}

# host_new NAME NUMBER: make the disk of a host; its addresses end in NUMBER.
host_new()
{
	local name=$1 disk=$LAB/hosts/$1/disk stage

	stage=$(stage_of "$name")
	LAB_HOSTS+=("$1")
	LAB_NUMBER[$1]=$2
	mkdir -p "$disk"/{usr-upper,usr-work,root} "$LAB/hosts/$1/root"
	mkdir -p "$disk"/var/{lib/heartbeat,log,cache,tmp,lock,spool,mail,backups}
	chmod 1777 "$disk/var/tmp"
	LAB_STAGE=$stage "$LAB_LIB/make-etc" "$1" "$disk/etc"
	if [ -n "$stage" ] && [ -d "$stage/var" ]; then
		cp -a "$stage/var/." "$disk/var/"
		rm -f "$disk/var/run"
	fi
	chown -R 190:190 "$disk/var/lib/heartbeat"
	! declare -F lab_after_new > /dev/null || lab_after_new "$name" "$disk"
}

# host_boot NAME: switch it on. What its disk held is still there.
host_boot()
{
	local name=$1 home=$LAB/hosts/$1 n=${LAB_NUMBER[$1]} net unshare init go
	local stage

	stage=$(stage_of "$name")
	rm -f "$home/go" "$LAB/share/up.$name"
	! declare -F lab_before_boot > /dev/null || lab_before_boot "$name" "$home"
	mkfifo "$home/go"
	HB_NUMBER=$n LAB=$LAB LAB_TOP=$LAB_TOP LAB_BIN=$LAB_BIN LAB_STAGE=$stage \
		LAB_PACKAGES=${LAB_PACKAGES:-} \
		unshare --net --mount --uts --ipc --pid --fork --kill-child -- \
		bash "$LAB_LIB/${LAB_BOOT:-host-boot}" "$name" < /dev/null >> "$home/console" 2>&1 &
	unshare=$!
	disown "$unshare"
	wait_for 30 "init=\$(pgrep -P $unshare)" || return 1
	# Until unshare has made the namespaces, its child's are ours.
	wait_for 30 "[ \$(readlink /proc/$init/ns/net) != \$(readlink /proc/1/ns/net) ]" || return 1
	LAB_INIT[$name]=$init
	echo "$init" > "$home/init"
	for net in 0 1; do
		ip link del "$name.$net" 2> /dev/null || true
		ip link add "$name.$net" type veth peer name "eth$net" netns "$init" || return 1
		ip link set "$name.$net" master "lab$net"
		ip link set "$name.$net" up
	done
	# Open both ways: nobody reads it any more if the boot has failed.
	exec {go}<> "$home/go"
	echo go >&"$go"
	wait_for 60 "[ -e $LAB/share/up.$name ] || ! kill -0 $init 2> /dev/null"
	exec {go}>&-
	[ -e "$LAB/share/up.$name" ] || { cat "$home/console" >&2; return 1; }
}

host_is_up()
{
	[ -n "${LAB_INIT[$1]:-}" ] && kill -0 "${LAB_INIT[$1]}" 2> /dev/null
}

# power_cut NAME: everything in it stops at once; nothing is said to anybody.
power_cut()
{
	local name=$1 init=${LAB_INIT[$1]}

	! declare -F "lab_before_power_cut" > /dev/null || lab_before_power_cut "$name"
	kill -KILL "$init"
	journal_note "$name" power-cut
	LAB_INIT[$name]=
	ip link set "$name.0" down 2> /dev/null
	ip link set "$name.1" down 2> /dev/null
	wait_for 20 "! kill -0 $init 2> /dev/null"
}

# on NAME COMMAND...: run a command in a host that is up. Its standard streams are ours.
on()
{
	local name=$1

	shift
	nsenter -t "${LAB_INIT[$name]}" -m -u -i -n -p -r -w -- env -i TERM=dumb HOME=/root \
		PATH=/usr/sbin:/usr/bin:/sbin:/bin LAB_HOST="$name" \
		ASAN_OPTIONS="log_path=/lab/san/asan:abort_on_error=0" \
		LSAN_OPTIONS="suppressions=/lab/src/tests/lab/lsan.supp:print_suppressions=0" \
		UBSAN_OPTIONS="log_path=/lab/san/ubsan:print_stacktrace=1" "$@"
}

# etc NAME: where the host's /etc is, seen from here.
etc()
{
	echo "$LAB/hosts/$1/disk/etc"
}

logs()
{
	echo "$LAB/hosts/$1/disk/var/log"
}

# ---- cables ------------------------------------------------------------------------------

# The cable is cut in the middle: the host's own device loses its carrier.
cable_cut()
{
	ip link set "$1.${2#eth}" down
}

cable_mend()
{
	ip link set "$1.${2#eth}" up
}

# loss NAME PERCENT: that share of all that arrives at the host is lost; 0 ends it.
loss()
{
	on "$1" nft delete table inet lab 2> /dev/null
	[ "$2" = 0 ] && return
	on "$1" nft -f - <<- END
		table inet lab {
			chain input {
				type filter hook input priority 0
				numgen random mod 100 < $2 drop
			}
		}
	END
}

# serial_cable A B: a line between /dev/ttyS0 of two hosts; before they boot.
serial_cable()
{
	local state=$LAB/serial

	python3 "$LAB_LIB/serial.py" "$LAB/pts" "$state" &
	disown $!
	wait_for 30 "[ -e $state ]"
	sed -n 1p "$state" > "$LAB/hosts/$1/serial"
	sed -n 2p "$state" > "$LAB/hosts/$2/serial"
}

serial_cut()
{
	touch "$LAB/serial.cut"
}

serial_mend()
{
	rm -f "$LAB/serial.cut"
}

# ---- time and conditions -----------------------------------------------------------------

now_ms()
{
	echo $((${EPOCHREALTIME/[.,]/} / 1000))
}

# pause SECONDS: a poll that starts a program each time keeps a busy machine busy.
mkfifo "$LAB/never"
pause()
{
	read -rt "$1" <> "$LAB/never"
	return 0
}

# wait_for SECONDS CONDITION: poll until the shell text CONDITION holds. What takes time to find out
# is asked less often, and so costs a fifth of a processor at most; a machine on which everything
# takes longer just now (gauge.c) is given more time, by as much as is known when time is up.
wait_for()
{
	local begin=${EPOCHREALTIME/[.,]/} asked now rest stretch=100

	while asked=${EPOCHREALTIME/[.,]/}; ! eval "$2"; do
		now=${EPOCHREALTIME/[.,]/}
		if [ $(((now - begin) / 10)) -ge $(($1 * 1000 * stretch)) ]; then
			[ -n "${LAB_GAUGE:-}" ] && read -r stretch < "$LAB_GAUGE" || return 1
			[ $(((now - begin) / 10)) -lt $(($1 * 1000 * stretch)) ] || return 1
		fi
		rest=$(((now - asked) * 4))
		[ $rest -gt 20000 ] || rest=20000
		[ $rest -lt 500000 ] || rest=500000
		printf -v rest '0.%06d' $rest
		pause "$rest"
	done
}

# stays SECONDS CONDITION: it holds all the time. For what must not happen.
stays()
{
	local end=$(($(now_ms) + $1 * 1000))

	while eval "$2"; do
		[ "$((${EPOCHREALTIME/[.,]/} / 1000))" -lt "$end" ] || return 0
		pause 0.05
	done
	return 1
}

# ---- the journal of the recording resources ------------------------------------------------

journal_note()
{
	printf '%s %s - %s\n' "$EPOCHREALTIME" "$1" "$2" >> "$LAB/share/journal"
}

# behave HOST|any NAME OP SHELL: what the recording resource NAME does in OP.
behave()
{
	printf '%s\n' "$4" > "$LAB/share/rec/$1.$2.$3"
}

behave_well()
{
	rm -f "$LAB"/share/rec/*
}

# runs HOST NAME: the recording resource is started there.
runs()
{
	host_is_up "$1" && [ -e "/proc/${LAB_INIT[$1]}/root/run/rec/$2" ]
}

# only HOST NAME: it runs there and nowhere else.
only()
{
	local h

	runs "$1" "$2" || return 1
	for h in "${LAB_HOSTS[@]}"; do
		[ "$h" = "$1" ] || ! runs "$h" "$2" || return 1
	done
}

# has_address HOST ADDRESS
has_address()
{
	host_is_up "$1" && on "$1" ip -o addr show to "$2" | grep -q .
}

# How often EVENT stands in the journal for HOST and NAME.
journal_count()
{
	grep -c " $1 $2 $3\$" "$LAB/share/journal"
}

# Never two holders: from the first step of a start to the last of a stop, a resource is
# one host's alone, and its operations there come one after the other. Prints each breach. Between
# the notes "partition" and "whole" both may hold it: without fencing nobody can help it. An
# operation that was killed has no end; the next one that begins takes its place.
journal_judge()
{
	sort -n "$LAB/share/journal" | awk '
		function breach(text)
		{
			print text " at " $1
			bad = 1
		}
		function hold(    k, what)
		{
			for (k in held) {
				split(k, what, SUBSEP)
				if (what[1] == $3 && held[k] != $2 && !open)
					breach("two holders of " $3 ": " held[k] " and " $2)
			}
			held[$3, $2] = $2
		}
		$4 == "partition" { open = 1 }
		$4 == "whole" { open = 0 }
		$4 == "power-cut" {
			for (k in held) if (held[k] == $2) delete held[k]
			for (k in at) if (k ~ SUBSEP $2 "$") delete at[k]
		}
		$4 == "start-begin" { hold() }
		$4 ~ /-begin$/ { at[$3, $2] = substr($4, 1, length($4) - 6) }
		$4 ~ /-end$/ {
			op = substr($4, 1, length($4) - 4)
			if (at[$3, $2] != op)
				breach("a " op " of " $3 " that nothing knew of ended on " $2)
			if (op == "start") hold()
			delete at[$3, $2]
		}
		$4 == "overlap" { breach("two operations on " $3 " on " $2) }
		$4 == "stop-end" { delete held[$3, $2] }
		END { exit bad }'
}

# ---- the client's view ---------------------------------------------------------------------

# probe_answer HOST...: answer questions on every address of these hosts.
probe_answer()
{
	local h

	for h; do
		on "$h" /lab/bin/probe answer 7 < /dev/null > /dev/null 2>&1 &
		disown $!
	done
}

# probe_start HOST ADDRESS: ask each millisecond, from HOST.
probe_start()
{
	rm -f "$LAB/share/probe"
	on "$1" /lab/bin/probe ask "$2" 7 < /dev/null > "$LAB/share/probe.new" 2>&1 &
	LAB_PROBE=$!
	LAB_PROBE_HOST=$1
	wait_for 30 "on $1 pgrep -f 'probe ask' > /dev/null"
}

# probe_stop: the report is then in LAB/share/probe.
probe_stop()
{
	on "$LAB_PROBE_HOST" pkill -TERM -f 'probe ask'
	wait "$LAB_PROBE" 2> /dev/null
	mv "$LAB/share/probe.new" "$LAB/share/probe"
}

# probe_gap [SINCE_MS]: the longest silence that began (or was going on) after a moment.
probe_gap()
{
	awk -v since="${1:-0}" '$1 == "gap" && $3 >= since && $4 > m { m = $4 }
		END { print m + 0 }' "$LAB/share/probe"
}

probe_doubles()
{
	awk '$1 == "double" { print $2 }' "$LAB/share/probe"
}

# ---- reports: the Test Anything Protocol -----------------------------------------------------

# ok TEXT CONDITION: one test.
ok()
{
	LAB_COUNT=$((LAB_COUNT + 1))
	if eval "$2"; then
		echo "ok $LAB_COUNT - $1"
	else
		echo "not ok $LAB_COUNT - $1"
		echo "#   failed: $2"
		LAB_FAILED=$((LAB_FAILED + 1))
	fi
}

# within SECONDS TEXT CONDITION: it comes true in time.
within()
{
	local t
	t=$(now_ms)

	LAB_COUNT=$((LAB_COUNT + 1))
	if wait_for "$1" "$3"; then
		echo "ok $LAB_COUNT - $2 # $(($(now_ms) - t)) ms"
	else
		echo "not ok $LAB_COUNT - $2 (not within $1 s)"
		echo "#   failed: $3"
		LAB_FAILED=$((LAB_FAILED + 1))
	fi
}

# lasts SECONDS TEXT CONDITION: it stays true all that time.
lasts()
{
	ok "$2" "stays $1 $(printf '%q' "$3")"
}

note()
{
	echo "# $*"
}

# bail TEXT: the rest makes no sense.
bail()
{
	LAB_COUNT=$((LAB_COUNT + 1))
	LAB_FAILED=$((LAB_FAILED + 1))
	echo "not ok $LAB_COUNT - $1"
	LAB_BAILED=yes
	exit 1
}

# Run by the trap: judge what every test must keep to, report, and let go of everything.
lab_end()
{
	local code=$? h f

	trap - EXIT
	trap '' INT TERM
	set +u
	! declare -F lab_before_end > /dev/null || lab_before_end
	if [ "${LAB_QUIET:-no}" = no ]; then
		if [ "$code" = 0 ] && [ -s "$LAB/share/journal" ]; then
			ok "never two holders" journal_judge
		fi
		# A mistake in the script ends it, too: what was not checked has not passed.
		if [ "$code" != 0 ] && [ -z "${LAB_BAILED:-}" ]; then
			echo "not ok $((++LAB_COUNT)) - the test came to its end (exit code $code)"
			LAB_FAILED=$((LAB_FAILED + 1))
		fi
		for f in "$LAB"/share/san/*; do
			[ -e "$f" ] || continue
			# Said by the leak checker of a process that was killed while it looked: no finding.
			[ -s "$f" ] && ! grep -qvE '^==[0-9]+==Unable to get registers from thread [0-9]+\.$' \
				"$f" && continue
			echo "not ok $((++LAB_COUNT)) - a sanitizer speaks (${f##*/})"
			LAB_FAILED=$((LAB_FAILED + 1))
			head -n 40 "$f" | sed 's/^/# /'
		done
		echo "1..$LAB_COUNT"
		[ "$LAB_FAILED" = 0 ] && [ "$code" = 0 ] || lab_logs
	fi
	if [ -n "${LAB_SAVE:-}" ]; then
		for h in "${LAB_HOSTS[@]}"; do
			mkdir -p "$LAB_SAVE/$h"
			cp -a "$(logs "$h")/." "$LAB/hosts/$h/console" "$LAB_SAVE/$h/" \
				2> /dev/null
		done
		cp -a "$LAB/share/journal" "$LAB/share/probe" "$LAB_SAVE/" 2> /dev/null
	fi
	[ "$LAB_FAILED" = 0 ] || code=1
	exit "$code"
}

# The last lines of every log, when something failed.
lab_logs()
{
	local h f

	for h in "${LAB_HOSTS[@]}"; do
		for f in "$(logs "$h")"/{ha-log,ha-debug,messages} \
			"$LAB/hosts/$h/console"; do
			[ -s "$f" ] || continue
			echo "# ---- $h: ${f##*/}, last ${LAB_LOG_LINES:-80} lines"
			tail -n "${LAB_LOG_LINES:-80}" "$f" | cut -c1-300 | sed 's/^/# /'
		done
	done
	[ ! -s "$LAB/share/journal" ] || sed 's/^/# journal: /' "$LAB/share/journal" | tail -n 60
}
