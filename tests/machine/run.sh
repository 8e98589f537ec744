#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# sudo tests/machine/run.sh [NN-name...]: the tests of this directory, or those of these names, on
# machines with systemd; HB_STAGE and LAB_BIN as for tests/system. The disks of the machines are made
# first, once. Each test's report is build/machine/NAME.tap. The last line is "MACHINE: PASSED/TOTAL",
# exit code 0 if all passed.
here=$(cd "$(dirname "$0")" && pwd)
logs=$(cd "$here/../.." && pwd)/build/machine
rm -rf "$logs"
mkdir -p "$logs"
pass=0
total=0
failed=0
declare -A names=()

interrupted()
{
	trap '' INT TERM
	kill -TERM "${!names[@]}" 2> /dev/null
	wait
	echo "MACHINE: $pass/$((total + 1))"
	exit 1
}
trap interrupted INT TERM

# launch FILE: in the background, as the process timeout.
launch()
{
	local name=${1##*/}

	name=${name%.sh}
	LAB_SAVE=$logs/$name timeout -k 10 "${TEST_TIMEOUT:-900}" bash "$1" < /dev/null > "$logs/$name.tap" 2>&1 &
	names[$!]=$name
}

# reap: wait for one, and read what it wrote.
reap()
{
	local pid code name out ok all

	wait -n -p pid "${!names[@]}"
	code=$?
	name=${names[$pid]}
	unset "names[$pid]"
	out=$logs/$name.tap
	ok=$(grep -c '^ok ' "$out")
	all=$(grep -cE '^(not )?ok ' "$out")
	if [ $code = 0 ] && [ "$ok" = "$all" ] && [ "$all" -gt 0 ] && grep -qx "1\.\.$all" "$out"; then
		echo "   ok      $name: $ok of $all"
	else
		# Whatever went wrong, at least one test did.
		[ "$ok" -lt "$all" ] || all=$((all + 1))
		echo "   FAILED  $name: $ok of $all (exit $code$([ $code = 124 ] && echo ', it took too long'))"
		grep -A1 '^not ok' "$out" | head -n 40
		sed -n '/^1\.\./,$p' "$out" | head -n "${LOG_LINES:-40}"
		failed=1
	fi
	pass=$((pass + ok))
	total=$((total + all))
}

[ $# -gt 0 ] || set -- ''
tests=()
for w; do
	for t in "$here/$w"*.sh; do
		case ${t##*/} in [0-9]*) [ ! -e "$t" ] || tests+=("$t") ;; esac
	done
done
for t in "${tests[@]}"; do
	while [ ${#names[@]} -ge "${JOBS:-$(nproc)}" ]; do reap; done
	launch "$t"
done
while [ ${#names[@]} -gt 0 ]; do reap; done
[ $total -gt 0 ] || { echo "there are no such tests"; failed=1; }
echo "MACHINE: $pass/$total"
exit $failed
