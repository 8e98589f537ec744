#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Completion in a real bash: its function called as bash does, and TAB typed at a terminal.
set -eu
export LC_ALL=C
top=$(cd "${srcdir:-.}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0 failed=0

mkdir "$work/conf"
cat > "$work/conf/ha.cf" << 'END'
keepalive 1
deadtime 10
initdead 60
ucast eth0 10.0.0.1
bcast eth1
ping 10.0.0.254
auto_failback off
node web1 web2
END
echo 'web1 IPaddr::10.0.0.100 httpd' > "$work/conf/haresources"
printf 'auth 1\n1 sha1 ASecretOfTheTest\n' > "$work/conf/authkeys"
chmod 600 "$work/conf/authkeys"

# As installed, but for where hbctl is.
sed "s|[^ (]*/hbctl --complete|$PWD/hbctl --complete|" completion/hbctl > "$work/completion"
grep -qF "$PWD/hbctl --complete" "$work/completion"
# shellcheck disable=SC1090,SC1091
. "$work/completion"

# expect LINE WORD...: exactly these, in this order, are offered at the end of the line.
expect() {
	local line=$1 got

	shift
	number=$((number + 1))
	COMP_LINE=$line COMP_POINT=${#line} COMP_WORDBREAKS=$' \t\n"\'><=;|&(:' COMPREPLY=()
	_heartbeat
	got="${COMPREPLY[*]-}"
	if [ "$got" = "$*" ]; then
		echo "ok $number - $line"
	else
		echo "not ok $number - $line"
		printf '# got:    %s\n# wanted: %s\n' "$got" "$*"
		failed=1
	fi
}

expect 'hbctl ' status standby takeover retry record replay simulate setup version help
expect 'hbctl st' status standby
expect '  /usr/sbin/hbctl  st' status standby
expect 'hbctl --' --version --help
expect 'hbctl nothing'
expect 'hbctl nothing '
expect 'hbctl status ' --json --watch
expect 'hbctl status --json --w' --watch
expect 'hbctl standby ' all foreign local failback
expect 'hbctl takeover f' foreign failback
expect 'hbctl standby all '
expect 'hbctl record '
expect 'hbctl replay --' --quiet
expect 'hbctl simulate --s' --scenario --svg --seeds --seed
expect 'hbctl simulate --config '
expect "hbctl simulate --config $work/conf --node " web1 web2
expect "hbctl simulate --config=$work/conf --node=" web1 web2
expect "hbctl simulate --config $work/conf --json --node web2 --row P" P1 P2 P3 P4
expect "hbctl simulate --config $work/conf --node web2 --seeds "
expect 'hbctl setup --peer' --peer --peer-address
expect 'hbctl setup --serial '
expect 'hb_standby ' all foreign local failback
expect 'hb_standby --' --help --version
expect 'hb_takeover l' local
expect 'cl_status n' nodestatus nodeweight nodesite nodetype
expect 'cl_status listnodes -' -m -v -n -p
expect 'cl_status rscstatus -' -m -v
expect 'cl_status hbparameter -p dead' deadtime deadping
expect 'cl_status hbparameter -m -' -m -p
expect 'heartbeat --' --upgrade --help --version
expect 'hbctl'
expect ''

# What hbctl offers for the daemon is what its getopt() takes, but for two that do nothing and
# the usage.
offered=$("$PWD/hbctl" --complete 'heartbeat -' | sed -n 's/^-\([a-zA-Z]\)$/\1/p' | sort | tr -d '\n')
taken=$(sed -n 's/.*getopt(argc, argv, "\([a-zA-Z]*\)").*/\1/p' "$top/heartbeat/main.c" |
	fold -w 1 | grep -v '[hlv]' | sort | tr -d '\n')
number=$((number + 1))
if [ -n "$taken" ] && [ "$offered" = "$taken" ]; then
	echo "ok $number - letters of heartbeat"
else
	echo "not ok $number - letters of heartbeat: offered $offered, taken $taken"
	failed=1
fi

# TAB, typed. A word with a colon in it is where shells and programs disagree.
if command -v python3 > /dev/null 2>&1; then
	number=$((number + 1))
	cat > "$work/type.py" << 'END'
import os, pty, select, sys, time

pid, fd = pty.fork()
if pid == 0:
    os.environ.update(PS1="> ", TERM="dumb", INPUTRC="/dev/null", HISTFILE="")
    os.execvp("bash", ["bash", "--norc", "--noprofile", "-i"])
seen = ""
def wait_for(text, at):
    global seen
    end = time.time() + 30
    while text not in seen[at:]:
        if time.time() > end:
            print(seen + "\n*** waited in vain for " + repr(text))
            os.kill(pid, 9)
            sys.exit(1)
        if select.select([fd], [], [], 1)[0]:
            seen += os.read(fd, 65536).decode("utf-8", "replace").replace("\a", "")
work = sys.argv[1]
os.write(fd, b". %s/completion; echo rea''dy\n" % work.encode())
wait_for("ready", 0)
for typed, shown in (
    ("hbctl sim\t", "hbctl simulate "),
    ("--config %s/conf --node=we\t" % work, "--node=web"),
    ("2 --js\t", "--json "),
):
    at = len(seen)
    os.write(fd, typed.encode())
    wait_for(shown, at if shown[0] == "h" else 0)
os.kill(pid, 9)
END
	if python3 "$work/type.py" "$work" > "$work/typed" 2>&1; then
		echo "ok $number - TAB in an interactive bash"
	else
		echo "not ok $number - TAB in an interactive bash"
		sed 's/^/# /' "$work/typed"
		failed=1
	fi
fi
echo "1..$number"
exit $failed
