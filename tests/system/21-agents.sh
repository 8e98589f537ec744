#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# 21-agents.sh BUILDDIR: Filesystem with images and loop devices, drbddisk and MailTo with
# stand-ins that record how they are called. Needs root; mounts in a namespace of its own.
set -u
if [ -z "${HB_TEST_INSIDE-}" ]; then
	[ "$(id -u)" = 0 ] || {
		echo "1..0 # SKIP needs root"
		exit 77
	}
	HB_TEST_INSIDE=1 exec unshare --net --mount --uts --ipc --pid --fork --kill-child \
		--mount-proc "$0" "$@"
fi
build=$(cd "${1:?usage: $0 BUILDDIR}" && pwd) || exit 1
tmp=$(mktemp -d) || exit 1
loop=
covered=()
cleanup() {
	cd / || exit 1
	while umount "$tmp/mnt" 2>/dev/null; do :; done
	[ -z "$loop" ] || losetup -d "$loop"
	for point in "${covered[@]}"; do
		umount "$point"
	done
	rm -rf "$tmp"
}
trap cleanup EXIT
mkdir "$tmp/bin" "$tmp/rsctmp"
export HA_FUNCS=$build/ha.d/shellfuncs HA_LOGFILE=$tmp/log HA_LOGFACILITY=none
export HA_RSCTMP=$tmp/rsctmp HA_CURHOST=web1 PATH=$tmp/bin:$PATH T=$tmp

count=0 failed=0
ok() { # ok TEXT COMMAND...: the command must succeed
	local text=$1
	shift
	count=$((count + 1))
	if "$@"; then
		echo "ok $count - $text"
	else
		failed=$((failed + 1))
		echo "not ok $count - $text"
		sed 's/^/# /' "$tmp/out" "$tmp/err"
	fi
}
run() { # run CODE SCRIPT ARGS...: output in $tmp/out and $tmp/err
	local expect=$1 code script=$2
	shift 2
	"$build/resource.d/$script" "$@" >"$tmp/out" 2>"$tmp/err"
	code=$?
	[ $code = "$expect" ] || echo "# $script $*: code $code, not $expect"
	[ $code = "$expect" ]
}
prints() { grep -qF -- "$1" "$tmp/out"; }
complains() { grep -qF -- "$1" "$tmp/err"; }
not() { ! "$@"; }
wait_for() { # wait_for COMMAND...: until it succeeds, at most 10 s
	local i
	for ((i = 0; i < 100; i++)); do
		"$@" && return 0
		sleep 0.1
	done
	return 1
}
# fake NAME: a program from standard input, in place of any of that name here.
fake() {
	local dir
	cat >"$tmp/bin/$1"
	chmod +x "$tmp/bin/$1"
	for dir in /sbin /usr/sbin /bin /usr/bin; do
		[ -e "$dir/$1" ] || continue
		mount --bind "$tmp/bin/$1" "$dir/$1" && covered+=("$dir/$1")
	done
}
mounted() { awk -v d="$1" '$5 == d { found = 1 } END { exit !found }' /proc/self/mountinfo; }
calls() { [ "$(cat "$tmp/calls")" = "$1" ]; }

### Filesystem
m=$tmp/mnt
truncate -s 16M "$tmp/image" "$tmp/other"
mkfs.ext3 -q -F -L hbdata "$tmp/image"
mkfs.ext2 -q -F "$tmp/other"
loop=$(losetup --find --show "$tmp/image") || exit 1

ok "too few words: usage" run 1 Filesystem "$loop" start
ok "as 3.0.6" prints "(start|stop|status|usage|meta-data)"
ok "unknown action" run 1 Filesystem "$loop" "$m" ext3 restart
ok "not mounted: 7" run 7 Filesystem "$loop" "$m" ext3 status
ok "the line of 3.0.6" prints "INFO:  Resource is stopped"
ok "stop of what is not mounted" run 0 Filesystem "$loop" "$m" ext3 stop
ok "start" run 0 Filesystem "$loop" "$m" ext3 start
ok "the line of 3.0.6" prints "INFO:  Success"
ok "made the mount point and mounted" mounted "$m"
ok "status" run 0 Filesystem "$loop" "$m" ext3 status
ok "the line of 3.0.6" prints "INFO:  Running OK"
ok "start again" run 0 Filesystem "$loop" "$m" ext3 start
ok "mounted once" test "$(grep -c " $m " /proc/self/mountinfo)" = 1
ok "trailing slash" run 0 Filesystem "$loop" "$m/" ext3 status
ln -s "$m" "$tmp/link"
ok "through a link" run 0 Filesystem "$loop" "$tmp/link" ext3 status
ok "without a type" run 0 Filesystem "$loop" "$m" status
ok "stop through a link" run 0 Filesystem "$loop" "$tmp/link" ext3 stop
ok "unmounted" not mounted "$m"
ok "options with commas" run 0 Filesystem "$loop" "$m" ext3 noatime,nodiratime start
ok "are used" grep -q " $m .*noatime" /proc/self/mountinfo
ok "stop" run 0 Filesystem "$loop" "$m" ext3 noatime,nodiratime stop
ok "without a type" run 0 Filesystem "$loop" "$m" start
mkdir "$m/below" "$m/below/deep"
mount -t tmpfs none "$m/below" && mkdir "$m/below/deep" && mount -t tmpfs none "$m/below/deep"
ok "what is mounted below goes first" run 0 Filesystem "$loop" "$m" stop
ok "all of it" not grep -q " $m" /proc/self/mountinfo

ok "start" run 0 Filesystem "$loop" "$m" ext3 start
echo x >"$m/file"
tail -f "$m/file" >/dev/null &
user=$!
(cd "$m" && exec sleep 1000) &
user2=$!
wait_for test "$(readlink /proc/$user2/cwd)" = "$m"
ok "busy: stop" run 0 Filesystem "$loop" "$m" ext3 stop
ok "unmounted" not mounted "$m"
wait $user 2>/dev/null
ok "its user got TERM" test $? = 143
wait $user2 2>/dev/null
ok "and the other" test $? = 143
ok "and the log names them" grep -q "sent TERM to.* $user (tail)" "$tmp/log"
ok "start" run 0 Filesystem "$loop" "$m" ext3 start
bash -c "trap '' TERM; exec 9<$m/file; echo >$tmp/deaf; while :; do sleep 1; done" &
user=$!
wait_for test -e "$tmp/deaf"
ok "busy and deaf: stop" run 0 Filesystem "$loop" "$m" ext3 stop
ok "unmounted" not mounted "$m"
wait $user 2>/dev/null
ok "its user got KILL" test $? = 137

mount -t tmpfs foreign "$m"
ok "another device is mounted there: 7" run 7 Filesystem "$loop" "$m" ext3 status
ok "status says so" complains "$m holds foreign, not $loop"
ok "start refuses" run 1 Filesystem "$loop" "$m" ext3 start
ok "and says so" complains "$m holds foreign, not $loop"
ok "stop lets it be" run 0 Filesystem "$loop" "$m" ext3 stop
ok "still there" mounted "$m"
umount "$m"
ok "start" run 0 Filesystem "$loop" "$m" ext3 start
mount -t tmpfs foreign "$m"
ok "covered by another: not running" run 7 Filesystem "$loop" "$m" ext3 status
ok "stop takes both away" run 0 Filesystem "$loop" "$m" ext3 stop
ok "unmounted" not mounted "$m"

ok "no device: 5" run 5 Filesystem /dev/nosuchdevice "$m" ext3 start
ok "and says so" complains "Couldn't find device [/dev/nosuchdevice]. Expected /dev/??? to exist"
ok "the line of 3.0.6" prints "ERROR:  Program is not installed"
ok "no device, stop: 0" run 0 Filesystem /dev/nosuchdevice "$m" ext3 stop
ok "no type, no device: 5" run 5 Filesystem tmpfs "$m" start
ok "tmpfs" run 0 Filesystem tmpfs "$m" tmpfs start
ok "running" run 0 Filesystem tmpfs "$m" tmpfs status
ok "stop" run 0 Filesystem tmpfs "$m" tmpfs stop
ok "unmounted" not mounted "$m"
ok "no such label: 1" run 1 Filesystem -Lnosuchlabel "$m" ext3 start
ok "and says so" complains "there is no device with nosuchlabel as its label or UUID"
ok "label" run 0 Filesystem -Lhbdata "$m" ext3 start
ok "running" run 0 Filesystem -Lhbdata "$m" ext3 status
ok "by its device as well" run 0 Filesystem "$loop" "$m" ext3 status
ok "stop" run 0 Filesystem -Lhbdata "$m" ext3 stop
uuid=$(blkid -s UUID -o value "$loop")
ok "UUID" run 0 Filesystem "-U$uuid" "$m" ext3 start
ok "stop" run 0 Filesystem "-U$uuid" "$m" ext3 stop
ok "image with loop" run 0 Filesystem "$tmp/other" "$m" ext2 loop start
ok "running" run 0 Filesystem "$tmp/other" "$m" ext2 loop status
ok "another image is foreign" run 7 Filesystem "$tmp/image" "$m" ext2 loop status
ok "stop" run 0 Filesystem "$tmp/other" "$m" ext2 loop stop
mkdir "$tmp/tree"
echo x >"$tmp/tree/leaf"
ok "bind" run 0 Filesystem "$tmp/tree" "$m" none bind start
ok "the tree is there" test -e "$m/leaf"
ok "running" run 0 Filesystem "$tmp/tree" "$m" none bind status
ok "another directory is foreign" run 7 Filesystem "$tmp/bin" "$m" none bind status
ok "stop" run 0 Filesystem "$tmp/tree" "$m" none bind stop
ok "unmounted" not mounted "$m"
ok "a directory that is not a full path: 2" run 2 Filesystem "$loop" data ext3 start
ok "the root directory is refused" run 2 Filesystem "$loop" / ext3 stop

debugfs -w -R "ssv state 2" "$loop" >/dev/null 2>&1
ok "marked as damaged: start repairs it" run 0 Filesystem "$loop" "$m" ext3 start
ok "clean" grep -q 'state:.*clean$' <(dumpe2fs -h "$loop" 2>/dev/null)
ok "stop" run 0 Filesystem "$loop" "$m" ext3 stop
fake fsck.ext2 <<'EOP'
#!/bin/sh
echo "fsck.ext2 $*" >>"$T/calls"
echo "cannot be repaired"
exit 4
EOP
ok "what fsck cannot repair is not mounted" run 1 Filesystem "$tmp/other" "$m" ext2 loop start
ok "and says so" complains "code 4: cannot be repaired"
ok "not mounted" not mounted "$m"
ok "called so" calls "fsck.ext2 -p $tmp/other"

### drbddisk
fake drbdadm <<'EOP'
#!/bin/sh
echo "drbdadm $*" >>"$T/calls"
case $1 in
role) [ ! -e "$T/role" ] || cat "$T/role" ; [ -e "$T/role" ] ;;
*)
	read -r left <"$T/refuse"
	[ "$left" -gt 0 ] || exit 0
	echo $((left - 1)) >"$T/refuse"
	echo "State change failed: (-1) Multiple primaries not allowed"
	exit 11
	;;
esac
EOP
drbd() { # drbd CODE REFUSALS ARGS...
	local code=$1
	: >"$tmp/calls"
	echo "$2" >"$tmp/refuse"
	shift 2
	run "$code" drbddisk "$@"
}
ok "primary" drbd 0 0 r0 start
ok "by drbdadm" calls "drbdadm primary r0"
ok "secondary" drbd 0 0 r0 stop
ok "by drbdadm" calls "drbdadm secondary r0"
ok "without a name: all" drbd 0 0 start
ok "by drbdadm" calls "drbdadm primary all"
ok "the sixth attempt may succeed" drbd 0 5 r0 start
ok "six attempts" test "$(grep -c primary "$tmp/calls")" = 6
ok "then it is a failure" drbd 1 6 r0 start
ok "six attempts" test "$(grep -c primary "$tmp/calls")" = 6
ok "with drbdadm's words" complains "Multiple primaries not allowed"
echo Primary/Secondary >"$tmp/role"
ok "stop has three attempts" drbd 1 9 r0 stop
ok "three attempts" test "$(grep -c 'drbdadm secondary' "$tmp/calls")" = 3
ok "DRBD 8, primary" drbd 0 0 r0 status
ok "the words of 3.0.6" prints "running (Primary)"
echo Secondary/Primary >"$tmp/role"
ok "DRBD 8, secondary" drbd 3 0 r0 status
ok "the words of 3.0.6" prints "stopped (Secondary)"
ok "what is secondary is stopped whatever drbdadm says" drbd 0 9 r0 stop
printf 'Primary\nSecondary\nSecondary\n' >"$tmp/role"
ok "DRBD 9, primary" drbd 0 0 r0 status
echo Secondary >"$tmp/role"
ok "DRBD 9, secondary" drbd 3 0 r0 status
echo Unconfigured >"$tmp/role"
ok "down" drbd 3 0 r0 status
ok "the words of 3.0.6" prints "stopped (Unconfigured)"
ok "down, stop" drbd 0 9 r0 stop
echo Unknown >"$tmp/role"
ok "unclear" drbd 4 0 r0 status
ok "counts as running" prints "cannot determine status, may be running (Unknown)"
rm "$tmp/role"
if ! [ -e /proc/drbd ] && ! [ -d /sys/module/drbd ]; then
	ok "no module: nothing is primary" drbd 3 0 r0 status
fi
ok "status without a name" drbd 10 0 status
ok "the words of 3.0.6" prints "A resource name is required for status inquiries."
ok "unknown action" drbd 1 0 r0 restart
ok "the words of 3.0.6" prints "Usage: drbddisk [resource] {start|stop|status}"

### MailTo
: >"$tmp/calls"
fake mail <<'EOP'
#!/bin/sh
{ echo "mail: $*"; cat; } >"$T/mail.new" && mv "$T/mail.new" "$T/mail"
EOP
ok "no address: 1" run 1 MailTo start
ok "the words of 3.0.6" prints "At least 1 Email address has to be given!"
ok "too many words: 1" run 1 MailTo a@example.org s x start
ok "the words of 3.0.6" prints "Additional parameters found: x start"
ok "stopped" run 7 MailTo a@example.org,b@example.org Web status
ok "the word of 3.0.6" prints stopped
ok "start" run 0 MailTo a@example.org,b@example.org Web start
ok "a mail goes out" wait_for test -e "$tmp/mail"
ok "its subject" grep -q "^mail: -s Web Takeover in progress at .* on web1 a@example.org b@example.org$" \
	"$tmp/mail"
ok "its body" grep -q "^Web Takeover in progress at .* on web1$" "$tmp/mail"
ok "running" run 0 MailTo a@example.org,b@example.org Web status
ok "the word of 3.0.6" grep -qx running "$tmp/out"
rm -f "$tmp/mail"
ok "stop" run 0 MailTo a@example.org,b@example.org Web stop
ok "a mail goes out" wait_for test -e "$tmp/mail"
ok "its subject" grep -q "^mail: -s Web Migrating resource away at .* from web1 a@" "$tmp/mail"
ok "stopped" run 7 MailTo a@example.org,b@example.org Web status
rm -f "$tmp/mail"
ok "default subject" run 0 MailTo a@example.org start
wait_for test -e "$tmp/mail"
ok "as 3.0.6" grep -q "^mail: -s Resource Group Takeover in progress" "$tmp/mail"
fake mail <<'EOP'
#!/bin/sh
echo "no route to the mail server"
exit 75
EOP
ok "a mail that fails does not fail the group" run 0 MailTo a@example.org stop
ok "it is logged" wait_for grep -q "WARN: no mail to a@example.org .*: no route to" "$tmp/log"
for name in mail sendmail; do
	fake $name </dev/null
	chmod -x "$tmp/bin/$name"
done
hash -r
ok "no mail program: start" run 0 MailTo a@example.org start
ok "it is logged" wait_for grep -q "there is neither mail nor sendmail here" "$tmp/log"
fake sendmail <<'EOP'
#!/bin/sh
{ echo "sendmail: $*"; cat; } >"$T/mail.new" && mv "$T/mail.new" "$T/mail"
EOP
rm -f "$tmp/mail"
ok "with sendmail alone: stop" run 0 MailTo a@example.org stop
ok "a mail goes out" wait_for test -e "$tmp/mail"
ok "to whom it should" grep -q "^sendmail: -i a@example.org$" "$tmp/mail"
ok "with a subject" grep -q "^Subject: Resource Group Migrating resource away" "$tmp/mail"

### shellfuncs, as private scripts use them
mkdir "$tmp/ha.d"
printf 'KeepAlive 3 # seconds\nnode web1\nNode web2\n' >"$tmp/ha.d/ha.cf"
cat >"$tmp/private" <<'EOP'
#!/bin/sh
HA_DIR=$T/ha.d
. "$HA_FUNCS"
ha_log "info: $*"
ha_debug "debugging"
echo "$(ha_parameter keepalive) $(ha_parameter DEADTIME) $(ha_parameter node)"
Echo -n a; Echo b
BSD_Status no-such-program
EOP
chmod +x "$tmp/private"
HA_debug=1 HA_DEBUGLOG=$tmp/debuglog "$tmp/private" "hello  world" >"$tmp/out" 2>"$tmp/err"
ok "BSD_Status: the code of init scripts" test $? = 3
ok "and their words" prints "no-such-program is stopped"
ok "ha_parameter" prints "3 7 web1 web2"
ok "Echo" grep -qx ab "$tmp/out"
ok "ha_log to the log file" grep -Eqx \
	'[0-9/]{10}_[0-9:]{8}  private\(default\)\[[0-9]+\]:    info: hello  world' "$tmp/log"
ok "ha_log to the debug file" grep -Eqx \
	'private\(default\)\[[0-9]+\]:	[0-9/]{10}_[0-9:]{8} info: hello  world' "$tmp/debuglog"
ok "ha_debug to the debug file" grep -q 'debug: debugging$' "$tmp/debuglog"
ok "nothing to standard error" test ! -s "$tmp/err"

### Delay
ok "Delay: stopped" run 7 Delay 0 status
ok "start" run 0 Delay 0 start
ok "running" run 0 Delay 0 status
ok "stop" run 0 Delay 0 stop
ok "stopped" run 7 Delay 0 status
ok "no number: 2" run 2 Delay soon start

### portblock
fake iptables <<'EOP'
#!/bin/sh
rule="${*#-w -? }"
case $2 in
-C) [ -e "$T/rule" ] && [ "$(cat "$T/rule")" = "$rule" ] ;;
-I) printf '%s\n' "$rule" >"$T/rule" ;;
-D) rm "$T/rule" ;;
esac
EOP
ok "three words: usage" run 1 portblock tcp 80 start
ok "inactive" run 7 portblock tcp 80,443 block status
ok "the words of 3.0.6" prints "is inactive"
ok "block" run 0 portblock tcp 80,443 block start
ok "drops" grep -qx "INPUT -p tcp -m multiport --dports 80,443 -j DROP" "$tmp/rule"
ok "running" run 0 portblock tcp 80,443 block status
ok "the words of 3.0.6" prints "is running (OK)"
ok "unblock is not yet" run 7 portblock tcp 80,443 unblock status
ok "unblock" run 0 portblock tcp 80,443 unblock start
ok "lets in" test ! -e "$tmp/rule"
ok "unblock runs" run 0 portblock tcp 80,443 unblock status
ok "and block still does" run 0 portblock tcp 80,443 block status
ok "stop of unblock" run 0 portblock tcp 80,443 unblock stop
ok "drops again" test -e "$tmp/rule"
ok "stop of block" run 0 portblock tcp 80,443 block stop
ok "lets in" test ! -e "$tmp/rule"
ok "stop again" run 0 portblock tcp 80,443 block stop

echo "1..$count"
[ $failed = 0 ]
