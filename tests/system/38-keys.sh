#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every method of authkeys, each form of messages, and a change of keys on a running cluster.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

# A machine that is busy with other tests keeps a beat waiting, now and then for a second.
WARNTIME=2
DEADTIME=4
INITDEAD=8
cluster_new <<'END'
alpha rec::web
END
cluster_boot

# keys HOST... : authkeys from standard input.
reload()
{
	on "$1" /etc/init.d/heartbeat reload > /dev/null 2>&1
}

calm()
{
	settled local local && ! logged alpha 'is dead' && ! logged beta 'is dead'
}

# stays_calm SECONDS TEXT: after a reload, whose new engine needs a moment until it is settled.
stays_calm()
{
	within 20 "$2: settled" "settled local local"
	lasts "$1" "$2" calm
}

note "methods and forms"
form=classic
for method in crc "md5 key" "sha1 key" "sha256 key" "sha512 key" "sha1 $(printf '%0100d' 7)"; do
	for h in $NODES; do rm -f "$(logs "$h")"/ha-*; done
	printf 'auth 3\n3 %s\n' "$method" | authkeys
	{ base_cf; ucast_cf; echo "msgfmt $form"; } | ha_cf
	cluster_start
	within 20 "${method%% *}, $form: a cluster" "only alpha web && calm"
	ok "nothing was refused" "! logged alpha 'dropped' && ! logged beta 'dropped'"
	for h in $NODES; do hb_quietly "$h" stop & done
	wait
	[ $form = classic ] && form=netstring || form=classic
done

note "one node sends classic, the other netstring"
printf 'auth 1\n1 sha1 first\n' | authkeys
{ base_cf; ucast_cf; echo "msgfmt netstring"; } | ha_cf alpha
{ base_cf; ucast_cf; } | ha_cf beta
for h in $NODES; do rm -f "$(logs "$h")"/ha-*; done
cluster_start
within 20 "a cluster" "only alpha web && calm"
ok "nothing was refused" "! logged alpha 'dropped' && ! logged beta 'dropped'"

note "the secret is changed, node by node"
printf 'auth 1\n1 sha1 first\n2 sha1 second\n' | authkeys
ok "both know both" "reload alpha && reload beta"
stays_calm 1 "calm"
printf 'auth 2\n1 sha1 first\n2 sha1 second\n' | authkeys alpha
ok "alpha signs with the new one" "reload alpha"
stays_calm 6 "beta with the old: calm, for longer than deadtime"
printf 'auth 2\n1 sha1 first\n2 sha1 second\n' | authkeys beta
ok "beta too" "reload beta"
stays_calm 1 "calm"
printf 'auth 2\n2 sha1 second\n' | authkeys
ok "the old one is removed" "reload alpha && reload beta"
stays_calm 5 "calm"
ok "nothing was refused in all this" "! logged alpha 'dropped' && ! logged beta 'dropped'"
ok "web was not touched" '[ "$(journal_count alpha web stop-begin)" = "$(journal_count alpha web stop-end)" ] && only alpha web'
ok "no secret is in a log" "! grep -rqE 'first|second' $(logs alpha)/ha-log $(logs beta)/ha-log"

note "a method is changed too: md5 to sha512, and another number"
printf 'auth 2\n2 sha1 second\n15 sha512 third\n' | authkeys
reload alpha
reload beta
printf 'auth 15\n2 sha1 second\n15 sha512 third\n' | authkeys alpha
ok "alpha signs with sha512" "reload alpha"
stays_calm 5 "calm"
printf 'auth 15\n15 sha512 third\n' | authkeys
ok "both" "reload beta && reload alpha"
stays_calm 2 "calm"

note "a bad file"
printf 'auth 9\n15 sha512 third\n' | authkeys alpha
ok "refused by reload" "! reload alpha"
stays_calm 5 "and the node goes on with what it had"

note "a key that the other does not have"
# If all this takes longer than deadtime each is alone for a while, and serves.
journal_note lab partition
printf 'auth 4\n4 sha1 stranger\n15 sha512 third\n' | authkeys alpha
ok "accepted: it is well formed" "reload alpha"
within 20 "the other counts and says it, by its cause" "logged beta 'dropped: no-key: .*authkeys does not list'"
printf 'auth 15\n15 sha512 third\n' | authkeys alpha
ok "and back" "reload alpha"
within 30 "each hears the other, and there is one holder" '[ "$(on alpha cl_status nodestatus beta)" = active ] &&
	[ "$(on beta cl_status nodestatus alpha)" = active ] && settled local local && only alpha web'
journal_note lab whole
