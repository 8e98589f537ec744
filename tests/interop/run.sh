#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# sudo tests/interop/run.sh [--full] [--times N] [--kinds K1-K2] [--list|--judge] [--doc FILE] [PATTERN...]
# sudo tests/interop/run.sh [--full] --prove PATTERN N
#
# One cluster of this program and the real 3.0.6 (Debian's packages, unpacked, not installed):
# play the matrix of cells.sh, several clusters side by side, and say which cells passed.
#
#	--full      each case with each medium, method, form and kind of failback
#	--times N   each cell N times
#	--kinds K1-K2   play the rows by these alone: old-old is the control group, ours-ours a
#	            check of the cases themselves
#	--list      only say which cells there are
#	--judge     play nothing, judge again what the last run left
#	--doc FILE  write the table between the marks in FILE (doc/interop.md)
#	PATTERN     cells whose name holds one of these (shell patterns)
#	--prove PATTERN N   play only the controls of these rows, N times each, and write into
#	            tests/interop/known how often they showed what is listed there
#
# A row of the matrix is played by ours on node 1 and 3.0.6 on node 2, the other way round, and
# as control by two 3.0.6. A cell passes if every check does, and if 3.0.6 logs no ERROR that
# no two 3.0.6 have logged in that case. What two 3.0.6 cannot do either counts as passed if it is
# listed in tests/interop/known and proven: by a control of this run, or by the count of controls
# that --prove has written there. The table calls it "as 3.0.6". A run of a cell is void, and played
# again, if its 3.0.6 says that it lost a message between its own processes.
#
# Run I of a cell leaves what it saw in build/interop/NAME/I. The last line is INTEROP: N/M, the cells with ours
# in them. JOBS is how many clusters run at a time. Needs what ./runtests has built: HB_STAGE
# (default build/stage/plain).
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../lab/build.sh" || exit 1
set -u
need_root
full=no only='' list=no judge=no doc='' times=1 prove=no
while [ $# -gt 0 ]; do
	case $1 in
	--full) full=yes ;;
	--kinds) only=$2; shift ;;
	--list) list=yes ;;
	--judge) judge=yes ;;
	--doc) doc=$2; shift ;;
	--times) times=$2; shift ;;
	--prove) prove=yes pattern=$2 times=$3; shift 2 ;;
	--*) echo "run.sh: what is $1?" >&2; exit 2 ;;
	*) break ;;
	esac
	shift
done
patterns=("$@")
[[ $times =~ ^[1-9][0-9]*$ ]] || { echo "run.sh: how many times is $times?" >&2; exit 2; }
export HB_STAGE=${HB_STAGE:-$BUILD/stage/plain} LAB_BIN=${LAB_BIN:-$BUILD/lab}
export OLD_STAGE=${OLD_STAGE:-$BUILD/packages-heartbeat}
out=$BUILD/interop
. "$here/cells.sh"
. "$here/proof.sh"
[ $prove = no ] || { patterns=("$pattern") only=$CONTROL; }

# ---- which cells -------------------------------------------------------------------------------

# A row is "CASE [WORD...]"; its cells are named ROW.KIND1-KIND2, with commas for blanks.
cells=()
choose()
{
	local row kinds name p

	while read -r row; do
		for kinds in ${only:-$(kinds_of "$row")}; do
			name=${row// /,}.$kinds
			[ $prove = no ] || [ "$name" = "$(control_of "$name")" ] || continue
			[ ${#patterns[@]} = 0 ] && cells+=("$name")
			for p in "${patterns[@]}"; do
				# shellcheck disable=SC2053
				[[ $name != *$p* ]] || { cells+=("$name"); break; }
			done
		done
	done < <(rows $full)
}
choose
[ $list = no ] || { printf '%s\n' "${cells[@]}"; exit 0; }
[ ${#cells[@]} -gt 0 ] || { echo "run.sh: no such cell" >&2; exit 2; }
[ -x "$HB_STAGE/usr/libexec/heartbeat/heartbeat" ] || [ "$only" = "$CONTROL" ] ||
	{ echo "run.sh: nothing is installed in $HB_STAGE: ./runtests does that" >&2; exit 1; }
need_kernel || exit 1
"$here/../lab/packages" "$OLD_STAGE" heartbeat || { echo "run.sh: 3.0.6 cannot be fetched" >&2; exit 1; }
[ -x "$OLD_STAGE/usr/libexec/heartbeat/heartbeat" ] || {
	echo "run.sh: there is no 3.0.6 in $OLD_STAGE (usr/libexec/heartbeat/heartbeat is missing):" \
		"remove that directory, and it is fetched anew" >&2
	exit 1
}
"$here/../lab/build-helpers" "$LAB_BIN" || exit 1
[ -d "$HB_STAGE" ] || HB_STAGE=$OLD_STAGE

# ---- play ----------------------------------------------------------------------------------------

# Its scripts and children talk to 3.0.6 through a FIFO, and now and then it reads half a message
# there and drops the rest: a group is then not started, a standby not begun. Two 3.0.6 do it too.
VOID='ERROR: (msg2string: Message with zero fields|NV failure)'

# play NAME I: one cell, for the Ith time.
play()
{
	local row=${1%.*} kinds=${1##*.} dir=$out/$1/$2 begin=$SECONDS words code try

	read -r -a words <<< "${row//,/ }"
	for try in 1 2 3; do
		rm -rf "$dir"
		mkdir -p "$dir"
		# shellcheck disable=SC2086
		LAB_SAVE=$dir timeout -k 10 "${CELL_TIMEOUT:-600}" bash "$here/cell.sh" "${words[0]}" \
			${kinds/-/ } "${words[@]:1}" < /dev/null > "$dir/tap" 2>&1 &
		trap 'kill -TERM $!; wait $!; exit 130' TERM
		wait $!
		code=$?
		echo $code > "$dir/code"
		echo $((SECONDS - begin)) > "$dir/seconds"
		echo $try > "$dir/tries"
		[ $code != 0 ] && grep -qE "$VOID" "$dir"/{alpha,beta}/ha-log 2> /dev/null || break
	done
}

# launch NAME I: in the background.
launch()
{
	play "$@" &
	running[$!]=$1/$2
}

declare -A running=()
interrupted()
{
	trap '' INT TERM
	kill -TERM "${!running[@]}" 2> /dev/null
	wait
	exit 1
}
trap interrupted INT TERM

# They wait for time to pass, nearly always: far more clusters than processors.
JOBS=${JOBS:-$(($(nproc) * 10))}
play_all()
{
	local name pid i

	[ ${#patterns[@]} -gt 0 ] || rm -rf "$out"
	mkdir -p "$out"
	for name in "${cells[@]}"; do rm -rf "${out:?}/$name"; done
	echo "   ${#cells[@]} cells, $times times, $JOBS clusters at a time; logs in ${out#"$BUILD_TOP/"}"
	for ((i = 1; i <= times; i++)); do
		for name in "${cells[@]}"; do
			while [ ${#running[@]} -ge "$JOBS" ]; do
				wait -n -p pid "${!running[@]}"
				unset "running[$pid]"
			done
			launch "$name" $i
			# Not all at once: making a host is the only work there is.
			sleep "${PACE:-1}"
		done
	done
	while [ ${#running[@]} -gt 0 ]; do
		wait -n -p pid "${!running[@]}"
		unset "running[$pid]"
	done
}
[ $judge = yes ] || play_all

# ---- judge -----------------------------------------------------------------------------------------

# allowed ROW CONTROL: what two 3.0.6 complain of, in this run or, listed, in an earlier one.
allowed()
{
	local row line

	cat "$out/$2"/*/errors.* 2> /dev/null
	while IFS=$'\t' read -r row line; do
		# shellcheck disable=SC2053
		[[ $row = '#'* || $1 != $row ]] || echo "$line"
	done < "$here/complaints"
}

# complaints NAME I: what 3.0.6 says beside ours, and not beside 3.0.6.
complaints()
{
	local control

	control=$(control_of "$1")
	[ "$1" != "$control" ] || return 0
	cat "$out/$1/$2"/errors.* 2> /dev/null | sort -u |
		grep -vxF -f <(allowed "${1%.*}" "$control") | sed 's/^/3.0.6 complains: /'
}

# judge NAME I: write its verdict (pass, known or fail) and why.
judge()
{
	local dir=$out/$1/$2 verdict=pass text

	: > "$dir/why"
	while IFS= read -r text; do
		if excused "$1" "$text"; then
			[ $verdict = fail ] || verdict=known
		else
			verdict=fail
		fi
		echo "$text" >> "$dir/why"
	done < <(failed "$dir"; complaints "$1" "$2")
	echo $verdict > "$dir/verdict"
}

# report NAME: a line about the cell, and what did not pass; the cell's own verdict is the
# worst of its runs.
report()
{
	local name=$1 dir run word=pass

	for dir in "$out/$name"/*/; do
		case $(cat "$dir/verdict") in
		fail) word=fail ;;
		known) [ $word = fail ] || word=known ;;
		esac
	done
	echo $word > "$out/$name/verdict"
	printf '   %-6s %s, %s s%s\n' $word "$name" "$(cat "$out/$name"/*/seconds | paste -sd ' ')" \
		"$(cat "$out/$name"/*/tries | awk '$1 > 1 { n += $1 - 1 } END { if (n) print ", void: " n }')"
	for dir in "$out/$name"/*/; do
		run=$(basename "$dir")
		[ "$(cat "$dir/verdict")" = pass ] || sed "s/^/          $run: /" "$dir/why"
	done
}

pass=0 total=0
# What the controls showed excuses the others.
for kind in control other; do
	for name in "${cells[@]}"; do
		[ "$name" = "$(control_of "$name")" ] && is=control || is=other
		[ $is = $kind ] || continue
		for dir in "$out/$name"/*/; do judge "$name" "$(basename "$dir")"; done
	done
done
for name in "${cells[@]}"; do
	report "$name"
	[ "$name" != "$(control_of "$name")" ] || continue
	total=$((total + 1))
	[ "$(cat "$out/$name/verdict")" = fail ] || pass=$((pass + 1))
done
[ -z "$doc" ] || "$here/table.sh" "$out" "$doc"
if [ $prove = yes ]; then
	prove
	exit 0
fi
echo "INTEROP: $pass/$total"
[ $pass = $total ]
