#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Runs fuzz targets, some at a time, each for so many seconds.
#
# usage: run.sh CORPUS TARGET...     in the directory with the programs fuzz-TARGET
#
# FUZZ_SECONDS, FUZZ_JOBS: time of each (60), and how many run at a time (one a processor).
# What is new goes to corpus/TARGET, what is found to findings/TARGET-*, what libFuzzer says to
# TARGET.log. One line a target closes the run; exit code 1 if anything was found.
set -u
corpus=$1
shift
seconds=${FUZZ_SECONDS:-60}
jobs=${FUZZ_JOBS:-$(nproc)}
running=
failed=0

cleanup() {
	for each in $running; do
		kill "${each#*:}" 2> /dev/null
	done
	wait
}
trap 'cleanup; exit 1' INT TERM
# Short stacks of allocations: most of the time goes into them.
ASAN_OPTIONS=malloc_context_size=4:quarantine_size_mb=16${ASAN_OPTIONS:+:$ASAN_OPTIONS}
export ASAN_OPTIONS

start() {
	dict=
	[ ! -e "$corpus/../$1.dict" ] || dict=-dict=$corpus/../$1.dict
	case $1 in
	channel | step) longest=1024 ;;
	*) longest=8192 ;;
	esac
	mkdir -p "corpus/$1" findings
	rm -f "findings/$1"-*
	echo "   $1: $seconds s"
	"./fuzz-$1" -max_total_time="$seconds" -max_len=$longest -timeout=20 \
		-rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="findings/$1-" \
		${dict:+"$dict"} "corpus/$1" "$corpus/$1" > "$1.log" 2>&1 &
	running="$running $1:$!"
}

stat_of() {
	sed -n "s/^stat::$2: *//p" "$1.log"
}

# close NAME PID: it has ended; say how.
close() {
	wait "$2"
	code=$?
	found=$(find findings -name "$1-*" | wc -l)
	[ $code = 0 ] || failed=1
	executed=$(stat_of "$1" number_of_executed_units)
	speed=$(stat_of "$1" average_exec_per_sec)
	new=$(stat_of "$1" new_units_added)
	echo "$1: ${executed:-?} executions, ${speed:-?}/s, ${new:-?} new inputs, $found findings"
	if [ $code != 0 ]; then
		echo "$1: exit code $code; see $PWD/$1.log and $PWD/findings"
		grep -E 'ERROR: |SUMMARY: |claim failed|ssertion|runtime error' "$1.log" | head -n 5
	fi
}

# reap: close what has ended; at least one if $1 is given.
reap() {
	ended=0
	while :; do
		left=
		for each in $running; do
			if kill -0 "${each#*:}" 2> /dev/null; then
				left="$left $each"
			else
				close "${each%%:*}" "${each#*:}"
				ended=1
			fi
		done
		running=$left
		[ $ended = 0 ] && [ -n "$running" ] || return
		sleep 1
		now=$((now + 1))
		[ $((now % 20)) = 0 ] || continue
		for each in $running; do
			tail -n 1 "${each%%:*}.log" | sed "s/^/   ${each%%:*}: /" | cut -c 1-100
		done
	done
}

now=0
for target; do
	# shellcheck disable=SC2086
	set -- $running
	[ $# -lt "$jobs" ] || reap
	start "$target"
done
while [ -n "$running" ]; do
	reap
done
exit $failed
