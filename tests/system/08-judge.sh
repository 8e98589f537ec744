#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What a run of a cell beside 3.0.6 is worth (tests/interop/judge.sh, proof.sh): what excuses it, and when
# the excuse is doubtful itself.
here=$(cd "$(dirname "$0")" && pwd)/../interop
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
. "$here/cells.sh"
. "$here/proof.sh"
. "$here/judge.sh"
. "$here/../lab/tap.sh"
# shellcheck disable=SC2034
KNOWN=$out/.known COMPLAINTS=$out/.complaints
ours=cut.ours-old control=cut.old-old
# shellcheck disable=SC2034
cells=("$ours" "$control")

# ran NAME pass|CHECK [COMPLAINT [late]]: its first run, in which the check failed and a 3.0.6 complained.
ran()
{
	local dir=$out/$1/1 word=ok

	rm -rf "$dir"
	mkdir -p "$dir"
	[ "$2" = pass ] || word="not ok"
	printf '%s 1 - %s\n1..1\n' "$word" "$2" > "$dir/tap"
	echo 0 > "$dir/code"
	[ -z "${3:-}" ] || echo "$3" > "$dir/errors.alpha"
	[ "${4:-}" != late ] || echo late > "$dir/late"
	judge_all
}

# listed FILE WORD...: a line of it, tabs between the words.
listed()
{
	local file=$1

	shift
	(IFS=$'\t'; echo "$*") > "$file"
}

verdict()
{
	[ "$(cat "$out/$1/1/verdict")" = "$2" ]
}

echo "# a check that two 3.0.6 fail"
listed "$COMPLAINTS" '#'
listed "$KNOWN" 'cut.*' moves 'same run' why
ran $control pass
ran $ours moves
ok "the control passes: it fails" "verdict $ours fail"
ok "and is not played again: it was in time" "! is_doubtful $ours 1"
ran $control moves
ok "a control in time excuses it" "verdict $ours known && ! is_doubtful $ours 1 && ! is_doubtful $control 1"
ran $control moves '' late
ok "a late control is played again" "verdict $ours known && is_doubtful $control 1"
ok "what it excuses is not, if that was in time" "! is_doubtful $ours 1"
ran $ours moves '' late
ok "both, if both were late" "is_doubtful $control 1 && is_doubtful $ours 1"
ran $control pass
ok "once it passes it excuses nothing, and is let be" "verdict $ours fail && ! is_doubtful $control 1"
ok "what it excused is played again" "is_doubtful $ours 1"
ran $ours pass '' late
ran $control pass '' late
ok "late, but all is well: nothing is played again" "! is_doubtful $ours 1 && ! is_doubtful $control 1"
ran $control something '' late
ok "a late control is played again, whatever it fails; what passes by itself is not" \
	"is_doubtful $control 1 && ! is_doubtful $ours 1"

echo "# what 3.0.6 complains of"
ran $control pass
ran $ours pass 'ERROR: twice'
ok "beside ours only: it fails" "verdict $ours fail"
ran $control pass 'ERROR: twice'
ok "beside 3.0.6 too: it passes" "verdict $ours pass && ! is_doubtful $control 1"
ran $control pass 'ERROR: twice' late
ok "a late control is played again" "verdict $ours pass && is_doubtful $control 1"
ran $ours pass 'ERROR: twice' late
ok "with what it excuses" "is_doubtful $ours 1"
ran $control pass
while IFS='|' read -r proof word; do
	listed "$COMPLAINTS" 'cut*' 'ERROR: twice' "$proof"
	judge_all
	ok "listed, $proof: $word" "verdict $ours $word"
done << 'END'
0 of 3|fail
machine|pass
2 of 3|pass
END
ran $control pass 'ERROR: twice' late
ok "a late control is not played again for it" "! is_doubtful $control 1 && ! is_doubtful $ours 1"

echo "# what is proven"
while IFS='|' read -r before after; do
	listed "$COMPLAINTS" 'cut*' 'ERROR: twice' "$before"
	prove_complaints 2> /dev/null
	ok "$before becomes $after" "[ \"\$(cut -f 3 $COMPLAINTS)\" = '$after' ]"
done << 'END'
7 of 9|1 of 1
0 of 0|1 of 1
machine|machine
END
listed "$COMPLAINTS" 'stop*' 'ERROR: twice' '7 of 9'
prove_complaints 2> /dev/null
ok "what was not played keeps its proof" "[ \"\$(cut -f 3 $COMPLAINTS)\" = '7 of 9' ]"
tap_end
