# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# As many tests at a time as the machine carries, measured (gauge.c) each half second. Sourced
# after build.sh; the helpers of the lab are in LAB_BIN.
#
#	crowd_begin DIR MAX          the gauge runs; what it says is kept in DIR/gauge
#	crowd_add NAME LIMIT F ...   wait for room, then run the function F ... in the background;
#	                             it ends with "exec timeout -k 10 ...", which TERM ends with
#	                             all it started
#	crowd_wait                   until the last one has ended
#	crowd_end, crowd_kill        no more of it; the latter ends what runs
#
# The caller's function crowd_ended NAME CODE is called when one has ended, whose seconds are then in
# CROWD_SECONDS. LIMIT is in seconds: of a machine that is as fast as usual. It grows as everything takes
# longer (STRETCH of the gauge), and so do the limits of wait_for.
#
# One is added at a time: each half second while nobody waits for a processor, each two seconds
# while somebody does (it may be others, who do no harm), and none while processes wake up late, or take
# much longer to start than they do when they are alone. As many as there are processors are always let
# in.

# Milliseconds, percent, and how many times what is usual, or was at best in this run.
CROWD_LATE_HIGH=100
CROWD_PRESSURE_HIGH=50
CROWD_START_HIGH=3
CROWD_START_USUAL_US=2500
# What may spoil a test: later than the shortest time that a cluster is configured with.
CROWD_LATE_BAD=250
CROWD_STRETCH_BAD=200

declare -A CROWD=() CROWD_LIMIT=() CROWD_BEGAN=() CROWD_LATE=() CROWD_STRETCH=() CROWD_DOOMED=()

crowd_begin()
{
	CROWD_DIR=$1 CROWD_MAX=$2 CROWD_ROOM=yes CROWD_PEAK=0 CROWD_START_BEST=1000000 CROWD_QUIET=0 CROWD_TICKS=0
	mkdir -p "$CROWD_DIR"
	: > "$CROWD_DIR/gauge"
	echo 100 > "$CROWD_DIR/stretch"
	export LAB_GAUGE=$CROWD_DIR/stretch
	exec {CROWD_FD}< <(exec "$LAB_BIN/gauge" "$LAB_GAUGE")
}

crowd_end()
{
	exec {CROWD_FD}<&-
}

crowd_kill()
{
	local pid

	for pid in "${!CROWD[@]}"; do
		kill -TERM "$pid" 2> /dev/null
	done
	[ ${#CROWD[@]} = 0 ] || wait "${!CROWD[@]}"
}

# crowd_was_late NAME: while it ran the machine was so late that a failure says nothing.
crowd_was_late()
{
	[ "${CROWD_LATE[$1]}" -ge $CROWD_LATE_BAD ] || [ "${CROWD_STRETCH[$1]}" -ge $CROWD_STRETCH_BAD ]
}

# crowd_how_late NAME: in words.
crowd_how_late()
{
	echo "late by ${CROWD_LATE[$1]} ms at worst, everything took ${CROWD_STRETCH[$1]} % of the usual time"
}

# crowd_tick: wait for the next word of the gauge, then see who has ended and who is over its limit.
crowd_tick()
{
	local at late start pressure stretch pid name usual worst=0

	while :; do
		read -r at late start pressure stretch <&"$CROWD_FD" ||
			{ echo "crowd.sh: the gauge has ended" >&2; exit 1; }
		echo "$at $late $start $pressure $stretch ${#CROWD[@]}" >> "$CROWD_DIR/gauge"
		[ "$late" -le "$worst" ] || worst=$late
		# What was said meanwhile, too.
		read -rt 0 <&"$CROWD_FD" || break
	done
	# Not the first ones.
	CROWD_TICKS=$((CROWD_TICKS + 1))
	[ $CROWD_TICKS -lt 4 ] || [ "$start" -ge "$CROWD_START_BEST" ] || CROWD_START_BEST=$start
	usual=$CROWD_START_USUAL_US
	[ $CROWD_TICKS -lt 4 ] || [ "$CROWD_START_BEST" -lt $usual ] || usual=$CROWD_START_BEST
	CROWD_QUIET=$((CROWD_QUIET + 1)) CROWD_ROOM=no
	if [ "$worst" -ge $CROWD_LATE_HIGH ] || [ "$start" -ge $((usual * CROWD_START_HIGH)) ]; then
		CROWD_QUIET=0
	elif [ "$pressure" -lt $CROWD_PRESSURE_HIGH ] || [ $CROWD_QUIET -ge 4 ]; then
		CROWD_ROOM=yes
	fi
	for pid in "${!CROWD[@]}"; do
		name=${CROWD[$pid]}
		[ "$worst" -le "${CROWD_LATE[$name]}" ] || CROWD_LATE[$name]=$worst
		[ "$stretch" -le "${CROWD_STRETCH[$name]}" ] || CROWD_STRETCH[$name]=$stretch
		if ! kill -0 "$pid" 2> /dev/null; then
			crowd_reap "$pid"
		elif [ $(((SECONDS - CROWD_BEGAN[$name]) * 100)) -ge $((CROWD_LIMIT[$name] * CROWD_STRETCH[$name])) ] &&
			[ -z "${CROWD_DOOMED[$name]:-}" ]; then
			CROWD_DOOMED[$name]=yes
			kill -TERM "$pid" 2> /dev/null
		fi
	done
}

crowd_reap()
{
	local pid=$1 name=${CROWD[$1]} code

	wait "$pid"
	code=$?
	[ -z "${CROWD_DOOMED[$name]:-}" ] || code=124
	unset "CROWD[$pid]"
	# shellcheck disable=SC2034
	CROWD_SECONDS=$((SECONDS - CROWD_BEGAN[$name]))
	crowd_ended "$name" $code
}

crowd_add()
{
	local name=$1 limit=$2 least

	shift 2
	least=$(nproc)
	[ "$least" -le "$CROWD_MAX" ] || least=$CROWD_MAX
	while [ ${#CROWD[@]} -ge "$least" ] && { [ "$CROWD_ROOM" = no ] || [ ${#CROWD[@]} -ge "$CROWD_MAX" ]; }; do
		crowd_tick
	done
	CROWD_LATE[$name]=0 CROWD_STRETCH[$name]=100 CROWD_LIMIT[$name]=$limit CROWD_BEGAN[$name]=$SECONDS
	unset "CROWD_DOOMED[$name]"
	"$@" &
	CROWD[$!]=$name
	[ ${#CROWD[@]} -le "$CROWD_PEAK" ] || CROWD_PEAK=${#CROWD[@]}
	CROWD_ROOM=no CROWD_QUIET=0
}

crowd_wait()
{
	while [ ${#CROWD[@]} -gt 0 ]; do
		crowd_tick
	done
	CROWD_ROOM=yes
}

# crowd_measured: the lines of the gauge in a few words.
crowd_measured()
{
	awk '{ n++; late[n] = $2; p += $4; s += $5 }
		END {
			for (i = 1; i <= n; i++) if (late[i] > worst) worst = late[i]
			printf "late by %d ms at worst, pressure %d %%, stretch %d %% on average", worst, p / n, s / n
		}' "$CROWD_DIR/gauge"
}
