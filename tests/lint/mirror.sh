#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every lib/X/Y.c has its test tests/unit/X/test_Y.c, and that test is built and run.
#
# usage: mirror.sh [TREE]     default: the source tree
set -eu
LC_ALL=C
export LC_ALL

# What is missing, a line each.
faults() {
	(cd "$1" && find lib -name '*.c') | sort | while read -r file; do
		dir=$(dirname "${file#lib/}")
		test=tests/unit/$dir/test_$(basename "$file")
		if [ ! -f "$1/$test" ]; then
			echo "$file has no $test"
		elif ! grep -q "${test%.c}" "$1/tests/unit/$dir/local.mk"; then
			echo "$test is not in tests/unit/$dir/local.mk"
		fi
	done
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Can it fail?
expect() {
	got=$(faults "$work")
	if [ "$got" != "$1" ]; then
		echo "mirror.sh: \"$got\", not \"$1\"" >&2
		exit 1
	fi
}
mkdir -p "$work/lib/core" "$work/tests/unit/core"
: > "$work/lib/core/view.c"
: > "$work/tests/unit/core/local.mk"
expect 'lib/core/view.c has no tests/unit/core/test_view.c'
: > "$work/tests/unit/core/test_view.c"
expect 'tests/unit/core/test_view.c is not in tests/unit/core/local.mk'
echo 'check_PROGRAMS += tests/unit/core/test_view' > "$work/tests/unit/core/local.mk"
expect ''

found=$(faults "${1:-${srcdir:-.}}")
if [ -n "$found" ]; then
	echo "mirror.sh: code without its test:" >&2
	echo "$found" >&2
	exit 1
fi
