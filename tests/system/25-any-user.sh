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
