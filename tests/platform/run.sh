#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# tests/platform/run.sh [PLATFORM...]: play try.sh on each platform, one after the other, and write what
# was seen into the table in README.md; lines of platforms that were not played stay as they are. The last
# line is
#	PLATFORM: 100/100
# It needs root, and debootstrap; the first run gets some 500 MB from a mirror of Debian and compiles on
# each platform. Reports are in build/platform.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd)
. "$top/tests/lab/build.sh" || exit 1
platforms="bookworm-systemd trixie-systemd bookworm-sysvinit bookworm-heartbeat bookworm-old"
declare -A names=(
	[bookworm-systemd]="Debian 12"
	[trixie-systemd]="Debian 13"
	[bookworm-sysvinit]="Debian 12 without systemd"
	[bookworm-heartbeat]="container of Debian 12"
	[bookworm-old]="Debian 12, beside its 3.0.6"
)
logs=$BUILD/platform
pass=0 total=0 failed=0
mkdir -p "$logs"
trap '[ -z "${job:-}" ] || kill -TERM "$job"; exit 143' INT TERM

# row PLATFORM: its line of the table: yes and no as seen, "-" for what it does not have.
row()
{
	awk -v name="${names[$1]}" '
		$1 == "init" { sub(/^init /, ""); init = $0; next }
		{ cell[$1] = $2 }
		END {
			printf "| %s | %s |", name, init
			n = split("package source boot move cut order upgrade", columns, " ")
			for (i = 1; i <= n; i++)
				printf " %s |", columns[i] in cell ? cell[columns[i]] : "-"
			print ""
		}' "$logs/$1.cells"
}

rm -f "$logs"/*.row
# shellcheck disable=SC2086
[ $# -gt 0 ] || set -- $platforms
for p; do
	case " $platforms " in
	*" $p "*) ;;
	*)
		echo "$p: no such platform; there are: $platforms" >&2
		exit 2
		;;
	esac
	out=$logs/$p.tap
	LAB_CELLS=$logs/$p.cells LAB_SAVE=$logs/$p timeout -k 10 "${TEST_TIMEOUT:-3600}" \
		bash "$top/tests/platform/try.sh" "$p" < /dev/null > "$out" 2>&1 &
	job=$!
	wait $job
	code=$?
	job=
	n=$(grep -cE '^(not )?ok ' "$out") k=$(grep -c '^ok ' "$out")
	if [ $code = 0 ] && [ "$n" = "$k" ] && [ "$n" -gt 0 ]; then
		echo "   ok      $p: $k of $n"
	else
		[ "$k" -lt "$n" ] || n=$((n + 1))
		failed=1
		echo "   FAILED  $p: $k of $n (exit $code)"
		grep -A1 '^not ok' "$out" | head -n 40
	fi
	pass=$((pass + k)) total=$((total + n))
	# Without a machine nothing was seen.
	! grep -q '^init ' "$logs/$p.cells" || row "$p" > "$logs/$p.row"
done

# table: the lines of platforms that were not played are those that are there.
table()
{
	local p

	echo "| | process 1 | package | source | starts at boot | planned move | power cut | stops in order | upgrade |"
	echo "|---|---|---|---|---|---|---|---|---|"
	for p in $platforms; do
		cat "$logs/$p.row" 2> /dev/null || grep -F "| ${names[$p]} |" "$top/README.md"
	done
}
table > "$logs/table"
[ "$(grep -cE '^<!-- /?platforms -->$' "$top/README.md")" = 2 ] || {
	echo "   FAILED  README.md has no place for the table, between two lines '<!-- platforms -->' and" \
		"'<!-- /platforms -->'"
	failed=1
}
awk -v table="$logs/table" '
	$0 == "<!-- /platforms -->" { while ((getline line < table) > 0) print line; inside = 0 }
	!inside
	$0 == "<!-- platforms -->" { inside = 1 }' "$top/README.md" > "$logs/README.md" &&
	{ cmp -s "$logs/README.md" "$top/README.md" || cat "$logs/README.md" > "$top/README.md"; }
echo "PLATFORM: $pass/$total"
exit $failed
