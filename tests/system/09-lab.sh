#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The lab on a machine that has a Heartbeat, agents and services installed: test hosts see none of it, only
# what is laid over them.
#
# Where /usr is an overlay already there cannot be three of them: it is then looked at as it is.
if [ -n "${LAB_INSIDE:-}" ] && [ "$(stat -f -c %T /usr)" != overlayfs ]; then
	# Play such a machine, in this mount namespace only.
	machine=/media/machine
	mount -t tmpfs machine /media && mkdir -p $machine/{upper,work} || exit 1
	usr=$machine/upper
	mkdir -p $usr/lib/heartbeat $usr/lib/ocf/resource.d/heartbeat $usr/lib/systemd/system \
		$usr/libexec/heartbeat $usr/share/heartbeat $usr/{bin,sbin} $usr/lib/x86_64-linux-gnu
	touch $usr/lib/heartbeat/old $usr/libexec/heartbeat/old $usr/share/heartbeat/old \
		$usr/lib/ocf/resource.d/heartbeat/IPaddr2 $usr/lib/systemd/system/{mariadb,old}.service \
		$usr/sbin/ha_logger $usr/lib/x86_64-linux-gnu/libplumb.so.2 $usr/lib/libhbclient.so.1 $usr/bin/harmless
	printf '#!/bin/sh\necho old\n' | tee $usr/bin/cl_status > $usr/sbin/heartbeat
	chmod 755 $usr/bin/cl_status $usr/sbin/heartbeat
	mount -t overlay -o "lowerdir=/usr,upperdir=$usr,workdir=$machine/work" usr /usr || exit 1
fi
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

# What takes long to find out, and what is given more time.
tries=0
costly()
{
	tries=$((tries + 1))
	pause 0.1
	return 1
}
since=$(now_ms)
ok "what is never true is not waited for for ever" '! LAB_GAUGE= wait_for 2 costly'
ok "what takes time is asked less often ($tries times)" '[ $tries -ge 2 ] && [ $tries -le 5 ]'
ok "two seconds are two seconds" '[ $(($(now_ms) - since)) -ge 2000 ]'
echo 300 > "$LAB/share/stretch"
since=$(now_ms)
ok "where everything takes three times as long" '! LAB_GAUGE=$LAB/share/stretch wait_for 1 false'
ok "a second is three" '[ $(($(now_ms) - since)) -ge 3000 ]'

# judged WORDS...: a journal of these lines, without their times, keeps to the rules.
judged()
{
	local words at=0

	mkdir -p "$LAB/share/court/share"
	for words; do
		echo "$((++at)).5 $words"
	done > "$LAB/share/court/share/journal"
	LAB=$LAB/share/court journal_judge > "$LAB/share/verdict"
}
ok "the judge lets pass what is in order" "judged 'a x start-begin' 'a x start-end' 'a x stop-begin' 'a x stop-end' \
	'b x start-begin' 'b x start-end' && [ ! -s '$LAB/share/verdict' ]"
ok "and an operation that was killed" "judged 'a x start-begin' 'a x stop-begin' 'a x stop-begin' 'a x stop-end' 'b x start-begin'"
ok "and a power cut" "judged 'a x start-begin' 'a - power-cut' 'b x start-begin' 'b x start-end'"
ok "two starts are two holders" "! judged 'a x start-begin' 'b x start-begin' && grep -q 'two holders of x: a and b at 2.5' $LAB/share/verdict"
ok "so is a start that goes on after the stop" "! judged 'a x start-begin' 'a x stop-begin' 'a x stop-end' \
	'b x start-begin' 'a x start-end' && grep -q 'two holders' $LAB/share/verdict && grep -q 'a start of x that nothing' $LAB/share/verdict"
ok "or begins again before that" "! judged 'a x start-begin' 'a x start-begin' 'a x start-end' 'a x start-end'"
ok "nor may a stop end in the middle of a start" "! judged 'a x stop-begin' 'a x start-begin' 'a x stop-end'"
ok "nor an operation begin beside another" "! judged 'a x start-begin' 'a x start-begin' 'a x overlap'"
ok "nor one go on after a power cut" "! judged 'a x start-begin' 'a - power-cut' 'a x start-end'"

cluster_new <<'END'
alpha rec::web
END
cluster_boot
if [ -n "${machine:-}" ]; then
	ok "the machine has a Heartbeat" '[ "$(cl_status)" = old ] && [ -e /usr/lib/heartbeat/old ]'
	ok "a host sees what else is installed" 'on alpha test -e /usr/bin/harmless'
else
	note "/usr is an overlay here: nothing could be planted"
fi
for f in lib/heartbeat/old libexec/heartbeat/old share/heartbeat/old lib/ocf/resource.d/heartbeat/IPaddr2 \
	lib/systemd/system/mariadb.service lib/systemd/system/old.service sbin/ha_logger \
	lib/x86_64-linux-gnu/libplumb.so.2 lib/libhbclient.so.1; do
	ok "a host has no /usr/$f" "! on alpha test -e /usr/$f"
done
for f in bin/cl_status sbin/heartbeat libexec/heartbeat/heartbeat; do
	ok "/usr/$f is the one under test" "on alpha cmp /usr/$f /lab/src/${HB_STAGE#"$LAB_TOP"/}/usr/$f"
done
cluster_start
within 15 "its group runs" "only alpha web"
behave alpha other start 'sleep 30'
on alpha /etc/ha.d/resource.d/rec other start &
first=$!
within 10 "an operation is at work" "[ \$(journal_count alpha other start-begin) = 1 ]"
cp "$LAB/share/journal" "$LAB/share/journal.before"
at=$(on alpha cat /run/rec.at/other)
on alpha /etc/ha.d/resource.d/rec other stop
ok "a recording resource sees another beside it" "[ \$(journal_count alpha other overlap) = 1 ] && ! journal_judge > /dev/null"
on alpha kill "$at"
wait "$first"
on alpha /etc/ha.d/resource.d/rec other stop
ok "and not one that was killed" "[ \$(journal_count alpha other overlap) = 1 ]"
cp "$LAB/share/journal.before" "$LAB/share/journal"
ok "a recording resource knows its host" 'grep -q "^[0-9.]* alpha web start-end$" "$LAB/share/journal"'
