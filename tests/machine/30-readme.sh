#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# "Five minutes to a real pair": the commands and files are read out of README.md, and carried out as
# printed on two machines that have Apache and nothing of ours, not even a compiler. It must end in a
# service that answers, and that goes on.
. "$(dirname "$0")/../lab/machine.sh"
. "$LAB_LIB/build.sh"

blocks=$LAB/readme
tree=$LAB/heartbeat
mkdir "$blocks" "$tree"
awk -v title="Five minutes to a real pair" -v dir="$blocks" -f "$LAB_TOP/tests/machine/readme.awk" \
	"$LAB_TOP/README.md"
pack_source | tar -C "$tree" --no-same-owner -xf -
ok "README has commands and three files" \
	"[ \$(ls $blocks/*.sh | wc -l) -ge 3 ] && [ \$(ls $blocks/*.file | wc -l) = 3 ]"
ok "its first commands get packages, its last of that block is make install" \
	"head -n 1 $blocks/01.sh | grep -q '^apt-get' && tail -n 1 $blocks/01.sh | grep -q '^make install'"

# What both machines do alike, and takes minutes, is done once, on the disk that both begin with: all
# up to make install.
packages=$(awk '/^apt-get/ || more { print; more = /\\$/ }' "$blocks/01.sh")
build=$(awk '/^make install/ { exit } /^apt-get/ || more { more = /\\$/; next } { print }' "$blocks/01.sh")
install=$(sed -n '/^make install/,$p' "$blocks/01.sh")
image_bare
image_new apache bare apt-get install -qq -y --no-install-recommends apache2
image_new readme-packages apache bash -ec "$packages"
image_new readme readme-packages --input "$tree" \
	bash -ec 'cp -a /input/heartbeat /root/ && cd /root/heartbeat && eval "$1"' bash "$build"
LAB_IMAGE=readme
host_new web1 1
host_new web2 2
for h in $NODES; do
	echo "this is $h" > "$LAB/hosts/$h/root/var/www/html/index.html"
	host_boot "$h" || bail "$h does not boot"
done
within 30 "Apache runs on both, as Debian starts it" \
	"on web1 systemctl is-active -q apache2 && on web2 systemctl is-active -q apache2"

# types HOST COMMANDS: the reader does, and stops at the first that fails.
types()
{
	on "$1" bash -ec "cd /root/heartbeat
$2" > "$LAB/share/said" 2>&1 < /dev/null || { sed 's/^/# /' "$LAB/share/said"; return 1; }
}

# answers HOST: the service address does, in its name.
answers()
{
	timeout 5 bash -c 'exec 3<> /dev/tcp/10.0.0.100/80 && printf "GET / HTTP/1.0\r\n\r\n" >&3 && cat <&3' \
		2> /dev/null | grep -q "this is $1"
}

# The reader does one machine after the other.
begin=$(now_ms)
for h in $NODES; do
	note "on $h"
	ok "$(echo "$install" | head -n 1)" "types $h \"\$install\""
	for b in "$blocks"/*; do
		case $b in
		*/01.sh) ;;
		*.file)
			path=$(head -n 1 "$b")
			ok "$path" "sed 1d $b | on $h sh -c 'cat > $path'"
			;;
		*.sh) ok "$(tail -n 1 "$b")" "types $h \"\$(cat $b)\"" ;;
		esac
	done
done
within 300 "the service answers" "answers web1"
ok "not five minutes later" "[ $(($(now_ms) - begin)) -lt 300000 ]"
for h in $NODES; do
	ok "$h: the unit is active, and says how it is" "[ \"\$(unit $h ActiveState)/\$(unit $h SubState)\" = active/running ] &&
		[ -n \"\$(unit $h StatusText)\" ]"
	ok "$h: nothing waits for it" "on $h systemctl list-jobs | grep -q 'No jobs'"
	ok "$h: it was not restarted" "[ \"\$(unit $h NRestarts)\" = 0 ]"
	ok "$h: enabled" "[ \"\$(on $h systemctl is-enabled heartbeat)\" = enabled ]"
	ok "$h: hbctl status, by anybody" "on $h setpriv --reuid=65534 --regid=65534 --clear-groups hbctl status | grep -q 'node\|Nodes'"
	within 30 "$h: cl_status, by anybody" "on $h setpriv --reuid=65534 --regid=65534 --clear-groups cl_status rscstatus | grep -qE '^(all|local|none)$'"
done
ok "Apache runs where the address is, and only there" \
	"on web1 systemctl is-active -q apache2 && ! on web2 systemctl is-active -q apache2"
lasts 10 "the service goes on" "answers web1"

note "Try it"
ok "hb_standby: 0" "on web1 hb_standby > /dev/null"
within 30 "web2 answers" "answers web2"
within 30 "settled" "settled none all"
power_cut web2
within 60 "web1 answers" "answers web1"
