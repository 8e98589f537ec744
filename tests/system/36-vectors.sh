#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Every packet that 3.0.6 ever sent us, and those made by hand, at a live engine: twice, in order
# and out of order, as either node, by network and by serial line. And the one that kills 3.0.6.
. "$(dirname "$0")/../lab/lab.sh"
. "$LAB_LIB/cluster.sh"

NODES="node1 node2"
INITDEAD=2
VECTORS=/lab/src/tests/vectors
cluster_new <<'END'
node1 rec::one
node2 rec::two
END
serial_cable node1 node2
{ base_cf; ucast_cf; printf 'baud 115200\nserial /dev/ttyS0\n'; } | ha_cf
host_new stranger 66
host_boot stranger

dropped()
{
	json "$1" "sum(s['counters'].values())"
}

# play HOST ORDER [PATTERN]
play()
{
	on stranger /lab/src/tests/lab/vectors.py $VECTORS "10.0.0.${LAB_NUMBER[$1]}" 694 "${@:2}" \
		> /dev/null
}

# The same process answers.
lives()
{
	[ "$(engine_pid "$1")" = "$ENGINE" ] && hbctl_json "$1" > /dev/null
}

keys()
{
	{ echo "auth ${1%% *}"; printf '%s\n' "$@"; } | authkeys
}

# alone HOST: a fresh engine of that node, its peer switched off.
alone()
{
	local h

	for h in $NODES; do ! host_is_up "$h" || power_cut "$h"; done
	keys "1 sha1 secret" "2 md5 second-key" "3 crc"
	host_boot "$1" || bail "$1 does not boot"
	hb_quietly "$1" start
	within 15 "$1 runs" "runs $1 one && runs $1 two"
	ENGINE=$(engine_pid "$1")
}

# Each packet made by hand, in order: those that must be refused are counted, each once.
made_by_hand()
{
	local name valid expected packets=0
	expected=$(dropped node1)

	while IFS=$'\t' read -r name _ _ _ _ valid _; do
		case $name in 099-* | 1??-*) ;; *) continue ;; esac
		play node1 forward "$name"
		packets=$((packets + 1))
		case $valid in
		yes) ;;
		'no (state)')
			# Old numbers are dropped as the doubles that every second link sends.
			case $name in *-same* | *-old-seq*) ;; *) expected=$((expected + 1)) ;; esac
			;;
		*) expected=$((expected + 1)) ;;
		esac
		wait_for 5 "[ \$(dropped node1) = $expected ]" || { echo "# $name: $valid, dropped $(dropped node1), not $expected"; return 1; }
	done < "$LAB_TOP/tests/vectors/vectors.tsv"
	[ $packets -ge 36 ]
}

# ./runtests plays this with the sanitizers; a person may not.
found=
for sanitizer in asan ubsan; do
	! grep -q "__${sanitizer}_" "$HB_STAGE/usr/libexec/heartbeat/heartbeat" || found="$found $sanitizer"
done
note "figure: sanitizers in the engine that got the vectors:${found:- none}"

for host in $NODES; do
	alone "$host"
	if [ "$host" = node1 ]; then
		before=$(dropped node1)
		on stranger /lab/src/tests/lab/packet.py untyped 10.0.0.1 694
		within 5 "the unsigned packet that kills a master of 3.0.6 is one counted drop" \
			"[ \$(dropped node1) = $((before + 1)) ] && [ \$(json node1 \"s['counters']['unsigned']\") = 1 ]"
		ok "and the engine is the same" "lives node1"
		ok "each packet that must be refused is counted once" made_by_hand
		ok "and the engine is the same" "lives node1"
	fi
	for order in forward forward backward backward doubled shuffled shuffled; do
		play "$host" $order
		ok "$host: all, $order: alive" "lives $host"
	done
	# The second end of the cable is nobody's: the peer is switched off.
	line=$(sed -n "$([ "$host" = node1 ] && echo 2 || echo 1)p" "$LAB/serial")
	cat "$LAB_TOP"/tests/vectors/*.pkt > "$line"
	cat "$LAB_TOP"/tests/vectors/08[3-7]-*.pkt > "$line"
	within 5 "$host: by the serial line: they arrive" "[ \$(json $host \
		\"sum(m['received'] for m in s['media'] if m['kind'] == 'serial')\") -gt 0 ]"
	ok "$host: by the serial line: alive" "lives $host"
	while read -r first second; do
		keys "${first//_/ }" "${second//_/ }"
		before=$ENGINE
		hb_quietly "$host" reload
		# With other keys an engine begins anew.
		wait_for 10 "ENGINE=\$(engine_pid $host) && [ \$ENGINE != $before ] && hbctl_json $host > /dev/null"
		for order in forward shuffled; do
			play "$host" $order
			ok "$host, ${first:0:14}: all, $order: alive" "lives $host"
		done
		ok "$host, ${first:0:14}: those with other keys are forged" \
			"[ \$(json $host \"s['counters']['forged']\") -gt 0 ]"
	done <<- END
		1_sha1_vector-key-1 2_md5_second-key
		1_md5_vector-key-1 2_md5_second-key
		1_sha1_key-one 2_md5_key-two
		1_sha1_$(printf 'k%.0s' {1..100}) 2_crc
		1_md5_$(printf 'k%.0s' {1..100}) 2_crc
		1_crc 2_sha1_secret
	END
	# Some were words of a peer that takes, or will be away for 32 s; now it is silent.
	within 60 "$host: it serves" "runs $host one && runs $host two"
done
