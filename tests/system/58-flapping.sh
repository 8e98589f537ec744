#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What comes and goes: the only link, and the wishes of two administrators. Groups whose start takes 3 s and
# whose stop takes 2 s move a few times at most, one step after the other, and every order is answered.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

DEADTIME=1
FAILBACK=off
cluster_new <<'END'
alpha rec::a
beta rec::b
END
for r in a b; do
	behave any $r start 'sleep 3'
	behave any $r stop 'sleep 2'
done
cluster_boot
cluster_start
within 30 "both serve" "only alpha a && only beta b"
within 30 "settled" "settled local local"

# alternates: on each host a start that ended is followed by a stop, and the reverse.
alternates()
{
	sort -n "$LAB/share/journal" | awk '
		$4 == "start-begin" || $4 == "stop-begin" {
			k = $2 " " $3
			op = substr($4, 1, length($4) - 6)
			if (op == last[k] || (op == "stop" && last[k] == "")) {
				print "# " op " behind " (last[k] == "" ? "nothing" : last[k]) " of " k " at " $1
				bad = 1
			}
			last[k] = op
		}
		$4 == "overlap" { bad = 1 }
		END { exit bad }'
}

each_once()
{
	{ only alpha a || only beta a; } && { only alpha b || only beta b; }
}

all_settled()
{
	settled local local || settled all none || settled none all || settled foreign foreign
}

starts()
{
	grep -c 'start-begin$' "$LAB/share/journal"
}

# toggle DOWN-SECONDS UP-SECONDS FOR-SECONDS: the only link.
toggle()
{
	local end=$(($(now_ms) + $3 * 1000))

	while [ "$(now_ms)" -lt $end ]; do
		cable_cut alpha eth0
		pause "$1"
		cable_mend alpha eth0
		pause "$2"
	done
}

for seconds in 0.7 3; do
	before=$(starts)
	journal_note lab partition
	toggle $seconds $seconds 20
	within 30 "a link that comes and goes every $seconds s: in the end each runs once" each_once
	within 30 "settled" all_settled
	journal_note lab whole
	moved=$(($(starts) - before))
	ok "no group was started more than three times ($moved starts of two groups)" "[ $moved -le 6 ]"
	ok "starts and stops alternate" "alternates"
done
ok "it is said that the path is unsteady" \
	"logged alpha 'was taken for dead [0-9]* times in a row and lived: its next silence may last' ||
		logged beta 'was taken for dead [0-9]* times in a row and lived: its next silence may last'"

# 30 orders that contradict each other, in five seconds, from both.
before=$(starts)
rm -f "$LAB"/share/order.*
asked=()
words=(all local foreign)
for ((i = 0; i < 30; i++)); do
	node=alpha
	[ $((i % 2)) = 0 ] || node=beta
	command=hb_standby
	[ $((i / 2 % 2)) = 0 ] || command=hb_takeover
	(
		on $node timeout 20 $command "${words[i % 3]}" > "$LAB/share/order.$i" 2>&1 < /dev/null
		echo "exit $?" >> "$LAB/share/order.$i"
	) &
	asked+=($!)
	pause 0.16
done
wait "${asked[@]}"
answered()
{
	local i bad=0

	for ((i = 0; i < 30; i++)); do
		case $(tail -n 1 "$LAB/share/order.$i") in
		"exit 0") ;;
		# A reason, not only a number.
		"exit 1") [ "$(wc -l < "$LAB/share/order.$i")" -gt 1 ] || bad=1 ;;
		*) bad=1 ;;
		esac
	done
	return $bad
}
ok "each of 30 orders is answered: done, or refused with a reason" "answered"
ok "some were refused" "grep -lq 'exit 1' $LAB/share/order.*"
within 60 "in the end each group runs once, and all is settled" "each_once && all_settled"
moved=$(($(starts) - before))
ok "no group moved more than three times ($moved starts of two groups)" "[ $moved -le 6 ]"
ok "starts and stops alternate" "alternates"
refused_by_the_other()
{
	grep -h 'hb_takeover \[.*\] of .*: group .* is .*: try again' "$(logs alpha)"/ha-log \
		"$(logs beta)"/ha-log | wc -l
}
echo "# figure: orders refused: $(grep -l 'exit 1' "$LAB"/share/order.* | wc -l) of 30; accepted here and refused there: $(refused_by_the_other)"
