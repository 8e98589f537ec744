#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# heartbeat -t on a real host: what is deadly, or will be, is said before anything is started,
# and every value in force with where it comes from.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

# Below 10 s it is worth a hint, and here every hint counts.
INITDEAD=10
cluster_new <<'END'
alpha rec::web
END
cluster_boot
out=$LAB/share/out
hbd=/usr/libexec/heartbeat/heartbeat
ha=$(etc alpha)/ha.d
good_cf=$(cat "$ha/ha.cf")
good_keys=$(cat "$ha/authkeys")
good_resources=$(cat "$ha/haresources")

# check: heartbeat -t; its standard output and error in $out and $out.err. Its exit code. What a
# machine without CAP_SYS_RESOURCE says of its limits is for 43-container.
check()
{
	local code

	on alpha "$hbd" -t > "$out" 2> "$out.err" < /dev/null
	code=$?
	sed -i '/hint: memory cannot be locked/d' "$out.err"
	return $code
}
restore()
{
	printf '%s\n' "$good_cf" | ha_cf alpha
	printf '%s\n' "$good_keys" | authkeys alpha
	printf '%s\n' "$good_resources" | haresources alpha
}
# says LEVEL TEXT PATTERN: with what is set up now there is one line of that level with the
# pattern (a fixed text); error: exit 6, hint: exit 0. Then all is as it was.
says()
{
	local level=$1 text=$2 pattern=$3 code

	check
	code=$?
	sed 's/^/#   /' "$out.err" | grep -F "$level:" | cut -c 1-160 | head -n 3
	ok "$text: $level" "[ \$(grep -F -- \"\$pattern\" $out.err | grep -c ' $level: ') = 1 ]"
	ok "$text: exit code" "[ $code = $([ "$level" = error ] && echo 6 || echo 0) ]"
	restore
}
cf_with()
{
	printf '%s\n%s\n' "$good_cf" "$1" | ha_cf alpha
}
# Without the two ucast lines.
cf_paths()
{
	{ printf '%s\n' "$good_cf" | grep -v ^ucast; printf '%s\n' "$@"; } | ha_cf alpha
}
group()
{
	printf 'alpha %s\n' "$@" | haresources alpha
}

note "nothing to say, and the values"
ok "a good configuration: exit 0" check
ok "and not a word on standard error" "[ ! -s $out.err ]"
line=$(grep -n '^deadtime' "$ha/ha.cf" | cut -d: -f 1)
ok "a value and its line" "grep -qxE ' +ha.cf:$line +deadtime 1s' $out"
ok "what follows from it" "grep -qxE ' +deadtime +deadping 1s' $out"
ok "defaults" "grep -qE '^ +default +resource_timeout 10m, ' $out"
ok "links with their lines" "grep -qE 'ucast eth0 to 10.0.0.2, UDP port 694 \(ha.cf:[0-9]+\)' $out"
ok "80 columns are enough" "! grep -qE '.{81}' $out"

note "addresses of nodes"
group "10.0.0.1/24/eth0 rec::web"
says error "our own address as service address" "10.0.0.1 is the address of a node"
group "IPaddr2::10.0.0.2/24/eth0 rec::web"
says error "the peer's address as service address" "10.0.0.2 is the address of a node"
cf_paths "bcast eth0"
group "10.0.0.1/24/eth0 rec::web"
says error "our own where no path names it" "this is the only address of eth0"
on alpha ip addr add 10.0.0.77/24 dev eth0
group "10.0.0.77/24/eth0 rec::web"
says hint "an address that is here already" "10.0.0.77/24/eth0: eth0 has that address already"
on alpha ip addr del 10.0.0.77/24 dev eth0
cf_paths "ucast eth0 10.0.0.1"
says error "only ourselves as path" "this machine has that address itself, and no other path leaves it"
cf_paths "ucast eth0 10.0.0.1" "ucast eth1 10.0.1.1"
says error "ourselves on both networks" "no node would ever hear it"
cf_paths "ucast eth0 10.0.0.1" "bcast eth1"
ok "another path beside it: accepted" check
restore

note "groups"
group "rec::web Delay::1 rec::web"
says hint "a resource twice" "'rec::web' is in the group twice"
printf 'alpha rec::a 10.0.0.9/24\nbeta rec::b IPaddr2::10.0.0.9/24/eth0\n' | haresources alpha
says error "an address in groups of two nodes" "has the address 10.0.0.9 too"
group "Filesystem::/dev/drbd0::/data::ext3 drbddisk::r0 rec::web"
says error "Filesystem before its drbddisk" "put 'drbddisk::r0' first"
group "Filesystem::/dev/drbd0::/data::xfs rec::web"
says hint "DRBD without drbddisk" "nothing before it makes /dev/drbd0 primary"
{
	printf 'alpha rec::web'
	for i in {0..219}; do
		printf ' IPaddr2::10.9.%d.%d/20/eth9' $((i / 100)) $((i % 100 + 1))
	done
	echo
} | haresources alpha
check
ok "220 addresses on no interface are one line" "[ \$(wc -l < $out.err) = 1 ]"
says hint "with the count" \
	"IPaddr2::10.9.0.1/20/eth9, IPaddr2::10.9.0.2/20/eth9, IPaddr2::10.9.0.3/20/eth9 and 217 more: there is no interface eth9"

note "words of agents"
while read -r resource form; do
	group "rec::web $resource"
	says error "$resource" "write '$form'"
done << 'END'
Delay::1s Delay[::START[::STOP]]
Filesystem::/dev/sdb1 Filesystem::DEVICE::DIRECTORY[::TYPE[::OPTIONS]]
Filesystem::/dev/sdb1::srv Filesystem::DEVICE::DIRECTORY[::TYPE[::OPTIONS]]
IPsrcaddr IPsrcaddr::ADDRESS
MailTo MailTo::ADDRESS[,ADDRESS...][::SUBJECT]
SendArp::eth0 SendArp::ADDRESS[/INTERFACE]
drbddisk::r0::r1 drbddisk[::RESOURCE]
portblock::tcp::80::blok portblock::tcp|udp::PORT[,PORT...]::block|unblock
END
printf '#!/bin/sh\nexit 0\n' | file_for resource.d/Waiter 755 alpha
group "rec::web Waiter::1::2::3::4"
ok "a script of one's own takes what it likes" check
while read -r script instead; do
	group "rec::web $script"
	says error "$script of 3.0.6" "$instead"
done << 'END'
LVM::vg0 now write 'ocf:heartbeat:LVM-activate::vgname=VG
Raid1::/etc/mdadm.conf::/dev/md0 now write 'ocf:heartbeat:mdraid::
db2::db2inst1 now write 'ocf:heartbeat:db2::instance=OWNER'
WinPopup::/etc/hosts now write MailTo::ADDRESS
END

printf '#!/bin/sh\n. /etc/ha.d/resource.d/hto-mapfuncs\n' | file_for resource.d/LVM 755 alpha
group "rec::web LVM::vg0"
says hint "a wrapper of 3.0.6 without its agent" \
	"calls /usr/lib/ocf/resource.d/heartbeat/LVM, which this machine does not have"
rm "$ha/resource.d/LVM"

note "programs that are not there"
on alpha sh -c 'for p in mail sendmail drbdadm iptables fsck.ext2; do
	rm -f /usr/bin/$p /usr/sbin/$p /usr/local/bin/$p /usr/local/sbin/$p /usr/lib/$p; done'
while read -r resource what; do
	group "rec::web $resource"
	says hint "$resource" "$what"
done << 'END'
MailTo::root this machine has neither mail nor sendmail: nobody is told
drbddisk::r0 this machine has no drbdadm: the group cannot start here: install it (package drbd-utils)
portblock::tcp::80::block this machine has no iptables
Filesystem::/dev/loop7::/mnt::ext2 this machine has no fsck.ext2: it is mounted unchecked
END

note "what the system starts as well"
units=$(etc alpha)/systemd/system
mkdir -p "$units/multi-user.target.wants" "$(etc alpha)/rc2.d"
printf '[Service]\nExecStart=/bin/true\n' | tee "$units/mariadb.service" > "$units/apache2.service"
on alpha sh -c 'printf "#!/bin/sh\nexit 0\n" > /usr/bin/systemctl; chmod 755 /usr/bin/systemctl'
group "rec::web mysqld httpd"
check
ok "units that are not enabled: nothing" "! grep -q 'at boot' $out.err"
ln -s ../mariadb.service ../apache2.service "$units/multi-user.target.wants/"
group "rec::web mysqld"
says hint "mysqld, which is mariadb" 'run `systemctl disable mariadb` on all nodes'
group "rec::web httpd"
says hint "httpd, which is apache2" "the system starts apache2.service at boot as well"
group "rec::web systemd:mariadb"
says hint "a unit by name" "the system starts mariadb.service at boot as well"
rm -r "$units"
printf '#!/bin/sh\nexit 0\n' > "$(etc alpha)/init.d/pager"
chmod 755 "$(etc alpha)/init.d/pager"
group "rec::web pager"
ok "an init script that no runlevel starts" "check && [ ! -s $out.err ]"
ln -s ../init.d/pager "$(etc alpha)/rc2.d/S20pager"
says hint "one that a runlevel starts" "update-rc.d pager disable"

note "ports and keys"
cf_with "udpport 1694"
check
ok "a port above 1023: hint" "grep -q 'hint: udpport 1694: any local user' $out.err"
restore
printf 'auth 1\n1 crc\n' | authkeys alpha
says hint "crc on a network" "key 1: crc proves nothing"
for key in x Hi! Hello!; do
	printf 'auth 1\n1 sha1 %s\n' "$key" | authkeys alpha
	says hint "a key of ${#key} characters" "key 1: the secret is so short"
done
printf 'auth 1\n1 sha1 PutYourSuperSecretKeyHere\n' | authkeys alpha
check
key=$(grep -xE '  2 sha1 [A-Za-z0-9+/]{32}' "$out.err")
ok "a strong key is offered" "[ -n '$key' ]"
check
ok "another one each time" "! grep -qxF '$key' $out.err"
printf 'auth 1\n1 sha1 PutYourSuperSecretKeyHere\n' | authkeys alpha
cf_with "no-such-directive 1"
check
ok "beside an error, too, the hint is true: what it names makes a key" \
	"grep -q 'error: unknown directive' $out.err && on alpha sh -c \"\$(sed -n 's/.* key 1: .*: take a random one, like: //p' $out.err)\" | grep -qxE '[A-Za-z0-9+/]{32}'"
restore
printf 'auth 1\n1 sha1 PutYourSuperSecretKeyHere\n' | authkeys alpha
says hint "a how-to's key" "key 1: the secret looks like the sample of a manual"
printf 'auth 2\n%s\n' "$key" | authkeys alpha
ok "the key that was offered: nothing to say" "check && [ ! -s $out.err ]"
restore

note "an ordinary user, and a running daemon"
group "rec::web Delay::1s"
on alpha setpriv --reuid 65534 --clear-groups "$hbd" -t > "$out" 2> "$out.err" < /dev/null
ok "who may not read the keys: exit 4" "[ $? = 4 ]"
ok "all else is said" "grep -q 'Delay\[' $out.err"
restore
printf 'alpha 10.0.0.100/24/eth0 rec::web\n' | haresources
printf 'auth 1\n1 sha1 PutYourSuperSecretKeyHere\n' | authkeys
hb_quietly alpha start
within 30 "alpha holds the group" "runs alpha web"
ok "a hint is in the log" "grep -q 'sample of a manual' $(logs alpha)/ha-log"
ok "a key is not" "! grep -qE 'sha1 [A-Za-z0-9+/]{32}' $(logs alpha)/ha-log"
check
ok "its address is here rightly" "! grep -q 'has that address already' $out.err"
printf 'logfile /var/log/ha-log-2\n' >> "$ha/ha.cf"
ok "and a reload is accepted" "on alpha $hbd -r > $out 2>&1 < /dev/null"
