# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# A two-node cluster in the lab: its three files, its commands, what it says. Sourced after
# lab.sh. Nodes are the hosts in NODES (alpha beta); times are those below unless a test sets
# others before it calls base_cf.

# none: what a test needs it installs itself.
[ "${HB_STAGE:-}" = none ] || [ -x "${HB_STAGE:-}/usr/libexec/heartbeat/heartbeat" ] || {
	LAB_QUIET=yes
	echo "Bail out! HB_STAGE must name a tree made by 'make install DESTDIR='"
	exit 1
}
NODES="alpha beta"
KEEPALIVE=100ms
WARNTIME=500ms
DEADTIME=1
INITDEAD=4
FAILBACK=on

# Everything of ha.cf that the tests agree on.
base_cf()
{
	cat <<- END
		logfile /var/log/ha-log
		debugfile /var/log/ha-debug
		logfacility local0
		keepalive $KEEPALIVE
		warntime $WARNTIME
		deadtime $DEADTIME
		initdead $INITDEAD
		udpport 694
		auto_failback $FAILBACK
	END
	printf 'node %s\n' $NODES
}

# Both nodes may share one file: the own address is harmless.
ucast_cf()
{
	echo "ucast eth0 10.0.0.1"
	echo "ucast eth0 10.0.0.2"
}

# file_for NAME MODE [HOST...]: standard input becomes /etc/ha.d/NAME.
file_for()
{
	local name=$1 mode=$2 text h

	shift 2
	text=$(cat)
	for h in ${*:-$NODES}; do
		printf '%s\n' "$text" > "$(etc "$h")/ha.d/$name"
		chmod "$mode" "$(etc "$h")/ha.d/$name"
	done
}

ha_cf()
{
	file_for ha.cf 644 "$@"
}

haresources()
{
	file_for haresources 644 "$@"
}

authkeys()
{
	file_for authkeys 600 "$@"
}

# cluster_new: the hosts, switched off, with authkeys and the usual ha.cf; haresources from
# standard input.
cluster_new()
{
	local n=0 h

	for h in $NODES; do
		host_new "$h" $((++n))
	done
	{ base_cf; ucast_cf; } | ha_cf
	printf 'auth 1\n1 sha1 ThisIsOnlyATest\n' | authkeys
	haresources
}

cluster_boot()
{
	local h

	for h in $NODES; do
		host_boot "$h" || bail "$h does not boot"
	done
}

# hb HOST ACTION: the init script.
hb()
{
	on "$1" /etc/init.d/heartbeat "$2"
}

hb_quietly()
{
	hb "$@" > /dev/null 2>&1 < /dev/null
}

# Start on every node at the same moment.
cluster_start()
{
	local h jobs=

	for h in $NODES; do
		hb_quietly "$h" start &
		jobs="$jobs $!"
	done
	wait $jobs
}

rscstatus()
{
	on "$1" cl_status rscstatus 2> /dev/null
}

# settled WORD WORD: what the first and the second node hold, in the words of cl_status.
settled()
{
	local h

	for h in $NODES; do
		[ "$(rscstatus "$h")" = "$1" ] || return 1
		shift
	done
}

# logged HOST PATTERN: extended regular expression, in the log file.
logged()
{
	grep -qE -- "$2" "$(logs "$1")/ha-log" 2> /dev/null
}

logged_times()
{
	grep -cE -- "$2" "$(logs "$1")/ha-log" 2> /dev/null
}

# Process numbers inside the host.
engine_pid()
{
	on "$1" pgrep -o -f '^heartbeat: engine'
}

master_pid()
{
	on "$1" pgrep -o -f '^heartbeat: master'
}

hbctl_json()
{
	on "$1" hbctl status --json
}

# json HOST EXPRESSION: a Python expression over the parsed status s.
json()
{
	hbctl_json "$1" | python3 -c "import json,sys; s=json.load(sys.stdin); print($2)"
}
