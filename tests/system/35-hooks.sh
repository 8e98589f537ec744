#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Scripts of rc.d, the FIFO that ha_clustermsg writes to, and the commands that old scripts call.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

# hook NODE TYPE: a script in rc.d, from standard input. /lab is shared by all hosts.
hook()
{
	mkdir -p "$(etc "$1")/ha.d/rc.d"
	{ echo '#!/bin/sh'; cat; } > "$(etc "$1")/ha.d/rc.d/$2"
	chmod 755 "$(etc "$1")/ha.d/rc.d/$2"
}

# heard PATTERN: a script said so.
heard()
{
	grep -qE -- "$1" "$LAB/share/heard" 2> /dev/null
}

# say HOST: standard input goes through shellfuncs' ha_clustermsg there.
say()
{
	on "$1" sh -c '. /etc/ha.d/shellfuncs; ha_clustermsg'
}

fifo=/var/lib/heartbeat/fifo
out=$LAB/share/out
# A machine that is busy with other tests keeps a beat waiting, now and then for a second.
WARNTIME=2
DEADTIME=4
INITDEAD=8
cluster_new <<'END'
alpha rec::web
beta rec::db
END
{ base_cf; ucast_cf; echo "ping 10.0.0.254"; echo "env COLOUR=green"; echo "use_logd yes"
	echo "respawn root /bin/sh /lab/client"; } | ha_cf
echo '/usr/bin/env > /lab/client.$HA_CURHOST; exec sleep 1000' > "$LAB/share/client"
for h in $NODES; do
	hook "$h" status <<'END'
echo "$HA_CURHOST: $1 $HA_t $HA_src $HA_OSTATUS -> $HA_st ($HA_info) $HA_auto_failback $HA_NICEFAILBACK $HA_COLOUR ttl $HA_ttl logd $HA_LOGD in $(pwd) as $(id -un) umask $(umask)" >> /lab/heard
END
	hook "$h" ifstat <<'END'
echo "$HA_CURHOST: link $HA_node:$HA_ifname $HA_st" >> /lab/heard
END
	hook "$h" alarm <<'END'
printf '%s\n' "$HA_CURHOST: alarm of $HA_src: $HA_what, dest '$HA_dest', dir $HA_DIR" >> /lab/heard
[ "$HA_what" != loud ] || echo "this is said aloud"
END
	# What 3.0.6 had there and people leave behind: none of it may move anything.
	for type in ip-request ip-request-resp hb_takeover ask_resources; do
		hook "$h" $type <<'END'
echo "$HA_CURHOST: $1 was called" >> /lab/heard
END
	done
done
cluster_boot
: > "$LAB/share/heard"
chmod 666 "$LAB/share/heard"
cluster_start
within 30 "both hold theirs" "runs alpha web && runs beta db && settled local local"

note "status and ifstat"
within 20 "the peer came up" "heard '^alpha: status status beta (init|dead|up) -> (up|active)'"
within 20 "and active" "heard '^alpha: status status beta .* -> active' && heard '^beta: status status alpha .* -> active'"
ok "with the environment of every script" "heard '^alpha: .* on yes green ttl .* in /'"
ok "and how far the other node's words go" "heard '^alpha: status status beta .* green ttl [1-9] '"
ok "there is no ha_logd to log by, whatever ha.cf says" "heard '^alpha: .* logd no in /' && ! heard 'logd yes'"
within 20 "a client has that environment too" "grep -qx HA_COLOUR=green $LAB/share/client.alpha"
ok "but for the word that says how scripts move groups" "! grep -q NICEFAILBACK $LAB/share/client.alpha"
ok "as root" "heard 'as root umask 0022'"
within 20 "the ping node too" "heard '^alpha: status status 10.0.0.254 init -> ping \(ping\)'"
within 20 "and links" "heard '^alpha: link beta:eth0 up'"
ok "harc says what it runs" "logged alpha 'harc.*info: Running /etc/ha.d//rc.d/status status'"

note "a message of one's own"
ok "the FIFO is root's alone" '[ "$(on alpha stat -c "%F %a %U" $fifo)" = "fifo 600 root" ]'
printf 't=alarm\nwhat=smoke; rm -rf $(id)\nsrc=somebody\nDIR=/tmp\n' | say alpha
within 20 "runs on the sender" "heard '^alpha: alarm of alpha: smoke; rm -rf .*, dest .., dir /etc/ha.d/'"
within 20 "and on the other node, in the sender's name" \
	"heard '^beta: alarm of alpha: smoke; rm -rf .*, dest .., dir /etc/ha.d/'"
ok "its value is nobody's command" "heard 'smoke; rm -rf \\\$\(id\),'"
printf 't=alarm\nwhat=one\ndest=beta\n' | say alpha
within 20 "addressed to one node" "heard \"^beta: alarm of alpha: one, dest 'beta'\""
ok "it runs only there" "! heard '^alpha: alarm of alpha: one'"
printf 't=alarm\nwhat=loud\n' | say beta
within 20 "what a script says is in the log" "logged alpha 'rc.d/alarm: this is said aloud'"
for i in 1 2 3 4 5 6 7 8 9 10; do
	printf 't=alarm\nwhat=burst%d\nfiller=%0400d\n' $i 0 | say alpha &
done
wait
for i in 1 5 10; do
	within 20 "many at once do not mix ($i)" "heard '^beta: alarm of alpha: burst$i,'"
done

# More than a pipe holds, and nobody reads before it is full: each is written in pieces.
cat > "$LAB/share/read" <<'END'
import array, fcntl, os, termios, time
os.mkfifo("/lab/long")
fd = os.open("/lab/long", os.O_RDWR)
waiting = array.array("i", [0])
while waiting[0] < 40000:
    time.sleep(0.01)
    fcntl.ioctl(fd, termios.FIONREAD, waiting)
text = b""
while text.count(b"<<<\n") < 6:
    text += os.read(fd, 4096)
mixed = [f for f in text.split(b"<<<\n") if len(set(l[:5] for l in f.split(b"\n")[1:-1])) > 1]
print(len(text), "bytes, mixed:", len(mixed))
END
on alpha python3 /lab/read > "$out" &
wait_for 20 "[ -p $LAB/share/long ]"
for i in 1 2 3 4 5 6; do
	for n in {1..50}; do printf 'from%d%d=%0500d\n' $i $n 0; done |
		on alpha sh -c '. /etc/ha.d/shellfuncs; HA_FIFO=/lab/long; ha_clustermsg' &
done
wait
ok "long ones do not either" "grep -q ' mixed: 0' $out || { note \"\$(cat $out)\"; false; }"

note "hostile content"
engine=$(engine_pid alpha)
on alpha sh -c "head -c 20000 /dev/urandom > $fifo; head -c 5000 /dev/zero > $fifo"
printf '>>>\nt=status\nst=dead\nsrc=beta\n<<<\n>>>\nt=../../bin/sh\n<<<\n>>>\nno equals\n<<<\n' |
	on alpha sh -c "cat > $fifo"
printf '>>>\nt=alarm\nwhat=%03000d\n<<<\n' 0 | on alpha sh -c "cat > $fifo"
within 20 "refused, and said" "logged alpha 'message in the FIFO dropped'"
within 20 "and counted" "[ \$(hbctl_json alpha | grep -oE '\"fifo\": *[0-9]+' | grep -oE '[0-9]+') -ge 3 ]"
ok "the engine is the same" '[ "$(engine_pid alpha)" = "$engine" ]'
lasts 1 "nothing moved" "runs alpha web && runs beta db && settled local local"
ok "others may not write" "! on alpha setpriv --reuid 1000 --regid 1000 --clear-groups sh -c 'echo > $fifo' 2> /dev/null"
ok "and ha_clustermsg says so by its exit code" "! printf 't=alarm\n' |
	on alpha setpriv --reuid 1000 --regid 1000 --clear-groups sh -c '. /etc/ha.d/shellfuncs; ha_clustermsg' 2> /dev/null"

note "what the old commands write"
printf 't=ask_resources\nrsc_hold=all\ninfo=me\n' | say alpha
within 20 "standby" "only beta web && settled none all"
printf 't=hb_takeover\nrsc_hold=local\n' | say alpha
within 20 "takeover" "only alpha web && settled local local"
printf 't=resource\nrsc_hold=foreign\ninfo=mach_down\n' | say alpha
lasts 1 "mach_down's word moves nothing" "only alpha web && settled local local"
ok "no script was called for these" "! heard 'was called'"
ok "an engine that dies leaves the FIFO usable" "on alpha kill -9 $engine;
	wait_for 20 '[ -n \"\$(engine_pid alpha)\" ] && [ \"\$(engine_pid alpha)\" != $engine ]'"
printf 't=alarm\nwhat=after\n' | say alpha
within 20 "a message after that arrives" "heard '^beta: alarm of alpha: after,'"

note "a script that hangs holds up nobody but scripts"
hook alpha slow <<'END'
exec sleep 1000
END
printf 't=slow\n' | say alpha
printf 't=alarm\nwhat=behind\n' | say alpha
within 20 "the other node hears it" "heard '^beta: alarm of alpha: behind,'"
lasts 2 "the cluster does not care" "only alpha web && settled local local && ! heard '^alpha: alarm of alpha: behind'"
on alpha pkill -f 'sleep 1000'
within 20 "then the next has its turn" "heard '^alpha: alarm of alpha: behind,'"

note "commands that old scripts call"
rm=/usr/share/heartbeat/ResourceManager
# says CODE PATTERN COMMAND...
says()
{
	local code=$1 pattern=$2 text got

	shift 2
	text=$(on alpha "$@" 2>&1 < /dev/null)
	got=$?
	[ $got = "$code" ] && grep -qE -- "$pattern" <<< "$text" ||
		{ note "exit $got: $text"; return 1; }
}
ok "listkeys" "says 0 '^rec::db$' $rm listkeys BETA"
ok "listkeys of nobody" "says 0 '^$' $rm listkeys gamma"
ok "listkeys takes a pattern" "[ \"\$(on alpha $rm listkeys '.*' | tr '\n' ' ')\" = 'rec::web rec::db ' ]"
ok "allkeys" "[ \"\$(on alpha $rm allkeys | tr '\n' ' ')\" = 'rec::web rec::db ' ]"
ok "ourkeys" "says 0 '^rec::web$' $rm ourkeys"
ok "otherkeys" "says 0 '^rec::db$' $rm otherkeys"
ok "otherkeys of another" "says 0 '^rec::web$' env HA_CURHOST=beta $rm otherkeys"
ok "status of what runs: 0" "says 0 '' $rm status rec::web"
ok "status of what does not: 3" "says 3 '' $rm status rec::db"
ok "status of nothing: 3" "says 3 'no line of haresources' $rm status nothing"
ok "statgroup" "says 0 '^ALL$' $rm statgroup rec::web && says 0 '^NONE$' $rm statgroup rec::db"
ok "verifyallidle counts" "says 1 'CRITICAL: Resource rec::web is active, and should not be!' $rm verifyallidle"
ok "usage: 1" "says 1 'usage: .*listkeys' $rm dance"
ok "takegroup does not go behind heartbeat's back" "says 1 'use hb_standby or hb_takeover' $rm takegroup rec::db && ! runs alpha db"
ok "givegroup neither" "says 1 'use hb_standby or hb_takeover' $rm givegroup rec::web && runs alpha web"
ok "req_resource of what is here: 0" "says 0 '' /usr/share/heartbeat/req_resource rec::web"
ok "of what is not: 3" "says 3 'hb_takeover asks for it' /usr/share/heartbeat/req_resource rec::db"
ok "mach_down does no harm" "says 0 '' /usr/share/heartbeat/mach_down beta && ! runs alpha db"
ok "hb_addnode says what to do instead" "says 1 'write the nodes into .*ha.cf' /usr/share/heartbeat/hb_addnode gamma"
ok "hb_addnode without words: usage, 1" "says 1 '^usage: hb_addnode <node> <node>' /usr/share/heartbeat/hb_addnode"

note "the flight record has what scripts said, and leads to the same once more"
ok "replay" "on alpha hbctl record /tmp/record > /dev/null && on alpha hbctl replay --quiet /tmp/record > $LAB/share/out 2>&1 ||
	{ note \"\$(tail -n 3 $LAB/share/out)\"; false; }"

note "death and stop"
power_cut beta
within 20 "a death is told" "heard '^alpha: status status beta active -> dead'"
within 20 "and the link" "heard '^alpha: link beta:eth0 dead'"
within 20 "taken over by the daemon" "only alpha db"
hb_quietly alpha stop
ok "the FIFO is gone: nobody waits in it" "! on alpha test -e $fifo"
ok "ha_clustermsg fails at once" "! printf 't=alarm\n' | say alpha 2> /dev/null"
on alpha mkfifo -m 600 $fifo
ok "in one that a dead heartbeat left behind it does not wait for ever" \
	"! printf 't=alarm\n' | say alpha 2> $out"
ok "and says why" "grep -q 'nobody reads $fifo' $out || logged alpha 'nobody reads $fifo'"
on alpha rm $fifo
ok "by hand: takegroup" "on alpha $rm takegroup rec::db 2> /dev/null && runs alpha db"
ok "by hand: givegroup" "on alpha $rm givegroup rec::db 2> /dev/null && ! runs alpha db"
ok "verifyallidle: 0" "says 0 '' $rm verifyallidle"
