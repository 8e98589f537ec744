#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# --help and --version of each program: exit code 0, on standard output, the manual page named.
set -eu
LC_ALL=C
export LC_ALL
top=$(cd "${srcdir:-.}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0 failed=0

check() {
	number=$((number + 1))
	if eval "$2"; then
		echo "ok $number - $1"
	else
		echo "not ok $number - $1"
		sed 's/^/# /' "$work/out" "$work/err" | tail -20
		failed=1
	fi
}
# shellcheck disable=SC2317 # called by eval
# run CODE PROGRAM ARGUMENT...: what it says is in out and err.
run() {
	code=$1
	shift
	got=0
	"$@" > "$work/out" 2> "$work/err" < /dev/null || got=$?
	[ "$got" = "$code" ]
}
# shellcheck disable=SC2317 # called by eval
# And there is that page.
names_page() {
	page=$(grep -oE '[A-Za-z_.-]+\([1-8]\)' "$work/out" | tail -1 | tr '(' . | tr -d ')')
	[ -n "$page" ] && { [ -f "$top/doc/$page" ] || [ -f "$top/doc/agents/$page" ]; }
}

# hb_standby is a name of hbctl's, which a wrapper of libtool's does not pass on.
hbctl=$PWD/.libs/hbctl
[ -x "$hbctl" ] || hbctl=$PWD/hbctl
LD_LIBRARY_PATH=$PWD/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH
ln -s "$hbctl" "$work/hb_standby"
ln -s "$hbctl" "$work/hb_takeover"
for program in heartbeat/heartbeat hbctl cl_status ipfail hb-address ResourceManager; do
	ln -s "$PWD/$program" "$work/${program##*/}"
done
for name in heartbeat hbctl cl_status ipfail hb-address ResourceManager hb_standby hb_takeover; do
	program=$work/$name
	check "$name --help" "run 0 $program --help && [ ! -s $work/err ] && grep -qi '^usage: ' $work/out"
	check "$name --help names a page" names_page
	check "$name --help fits a terminal, but for what 3.0.6 wrote" \
		"! grep -v '^usage: .*ResourceManager' $work/out | grep -qE '^.{81}'"
	check "$name --version" "run 0 $program --version && [ ! -s $work/err ] &&
		grep -qE '^$name [0-9]+(\.[0-9]+)+' $work/out"
done
for command in status standby takeover retry record replay simulate setup version help; do
	check "hbctl $command --help" "run 0 $work/hbctl $command --help && grep -q '^Usage: hbctl' $work/out"
done

# As they were in 3.0.6.
check "heartbeat -h" "run 2 $work/heartbeat -h && grep -q '^Usage: heartbeat' $work/err"
check "hb_standby -h" "run 1 $work/hb_standby -h && grep -qx 'usage:' $work/out"
check "hb_standby of nothing known" "run 1 $work/hb_standby dance && grep -q 'wrong resources(dance)' $work/out"
check "cl_status of nothing known" "run 11 $work/cl_status --dance && grep -q 'invalid sub-command' $work/err"
check "ResourceManager of nothing" "run 1 $work/ResourceManager && grep -q '^usage: ' $work/err"
check "hb-address of nothing" "run 1 $work/hb-address && grep -q '^usage: ' $work/err"
check "hbctl of nothing known" "run 2 $work/hbctl dance && grep -q '^Usage: hbctl' $work/err"
echo "1..$number"
exit $failed
