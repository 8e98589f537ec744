#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# table.sh OUT FILE: write what run.sh left and judged in OUT, as tables, between the marks in FILE.
set -u
here=$(cd "$(dirname "$0")" && pwd)
out=$1 file=$2
. "$here/cells.sh"

cells=()
for dir in "$out"/*/; do cells+=("$(basename "$dir")"); done
. "$here/proof.sh"

# runs NAME [VERDICT]: how many runs of the cell there were, or of those that ended so.
runs()
{
	cat "$out/$1"/*/verdict 2> /dev/null | grep -c "${2:-.}"
}

# why NAME VERDICT: what did not pass in these runs, each once.
why()
{
	local dir

	for dir in "$out/$1"/*/; do
		[ "$(cat "$dir/verdict")" != "$2" ] || head -n 1 "$dir/why"
	done | sort -u | paste -sd ';' | sed 's/;/; /g'
}

# verdict NAME: a cell of the table.
verdict()
{
	local all fail known

	all=$(runs "$1") fail=$(runs "$1" fail) known=$(runs "$1" known)
	if [ "$all" = 0 ]; then
		echo "not run"
	elif [ "$fail" != 0 ]; then
		echo "**$((all - fail))/$all**, fails: $(why "$1" fail)"
	elif [ "$known" != 0 ]; then
		echo "$all/$all, $known as 3.0.6"
	else
		echo "$all/$all"
	fi
}

# Two 3.0.6: what fails is a fact, not a fault of ours.
control()
{
	local all pass

	all=$(runs "$1") pass=$(runs "$1" pass)
	if [ "$all" = 0 ]; then
		echo "not run"
	elif [ "$pass" = "$all" ]; then
		echo "$all/$all"
	else
		echo "$pass/$all, fails: $({ why "$1" known; why "$1" fail; } | grep . | sort -u | paste -sd ';')"
	fi
}

# client NAME: what the client of a change saw, at worst.
client()
{
	sed -n 's/^# the client.s view: \([0-9]*\) reigns, longest silence \([0-9]*\) ms$/\1 \2/p' \
		"$out/$1"/*/tap 2> /dev/null | sort -k 2n | tail -n 1 |
		{ read -r reigns gap && echo ", $((reigns - 1)) moves, $gap ms"; }
}

tables()
{
	local row name

	echo "| case | setting | ours, 3.0.6 | 3.0.6, ours | 3.0.6, 3.0.6 |"
	echo "|---|---|---|---|---|"
	while read -r row; do
		case $row in change_*) continue ;; esac
		name=${row// /,}
		[ -d "$out/$name.ours-old" ] || [ -d "$out/$name.old-ours" ] || [ -d "$out/$name.$CONTROL" ] || continue
		read -r case setting <<< "$row"
		echo "| $case | $setting | $(verdict "$name.ours-old") | $(verdict "$name.old-ours") | $(control "$name.$CONTROL") |"
	done < <(rows "$1")
	echo
	echo "| changed first | auto_failback | 3.0.6 to ours | ours to 3.0.6 | 3.0.6 to 3.0.6 |"
	echo "|---|---|---|---|---|"
	while read -r row; do
		case $row in change_*to=ours) ;; *) continue ;; esac
		name=${row// /,}
		back=${name%ours}old
		[[ $row =~ change_([a-z]*)\ failback=([a-z]*) ]]
		echo "| ${BASH_REMATCH[1]} | ${BASH_REMATCH[2]} |" \
			"$(verdict "$name.old-old")$(client "$name.old-old") |" \
			"$(verdict "$back.ours-ours")$(client "$back.ours-ours") |" \
			"$(control "$back.old-old")$(client "$back.old-old") |"
	done < <(rows "$1")
}

# What is listed in known, and what proves it.
proofs()
{
	local cell check proof why

	echo "| cells | check | proof | in the controls above | why |"
	echo "|---|---|---|---|---|"
	while IFS=$'\t' read -r cell check proof why; do
		[[ $cell = '#'* ]] ||
			echo "| \`$cell\` | $check | $proof | $(shown "$cell" "$check") | $why |"
	done < "$KNOWN"
}

# between MARK: standard input replaces what is between <!-- MARK --> and <!-- end -->.
between()
{
	local new
	new=$(mktemp)

	cat > "$new"
	awk -v mark="<!-- $1 -->" -v new="$new" '
		$0 == mark { print; print ""; while ((getline line < new) > 0) print line; print ""; skip = 1; next }
		$0 == "<!-- end -->" { skip = 0 }
		!skip' "$file" > "$file.new" && cat "$file.new" > "$file"
	rm -f "$new" "$file.new"
}

level=matrix
for dir in "$out"/loss,medium=*; do [ ! -d "$dir" ] || level=all; done
tables $level | between matrix
proofs | between proofs
