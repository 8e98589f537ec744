#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# sudo tests/interop/run.sh [--full] [--kinds K1-K2] [--list|--judge] [--doc FILE] [PATTERN...]
#
# One cluster of this program and the real 3.0.6 (Debian's packages, unpacked, not installed):
# play the matrix of cells.sh, several clusters side by side, and say which cells passed.
#
#	--full      each case with each medium, method, form and kind of failback
#	--kinds K1-K2   play the rows by these alone: old-old is the control group, ours-ours a
#	            check of the cases themselves
#	--list      only say which cells there are
#	--judge     play nothing, judge again what the last run left
#	--doc FILE  write the table between the marks in FILE (doc/interop.md)
#	PATTERN     cells whose name holds one of these (shell patterns)
#
# A row of the matrix is played by ours on node 1 and 3.0.6 on node 2, the other way round, and
# as control by two 3.0.6. A cell passes if every check does, and if 3.0.6 logs no ERROR that
# no two 3.0.6 have logged in that case. What two 3.0.6 cannot do either, and is listed in
# tests/interop/known, counts as passed: the table calls it "as 3.0.6". A cell is void, and played
# again, if its 3.0.6 says that it lost a message between its own processes.
#
# The last line is INTEROP: N/M, the cells with ours in them. JOBS is how many clusters run at a time. Needs what
# ./runtests has built: HB_STAGE (default build/stage/plain).
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../lab/build.sh" || exit 1
set -u
need_root
full=no only='' list=no judge=no doc=''
while [ $# -gt 0 ]; do
	case $1 in
	--full) full=yes ;;
	--kinds) only=$2; shift ;;
	--list) list=yes ;;
	--judge) judge=yes ;;
	--doc) doc=$2; shift ;;
	--*) echo "run.sh: what is $1?" >&2; exit 2 ;;
	*) break ;;
	esac
	shift
done
patterns=("$@")
export HB_STAGE=${HB_STAGE:-$BUILD/stage/plain} LAB_BIN=${LAB_BIN:-$BUILD/lab}
export OLD_STAGE=${OLD_STAGE:-$BUILD/packages-heartbeat}
out=$BUILD/interop
. "$here/cells.sh"

# ---- which cells -------------------------------------------------------------------------------

# A row is "CASE [WORD...]"; its cells are named ROW.KIND1-KIND2, with commas for blanks.
cells=()
choose()
{
	local row kinds name p

	while read -r row; do
		for kinds in ${only:-$(kinds_of "$row")}; do
			name=${row// /,}.$kinds
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
"$here/../lab/build-helpers" "$LAB_BIN" || exit 1
[ -d "$HB_STAGE" ] || HB_STAGE=$OLD_STAGE

# ---- play ----------------------------------------------------------------------------------------

# Its scripts and children talk to 3.0.6 through a FIFO, and now and then it reads half a message
# there and drops the rest: a group is then not started, a standby not begun. Two 3.0.6 do it too.
VOID='ERROR: (msg2string: Message with zero fields|NV failure)'

# play NAME: one cell; the verdict is in its directory.
play()
{
	local name=$1 row=${1%.*} kinds=${1##*.} dir=$out/$1 begin=$SECONDS words code

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

# launch NAME: in the background.
launch()
{
	play "$1" &
	running[$!]=$1
}

# failed NAME: what did not pass, a line each.
failed()
{
	local tap=$out/$1/tap

	sed -nE 's/^not ok [0-9]+ - (.*)$/\1/p' "$tap" | sed -E 's/ \(not within .*//'
	[ "$(sed -n 's/^1\.\.//p' "$tap")" = "$(grep -cE '^(not )?ok ' "$tap")" ] ||
		echo "it ended early (exit $(cat "$out/$1/code"))"
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
JOBS=${JOBS:-$(($(nproc) * 6))}
play_all()
{
	local name pid

	[ ${#patterns[@]} -gt 0 ] || rm -rf "$out"
	mkdir -p "$out"
	echo "   ${#cells[@]} cells, $JOBS clusters at a time; logs in ${out#"$BUILD_TOP/"}"
	for name in "${cells[@]}"; do
		while [ ${#running[@]} -ge "$JOBS" ]; do
			wait -n -p pid "${!running[@]}"
			unset "running[$pid]"
		done
		launch "$name"
		# Not all at once: making a host is the only work there is.
		sleep 1
	done
	while [ ${#running[@]} -gt 0 ]; do
		wait -n -p pid "${!running[@]}"
		unset "running[$pid]"
	done
}
[ $judge = yes ] || play_all

# ---- judge -----------------------------------------------------------------------------------------

# known ROW TEXT: how often two 3.0.6 fail that too, "always" or "sometimes", if it is listed.
known()
{
	local row text often

	while IFS=$'\t' read -r row text often _; do
		# shellcheck disable=SC2053
		[[ $row = '#'* || $1 != $row || $2 != "$text"* ]] || { echo "$often"; return; }
	done < "$here/known"
}

# excused NAME TEXT: two 3.0.6 fail it too; if always, then in this run as well.
excused()
{
	local control
	control=$(control_of "$1")

	case $(known "${1%.*}" "$2") in
	sometimes) return 0 ;;
	always) [ ! -e "$out/$control/tap" ] || failed "$control" | grep -qxF "$2" ;;
	*) return 1 ;;
	esac
}

# control_of NAME: the cell of two 3.0.6 that stay so.
control_of()
{
	local row=${1%.*}

	case $row in
	change_*) echo "${row%,to=*},to=old.$CONTROL" ;;
	*) echo "$row.$CONTROL" ;;
	esac
}

# allowed ROW CONTROL: what two 3.0.6 complain of, in this run or, listed, in an earlier one.
allowed()
{
	local row line

	cat "$out/$2"/errors.* 2> /dev/null
	while IFS=$'\t' read -r row line; do
		# shellcheck disable=SC2053
		[[ $row = '#'* || $1 != $row ]] || echo "$line"
	done < "$here/complaints"
}

# judge NAME: write its verdict (pass, known or fail) and why.
judge()
{
	local name=$1 dir=$out/$1 row=${1%.*} verdict=pass text control line

	control=$(control_of "$name")
	: > "$dir/why"
	while IFS= read -r text; do
		if excused "$name" "$text"; then
			[ $verdict = fail ] || verdict=known
		else
			verdict=fail
		fi
		echo "$text" >> "$dir/why"
	done < <(failed "$name")
	if [ "$name" != "$control" ]; then
		while IFS= read -r line; do
			verdict=fail
			echo "3.0.6 complains: $line" >> "$dir/why"
		done < <(cat "$dir"/errors.* 2> /dev/null | sort -u |
			grep -vxF -f <(allowed "$row" "$control"))
	fi
	echo $verdict > "$dir/verdict"
}

pass=0 total=0
for name in "${cells[@]}"; do judge "$name"; done
for name in "${cells[@]}"; do
	verdict=$(cat "$out/$name/verdict")
	tries=$(cat "$out/$name/tries")
	printf '   %-6s %s, %s s%s\n' "$verdict" "$name" "$(cat "$out/$name/seconds")" \
		"$([ "$tries" = 1 ] || echo ", $tries times")"
	[ "$verdict" = pass ] || sed 's/^/          /' "$out/$name/why"
	case $name in
	*to=old.$CONTROL) continue ;;
	*to=ours.*) ;;
	*.$CONTROL) continue ;;
	esac
	total=$((total + 1))
	[ "$verdict" = fail ] || pass=$((pass + 1))
done
[ -z "$doc" ] || "$here/table.sh" "$out" "$doc"
echo "INTEROP: $pass/$total"
[ $pass = $total ]
