#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A thousand addresses: announced fairly and never more than 50 frames in any 100 ms, without a late
# beat; then the slow refresh of what is held, through the death of an engine and an upgrade.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

GROUPS_COUNT=4
EACH=250
TOTAL=$((GROUPS_COUNT * EACH))
FRAMES=$LAB/frames

conf()
{
	{ base_cf; ucast_cf; echo "announce $1"; } | ha_cf
}

# The first group is beta's, and stays where it is. A machine that is busy with other tests keeps a
# beat waiting.
FAILBACK=off
KEEPALIVE=200ms
WARNTIME=1500ms
DEADTIME=4
INITDEAD=5
lines()
{
	local g i

	for ((g = 1; g <= GROUPS_COUNT; g++)); do
		[ $g = 1 ] && printf beta || printf alpha
		for ((i = 1; i <= EACH; i++)); do printf ' IPaddr2::10.20.%d.%d/16/eth0' $g $i; done
		echo
	done
}
cluster_new < <(lines)
conf off
cluster_boot

nsenter -t "${LAB_INIT[alpha]}" -n python3 "$LAB_LIB/announced.py" watch eth0 > "$FRAMES" &
watcher=$!
disown $watcher
wait_for 30 "grep -q ready $FRAMES" || bail "frames are not watched"

figures()
{
	python3 "$LAB_LIB/announced.py" judge "$FRAMES" "${1:-0}"
}
# figure NAME [SINCE_NS]
figure()
{
	figures "${2:-0}" | tr ' ' '\n' | sed -n "s/^$1=//p"
}
now_ns()
{
	echo "${EPOCHREALTIME/[.,]/}000"
}
# announced PATTERN SINCE_NS: how many addresses like that.
announced()
{
	awk -v since="$2" '$1 >= since && $3 ~ "'"$1"'" && !seen[$3]++ { n++ } END { print n + 0 }' "$FRAMES"
}
held()
{
	[ "$(on alpha ip -o -4 addr show dev eth0 | grep -c " 10.20.")" = "$1" ]
}
quiet()
{
	[ "$(wc -l < "$FRAMES")" = "$1" ]
}

hb_quietly alpha start || bail "heartbeat does not start"
# Each is probed for twice, at 500 a second.
within 20 "$TOTAL addresses are started" "held $TOTAL"
hb_quietly beta start &
within 60 "each is announced" '[ "$(announced 10.20. 0)" = $TOTAL ]'
note "$(figures)"
ok "the last one within seconds of the first" '[ "$(figure spread_ms)" -le 6000 ]'
# Five rounds take as long as they take; then silence.
within 60 "five rounds" '[ "$(wc -l < "$FRAMES")" -ge $((5 * TOTAL)) ]'
within 30 "they come to an end" 'n=$(wc -l < "$FRAMES"); stays 1 "quiet $n"'
ok "an address has its five rounds, in both forms" '
	[ "$(grep -c " 10.20.3.77$" "$FRAMES")" -ge 5 ] &&
	grep -q "request 10.20.3.77$" "$FRAMES" && grep -q "reply 10.20.3.77$" "$FRAMES"'
ok "first rounds before second ones" '
	[ "$(head -n $((TOTAL / 2)) "$FRAMES" | awk "NF == 3 { print \$3 }" | sort -u | wc -l)" -ge $((TOTAL / 4)) ]'
lasts 2 "announce off: not a frame more" 'quiet $n'

# One queue full at once: what the others report makes no difference to how fast it is emptied.
since=$(now_ns)
conf 1s
hb_quietly alpha reload
within 60 "announce 1s: each is refreshed" '[ "$(announced 10.20. $since)" = $TOTAL ]'
note "refresh: $(figures "$since")"

since=$(now_ns)
on alpha pkill -KILL -f '^heartbeat: engine'
within 60 "after the death of an engine, too" '[ "$(announced 10.20. $since)" = $TOTAL ]'
ok "an upgrade does not wait for it" 'on alpha timeout 30 heartbeat --upgrade < /dev/null > /dev/null 2>&1'
since=$(now_ns)
within 60 "and it goes on after it" '[ "$(announced 10.20. $since)" = $TOTAL ]'

within 30 "the other node is there" "settled all none"
on beta hb_takeover local > /dev/null 2>&1
within 60 "a group goes" "held $((TOTAL - EACH))"
since=$(now_ns)
within 60 "those that stay are refreshed" '[ "$(announced 10.20. $since)" = $((TOTAL - EACH)) ]'
ok "and what is stopped is not" '[ "$(announced "10.20.1[.]" $since)" = 0 ]'

note "all: $(figures)"
ok "never more than 50 frames in any 100 ms" '[ "$(figure most)" -le 50 ]'
ok "and not much less when there are many" '[ "$(figure most)" -ge 20 ]'
ok "no beat was late" '! logged alpha "Late heartbeat" && ! logged beta "Late heartbeat|alpha: is dead"'
kill $watcher
