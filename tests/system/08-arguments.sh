#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What runtests and tests/interop/run.sh refuse before anything is built or played.
top=$(cd "$(dirname "$0")/../.." && pwd)
out=$(mktemp)
trap 'rm -f "$out"' EXIT
count=0 failed=0

# refused TEXT PATTERN COMMAND...: exit code 2, and that is said.
refused()
{
	local text=$1 pattern=$2 code word=ok

	shift 2
	timeout 20 "$@" > "$out" 2>&1 < /dev/null
	code=$?
	count=$((count + 1))
	if [ $code != 2 ] || ! grep -qE "$pattern" "$out"; then word="not ok" failed=1; fi
	echo "$word $count - $text"
	[ "$word" = ok ] || sed "s/^/# exit $code: /" "$out" | head
}

refused "a name that no system test has" 'no such test: tests/system/no-such' "$top/runtests" no-such
refused "one of two" 'no such test: tests/system/no-such' "$top/runtests" --system-only 08-arguments no-such
refused "a system test is none of a machine" 'no such test: tests/machine/08-arguments' \
	"$top/runtests" --machine-only 08-arguments
refused "an option that is none" '^sudo ./runtests' "$top/runtests" --no-such
refused "tables of a run that plays few of their cells" 'add --matrix or --all' \
	"$top/tests/interop/run.sh" --doc "$out"
refused "cells that are none" 'no such cell' "$top/tests/interop/run.sh" no-such
echo "1..$count"
exit $failed
