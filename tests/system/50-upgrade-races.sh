#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What comes in the very moment in which the daemon becomes another program: no signal is lost, and no
# other program is executed than the one that was tried out.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

PROGRAM=/usr/libexec/heartbeat/heartbeat
DEADTIME=5
INITDEAD=10

# At the moment at which the engine dies, which is when it is handed over, the master gets a signal.
cat > "$LAB/share/at_handover.py" <<'END'
import os, signal, sys, time
master, engine, signo = int(sys.argv[1]), int(sys.argv[2]), getattr(signal, sys.argv[3])
os.kill(master, signal.SIGURG)
end = time.time() + 20
while time.time() < end:
    try:
        with open(f"/proc/{engine}/stat") as f:
            state = f.read().rsplit(")", 1)[1].split()[0]
    except OSError:
        state = "X"
    if state in "ZX":
        os.kill(master, signo)
        sys.exit(0)
sys.exit(1)
END

# at_handover SIGNAL
at_handover()
{
	on alpha nice -n -10 python3 /lab/at_handover.py "$(master_pid alpha)" "$(engine_pid alpha)" "$1"
}

is_gone()
{
	! on alpha kill -0 "$1" 2> /dev/null
}

start_again()
{
	hb_quietly alpha start
	within 20 "alpha starts and has it" "only alpha web && settled local local"
}

cluster_new <<'END'
alpha IPaddr::10.0.0.100/24/eth0 rec::web
END
cluster_boot
cluster_start
within 20 "alpha holds all" "only alpha web && settled local local"

note "TERM while it is handed over"
for _ in 1 2 3 4 5 6; do
	master=$(master_pid alpha)
	ok "TERM at the end of the engine" "at_handover SIGTERM"
	within 20 "it is heard: stopped in order" "is_gone $master && only beta web"
	start_again
done

note "HUP while it is handed over"
for i in 1 2 3; do
	{ base_cf; ucast_cf; echo "# $i"; } | ha_cf alpha
	before=$(logged_times alpha 'Configuration read again|Configuration unchanged')
	ok "HUP at the end of the engine" "at_handover SIGHUP"
	within 20 "it is heard: read again" \
		"[ \$(logged_times alpha 'Configuration read again|Configuration unchanged') -gt $before ]"
	within 20 "and the upgrade has passed" "[ \$(logged_times alpha 'nothing was stopped') = $i ]"
done
{ base_cf; ucast_cf; echo "# probation"; } | ha_cf alpha
on alpha kill -URG "$(master_pid alpha)"
within 10 "another upgrade" "[ \$(logged_times alpha 'goes on in the place of') -ge 4 ]"
ok "a reload in its probation: 0" "on alpha heartbeat -r 2> /dev/null"
ok "is in use" "logged alpha 'Configuration read again'"
within 10 "and the upgrade has passed" "[ \$(logged_times alpha 'nothing was stopped') = 4 ]"

note "TERM just after a crash in the probation"
for pause in 0 0.002 0.005; do
	master=$(master_pid alpha)
	before=$(logged_times alpha 'goes on in the place of')
	on alpha kill -URG "$master"
	within 10 "it began" "[ \$(logged_times alpha 'goes on in the place of') -gt $before ]"
	on alpha sh -c "kill -SEGV $master; sleep $pause; kill -TERM $master"
	within 20 "stopped in order" "is_gone $master && only beta web"
	start_again
done

note "another program is installed while the one that was tried out waits"
# The trial is stopped, which gives time for the rest.
cat > "$LAB/share/stop_trial.py" <<'END'
import os, signal, sys, time
master = int(sys.argv[1])
os.kill(master, signal.SIGURG)
end = time.time() + 20
while time.time() < end:
    with open(f"/proc/{master}/task/{master}/children") as f:
        children = [int(word) for word in f.read().split()]
    for child in children:
        try:
            with open(f"/proc/{child}/cmdline", "rb") as f:
                words = f.read()
        except OSError:
            continue
        if b"--rehearse" in words:
            os.kill(child, signal.SIGSTOP)
            print(child)
            sys.exit(0)
sys.exit(1)
END
on alpha cp "$PROGRAM" /root/heartbeat.first
behave alpha web stop 'sleep 3'
master=$(master_pid alpha)
before=$(logged_times alpha 'nothing was stopped')
stops=$(journal_count alpha web stop-begin)
trial=$(on alpha nice -n -10 python3 /lab/stop_trial.py "$master")
ok "the trial is held up" "[ -n '$trial' ]"
on alpha hb_standby > /dev/null 2>&1
within 10 "a stop begins" "[ \$(journal_count alpha web stop-begin) -gt $stops ]"
printf '#!/bin/sh\n[ "$1" = --rehearse ] || exec /bin/false\n' > "$LAB/share/broken"
on alpha sh -c "cp /lab/broken $PROGRAM.new && chmod 755 $PROGRAM.new && mv $PROGRAM.new $PROGRAM"
on alpha kill -CONT "$trial"
within 20 "what was tried out goes on" "[ \$(logged_times alpha 'nothing was stopped') -gt $before ]"
ok "under the old number" "! is_gone $master && [ \"\$(master_pid alpha)\" = $master ]"
within 20 "and the group is with beta" "only beta web"

ok "never two holders" journal_judge
