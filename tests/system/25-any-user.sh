#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Who is nobody in particular may ask, but not move anything. cl_status is set-group-ID, in which a
# sanitizer cannot look for leaks: this runs without.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

cluster_new <<'END'
alpha rec::web
END
cluster_boot
cluster_start
within 15 "both hold their own" "settled local local"

# as_nobody COMMAND...: on alpha, as a user of no group that we know.
as_nobody()
{
	on alpha setpriv --reuid 1000 --regid 1000 --clear-groups "$@" < /dev/null
}

ok "does it run" 'as_nobody cl_status hbstatus | grep -q running'
ok "what is held" '[ "$(as_nobody cl_status rscstatus)" = local ]'
ok "hb_standby is refused" '! as_nobody hb_standby > /dev/null 2>&1'
lasts 1 "and nothing moves" "only alpha web"

ok "hbctl status shows everything" 'as_nobody hbctl status | grep -q "Groups"'
ok "and as JSON" '[ "$(as_nobody hbctl status --json | python3 -c "import json, sys; print(json.load(sys.stdin)[\"holds\"])")" = local ]'
ok "hbctl retry is refused" '! as_nobody hbctl retry > /dev/null 2>&1'
ok "so is hbctl record" '! as_nobody hbctl record /tmp/record > /dev/null 2>&1'

note "cl_status has lost its set-group-ID bit: what is not known is not called stopped"
on alpha chmod g-s /usr/bin/cl_status
said=$LAB/share/said
ok "it runs: everybody can see that" \
	'[ "$(as_nobody cl_status hbstatus)" = "Heartbeat is running on this machine." ]'
for question in rscstatus "hbstatus -v" "nodestatus alpha" json; do
	# shellcheck disable=SC2086
	as_nobody cl_status $question > "$said" 2>&1
	ok "cl_status $question: 13" "[ $? = 13 ]"
	ok "and what to do" "grep -q 'chgrp haclient /usr/bin/cl_status && chmod 2755' $said && ! grep -q stopped $said"
done
as_nobody hbctl status > "$said" 2>&1
ok "hbctl status: 1" "[ $? = 1 ]"
ok "and what to do" "grep -q 'chmod 2755 /usr/bin/cl_status' $said"
on alpha chmod g+s /usr/bin/cl_status

note "connections that are only held open, some of them without a word"
cat > "$LAB/share/hold" <<'END'
import os, socket, struct, time
held = []
for i in range(200):
    s = socket.socket(socket.AF_UNIX)
    s.connect(b"\0heartbeat".ljust(108, b"\0"))
    try:
        if i % 2:
            s.send(struct.pack("<iiiiI4x", -1, 0, 24, 0, 4096))
    except OSError:
        pass
    held.append(s)
open("/lab/held", "w").close()
time.sleep(1000)
END
engine=$(engine_pid alpha)
open=$(on alpha sh -c "ls /proc/$engine/fd | wc -l")
as_nobody python3 /lab/hold &
within 20 "200 of them" "[ -e $LAB/share/held ]"
within 10 "few are let in" "logged alpha 'client of uid 1000 refused'"
ok "the engine has a few descriptors more" '[ "$(on alpha sh -c "ls /proc/$engine/fd | wc -l")" -le $((open + 20)) ]'
ok "root is answered" '[ "$(on alpha cl_status rscstatus)" = local ]'
ok "and may move" "on alpha hb_standby 2> /dev/null; wait_for 15 'only beta web'"
ok "another user is answered, too" \
	'on alpha setpriv --reuid 1001 --regid 1001 --clear-groups cl_status hbstatus < /dev/null | grep -q running'
on alpha pkill -f '^python3 /lab/hold'
within 10 "and when they have gone, that user" 'as_nobody cl_status hbstatus | grep -q running'

note "no engine for a moment: it is waited for, never taken for a stopped Heartbeat"
wait_for 15 "settled none all"
on alpha kill -STOP "$(master_pid alpha)"
on alpha kill -KILL "$(engine_pid alpha)"
within 5 "its engine is dead" "! on alpha kill -0 $(engine_pid alpha) 2> /dev/null || on alpha grep -q '^State:.*Z' /proc/$(engine_pid alpha)/status"
for user in on\ alpha as_nobody; do
	$user cl_status hbstatus > "$said" 2>&1
	ok "$user: no answer in time: 12" "[ $? = 12 ]"
	ok "and not a word of stopped" "! grep -q stopped $said"
	$user hbctl status > "$said" 2>&1
	ok "$user: hbctl status: 1" "[ $? = 1 ]"
	ok "it runs, and does not answer" "grep -q 'heartbeat runs and does not answer' $said"
done
on alpha kill -CONT "$(master_pid alpha)"
within 10 "the next engine answers" 'as_nobody cl_status hbstatus | grep -q running'
ok "a question in the middle of that" 'on alpha kill -KILL "$(engine_pid alpha)"; as_nobody cl_status hbstatus | grep -q running'
hb_quietly alpha stop
ok "stopped, now that it is" '[ "$(as_nobody cl_status hbstatus)" = "Heartbeat is stopped on this machine." ]'
ok "with 1" 'as_nobody cl_status hbstatus > /dev/null; [ $? = 1 ]'
ok "hbctl says so, too" 'as_nobody hbctl status 2>&1 | grep -q "heartbeat is not running on this machine"'
