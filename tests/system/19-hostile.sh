#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Garbage, oversized, malformed and forged packets at a live engine.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

cluster_new <<'END'
alpha rec::web
END
cluster_boot
host_new stranger 66
host_boot stranger
cluster_start
within 15 "running" "only alpha web"
within 15 "settled" "settled local local"
engine=$(engine_pid alpha)
master=$(master_pid alpha)
for kind in garbage truncated oversized markers untyped badlength unsigned forged; do
	count=500
	[ $kind != oversized ] || count=50
	on stranger /lab/src/tests/lab/packet.py $kind 10.0.0.1 694 $count
	ok "$kind: alive, the same process" '[ "$(engine_pid alpha)" = "$engine" ] && [ "$(master_pid alpha)" = "$master" ]'
	ok "$kind: beta is still active for alpha" '[ "$(on alpha cl_status nodestatus beta)" = active ]'
done
lasts 2 "nothing moved" "only alpha web && settled local local"
ok "beta was not called dead" "! logged alpha 'node beta: is dead'"
ok "garbage: the log asks who uses our port" "logged alpha 'dropped: bad-frame: .*does another program use our port'"
ok "unsigned: the log says so" "logged alpha 'dropped: unsigned: it carries no readable signature'"
ok "forged: the log says to compare authkeys" "logged alpha 'dropped: forged: .*compare authkeys on both machines'"
ok "but is not flooded" "[ \$(wc -l < $(logs alpha)/ha-log) -lt 600 ]"
ok "no byte of theirs reaches the log raw" "! LC_ALL=C grep -qP '[^\x09\x20-\x7e]' $(logs alpha)/ha-log"
ok "they are counted" "hbctl_json alpha > $LAB/share/out && python3 - $LAB/share/out <<- 'END'
	import json, sys
	def numbers(x, path=''):
	    if isinstance(x, dict):
	        for k, v in x.items():
	            yield from numbers(v, path + '/' + k)
	    elif isinstance(x, list):
	        for v in x:
	            yield from numbers(v, path)
	    elif isinstance(x, (int, float)) and not isinstance(x, bool):
	        yield path, x
	words = ('refus', 'forg', 'bad', 'reject', 'short', 'drop')
	found = {p: n for p, n in numbers(json.load(open(sys.argv[1]))) if any(w in p.lower() for w in words)}
	print('#', found)
	sys.exit(0 if sum(found.values()) >= 1000 else 1)
	END"
ok "a hand-over works as ever" "on alpha hb_standby 2> /dev/null; wait_for 10 'only beta web'"

note "a flood, for as long as the deadtime several times over"
on stranger /lab/src/tests/lab/packet.py garbage 10.0.0.1 694 30000
ok "alive" '[ "$(engine_pid alpha)" = "$engine" ]'
ok "nobody was called dead" "! logged alpha 'node beta: is dead' && ! logged beta 'node alpha: is dead'"
