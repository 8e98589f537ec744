#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# hb_standby and hb_takeover, with every word.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

cluster_new <<'END'
alpha rec::a
beta rec::b
END
cluster_boot
cluster_start
within 15 "both serve" "only alpha a && only beta b"
within 15 "settled" "settled local local"

standby()
{
	on "$1" hb_standby "${@:2}" > "$LAB/share/out" 2>&1
}
takeover()
{
	on "$1" hb_takeover "${@:2}" > "$LAB/share/out" 2>&1
}

ok "hb_standby exits 0" "standby alpha"
ok "and says Going standby [all]." "grep -q 'Going standby \[all\]' $LAB/share/out"
within 10 "all: beta has both" "only beta a && only beta b"
within 10 "none and all" "settled none all"
lasts 1 "nothing moves back by itself" "only beta a"
ok "hb_standby foreign on the holder" "standby beta foreign"
within 10 "alpha has its own again" "only alpha a && only beta b"
within 10 "settled" "settled local local"
standby alpha local
within 10 "local: beta has both" "only beta a && only beta b"
within 10 "settled" "settled none all"
standby beta failback
within 10 "failback means foreign" "only alpha a && only beta b"
within 10 "settled" "settled local local"

ok "hb_takeover exits 0" "takeover beta"
within 10 "takeover all: beta has both" "only beta a && only beta b"
within 10 "settled" "settled none all"
takeover alpha local
within 10 "takeover local: alpha has its own again" "only alpha a && only beta b"
within 10 "settled" "settled local local"
takeover alpha foreign
within 10 "takeover foreign: alpha has both" "only alpha a && only alpha b"
within 10 "settled" "settled all none"
takeover beta local
within 10 "and gives them back" "only alpha a && only beta b"
within 10 "settled" "settled local local"

for c in hb_standby hb_takeover; do
	ok "$c with a wrong word: 1" "on alpha $c sideways > $LAB/share/out 2>&1; [ \$? = 1 ]"
	ok "$c says which words there are" "grep -q 'all|foreign|local|failback' $LAB/share/out"
	ok "$c with too many words: 1" "on alpha $c all local > $LAB/share/out 2>&1; [ \$? = 1 ]"
	ok "$c says so" "grep -q 'too many arguments' $LAB/share/out"
done
for h in $NODES; do
	ok "$h: logged going standby" "logged $h 'wants to go standby \[all\]'"
done

note "a slow stop is never cut short by an impatient peer"
behave alpha a stop 'sleep 4'
standby alpha all
lasts 2 "beta waits while alpha still stops" "! runs beta a"
within 15 "then it starts" "only beta a"
within 10 "settled" "settled none all"
behave_well

note "nobody there to take it"
power_cut alpha
within 10 "beta keeps everything" "only beta a && only beta b"
ok "without a peer hb_standby harms nothing" "standby beta; [ \$? -le 1 ]"
lasts 2 "the groups stay" "only beta a && only beta b"
hb_quietly beta stop
ok "with heartbeat stopped it fails at once" "! timeout 5 nsenter -t \${LAB_INIT[beta]} -m -p -n -i -u -r -w hb_standby > $LAB/share/out 2>&1"
