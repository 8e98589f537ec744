#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# table.sh OUT FILE: write what run.sh left in OUT, as tables, between the marks in FILE.
set -u
here=$(cd "$(dirname "$0")" && pwd)
out=$1 file=$2
. "$here/cells.sh"

# verdict NAME: a cell of the table.
verdict()
{
	case $(cat "$out/$1/verdict" 2> /dev/null) in
	pass) echo "pass" ;;
	known) echo "as 3.0.6" ;;
	fail) echo "**fails**: $(head -n 1 "$out/$1/why")" ;;
	*) echo "not run" ;;
	esac
}

# Two 3.0.6: what fails is a fact, not a fault of ours.
control()
{
	case $(cat "$out/$1/verdict" 2> /dev/null) in
	pass) echo "pass" ;;
	known | fail) echo "fails: $(head -n 1 "$out/$1/why")" ;;
	*) echo "not run" ;;
	esac
}

# client NAME: what the client of a change saw.
client()
{
	sed -n 's/^# the client.s view: \([0-9]*\) reigns, longest silence \([0-9]*\) ms$/\1 \2/p' \
		"$out/$1/tap" 2> /dev/null | { read -r reigns gap && echo ", $((reigns - 1)) moves, $gap ms"; }
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

# What is listed in known, and in how many control cells of this run it was seen.
proofs()
{
	local row text often why seen of dir name

	echo "| rows | check | how often | seen in the control cells above | why |"
	echo "|---|---|---|---|---|"
	while IFS=$'\t' read -r row text often why; do
		[[ $row != '#'* ]] || continue
		seen=0 of=0
		for dir in "$out"/*.$CONTROL; do
			name=${dir##*/}
			# shellcheck disable=SC2053
			[[ ${name%.*} = $row ]] && [[ $name != *to=ours* ]] && [ -e "$dir/why" ] || continue
			of=$((of + 1))
			! grep -q "^$text" "$dir/why" || seen=$((seen + 1))
		done
		echo "| \`$row\` | $text | $often | $seen of $of | $why |"
	done < "$here/known"
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

full=no
for dir in "$out"/loss,medium=*; do [ ! -d "$dir" ] || full=yes; done
tables $full | between matrix
proofs | between proofs
