#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# A configuration that is wrong: systemctl start fails at once, status says why, and nothing tries
# again and again.
. "$(dirname "$0")/../lab/machine.sh"

image_staged
cluster_new <<'END'
web1 rec::web
END
cluster_boot

# refused PATTERN: start fails within seconds, and systemctl status shows a line like that.
refused()
{
	local begin end

	on web1 systemctl reset-failed heartbeat 2> /dev/null
	begin=$(now_ms)
	! hb_quietly web1 start || { note "start: 0"; return 1; }
	end=$(now_ms)
	[ $((end - begin)) -lt 10000 ] || { note "after $((end - begin)) ms"; return 1; }
	on web1 systemctl status heartbeat --no-pager -l > "$LAB/share/out"
	grep -qE -- "$1" "$LAB/share/out" || { sed 's/^/# /' "$LAB/share/out"; return 1; }
	stays 4 '[ "$(unit web1 ActiveState) $(unit web1 NRestarts)" = "failed 0" ]'
}

etc=$(etc web1)/ha.d
cp -a "$etc" "$LAB/good"

# good: the files are right again.
good()
{
	cp -a "$LAB/good/." "$etc/"
}

echo nonsense here >> "$etc/ha.cf"
ok "an unknown directive" "refused 'ha.cf:[0-9]+: .*nonsense'"
good
rm "$etc/authkeys"
ok "no authkeys" "refused 'authkeys'"
good
chmod 644 "$etc/authkeys"
ok "authkeys that everybody may read" "refused 'authkeys.*600|600.*authkeys'"
good
sed -i '/^node web1/d' "$etc/ha.cf"
ok "this node is not in ha.cf" "refused 'web1'"
good
rm "$etc/haresources"
on web1 systemctl reset-failed heartbeat
echo "web1 rec::web ThereIsNoSuchScript" > "$etc/haresources"
ok "an unknown resource" "refused 'ThereIsNoSuchScript'"
good

note "at boot"
echo nonsense here >> "$etc/ha.cf"
on web1 systemctl enable heartbeat 2> /dev/null
power_cut web1
host_boot web1 || bail "web1 does not boot"
within 20 "the machine boots all the same" "on web1 systemctl is-active multi-user.target > /dev/null"
within 10 "Heartbeat has failed, once" "[ \"\$(unit web1 ActiveState) \$(unit web1 NRestarts)\" = 'failed 0' ]"
good
ok "start with good files: 0" "hb web1 start"
hb web2 start
within 15 "web runs" "only web1 web"
