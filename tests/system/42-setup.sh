#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# hbctl setup: from two bare machines to a pair that serves; and what it must never do.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

host_new alpha 1
host_new beta 2
echo '10.0.0.2 beta.example.com beta' >> "$(etc alpha)/hosts"
cluster_boot
out=$LAB/share/out
conf=$(etc alpha)/ha.d

# setup CODE ARGUMENT...: on alpha, where nobody can be asked.
setup()
{
	local code=$1 got

	shift
	on alpha hbctl setup "$@" > "$out" 2>&1 < /dev/null
	got=$?
	[ $got = "$code" ] || { note "exit $got, wanted $code: $(tail -5 "$out")"; return 1; }
}

# says TEXT...: all of it, wherever lines were broken.
says()
{
	local text

	for text; do
		tr -s '\n ' ' ' < "$out" | grep -qF -- "$text" ||
			{ note "no '$text' in: $(tail -30 "$out")"; return 1; }
	done
}

# Everything in alpha's ha.d, hidden names too.
listing()
{
	find "$conf" -mindepth 1 | sort
}
before=$(listing)
untouched()
{
	[ "$(listing)" = "$before" ] || { note "in ha.d: $(listing)"; return 1; }
}

# ask [CODE] ARGUMENT...: at a terminal. Standard input: lines of what is waited for, a tab, and
# what is typed then; ^C is the key. CODE -2: ended by SIGINT.
cat > "$LAB/share/ask.py" << 'END'
import os, pty, re, select, signal, sys, time

steps = [line.rstrip("\n").split("\t") for line in sys.stdin]
pid, fd = pty.fork()
if pid == 0:
    os.execvp("hbctl", ["hbctl", "setup"] + sys.argv[1:])
seen, at = "", 0
def read_more(end):
    global seen
    if time.time() > end or not select.select([fd], [], [], 1)[0]:
        return time.time() <= end
    try:
        data = os.read(fd, 65536)
    except OSError:
        return False
    seen += data.decode("utf-8", "replace").replace("\r", "")
    return bool(data)
for want, answer in steps:
    end = time.time() + 30
    # Wherever the line was broken.
    pattern = re.compile(r"\s+".join(map(re.escape, want.split())))
    while not pattern.search(seen, at) and read_more(end):
        pass
    if not pattern.search(seen, at):
        seen += "\n*** waited in vain for: " + want
        os.kill(pid, signal.SIGKILL)
        break
    at = pattern.search(seen, at).end()
    os.write(fd, b"\x03" if answer == "^C" else answer.encode() + b"\n")
end = time.time() + 60
while read_more(end):
    pass
print(seen)
code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
print("exit", code)
END
ask()
{
	local code=$1

	shift
	on alpha python3 /lab/ask.py "$@" > "$out" 2>&1
	[ "$(tail -1 "$out")" = "exit $code" ] || { note "$(tail -40 "$out")"; return 1; }
}

note "what is refused"
pair="--peer beta --peer-address 10.0.0.2 --address 10.0.0.100"
ok "nobody to ask: the options that are missing are named" \
	"setup 2 && says 'no terminal' '--peer NAME --peer-address ADDRESS --address ADDRESS'"
ok "only those" "setup 2 --yes --peer beta --address 10.0.0.100 && says '--yes asks nothing: add --peer-address ADDRESS'"
ok "the peer is this machine" "setup 2 --peer alpha && says 'alpha is this machine'"
ok "the service address is this machine's" \
	"setup 2 --peer beta --peer-address 10.0.0.2 --address 10.0.0.1 && says \"this machine's own address (eth0)\""
ok "the service address is the peer's" \
	"setup 2 --peer beta --peer-address 10.0.0.2 --address 10.0.0.2 && says 'is the address of beta'"
ok "an interface that is not there" \
	"setup 2 --peer beta --peer-address 10.9.0.2 --interface eth7 && says 'there is no interface eth7' 'eth0 10.0.0.1/24'"
ok "a service that is not there, and the nearest that is" \
	"setup 2 $pair --service datadiskdrbddisk::r0 && says 'did you mean drbddisk?'"
ok "an ordinary user is told at once" \
	"on alpha setpriv --reuid 1000 --regid 1000 --clear-groups hbctl setup $pair > $out 2>&1 < /dev/null; [ \$? = 1 ] &&
	says 'run this as root, or write elsewhere'"
ok "nothing of it is in ha.d" untouched

on alpha mount --bind /etc/ha.d /etc/ha.d
on alpha mount -o remount,bind,ro /etc/ha.d
ok "ha.d is read-only" "setup 1 $pair && says 'Read-only file system'"
on alpha umount /etc/ha.d
ok "it is as it was" untouched
on alpha mkdir /tmp/small
on alpha mount -t tmpfs -o size=8k small /tmp/small
ok "the disk is full" "setup 1 $pair --output /tmp/small && says 'No space left on device: nothing is written'"
ok "and nothing is left there" "[ -z \"\$(on alpha ls -A /tmp/small)\" ]"
ok "nor a directory that was made for it" \
	"setup 1 $pair --output /tmp/small/new && [ -z \"\$(on alpha ls -A /tmp/small)\" ]"
on alpha umount /tmp/small
for file in ha.cf haresources authkeys; do
	ln -s /nowhere "$conf/$file"
	ok "$file is there, as a link to nowhere" \
		"setup 1 $pair && says \"a configuration already ($file)\" && [ -L $conf/$file ]"
	rm "$conf/$file"
done
ok "nothing came of it" untouched

note "at a terminal"
ok "Ctrl-C" "printf '%s\t%s\n' 'Name of the other' beta 'Address of beta' '^C' | ask -2"
ok "leaves nothing" untouched
ok "no at the end" "printf '%s\t%s\n' 'Name of the other' beta 'Address of beta' '' 'leads to' '' 'on the network of eth1' '' \
	'Service address' 10.0.0.100 'Services' none 'Write the three files' no | ask 1 && says 'given up, nothing is written'"
ok "leaves nothing, too" untouched
ok "a service by an option: its address is asked for, and starts before it" "printf '%s\t%s\n' \
	'Service address' 10.0.0.100 'At home on alpha: IPaddr::10.0.0.100 rec::web' no |
	ask 1 --peer beta --peer-address 10.0.0.2 --service rec::web && ! says 'Services, in the order'"
ok "an address by an option: its services are asked for" "printf '%s\t%s\n' \
	'Services' rec::web 'At home on alpha: IPaddr::10.0.0.100 rec::web' no | ask 1 $pair && ! says 'Service address, which'"
ok "none is an answer" "printf '%s\t%s\n' 'Service address' none 'At home on alpha: rec::web' no |
	ask 1 --peer beta --peer-address 10.0.0.2 --service rec::web"
ok "leaves nothing, either" untouched
ok "each answer is judged at once; what is found is offered" "printf '%s\t%s\n' \
	'Name of the other' alpha 'No: alpha is this machine' '' 'No:' 10.0.0.2 'No: 10.0.0.2 is an address' beta \
	'Address of beta [10.0.0.2]' 10.0.0.1 'No: 10.0.0.1 is an address of this machine' '' \
	'Interface that leads to 10.0.0.2 [eth0]' eth1x 'No: there is no interface eth1x' '' \
	'Address of beta on the network of eth1 (10.0.1.1/24) [none]' 10.0.1.2 'leads to 10.0.1.2 [eth1]' '' \
	'Service address' 10.0.0.255 'No: 10.0.0.255 is the broadcast address' 10.0.0.100 \
	'Services' 'rec::web rek::web' 'did you mean rec?' 'rec::web' \
	'At home on alpha: IPaddr::10.0.0.100 rec::web' '' | ask 0"
sed 's/^/# /' "$out"
cp "$out" "$LAB/share/told"
ok "all three are there, and nothing else" \
	"[ \"\$(listing)\" = \"\$(printf '%s\n' \"$before\" $conf/{ha.cf,haresources,authkeys} | sort)\" ]"
ok "the key is root's alone" "[ \"\$(stat -c '%a %u %g' $conf/authkeys)\" = '600 0 0' ]"
ok "the others are for everybody" "[ \"\$(stat -c %a $conf/ha.cf $conf/haresources | sort -u)\" = 644 ]"
ok "a key of 256 bits" "grep -qE '^1 sha256 [0-9a-f]{64}\$' $conf/authkeys"
ok "it shows what heartbeat -t says" "says 'heartbeat -t says:' 'This node is alpha. The cluster has 2 nodes: alpha, beta.'"
ok "and five lines of the simulation" "says 'hbctl simulate says:' 'alpha off for 61m: moves to beta' 'faults tried: 0 BAD' &&
	[ \"\$(sed -n '/^hbctl simulate says/,/^What is left/p' $out | grep -c '^  [A-Za-z]')\" = 5 ]"
ok "what it says of itself fits 80 columns" \
	"! sed -n '1,/^heartbeat -t says/p; /^hbctl simulate says/,\$p' $out |
		sed -E 's/^(Name|Address|Interface|Service|Services,|Write) [^:]*: //' | grep -E '^.{81}'"
ok "the other way, where root cannot log in at the peer" \
	"says 'copy the three by hand into /etc/ha.d of beta: owner root, authkeys with mode 600'"
ok "not a second time" "setup 1 $pair && says 'a configuration already (ha.cf, haresources, authkeys)'"

note "the command that puts the files on the peer, given as printed"
on alpha sh -c 'cat > /usr/bin/ssh && chmod +x /usr/bin/ssh' << 'END'
#!/bin/sh
# In the place of ssh: keeps what it would send, to whom, and what would be run there.
cat > /lab/sent
echo "$1" > /lab/sent.to
shift
echo "$*" > /lab/sent.command
END
on alpha sh -c "$(grep -A1 '^    tar' "$LAB/share/told")"
ok "it goes to the peer's address" "[ \"\$(cat $LAB/share/sent.to)\" = root@10.0.0.2 ]"
echo mine > "$(etc beta)/ha.d/haresources"
deliver()
{
	on beta sh -c "$(cat "$LAB/share/sent.command")" < "$LAB/share/sent" > "$out" 2>&1
}
ok "it does not overwrite there either" "! deliver && [ \"\$(cat $(etc beta)/ha.d/haresources)\" = mine ]"
rm "$(etc beta)"/ha.d/{ha.cf,haresources,authkeys}
ok "it puts them there" deliver
same()
{
	local file

	for file in ha.cf haresources authkeys; do
		cmp "$conf/$file" "$(etc beta)/ha.d/$file" || return 1
		[ "$(stat -c '%a %u' "$conf/$file")" = "$(stat -c '%a %u' "$(etc beta)/ha.d/$file")" ] ||
			return 1
	done
}
ok "the same, with the same modes" same
# checked HOST: heartbeat -t is content, and has no hint but of what the test hosts lack.
checked()
{
	if ! on "$1" heartbeat -t > "$out" 2> "$LAB/share/faults" < /dev/null ||
		grep -v 'memory cannot be locked' "$LAB/share/faults"; then
		note "$(cat "$LAB/share/faults")"
		return 1
	fi
}
for host in alpha beta; do
	ok "heartbeat -t on $host: no error, no hint" "checked $host"
done

note "they are a cluster"
probe_answer alpha beta
cluster_start
within 20 "alpha has the address" "has_address alpha 10.0.0.100"
within 10 "and the service" "only alpha web"
within 10 "beta has heard of it" "[ \"\$(json beta \"s['groups'][0]['holder']\")\" = alpha ]"
# Completion asks no daemon: one that hangs does not hold it up.
daemons=$(on beta pgrep -f '^heartbeat: ' | tr '\n' ' ')
# shellcheck disable=SC2086
on beta kill -STOP $daemons
for line in 'hbctl retry ' 'cl_status nodestatus b'; do
	on beta timeout 10 hbctl --complete "$line"
done > "$out"
# shellcheck disable=SC2086
on beta kill -CONT $daemons
ok "groups and nodes are completed while the daemon hangs" \
	"[ \"\$(tr '\n' ' ' < $out)\" = 'IPaddr::10.0.0.100 beta ' ]"
ok "completion is loaded for each program" "for name in hbctl hb_standby hb_takeover cl_status heartbeat; do
		on beta bash -c \". /usr/share/bash-completion/completions/\$name && complete -p \$name\" > $out || exit 1
	done"
power_cut alpha
within 30 "beta takes over" "has_address beta 10.0.0.100 && only beta web"

note "elsewhere, and units of systemd"
host_boot alpha
on alpha mkdir -p /run/systemd/system /etc/systemd/system/multi-user.target.wants /srv/try
on alpha sh -c 'printf "[Service]\nExecStart=/bin/true\n" > /etc/systemd/system/apache2.service'
on alpha ln -s /etc/systemd/system/apache2.service /etc/systemd/system/multi-user.target.wants/
ok "with --output, beside what is in force" \
	"setup 0 $pair --service httpd --old-peer --output /srv/try/new && on alpha test -f /srv/try/new/ha.cf"
ok "a unit is written by the name that it has here" \
	"says 'httpd is called apache2 on this machine' && on alpha grep -qx 'alpha IPaddr::10.0.0.100 apache2' /srv/try/new/haresources"
ok "the system must not start it" "says 'systemctl disable --now apache2'"
ok "sha1 for an old peer" "on alpha grep -q '^1 sha1 ' /srv/try/new/authkeys"
on alpha rm /etc/systemd/system/multi-user.target.wants/apache2.service
ok "nothing is said of one that it does not start" \
	"setup 0 $pair --service apache2 --output /srv/try/two && ! grep -q disable $out && says 'systemctl enable --now heartbeat'"
ok "IPv6, and an address of a network that is not here" \
	"setup 0 --peer beta --peer-address fd00::2 --address fd00::100 --address 10.77.0.100/24/eth0 --output /srv/try/six &&
	on alpha grep -q '^ucast6 eth0 fd00::1' /srv/try/six/ha.cf &&
	on alpha grep -qx 'alpha IPv6addr::fd00::100 IPaddr::10.77.0.100/24/eth0' /srv/try/six/haresources"
ok "a directory with a blank in its name is quoted in the commands" \
	"setup 0 $pair --output '/srv/try/a b' && says \"tar -C '/srv/try/a b' --owner=0\""
serial_options="--peer beta --serial /dev/ttyS0 --address 10.0.0.100"
ok "a serial line alone" "setup 0 $serial_options --output /srv/try/serial && on alpha grep -qx 'serial /dev/ttyS0' /srv/try/serial/ha.cf"
ok "files of one's own" "on alpha setpriv --reuid 1000 --regid 1000 --clear-groups \
	hbctl setup $pair --output /tmp/own > $out 2>&1 < /dev/null &&
	[ \"\$(on alpha stat -c '%a %u' /tmp/own/authkeys)\" = '600 1000' ]"

note "the samples, as they are installed"
for set in two-nodes howto-mysql-apache howto-openvz .; do
	on alpha cp -r "/usr/share/doc/heartbeat/examples/$set" /srv/try/sample
	on alpha chmod 600 /srv/try/sample/authkeys
	# A secret that stands in a manual draws a hint, as it should.
	on alpha sed -i 's/^\(1 sha[0-9]*\) .*/\1 OnlyThisTestHasIt/' /srv/try/sample/authkeys
	ok "$set" "on alpha hbctl simulate --config /srv/try/sample --row P2 > $out 2>&1 < /dev/null &&
		! grep -qE 'error|hint|without' $out"
	on alpha rm -r /srv/try/sample
done
