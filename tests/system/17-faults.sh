#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Configurations that cannot work: refused with 6, and a message that says what to do.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

cluster_new <<'END'
alpha rec::web
END
cluster_boot
out=$LAB/share/out
hbd=/usr/libexec/heartbeat/heartbeat
good_cf=$(cat "$(etc alpha)/ha.d/ha.cf")
good_keys=$(cat "$(etc alpha)/ha.d/authkeys")
good_resources=$(cat "$(etc alpha)/ha.d/haresources")

# refused TEXT PATTERN...: start fails with 6 and says each pattern; -t says the same; nothing
# is left running.
refused()
{
	local text=$1 code p

	shift
	on alpha "$hbd" > "$out" 2>&1 < /dev/null
	code=$?
	ok "$text: exit 6" "[ $code = 6 ]"
	for p; do
		ok "$text: said: $p" "grep -qiE -- '$p' $out"
	done
	sed 's/^/#   /' "$out" | grep -vE 'info:' | head -n 6
	ok "$text: heartbeat -t finds it too" "! on alpha $hbd -t > $out.t 2>&1 < /dev/null &&
		grep -qiE -- '$1' $out.t"
	ok "$text: nothing was started" "! on alpha pgrep -f '^heartbeat:' > /dev/null && ! runs alpha web"
	printf '%s\n' "$good_cf" | ha_cf alpha
	printf '%s\n' "$good_keys" | authkeys alpha
	printf '%s\n' "$good_resources" | haresources alpha
}
cf_with()
{
	printf '%s\n%s\n' "$good_cf" "$1" | ha_cf alpha
}

rm "$(etc alpha)/ha.d/authkeys"
refused "no authkeys" authkeys
rm "$(etc alpha)/ha.d/authkeys"
mkdir "$(etc alpha)/ha.d/authkeys"
on alpha "$hbd" > "$out" 2>&1 < /dev/null
ok "unreadable authkeys: exit 6" "[ $? = 6 ]"
ok "unreadable authkeys: what to do" "grep -q 'authkeys: error: .*put a text file in its place' $out"
ok "unreadable authkeys: it is not called missing" "! grep -q missing $out"
rmdir "$(etc alpha)/ha.d/authkeys"
printf '%s\n' "$good_keys" | authkeys alpha
on alpha setpriv --reuid 65534 --clear-groups "$hbd" -t > "$out" 2>&1 < /dev/null
ok "authkeys that this user may not read: exit 4" "[ $? = 4 ]"
ok "authkeys that this user may not read: what to do" "grep -q 'authkeys: error: .*try again as root' $out"
ok "authkeys that this user may not read: it is not called missing" "! grep -q missing $out"
printf '%s\n' "$good_keys" | file_for authkeys 640 alpha
refused "group-readable authkeys" authkeys 600
: | authkeys alpha
: > "$(etc alpha)/ha.d/authkeys"
refused "empty authkeys" authkeys
printf 'auth 1\n1 sha1\n' | authkeys alpha
refused "a key without text" 'authkeys' key
printf 'auth 1\n1 rot13 x\n' | authkeys alpha
refused "an unknown method" rot13

cf_with 'keepalife 2'
refused "an unknown directive" 'ha\.cf' keepalife keepalive
cf_with 'deadtime x'
refused "a time that is none" 'ha\.cf' deadtime
for line in 'ucast eth7 10.0.0.2' 'serial /dev/ttyS7'; do
	cf_with "$line"
	on alpha "$hbd" -t > "$out" 2>&1 < /dev/null
	ok "$line: what is not there may come: exit 0" "[ $? = 0 ]"
	ok "$line: it is said" "grep -qE 'hint: .*(eth7|/dev/ttyS7).*this path is down until there is one' $out"
done
printf '%s\n' "$good_cf" | ha_cf alpha
printf '%s\n' "$good_cf" | sed 's/^node alpha/node omega/' | ha_cf alpha
refused "this host is no node" alpha node
printf '%s\n' "$good_cf" | sed '/^ucast/d' | ha_cf alpha
refused "no medium" 'media|medium|ucast'
cf_with 'respawn hacluster /usr/lib/heartbeat/nosuchclient'
refused "a client that is not there" nosuchclient
cf_with 'respawn nosuchuser /bin/true'
refused "a user who is not there" nosuchuser

echo 'gamma rec::web' | haresources alpha
refused "haresources names a node that is none" haresources gamma
echo 'alpha nosuchthing::x' | haresources alpha
refused "an unknown resource script" nosuchthing
printf 'alpha datadiskdrbddisk::r0 rec::web\n' | haresources alpha
refused "the how-to's slip" datadiskdrbddisk drbddisk
printf 'alpha rec::web\nbeta rec::web\n' | haresources alpha
refused "one key twice" 'rec::web'
rm "$(etc alpha)/ha.d/haresources"
refused "no haresources" haresources

printf 'keepalife 2\nudpport zero\n%s\n' "$good_cf" | ha_cf alpha
echo 'alpha nosuchthing' | haresources alpha
refused "all faults in one go" keepalife zero nosuchthing 'ha\.cf:[0-9]+' 'haresources:[0-9]+'

on alpha python3 -c '
import socket, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("0.0.0.0", 694))
open("/lab/bound", "w").close()
time.sleep(3600)' &
disown $!
wait_for 5 "[ -e $LAB/share/bound ]"
refused "the port is in use" 694 'use'
on alpha pkill -f time.sleep
ok "after all that it starts" "hb_quietly alpha start"
within 20 "and serves" "runs alpha web"
