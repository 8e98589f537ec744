#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A running node reads its files again, and survives the death of its engine.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

engine_of()
{
	on "$1" pgrep -f 'heartbeat: engine'
}

# says CODE PATTERN COMMAND...: on alpha it ends with that code and says something like that.
says()
{
	local code=$1 pattern=$2 text got

	shift 2
	text=$(on alpha "$@" 2>&1 < /dev/null)
	got=$?
	[ $got = "$code" ] && grep -qE -- "$pattern" <<< "$text" ||
		{ note "exit $got: $text"; return 1; }
}

cluster_new <<'END'
alpha rec::one
beta rec::two
END
cluster_boot
cluster_start
within 20 "both hold theirs" "runs alpha one && runs beta two && settled local local"
starts=$(journal_count alpha one start-end)
init=/etc/init.d/heartbeat

note "nothing changed"
ok "reload: 0" "says 0 Done $init reload"
within 5 "said" "logged alpha 'Configuration unchanged'"

note "a fault"
good_cf=$({ base_cf; ucast_cf; })
printf '%s\nkeepalife 1\n' "$good_cf" | ha_cf alpha
before=$(engine_of alpha)
ok "reload refuses: 6" "says 6 keepalife $init reload"
ok "a plain HUP too" "on alpha pkill -HUP -o -f 'master control process'"
within 5 "said" "logged alpha 'configuration unchanged'"
ok "and it goes on as it was" "[ '$before' = \"\$(engine_of alpha)\" ] && runs alpha one"

note "a change that is allowed"
printf '%s\nping 10.0.0.254\n' "$good_cf" | ha_cf alpha
ok "reload: 0" "says 0 Done $init reload"
within 10 "the ping node is there" "on alpha cl_status nodestatus 10.0.0.254 | grep -q ping"
within 10 "a new engine" "[ '$before' != \"\$(engine_of alpha)\" ]"
ok "the resource was not touched" "[ \$(journal_count alpha one start-end) = $starts ] &&
	[ \$(journal_count alpha one stop-begin) = 0 ] && runs alpha one"
lasts 2 "nor taken by the peer" "! runs beta one"

note "the line of a group that runs"
printf 'alpha rec::one rec::more\nbeta rec::two\n' | haresources alpha
ok "HUP" "on alpha pkill -HUP -o -f 'master control process'"
within 5 "refused by name" "logged alpha 'group rec::one changed or vanished'"
printf 'alpha rec::one\nbeta rec::two\n' | haresources alpha

note "the line of a group that was moved away, as that message advises"
ok "hb_standby" "on beta hb_standby local 2> /dev/null"
within 10 "alpha has it" "runs alpha two && ! runs beta two"
within 10 "settled" "settled all none"
before=$(engine_of beta)
on beta kill -9 "$before"
within 5 "another engine" "[ -n \"\$(engine_of beta)\" ] && [ '$before' != \"\$(engine_of beta)\" ]"
lasts 2 "knows that it was given away" "runs alpha two && ! runs beta two"
printf 'alpha rec::one\nbeta rec::two rec::more\n' | haresources beta
ok "reload: 0" "on beta $init reload > /dev/null 2>&1"
within 5 "accepted" "logged beta 'Configuration read again'"
printf 'alpha rec::one\nbeta rec::two\n' | haresources beta
on beta $init reload > /dev/null 2>&1
within 10 "and back" "on beta hb_takeover local 2> /dev/null; runs beta two && settled local local"

note "the engine dies"
within 5 "there is an engine" "[ -n \"\$(engine_of alpha)\" ]"
before=$(engine_of alpha)
on alpha kill -9 "$before"
within 5 "another one runs" "[ -n \"\$(engine_of alpha)\" ] && [ '$before' != \"\$(engine_of alpha)\" ]"
within 10 "the group is still there" "runs alpha one && settled local local"
ok "and was not touched" "[ \$(journal_count alpha one start-end) = $starts ] &&
	[ \$(journal_count alpha one stop-begin) = 0 ]"

note "and again, and again"
for _ in 1 2; do
	within 5 "there is an engine" "[ -n \"\$(engine_of alpha)\" ]"
	before=$(engine_of alpha)
	on alpha kill -9 "$before"
	within 5 "seen" "[ '$before' != \"\$(engine_of alpha)\" ]"
done
within 10 "then it releases everything and ends" "! on alpha /usr/libexec/heartbeat/heartbeat -s && ! runs alpha one"
ok "with a reason" "logged alpha 'engine died 3 times within a minute'"
within 20 "the peer takes over" "runs beta one"

note "the same where a resource takes longer to stop than the peer waits"
# One death of some time ago may count.
gives_up="engine died 3 times within a minute"
before=
echo 'sleep 1000' > "$LAB/share/rec/beta.one.stop"
for _ in 1 2 3; do
	within 5 "beta has an engine, or had enough" "logged beta '$gives_up' ||
		{ [ -n \"\$(engine_of beta)\" ] && [ '$before' != \"\$(engine_of beta)\" ]; }"
	before=$(engine_of beta)
	[ -z "$before" ] || on beta kill -9 "$before"
done
within 10 "no two may run it: the machine restarts" "! host_is_up beta"
journal_note beta power-cut
ok "with a reason" "logged beta 'rec::one is not stopped, and the other nodes start it about now'"
on alpha /etc/init.d/heartbeat start > /dev/null 2>&1
within 20 "the first takes all" "only alpha one && only alpha two"
ok "never two holders" journal_judge
