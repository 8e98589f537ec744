#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# hbctl simulate as it is called: on the files of two how-tos, by whoever, and on wrong ones.
set -eu
LC_ALL=C
COLUMNS=100
export LC_ALL COLUMNS
unset NO_COLOR

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
hbctl=$PWD/hbctl
conf=$(cd "${srcdir:-.}" && pwd)/tests/sim
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
# simulate CODE ARGUMENT...: what it says is in out and err.
simulate() {
	code=$1
	shift
	got=0
	"$hbctl" simulate "$@" > "$work/out" 2> "$work/err" < /dev/null || got=$?
	[ "$got" = "$code" ]
}
# By a root that reads only its own files; another user might not reach a tree below /root.
humble() {
	code=$1
	shift
	got=0
	setpriv --bounding-set=-dac_override,-dac_read_search "$hbctl" simulate "$@" > "$work/out" \
		2> "$work/err" < /dev/null || got=$?
	[ "$got" = "$code" ]
}
says() {
	grep -qE -- "$1" "$work/out" "$work/err"
}

for name in howto-a howto-b; do
	cp -r "$conf/$name" "$work/$name"
	chmod -R u+w "$work/$name"
	printf 'auth 1\n1 sha1 NoSampleOfAManual\n' > "$work/$name/authkeys"
	chmod 600 "$work/$name/authkeys"
done

check "how-to A: one link is bad" "simulate 3 --config $work/howto-a --seeds 2"
check "and the line below says why" "says 'eth0 is the only link'"
check "no progress, no colours where nobody looks" \
	"! grep -q \"\$(printf '\\033')\" $work/out && [ ! -s $work/err ]"
check "how-to B: nothing is bad" "simulate 0 --config=$work/howto-b --seeds=2"
check "its rows" "says '^ok   P3 ' && says '^RISK L8 ' && says '^Result: 0 BAD, '"
check "the same again, but for how long it took" "sed 's/ in .* s)//' $work/out > $work/first &&
	simulate 0 --config $work/howto-b --seeds 2 && sed 's/ in .* s)//' $work/out | cmp -s - $work/first"
check "one row, with what the nodes said" \
	"simulate 0 --config $work/howto-b --row p2 && says 'power-off ovz-node1' && says 'ovz-node1: is dead'"
check "rows of one node" "simulate 0 --config $work/howto-b --node ovz-node2 &&
	says '^ok   P3 ' && ! says '^note P2 '"
check "a seed" "simulate 0 --config $work/howto-b --seed 7 && says '#7 '"
check "slow scripts" "simulate 0 --config $work/howto-b --row S1 --takes 10s && says ' 40s '"

printf 'power-off ovz-node1\nrun 2min\nboot ovz-node1\nrun 2min\n' > "$work/mine"
check "a scenario of the user" "simulate 0 --config $work/howto-b --scenario $work/mine && says 'mine'"
echo 'power-off nobody' > "$work/mine"
check "a wrong one" "simulate 1 --config $work/howto-b --scenario $work/mine && says 'no such node'"
: > "$work/mine"
check "an empty one" "simulate 0 --config $work/howto-b --scenario $work/mine && says '^ok   X1 .* nothing moves '"
check "none" "simulate 1 --config $work/howto-b --scenario $work/none && says 'No such file'"

check "for machines" "simulate 3 --config $work/howto-a --json --seeds 1"
if command -v python3 > /dev/null 2>&1; then
	check "it is JSON" "python3 -c 'import json, sys
d = json.load(open(sys.argv[1]))
assert d[\"verdicts\"][\"BAD\"] > 0
assert {r[\"id\"] for r in d[\"rows\"]} >= {\"S1\", \"P1\", \"L2\", \"#1\"}' $work/out"
fi
check "a picture of the worst row" \
	"simulate 3 --config $work/howto-a --seeds 0 --svg $work/a.svg && grep -q '^</svg>' $work/a.svg &&
	says 'shows row L2'"
check "a picture of one" "simulate 0 --config $work/howto-b --row F3 --svg $work/b.svg"
if command -v xmllint > /dev/null 2>&1; then
	check "it is XML" "xmllint --noout $work/a.svg $work/b.svg"
fi
check "a picture that cannot be written" \
	"simulate 1 --config $work/howto-b --row F3 --svg $work/none/b.svg && says 'none/b.svg'"

rm "$work/howto-b/authkeys"
check "no authkeys" "simulate 0 --config $work/howto-b --row P1 && says 'simulated without'"
cp "$work/howto-a/authkeys" "$work/howto-b/authkeys"
if [ "$(id -u)" = 0 ] && command -v setpriv > /dev/null 2>&1; then
	chown 65534 "$work/howto-b/authkeys"
	check "who may not read it" "humble 0 --config $work/howto-b --row P1 &&
		says 'simulated without'"
else
	chmod 000 "$work/howto-b/authkeys"
	check "who may not read it" \
		"simulate 0 --config $work/howto-b --row P1 && says 'simulated without'"
	chmod 600 "$work/howto-b/authkeys"
fi
echo 'auth 2' > "$work/howto-b/authkeys"
check "a wrong one is a fault" "simulate 1 --config $work/howto-b && says 'authkeys:1: error: '"

echo 'keepalife 1' >> "$work/howto-a/ha.cf"
echo 'web9 httpd' >> "$work/howto-a/haresources"
check "wrong files: all faults at once" "simulate 1 --config $work/howto-a &&
	says \"ha.cf:[0-9]*: error: unknown directive 'keepalife': did you mean 'keepalive'\" &&
	says 'haresources:[0-9]*: error: '"
check "and nothing else" "[ ! -s $work/out ]"
check "for machines, too" "simulate 1 --config $work/howto-a --json && says '\"faults\"' && [ ! -s $work/err ]"
check "no directory" "simulate 1 --config $work/none && says 'none/ha.cf: error: '"
for wrong in --dance "--seeds many" "--takes 2weeks" --config "--row A --seed 1" stray; do
	# shellcheck disable=SC2086
	check "wrong arguments: $wrong" "simulate 2 $wrong && says '^Usage: '"
done
check "no such row" "simulate 1 --config $conf/howto-b --row Z9 && says 'no row is called Z9'"
check "no such node" "simulate 1 --config $conf/howto-b --node web9 && says 'no node is called web9'"
echo "1..$number"
exit $failed
