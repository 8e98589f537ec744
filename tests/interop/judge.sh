# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Whether a run of a cell has passed, and what that is worth. Sourced by run.sh after proof.sh. OUT/NAME/I has
# of run I of the cell NAME: tap and code; errors.HOST, what the 3.0.6 on HOST complained of; late, if the machine
# had no time for it; and, from here, verdict and why.

# unlisted NAME I: what 3.0.6 complains of in this run, and what is not proven to be usual by an earlier one.
unlisted()
{
	cat "$out/$1/$2"/errors.* 2> /dev/null | sort -u | grep -vxF -f <(usual_complaints "${1%.*}")
}

# complaints NAME I: what 3.0.6 says beside ours, and not beside 3.0.6.
complaints()
{
	local control

	control=$(control_of "$1")
	[ "$1" != "$control" ] || return 0
	unlisted "$1" "$2" | grep -vxF -f <(cat "$out/$control"/*/errors.* 2> /dev/null) |
		sed 's/^/3.0.6 complains: /'
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

# judge_all: what the controls showed excuses the others.
judge_all()
{
	local kind is name dir

	for kind in control other; do
		for name in "${cells[@]}"; do
			[ "$name" = "$(control_of "$name")" ] && is=control || is=other
			[ $is = $kind ] || continue
			for dir in "$out/$name"/*/; do
				[ ! -d "$dir" ] || judge "$name" "$(basename "$dir")"
			done
		done
	done
}

# excuses_nothing NAME I: it passed, and 3.0.6 complained of nothing unusual: of a control, nobody can refer to
# it; of another cell, it refers to no control.
excuses_nothing()
{
	[ "$(cat "$out/$1/$2/verdict")" = pass ] && [ -z "$(unlisted "$1" "$2")" ]
}

# excuse_was_late NAME: a run of its control was late, and might excuse a run of this cell.
excuse_was_late()
{
	local control dir

	control=$(control_of "$1")
	for dir in "$out/$control"/*/; do
		[ ! -e "$dir/late" ] || excuses_nothing "$control" "$(basename "$dir")" || return 0
	done
	return 1
}

# is_doubtful NAME I: the run was late, and has failed or passed by an excuse that was late. A control is
# its own excuse.
is_doubtful()
{
	[ -e "$out/$1/$2/late" ] || return 1
	[ "$1" = "$(control_of "$1")" ] || [ "$(cat "$out/$1/$2/verdict")" != fail ] || return 0
	! excuses_nothing "$1" "$2" && excuse_was_late "$1"
}
