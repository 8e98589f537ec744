# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The cases of the matrix: case_NAME plays it; if they are there, cf_NAME adds to ha.cf and
# times_NAME sets other times, or that there is no group b. Group a is alpha's, group b beta's. Sourced by
# cell.sh.

# How long it may take at most, on a busy machine. 3.0.6 needs 10 s after a common start until
# anybody takes anything; a node alone needs initdead.
START=60
ALONE=60
MOVE=40

# both_up: the start of most cases.
both_up()
{
	cluster_start
	become $START "started" alpha beta
}

# back HOST TEXT: a node that was away has been started again. Where its group is now depends
# on auto_failback; it is brought home if it is not.
back()
{
	local other=alpha

	[ "$1" = beta ] || other=beta
	if [ "$FAILBACK" = off ]; then
		within $START "$2: calm" "quiet_poll calm"
		lasts 2 "$2: everything stays" "place $other $other"
		standby $other foreign
	fi
	become $START "$2" alpha beta
}

case_together()
{
	both_up
	lasts 3 "nothing moves" "place alpha beta"
	for name in $NAMES; do
		ok "$name was started once" "[ \$(grep -c ' $name start-begin' $LAB/share/journal) = 1 ]"
	done
}

case_order()
{
	local first second

	for first in alpha beta; do
		second=beta
		[ $first = alpha ] || second=alpha
		hb_quietly $first start
		sleep 2
		hb_quietly $second start
		become $START "$first first" alpha beta
		lasts 2 "$first first: nothing moves" "place alpha beta"
		both_stop
	done
}

# Stopped by the init script, one after the other; nothing may be left.
both_stop()
{
	for h in $NODES; do hb_quietly "$h" stop; done
	within $MOVE "both stopped: nothing runs" nothing_runs
}

case_alone_alpha()
{
	alone_then_join alpha beta
}

case_alone_beta()
{
	alone_then_join beta alpha
}

alone_then_join()
{
	hb_quietly "$1" start
	within $ALONE "$1 alone takes everything" "place $1 $1"
	within $START "$1 is calm" "quiet_poll calm $1"
	hb_quietly "$2" start
	back "$2" "$2 joined"
}

case_cut()
{
	local h other=beta

	both_up
	for h in $NODES; do
		power_cut "$h"
		within $MOVE "power cut of $h: $other has everything" "place $other $other"
		within $START "$other is calm" "quiet_poll calm $other"
		host_boot "$h"
		hb_quietly "$h" start
		back "$h" "$h returned"
		other=alpha
	done
}

case_stop()
{
	local h other=beta

	both_up
	for h in $NODES; do
		hb_quietly "$h" stop
		within $MOVE "stop of $h: $other has everything" "place $other $other"
		# Its peer must have noticed that it is gone, or it comes back to a cluster in flux.
		within $START "$other is calm" "quiet_poll calm $other"
		hb_quietly "$h" start
		back "$h" "$h returned"
		other=alpha
	done
}

# /etc/init.d/heartbeat restart gives the peer time to take over, which takes some.
case_restart()
{
	local h name

	both_up
	for name in $NAMES; do behave any "$name" start 'sleep 2'; done
	for h in $NODES; do
		hb_quietly "$h" restart
		back "$h" "restart of $h"
	done
}

# Stopped and started again at once, while the peer still takes over: its scripts are slow.
case_bounce()
{
	local h name START=40

	both_up
	for name in $NAMES; do behave any "$name" start 'sleep 5'; done
	for h in $NODES; do
		hb_quietly "$h" stop
		hb_quietly "$h" start
		back "$h" "stop and start of $h"
	done
}

# Everything of Heartbeat is killed and started again before the peer can notice.
case_crash()
{
	local h

	both_up
	for h in $NODES; do
		kill_heartbeat "$h"
		sleep 1
		hb_quietly "$h" start
		within $START "crash of $h: calm" "quiet_poll calm"
		within $START "crash of $h: each has its own" "place alpha beta"
	done
	lasts 2 "nothing moves" "place alpha beta"
}

times_crash()
{
	DEADTIME=30 INITDEAD=40
}

case_standby()
{
	both_up
	standby alpha all
	become $MOVE "alpha gives all" beta beta
	standby beta foreign
	become $MOVE "beta gives foreign" alpha beta
	standby beta all
	become $MOVE "beta gives all" alpha alpha
	standby alpha foreign
	become $MOVE "alpha gives foreign" alpha beta
	standby alpha local
	become $MOVE "alpha gives local" beta beta
	standby beta local
	become $MOVE "beta gives local: each has the other's" beta alpha
	standby alpha foreign
	become $MOVE "alpha gives what is not its own" beta beta
	standby beta foreign
	become $MOVE "home" alpha beta
}

# The commonest file: everything on one line. The other node prefers nothing, but counts who has it.
case_one_group()
{
	cluster_start
	moved $START "started" alpha
	standby alpha all
	moved $MOVE "alpha gives all" beta
	standby beta all
	moved $MOVE "beta gives all" alpha
	takeover beta all
	moved $MOVE "beta takes all" beta
	standby beta foreign
	moved $MOVE "beta gives foreign" alpha
	hb_quietly alpha stop
	within $MOVE "stop of alpha: beta has it" "at beta a"
	within $START "beta is calm" "quiet_poll calm beta"
	hb_quietly alpha start
	if [ "$FAILBACK" = off ]; then
		within $START "alpha returned: calm" "quiet_poll calm"
		lasts 2 "alpha returned: it stays" "at beta a"
		takeover alpha all
	fi
	moved $START "home" alpha
}

times_one_group()
{
	NAMES="a1 a2"
}

# moved SECONDS TEXT HOST: the one group gets there, and so on, as become.
moved()
{
	within "$1" "$2" "at $3 a"
	within 40 "$2: calm" "quiet_poll calm"
	ok "$2: still so" "at $3 a"
}

# Stopped for longer than deadtime, and going on: a busy machine, a virtual one that was moved. Each
# takes the other for dead then, and one of them knows nothing of it.
case_sleep()
{
	local h i name

	both_up
	# So slow that 3.0.6 has not taken over yet when it is asked to give back.
	for name in $NAMES; do behave any "$name" start 'sleep 1'; done
	for i in 1 2; do
		for h in $NODES; do
			journal_note lab partition
			on "$h" pkill -STOP -f '^heartbeat:'
			sleep $((DEADTIME + 2))
			on "$h" pkill -CONT -f '^heartbeat:'
			# What the other has just begun to start comes up; and a 3.0.6 takes everything, and
			# only then hears that the other lives.
			sleep 5
			journal_note lab healed
			within 150 "sleep $i of $h: each group on one node, and stays there" "stays 12 each_on_one"
			within 60 "sleep $i of $h: calm" "quiet_poll calm"
			journal_note lab whole
		done
	done
	lasts 2 "nothing moves" each_on_one
}

case_takeover()
{
	both_up
	takeover beta all
	become $MOVE "beta takes all" beta beta
	takeover alpha local
	become $MOVE "alpha takes its own" alpha beta
	takeover alpha all
	become $MOVE "alpha takes all" alpha alpha
	takeover beta local
	become $MOVE "beta takes its own" alpha beta
	takeover beta foreign
	become $MOVE "beta takes what is not its own" beta beta
	takeover alpha local
	become $MOVE "home" alpha beta
}

# ---- in the middle of a standby ------------------------------------------------------------------------

# in_the_middle HOST NAME STEP: alpha gives everything, and is called back here when HOST is at that step.
# Both take their time.
in_the_middle()
{
	local name since

	for name in $NAMES; do
		behave any "$name" start 'sleep 1.5'
		behave any "$name" stop 'sleep 1.5'
	done
	since=$(($(wc -l < "$LAB/share/journal") + 1))
	standby alpha all
	within $MOVE "in the middle: $*" "tail -n +$since $LAB/share/journal | grep -q ' $*\$'"
}

# The two moments: the giver has begun to stop; the taker has begun to start.
GIVING="alpha a2 stop-begin"
TAKING="beta a1 start-begin"

# Its power is cut in both moments.
cut_in_the_middle()
{
	local who=$1 other=$2 moment

	both_up
	for moment in "$GIVING" "$TAKING"; do
		# shellcheck disable=SC2086
		in_the_middle $moment
		behave_at_once
		power_cut "$who"
		within $MOVE "power cut of $who: $other has everything" "place $other $other"
		within $START "$other is calm" "quiet_poll calm $other"
		host_boot "$who"
		hb_quietly "$who" start
		back "$who" "$who returned"
	done
}

case_cut_giver()
{
	cut_in_the_middle alpha beta
}

case_cut_taker()
{
	cut_in_the_middle beta alpha
}

# It is stopped in both moments: the standby comes to its end first. The takeover that follows is over
# within deadtime, or a 3.0.6 complains.
stop_in_the_middle()
{
	local who=$1 other=$2 moment

	both_up
	for moment in "$GIVING" "$TAKING"; do
		# shellcheck disable=SC2086
		in_the_middle $moment
		behave_at_once
		hb_quietly "$who" stop
		within $MOVE "stop of $who: $other has everything" "place $other $other"
		within $START "$other is calm" "quiet_poll calm $other"
		hb_quietly "$who" start
		back "$who" "$who returned"
	done
}

case_stop_giver()
{
	stop_in_the_middle alpha beta
}

case_stop_taker()
{
	stop_in_the_middle beta alpha
}

# Orders while one is carried out are forgotten; of two at the same time one is carried out, or none.
case_standby_twice()
{
	local one

	both_up
	# shellcheck disable=SC2086
	in_the_middle $GIVING
	standby alpha foreign
	standby beta all
	behave_at_once
	become $MOVE "only the first order counts" beta beta
	standby beta foreign
	become $MOVE "home" alpha beta
	# shellcheck disable=SC2086
	in_the_middle $TAKING
	standby beta all
	standby alpha all
	behave_at_once
	become $MOVE "only the first order counts, later on" beta beta
	standby beta foreign
	become $MOVE "home" alpha beta
	standby alpha all &
	one=$!
	standby beta all &
	wait $one $!
	# What is not answered is given up after 10 s.
	within $MOVE "both at once: each group on one node, and stays there" "stays 12 each_on_one"
	within $START "both at once: calm" "quiet_poll calm"
}

# The node that holds everything.
case_cut_all()
{
	both_up
	standby alpha all
	become $MOVE "alpha gives all" beta beta
	power_cut beta
	within $MOVE "power cut of beta: alpha has everything" "place alpha alpha"
	within $START "alpha is calm" "quiet_poll calm alpha"
	host_boot beta
	hb_quietly beta start
	back beta "beta returned"
}

# ---- a bad network ------------------------------------------------------------------------------------

# Without fencing both sides serve while they cannot hear each other; healed, one cluster with
# one holder of each group must come of it.
case_partition()
{
	both_up
	# The agent announces an address for a second; without a cable that is an ERROR.
	lasts 2 "before the cut" "place alpha beta"
	journal_note lab partition
	lines_cut
	within $MOVE "parted: each has everything" "everything alpha && everything beta"
	sleep "${PARTED:-3}"
	lines_mend
	journal_note lab healed
	# 3.0.6 gives up everything and restarts itself, seconds after it has heard its peer again.
	within 150 "healed: each group on one node, and stays there" "stays 12 each_on_one"
	within 60 "healed: calm" "quiet_poll calm"
	journal_note lab whole
	lasts 2 "healed: still so" each_on_one
}

# Every line between the two, whether it is in use or not.
lines_cut()
{
	cable_cut alpha eth0
	serial_cut
}

lines_mend()
{
	cable_mend alpha eth0
	serial_mend
}

each_on_one()
{
	place alpha beta || place alpha alpha || place beta beta
}

everything()
{
	for n in $NAMES; do runs "$1" "$n" || return 1; done
}

case_loss()
{
	both_up
	loss alpha 30
	loss beta 30
	lasts 60 "a minute of 30 % loss: nothing moves" "place alpha beta"
	standby alpha all
	within 40 "standby under loss" "place beta beta"
	loss alpha 0
	loss beta 0
	become 30 "the line is good again" beta beta
	standby beta foreign
	become $MOVE "home" alpha beta
}

# The ping node answers beta and no longer alpha.
case_ipfail()
{
	PINGED=10.0.0.254
	ipfail_play 10.0.0.254
}

# A give-up is put off for two of these: as long as two nodes may differ in what they have seen.
times_ipfail()
{
	KEEPALIVE=500ms
}

times_ipfail_group()
{
	times_ipfail
}

times_ipfail6()
{
	times_ipfail
}

cf_ipfail()
{
	echo "ping 10.0.0.254"
	ipfail_cf
}

ipfail_cf()
{
	echo "deadping 4"
	echo "respawn hacluster /usr/libexec/heartbeat/ipfail"
}

case_ipfail_group()
{
	PINGED=routers
	ipfail_play 10.0.0.254 10.0.1.254
}

cf_ipfail_group()
{
	echo "ping_group routers 10.0.0.254 10.0.1.254"
	ipfail_cf
}

case_ipfail6()
{
	PINGED=fd00::fe
	ipfail_play fd00::fe
}

cf_ipfail6()
{
	echo "ping6 fd00::fe"
	ipfail_cf
}

# deaf HOST ADDRESS...: the host cannot reach these any more; without an address: it can again.
deaf()
{
	local a family

	on "$1" nft delete table inet deaf 2> /dev/null
	[ $# -gt 1 ] || return 0
	on "$1" nft 'add table inet deaf; add chain inet deaf in { type filter hook input priority 0; }'
	for a in "${@:2}"; do
		family=ip
		[ "$a" = "${a#*:}" ] || family=ip6
		on "$1" nft add rule inet deaf in $family saddr "$a" drop
	done
}

# ipfail_play ADDRESS...: the ping node PINGED is behind these.
ipfail_play()
{
	both_up
	deaf alpha "$@"
	become 60 "alpha lost the ping node: beta has everything" beta beta
	deaf alpha
	if [ "$FAILBACK" = off ]; then
		lasts 8 "it is back: nothing moves" "place beta beta"
		standby beta foreign
	fi
	become 60 "home" alpha beta
	deaf beta "$@"
	become 60 "beta lost it: alpha has everything" alpha alpha
	deaf beta
	[ "$FAILBACK" != off ] || standby alpha foreign
	become 60 "home again" alpha beta
	ping_node del "$@"
	within 30 "both lost it" "quiet_poll both_see $PINGED dead"
	# When both agree 3.0.6 may let groups go round once, with auto_failback on: two intervals of
	# its are over in three seconds.
	within 60 "both lost it: each has its own" "stays 4 'place alpha beta'"
	within 40 "both lost it: calm" "quiet_poll calm"
	ping_node add "$@"
	within 30 "both have it again" "quiet_poll both_see $PINGED ping"
	within 60 "it is back: each has its own" "stays 4 'place alpha beta'"
	within 40 "it is back: calm" "quiet_poll calm"
}

# both_see NAME STATUS
both_see()
{
	local h

	for h in $NODES; do
		[ "$(on "$h" cl_status nodestatus "$1" 2> /dev/null)" = "$2" ] || return 1
	done
}

# ping_node add|del ADDRESS...: it goes, for everybody at once, or comes back.
ping_node()
{
	local a

	for a in "${@:2}"; do
		case $a in
		*:*) ip -6 addr "$1" "$a/64" dev lab0 nodad ;;
		*) ip addr "$1" "$a/24" dev "lab$(cut -d. -f3 <<< "$a")" ;;
		esac
	done
}

# Keys are changed on one node after the other, slowly.
case_keys()
{
	local h

	both_up
	for h in $NODES; do
		keys 2 | authkeys "$h"
		hb_quietly "$h" reload
		lasts 6 "$h signs with the new key: nothing moves" "place alpha beta"
	done
	for h in $NODES; do
		ok "$h called nobody dead" "! logged $h 'WARN: node (alpha|beta): is dead'"
	done
}

# What scripts say by ha_clustermsg reaches rc.d on both, also when it is so long that it is
# compressed; a client is known on the other node; the old commands answer.
case_scripts()
{
	local h other=beta

	for h in $NODES; do
		mkdir -p "$(etc "$h")/ha.d/rc.d"
		printf '%s\n' '#!/bin/sh' \
			'echo "$HA_CURHOST: $HA_t of $HA_src: $HA_what ${#HA_filler}" >> /lab/heard' \
			> "$(etc "$h")/ha.d/rc.d/alarm"
		chmod 755 "$(etc "$h")/ha.d/rc.d/alarm"
	done
	: > "$LAB/share/heard"
	chmod 666 "$LAB/share/heard"
	for h in $NODES; do
		on "$h" nft 'add table inet large; add chain inet large out { type filter hook output priority 0; }
			add rule inet large out udp dport 694 udp length > 1500 counter'
	done
	both_up
	for h in $NODES; do say_alarm "$h" "short of $h" 1; done
	heard_all short 1
	for h in $NODES; do say_alarm "$h" "long of $h" 480; done
	heard_all long 480
	for h in $NODES; do
		ok "$h knows that $other has no such client" \
			"[ \"\$(on $h cl_status clientstatus $other nobody 5000)\" = offline ]"
		ok "$h: listkeys" "[ \"\$(on $h /usr/share/heartbeat/ResourceManager listkeys beta)\" = rec::b1 ]"
		other=alpha
	done
	for h in $NODES; do
		ok "$h has compressed what is long" "on $h nft list table inet large | grep -q 'packets 0 '"
	done
	lasts 2 "nothing moved" "place alpha beta"
}

# heard_all WHAT LENGTH: both have heard it of both.
heard_all()
{
	local from by

	for from in $NODES; do
		for by in $NODES; do
			within 20 "$by hears $from: $1" \
				"grep -q '^$by: alarm of $from: $1 of $from $2$' $LAB/share/heard"
		done
	done
}

cf_scripts()
{
	printf 'traditional_compression on\ncompression_threshold 1\ncompression %s\n' "$COMPRESSION"
}

# say_alarm HOST WHAT LENGTH: four fields of that length.
say_alarm()
{
	local filler

	filler=$(printf "%0$3d" 0)
	printf 't=alarm\nwhat=%s\nfiller=%s\nb=%s\nc=%s\nd=%s\n' "$2" "$filler" "$filler" "$filler" \
		"$filler" | on "$1" sh -c '. /etc/ha.d/shellfuncs; ha_clustermsg'
}

# What every medium, method and form must be able to do.
case_basic()
{
	# With netstrings 3.0.6 loses words of its own scripts: not worth a long wait.
	[ "$MSGFMT" = classic ] || { START=30 MOVE=20; }
	both_up
	standby alpha all
	become $MOVE "alpha gives all" beta beta
	takeover alpha local
	become $MOVE "alpha takes its own" alpha beta
	power_cut beta
	within $MOVE "power cut of beta: alpha has everything" "place alpha alpha"
	within $START "alpha is calm" "quiet_poll calm alpha"
	host_boot beta
	hb_quietly beta start
	back beta "beta returned"
}

# ---- one node after the other gets the other program --------------------------------------------------

# The client's view: its address is served by alpha at first.
case_change_alpha()
{
	change alpha beta
}

case_change_beta()
{
	change beta alpha
}

STATE=/var/lib/heartbeat

# same_state HOST FILE...: they are, byte for byte, what state_keep saved.
same_state()
{
	local f

	for f in "${@:2}"; do
		on "$1" cmp "$STATE/$f" "/lab/state.$1/$f" || return 1
	done
}

# generation_grew HOST: beyond what state_keep saved.
generation_grew()
{
	[ "$(on "$1" cat $STATE/hb_generation)" -gt "$(cat "$LAB/share/state.$1/hb_generation")" ]
}

# state_keep HOST: save what the program that was stopped there leaves to the other one. Of
# deleted nodes there are none in these clusters; 3.0.6 writes that list anew, ours must not.
state_keep()
{
	local line='gone\t00000000-0000-0000-0000-000000000000\t100\t\n'

	[ "$CHANGE_TO" != ours ] || on "$1" sh -c "printf '$line' | tee $STATE/hostcache > $STATE/delhostcache"
	on "$1" sh -c "cd $STATE && touch hostcache delhostcache && mkdir /lab/state.$1 &&
		cp hb_uuid hb_generation hostcache delhostcache /lab/state.$1"
}

# change FIRST SECOND: each goes over to the other kind, CHANGE_TO, while the other one serves.
change()
{
	local h other=$2 moves

	host_new client 9
	host_boot client
	probe_answer alpha beta
	both_up
	probe_start client $HA
	lasts 1 "each has its own" "place alpha beta"
	for h in "$1" "$2"; do
		hb_quietly "$h" stop
		within $MOVE "stop of $h: $other has everything" "place $other $other"
		within $START "$other is calm" "quiet_poll calm $other"
		within $MOVE "$other knows that $h is gone" "quiet_poll gone $other $h"
		state_keep "$h"
		install "$h" "$CHANGE_TO"
		hb_quietly "$h" start
		back "$h" "$h is $CHANGE_TO now"
		ok "$h has its old uuid and lists of nodes" "same_state $h hb_uuid hostcache delhostcache"
		ok "$h goes on with a later generation" "generation_grew $h"
		other=$1
	done
	lasts 2 "nothing more moves" "place alpha beta"
	probe_stop
	moves=$(grep -c '^host ' "$LAB/share/probe")
	note "the client's view: $moves reigns, longest silence $(probe_gap) ms"
	grep '^host ' "$LAB/share/probe" | sed 's/^/# /'
	ok "the client was answered by one host at a time" '[ "$(probe_doubles)" = 0 ]'
	ok "two planned moves of its address and nothing else" "[ $moves = 3 ]"
	ok "no silence but at the moves" silence_judge
	ok "nobody was called dead while it served" "! grep -q 'Shared disks are not protected' $(logs alpha)/ha-log $(logs beta)/ha-log"
}

# gone HOST OTHER: as doc/upgrade.md tells people to look.
gone()
{
	[ "$(on "$1" cl_status nodestatus "$2" 2> /dev/null)" = dead ]
}

# Between its first and its last answer a host leaves nobody waiting for a second; shorter
# silences may be the client's own, on a busy machine.
silence_judge()
{
	awk '$1 == "gap" && $4 > 1000 { from[++n] = $2; to[n] = $3 }
		$1 == "host" { for (i = 1; i <= n; i++) if (from[i] >= $3 && to[i] <= $4) { print "# silent: " to[i] - from[i] " ms"; bad = 1 } }
		END { exit bad }' <(sort -k1,1 "$LAB/share/probe")
}
