# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The Test Anything Protocol for scripts that need no lab: ok TEXT CONDITION is one test, tap_end the
# last thing; the exit code says whether all passed.
count=0 failed=0

ok()
{
	count=$((count + 1))
	if eval "$2"; then
		echo "ok $count - $1"
	else
		echo "not ok $count - $1"
		failed=1
	fi
}

tap_end()
{
	echo "1..$count"
	exit $failed
}
