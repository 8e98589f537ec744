# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What two 3.0.6 cannot do either: the file known, and what proves a line of it. A line is
#
#	CELL <tab> CHECK <tab> PROOF <tab> WHY
#
# CELL is a shell pattern for names of cells, those of controls among them; CHECK is how the name of
# the check begins. PROOF is "same run", or "K of N": in an earlier run, K of N controls showed it.
#
# What two 3.0.6 complain of too: the file complaints, and what proves a line of it:
#
#	ROW <tab> LINE <tab> PROOF
#
# ROW is a shell pattern for rows (with commas for blanks), LINE what errors.HOST has. PROOF is "K of N" as above,
# or "machine": it depends on the machine that plays, not on the case. What is not listed, or was not seen in any
# control, excuses a run only if a control of the same run complained of it too.
# Sourced by run.sh and table.sh after cells.sh: HERE is this directory, OUT holds what the cells
# left, CELLS are their names.

KNOWN=$here/known
COMPLAINTS=$here/complaints

# control_of NAME: the cell of two 3.0.6 that stay so.
control_of()
{
	local row=${1%.*}

	case $row in
	change_*) echo "${row%,to=*},to=old.$CONTROL" ;;
	*) echo "$row.$CONTROL" ;;
	esac
}

# failed DIR: what did not pass in this run of a cell, a line each.
failed()
{
	local tap=$1/tap

	sed -nE 's/^not ok [0-9]+ - (.*)$/\1/p' "$tap" | sed -E 's/ \(not within .*//'
	[ "$(sed -n 's/^1\.\.//p' "$tap")" = "$(grep -cE '^(not )?ok ' "$tap")" ] ||
		echo "it ended early (exit $(cat "$1/code"))"
}

# shown CELL CHECK: "K of N", the runs of controls among CELLS, and those that failed it.
shown()
{
	local name dir text seen=0 of=0

	for name in "${cells[@]}"; do
		# shellcheck disable=SC2053
		[[ $name = $1 && $name = "$(control_of "$name")" ]] || continue
		for dir in "$out/$name"/*/; do
			[ -d "$dir" ] || continue
			of=$((of + 1))
			while IFS= read -r text; do
				[[ $text = "$2"* ]] && { seen=$((seen + 1)); break; }
			done < <(failed "$dir")
		done
	done
	echo "$seen of $of"
}

# excused NAME CHECK: it is known, and proven.
excused()
{
	local cell check proof

	while IFS=$'\t' read -r cell check proof _; do
		# shellcheck disable=SC2053
		[[ $cell != '#'* && $1 = $cell && $2 = "$check"* ]] || continue
		[[ $proof = [1-9]* || $(shown "$cell" "$check") = [1-9]* ]] && return 0
	done < "$KNOWN"
	return 1
}

# usual_complaints ROW: what is listed for it and proven by the list itself.
usual_complaints()
{
	local row line proof

	while IFS=$'\t' read -r row line proof; do
		# shellcheck disable=SC2053
		[[ $row = '#'* || $1 != $row ]] || [[ $proof != [1-9]* && $proof != machine ]] || echo "$line"
	done < "$COMPLAINTS"
}

# complained ROW LINE: "K of N", the runs of controls among CELLS, and those in which 3.0.6 said so.
complained()
{
	local name dir seen=0 of=0

	for name in "${cells[@]}"; do
		# shellcheck disable=SC2053
		[[ ${name%.*} = $1 && $name = "$(control_of "$name")" ]] || continue
		for dir in "$out/$name"/*/; do
			[ -d "$dir" ] || continue
			of=$((of + 1))
			! cat "$dir"/errors.* 2> /dev/null | grep -qxF -- "$2" || seen=$((seen + 1))
		done
	done
	echo "$seen of $of"
}

# prove_complaints: as prove, for these.
prove_complaints()
{
	local row line proof seen

	while IFS=$'\t' read -r row line proof; do
		if [[ $row = '#'* ]]; then
			echo "$row"
			continue
		fi
		seen=$(complained "$row" "$line")
		case $seen in
		*' of 0') ;;
		*)
			echo "PROOF: $seen: $row: $line" >&2
			[ "$proof" = machine ] || proof=$seen
			;;
		esac
		printf '%s\t%s\t%s\n' "$row" "$line" "$proof"
	done < "$COMPLAINTS" > "$out/complaints.new"
	cat "$out/complaints.new" > "$COMPLAINTS"
	rm "$out/complaints.new"
}

# prove: what the controls of this run showed becomes the proof of the lines that were not to
# be proven by each run anew.
prove()
{
	local cell check proof why seen

	while IFS=$'\t' read -r cell check proof why; do
		if [[ $cell = '#'* ]]; then
			echo "$cell"
			continue
		fi
		seen=$(shown "$cell" "$check")
		case $seen in
		*' of 0') ;;
		*)
			echo "PROOF: $seen: $cell: $check" >&2
			[ "$proof" = "same run" ] || proof=$seen
			;;
		esac
		printf '%s\t%s\t%s\t%s\n' "$cell" "$check" "$proof" "$why"
	done < "$KNOWN" > "$out/known.new"
	cat "$out/known.new" > "$KNOWN"
	rm "$out/known.new"
	prove_complaints
}
