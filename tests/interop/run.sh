#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# sudo tests/interop/run.sh [--matrix|--all] [--times N] [--kinds K1-K2] [--list|--judge] [--doc FILE] [PATTERN...]
# sudo tests/interop/run.sh [--matrix|--all] --prove PATTERN N
#
# One cluster of this program and the real 3.0.6 (Debian's packages, unpacked, not installed):
# play the cells of cells.sh, several clusters side by side, and say which cells passed.
#
#	            (without an option) each case once in each direction, its control only if one fails
#	--matrix    each case also with the other kinds of failback, media, methods and forms that it
#	            matters to, and every control
#	--all       each case with each medium and kind of failback as well
#	--times N   each cell N times
#	--kinds K1-K2   play the rows by these alone: old-old is the control group, ours-ours a
#	            check of the cases themselves
#	--list      only say which cells there are
#	--judge     play nothing, judge again what the last run left
#	--doc FILE  write the table between the marks in FILE (doc/interop.md); with --matrix, --all or a PATTERN
#	PATTERN     cells of the matrix whose name holds one of these (shell patterns)
#	--prove PATTERN N   play only the controls of these rows, N times each, and write into
#	            tests/interop/known and complaints how often they showed what is listed there
#
# A row of the matrix is played by ours on node 1 and 3.0.6 on node 2, the other way round, and
# as control by two 3.0.6. A cell passes if every check does, and if 3.0.6 logs no ERROR that
# no two 3.0.6 have logged in that case. What two 3.0.6 cannot do either counts as passed if it is
# listed in tests/interop/known and proven: by a control of this run, or by the count of controls
# that --prove has written there. The table calls it "as 3.0.6". Usual complaints are listed, and proven,
# in tests/interop/complaints.
#
# As many clusters run at a time as the machine carries, JOBS at most (tests/lab/crowd.sh). A run of a cell
# that fails is played again, at most three times, and that is counted and said, if it was void: its 3.0.6 says
# that it lost a message between its own processes; or if it was late: the machine had no time for it,
# by the measure of the gauge. In the end it has the machine to itself. So is a late control that would excuse
# something, and what it excuses.
#
# Run I of a cell leaves what it saw in build/interop/NAME/I. The last line is INTEROP: N/M, the cells with ours
# in them. Needs what ./runtests has built: HB_STAGE (default build/stage/plain).
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../lab/build.sh" || exit 1
. "$here/../lab/crowd.sh" || exit 1
set -u
need_root
level=once only='' list=no judge=no doc='' times=1 prove=no
while [ $# -gt 0 ]; do
	case $1 in
	--matrix) level=matrix ;;
	--all) level=all ;;
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
[ $level != once ] || [ $# = 0 ] || level=matrix
[ -z "$doc" ] || [ $level != once ] ||
	{ echo "run.sh: --doc would write \"not run\" into most of the table: add --matrix or --all" >&2; exit 2; }
[[ $times =~ ^[1-9][0-9]*$ ]] || { echo "run.sh: how many times is $times?" >&2; exit 2; }
export HB_STAGE=${HB_STAGE:-$BUILD/stage/plain} LAB_BIN=${LAB_BIN:-$BUILD/lab}
export OLD_STAGE=${OLD_STAGE:-$BUILD/packages-heartbeat}
out=$BUILD/interop
. "$here/cells.sh"
. "$here/proof.sh"
. "$here/judge.sh"
[ $prove = no ] || { patterns=("$pattern") only=$CONTROL; [ $level != once ] || level=matrix; }

# ---- which cells -------------------------------------------------------------------------------

# A row is "CASE [WORD...]"; its cells are named ROW.KIND1-KIND2, with commas for blanks.
cells=()
choose()
{
	local row kinds name p

	while read -r row; do
		for kinds in ${only:-$(kinds_of "$row")}; do
			name=${row// /,}.$kinds
			[ $level != once ] || [ -n "$only" ] || [ "$name" != "$(control_of "$name")" ] || continue
			[ $prove = no ] || [ "$name" = "$(control_of "$name")" ] || continue
			[ ${#patterns[@]} = 0 ] && cells+=("$name")
			for p in "${patterns[@]}"; do
				# shellcheck disable=SC2053
				[[ $name != *$p* ]] || { cells+=("$name"); break; }
			done
		done
	done < <(rows $level)
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

# run_cell DIR NAME
run_cell()
{
	local row=${2%.*} kinds=${2##*.} words

	read -r -a words <<< "${row//,/ }"
	# shellcheck disable=SC2086
	LAB_SAVE=$1 exec timeout -k 10 $((CELL_LIMIT * 10)) bash "$here/cell.sh" "${words[0]}" \
		${kinds/-/ } "${words[@]:1}" < /dev/null > "$1/tap" 2>&1
}

# crowd_ended NAME/I CODE
crowd_ended()
{
	local dir=$out/$1

	echo "$2" > "$dir/code"
	echo $CROWD_SECONDS > "$dir/seconds"
	! crowd_was_late "$1" || crowd_how_late "$1" > "$dir/late"
}

# play NAME/I...: side by side.
play()
{
	local run dir

	for run; do
		dir=$out/$run
		rm -rf "$dir"
		mkdir -p "$dir"
		crowd_add "$run" $CELL_LIMIT run_cell "$dir" "${run%/*}"
	done
	crowd_wait
}

interrupted()
{
	trap '' INT TERM
	crowd_kill
	exit 1
}
trap interrupted INT TERM

CELL_LIMIT=${CELL_TIMEOUT:-600}

# ---- report ---------------------------------------------------------------------------------------

# report NAME: a line about the cell, and what did not pass; the cell's own verdict is the
# worst of its runs.
report()
{
	local name=$1 dir run word=pass

	if [ ! -e "$out/$name/1/code" ]; then
		echo "   fail   $name: it has not been played"
		mkdir -p "$out/$name"
		echo fail > "$out/$name/verdict"
		return
	fi
	for dir in "$out/$name"/*/; do
		case $(cat "$dir/verdict") in
		fail) word=fail ;;
		known) [ $word = fail ] || word=known ;;
		esac
	done
	echo $word > "$out/$name/verdict"
	printf '   %-6s %s, %s s%s\n' $word "$name" "$(cat "$out/$name"/*/seconds | paste -sd ' ')" \
		"$(cat "$out/$name"/again.* 2> /dev/null | sort | uniq -c | awk '{ printf ", %s: %d", $2, $1 }')"
	for dir in "$out/$name"/*/; do
		run=$(basename "$dir")
		[ "$(cat "$dir/verdict")" = pass ] || sed "s/^/          $run: /" "$dir/why"
	done
}

# doubtful void|all: which runs are to be played again, because they were void or late; noted in the cell's
# again.I. What they left is kept in .again.
doubtful()
{
	local name dir why

	again=()
	for name in "${cells[@]}"; do
		for dir in "$out/$name"/*/; do
			why=
			if [ "$(cat "$dir/code")" != 0 ] && grep -qE "$VOID" "$dir"/{alpha,beta}/ha-log 2> /dev/null; then
				why=void
			elif [ "$1" != void ] && is_doubtful "$name" "$(basename "$dir")"; then
				why=late
			fi
			[ -n "$why" ] || continue
			again+=("$name/$(basename "$dir")")
			mkdir -p "$out/.again/$name"
			rm -rf "$out/.again/$name/$(basename "$dir")"
			cp -a "$dir" "$out/.again/$name/"
			echo $why >> "$out/$name/again.$(basename "$dir")"
			echo "   again  $name: $why$([ $why = void ] || echo " ($(cat "$dir/late"))"): $(head -n 1 "$dir/why")"
		done
	done
}

# controls_needed: of the cells that fail, those whose controls have not been played.
controls_needed()
{
	local name control

	again=()
	for name in "${cells[@]}"; do
		control=$(control_of "$name")
		[ "$(cat "$out/$name"/*/verdict | grep -c fail)" != 0 ] && [ ! -e "$out/$control" ] || continue
		mkdir -p "$out/$control"
		again+=("$control/1")
		cells+=("$control")
	done
}

play_again()
{
	[ ${#again[@]} -gt 0 ] || return 0
	play "${again[@]}"
	judge_all
}

play_all()
{
	local name i runs=() few

	[ ${#patterns[@]} -gt 0 ] || rm -rf "$out"
	rm -rf "$out/.again"
	mkdir -p "$out"
	for name in "${cells[@]}"; do
		rm -rf "${out:?}/$name"
		for ((i = 1; i <= times; i++)); do runs+=("$name/$i"); done
	done
	echo "   ${#cells[@]} cells, $times times, as many at a time as the machine carries; logs in ${out#"$BUILD_TOP/"}"
	# They wait for time to pass, nearly always: more clusters than processors.
	crowd_begin "$BUILD/crowd-interop" "${JOBS:-$(($(nproc) * 20))}"
	play "${runs[@]}"
	echo "   at most $CROWD_PEAK clusters were carried at a time, $(crowd_measured)"
	judge_all
	# A void run says nothing, not even that a control is needed.
	doubtful void
	play_again
	controls_needed
	play_again
	for few in "$(nproc)" 1; do
		doubtful all
		[ ${#again[@]} -gt 0 ] || break
		# shellcheck disable=SC2034
		CROWD_MAX=$few
		play_again
	done
	crowd_end
}

pass=0 total=0
if [ $judge = yes ]; then judge_all; else play_all; fi
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
