#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What somebody who may do nothing, or a caller who means no harm, can bring about: a lock on the pid file, the
# name of the service, an umask, a descriptor, a second name for root's file; and a full /run. cl_status is
# set-group-ID, in which a sanitizer cannot look for leaks: this runs without.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

cluster_new <<'END'
alpha rec::web
END
cluster_boot

pidfile=/run/heartbeat.pid
said=$LAB/share/said
nobody=(setpriv --reuid 65534 --regid 65534 --clear-groups)

as_nobody()
{
	on alpha "${nobody[@]}" "$@" < /dev/null
}

# gives CODE PATTERN COMMAND...: that exit code, that pattern in what it says, and no word of "stopped".
gives()
{
	local code=$1 pattern=$2 rc

	shift 2
	"$@" > "$said" 2>&1
	rc=$?
	[ $rc = "$code" ] && grep -q -- "$pattern" "$said" && ! grep -qi stopped "$said" && return
	note "$* gave $rc: $(cat "$said")"
	return 1
}

# lock.py PATH HOW: hold the whole file: read (waits for it), or write (of an empty one).
cat > "$LAB/share/lock.py" <<'END'
import fcntl, struct, sys, time
F_OFD_SETLKW = 38
write = sys.argv[2] == "write"
f = open(sys.argv[1], "w+b" if write else "rb")
open("/lab/waits", "w").close()
fcntl.fcntl(f, F_OFD_SETLKW, struct.pack("hhqqi", fcntl.F_WRLCK if write else fcntl.F_RDLCK, 0, 0, 0, 0))
open("/lab/locked", "w").close()
time.sleep(1000)
END

# lock_begin HOST HOW [AS...]; lock_end HOST
lock_begin()
{
	local host=$1 how=$2

	shift 2
	rm -f "$LAB/share/waits" "$LAB/share/locked"
	on "$host" "$@" python3 /lab/lock.py $pidfile "$how" < /dev/null &
	wait_for 20 "[ -e $LAB/share/waits ]"
}

lock_end()
{
	on "$1" pkill -f '^python3 /lab/lock.py'
}

note "beside one that is just starting: no number in the pid file yet"
lock_begin beta write
within 10 "it holds the pid file" "[ -e $LAB/share/locked ]"
ok "heartbeat -s says so" "gives 0 'just starting' on beta heartbeat -s"
ok "heartbeat -r is told to try again" "gives 1 'just starting: try again' on beta setsid --wait heartbeat -r"
on beta setsid sh -c 'heartbeat -r; echo alive > /lab/alive' > /dev/null 2>&1 < /dev/null
ok "and leaves the group of its caller alone" "grep -q alive $LAB/share/alive"
ok "a second start: already running, with no number 0" \
	"gives 0 'already running' on beta heartbeat && ! grep -q 'pid 0' $said"
{ on beta heartbeat -k > "$LAB/share/stop" 2>&1; echo $? > "$LAB/share/stop.rc"; } &

note "somebody else has the name of the service"
cat > "$LAB/share/impostor.py" <<'END'
import socket
s = socket.socket(socket.AF_UNIX)
s.bind(b"\0heartbeat".ljust(108, b"\0"))
s.listen(5)
open("/lab/listens", "w").close()
while True:
    c, _ = s.accept()
    said = b""
    while True:
        try:
            more = c.recv(4096)
        except OSError:
            break
        if not more:
            break
        said += more
    with open("/lab/heard", "a") as f:
        f.write("%d\n" % len(said))
    c.close()
END
as_nobody python3 /lab/impostor.py &
within 20 "he listens" "[ -e $LAB/share/listens ]"
for user in on\ alpha as_nobody on\ alpha\ setpriv\ --reuid\ 1000\ --regid\ 1000\ --clear-groups; do
	for command in "13 cl_status hbstatus" "13 cl_status rscstatus" "1 hbctl status" "1 hb_standby"; do
		ok "$user ${command#* }: somebody else" \
			"gives ${command%% *} 'somebody else listens under' $user ${command#* }"
	done
done
ok "heartbeat starts all the same" "gives 0 '' on alpha heartbeat"
within 10 "and logs why it cannot be asked" \
	"logged alpha \"cannot reach us: no service 'heartbeat': Address already in use by another process, which ss -xlp\""
ok "heartbeat -s: it runs" "gives 0 'heartbeat OK' on alpha heartbeat -s"
ok "cl_status hbstatus: it runs" "gives 0 'is running' as_nobody cl_status hbstatus"
ok "hbctl status: somebody else" "gives 1 'somebody else listens under' on alpha hbctl status"
lasts 3 "said once" "[ \$(logged_times alpha 'cannot reach us') = 1 ]"
on alpha pkill -f '^python3 /lab/impostor.py'
within 10 "he has gone: root is answered" "gives 0 Groups on alpha hbctl status"
ok "so is everybody" "gives 0 'is running' as_nobody cl_status hbstatus -v"
ok "it is logged" "logged alpha 'commands such as cl_status can reach us now'"
ok "he heard that somebody came, and no request" \
	"[ -s $LAB/share/heard ] && ! grep -qvx -e 0 -e 24 $LAB/share/heard"

note "a stranger waits for the pid file, to read it: when the daemon is killed he has it"
lock_begin alpha read "${nobody[@]}"
on alpha kill -KILL "$(master_pid alpha)"
within 10 "he has it" "[ -e $LAB/share/locked ]"
within 10 "its engine has ended" "! on alpha pgrep -f '^heartbeat: engine' > /dev/null"
ok "heartbeat starts" "gives 0 'the log:' on alpha timeout 60 heartbeat"
ok "and is found" "gives 0 'heartbeat OK' as_nobody heartbeat -s"
hb_quietly alpha stop
lock_end alpha

note "he has it before the first start"
on alpha sh -c "echo 1 > $pidfile; chmod 644 $pidfile"
lock_begin alpha read "${nobody[@]}"
within 10 "he has it" "[ -e $LAB/share/locked ]"
ok "heartbeat starts" "gives 0 'the log:' on alpha timeout 60 heartbeat"
ok "and is found" "gives 0 'heartbeat OK' on alpha heartbeat -s"
lock_end alpha

note "the pid file cannot be read"
on alpha chmod 600 $pidfile
ok "heartbeat -s: 4" "gives 4 'cannot tell' as_nobody heartbeat -s"
ok "heartbeat -k: 4" "gives 4 'cannot tell' as_nobody heartbeat -k"
ok "heartbeat -r: 4" "gives 4 'cannot tell' as_nobody heartbeat -r"
ok "who can ask is answered" "gives 0 'is running' as_nobody cl_status hbstatus"
on alpha kill -KILL "$(master_pid alpha)"
within 10 "its engine has ended" "! on alpha pgrep -f '^heartbeat: engine' > /dev/null"
ok "cl_status, when nobody listens: 13" "gives 13 'cannot tell whether' as_nobody cl_status hbstatus"
ok "hbctl status: 1" "gives 1 'cannot tell whether' as_nobody hbctl status"
ok "hb_standby: 1" "gives 1 'cannot tell whether' as_nobody hb_standby"

note "started by somebody who keeps things to himself and holds a lock"
on alpha rm -f /var/log/ha-log
on alpha bash -c 'umask 077; exec 9> /tmp/lock; flock 9; heartbeat' > /dev/null 2>&1
ok "his lock ends with him" "on alpha flock -n /tmp/lock true"
ok "everybody can see that it runs" "gives 0 'heartbeat OK' as_nobody heartbeat -s"
ok "and ask" "gives 0 'is running' as_nobody cl_status hbstatus -v"
ok "the log is for everybody to read" '[ "$(on alpha stat -c %a /var/log/ha-log)" = 644 ]'
hb_quietly alpha stop
on alpha rm -f /var/log/ha-log
on alpha sh -c 'umask 027; exec heartbeat -f' > /dev/null 2>&1 < /dev/null &
within 20 "the same in the foreground" "gives 0 'heartbeat OK' as_nobody heartbeat -s"
within 10 "its log too" '[ "$(on alpha stat -c %a /var/log/ha-log)" = 644 ]'
hb_quietly alpha stop

note "/run is full"
on alpha sh -c 'mount -t tmpfs -o size=64k,mode=755 tmpfs /run; mkdir -p /run/heartbeat/rsctmp; dd if=/dev/zero of=/run/fill bs=4096' 2> /dev/null
ok "the start says that the pid file is not written" \
	"gives 0 '$pidfile cannot be written: No space left on device' on alpha heartbeat"
ok "heartbeat -s has no number 0" "gives 0 'just starting' on alpha heartbeat -s"
within 10 "the log has it" "logged alpha '$pidfile does not name us and cannot be written: No space left'"
{ on alpha heartbeat -k > /dev/null 2>&1; echo $? > "$LAB/share/full.rc"; } &
on alpha rm /run/fill
within 20 "with room heartbeat -k stops it" "[ \"\$(cat $LAB/share/full.rc 2> /dev/null)\" = 0 ]"
ok "stopped" '[ "$(on alpha heartbeat -s)" = "heartbeat is stopped. No process" ]'
on alpha umount /run

note "the stop that waited for a number"
within 45 "ends" "[ -s $LAB/share/stop.rc ]"
ok "it failed" "[ \"\$(cat $LAB/share/stop.rc)\" = 1 ]"
ok "and says what to do" "grep -q 'make room and try again' $LAB/share/stop"
lock_end beta

note "planted while the directories were the engine's user's own"
{ base_cf | grep -v ha-log; ucast_cf; echo "logfile /var/tmp/ha-log"; } | ha_cf beta
on beta sh -c 'rm -f /run/heartbeat.pid
	echo root:secret > /var/tmp/secret; chmod 600 /var/tmp/secret; ln /var/tmp/secret /var/tmp/ha-log
	mkdir -m 700 /root/a /root/b; rm -rf /var/lib/heartbeat; mkdir -p /var/lib/heartbeat/cores
	ln -s /root/a /var/lib/heartbeat/cores/hacluster; chown -hR hacluster /var/lib/heartbeat'
on beta heartbeat > "$said" 2>&1
ok "the start names the link" "grep -q 'WARN: /var/lib/heartbeat/cores/hacluster: ' $said"
ok "it runs" "gives 0 'heartbeat OK' on beta heartbeat -s"
ok "it says why that is no log" "grep -q 'Failed to open log file /var/tmp/ha-log: .* a second name' $(logs beta)/messages"
ok "what it leads to is root's" '[ "$(on beta stat -c "%U %a" /root/a)" = "root 700" ]'
ok "so is the file with two names" '[ "$(on beta stat -c "%U %a" /var/tmp/secret)" = "root 600" ]'
ok "and nothing was written to it" '[ "$(on beta cat /var/tmp/secret)" = root:secret ]'
hb_quietly beta stop
on beta sh -c 'rm -rf /var/tmp/ha-log /var/lib/heartbeat/cores; ln -s /root/b /var/lib/heartbeat/cores; chown -h hacluster /var/lib/heartbeat/cores'
on beta heartbeat > "$said" 2>&1
ok "a link above: nothing is made behind it" '[ -z "$(on beta ls /root/b)" ]'
hb_quietly beta stop
on beta sh -c 'mkdir /var/cores; ln -sfn /var/cores /var/lib/heartbeat/cores'
on beta heartbeat > "$said" 2>&1
ok "with that second name gone there is a log, also at the second start" \
	'[ "$(on beta grep -c "Configuration validated" /var/tmp/ha-log)" = 2 ]'
ok "a link of root's is root's will" '[ "$(on beta stat -c "%U %a" /var/cores/hacluster)" = "hacluster 700" ]'
hb_quietly beta stop
on beta sh -c 'rm -rf /run/heartbeat; mkdir /run/heartbeat; ln -s /root/a /run/heartbeat/rsctmp; chown -hR hacluster /run/heartbeat'
hb_quietly beta start
ok "a link in the place of rsctmp" '[ "$(on beta stat -c "%U %a" /root/a)" = "root 700" ]'
ok "in what is root's from now on" '[ "$(on beta stat -c "%U %a" /run/heartbeat)" = "root 755" ]'
hb_quietly beta stop
