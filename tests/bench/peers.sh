# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# This Heartbeat, Heartbeat 3.0.6 and keepalived (Debian's packages, unpacked, not installed), each alone in
# the same lab with one address, keepalive 100 ms, deadtime 500 ms (keepalived: an advertisement each
# 100 ms). For failover.sh and faults.sh, which source it.

HA=10.0.0.100
PRODUCTS=(heartbeat-4 heartbeat-3.0.6 keepalived)

# peers_build: everything that products_each needs.
peers_build()
{
	need_kernel && build_source && build_tree gcc --enable-werror CC=gcc &&
		stage_tree gcc "$BUILD/stage/plain"
}

# peer_stage PRODUCT: print the tree that its hosts have below /usr. Errors: 1, and why is said.
peer_stage()
{
	case $1 in
	heartbeat-4) echo "$BUILD/stage/plain" ;;
	heartbeat-3.0.6 | keepalived)
		"$BUILD_TOP/tests/lab/packages" "$BUILD/packages-${1%%-*}" "${1%%-*}" >&2 || return 1
		echo "$BUILD/packages-${1%%-*}"
		;;
	*)
		echo "$0: no such program: $1 (there are ${PRODUCTS[*]})" >&2
		return 1
		;;
	esac
}

# peer_play SCRIPT PRODUCT LOG ARGUMENT...: play SCRIPT --inside PRODUCT ARGUMENT... in a lab with that product.
peer_play()
{
	local script=$1 product=$2 log=$3 stage

	shift 3
	stage=$(peer_stage "$product") || return 1
	LAB_BIN=$BUILD/lab HB_STAGE=$stage LAB_QUIET=yes \
		bash "$script" --inside "$product" "$@" > "$log" || {
		echo "$product: failed, see ${log#"$BUILD_TOP/"}"
		return 1
	}
}

# ---- inside the lab ----------------------------------------------------------------------------

# peers_hosts: alpha and beta, and the client.
peers_hosts()
{
	host_new alpha 1
	host_new beta 2
	host_new client 9
}

keepalived_configure()
{
	local h priority=100

	for h in alpha beta; do
		mkdir -p "$(etc $h)/keepalived"
		cat > "$(etc $h)/keepalived/keepalived.conf" <<- END
			global_defs {
				vrrp_version 3
			}
			vrrp_instance ha {
				state BACKUP
				nopreempt
				interface eth0
				virtual_router_id 51
				priority $priority
				advert_int 0.1
				virtual_ipaddress {
					$HA/24
				}
			}
		END
		priority=90
	done
}

# peers_configure PRODUCT [LINE...]: these lines of ha.cf say by which paths (keepalived has its own).
peers_configure()
{
	local product=$1 h

	shift
	[ "$product" != keepalived ] || { keepalived_configure; return; }
	for h in alpha beta; do
		cat > "$(etc $h)/ha.d/ha.cf" <<- END
			logfile /var/log/ha-log
			keepalive 100ms
			warntime 300ms
			deadtime 500ms
			initdead 10
			udpport 694
			$(printf '%s\n' "$@")
			auto_failback off
			node alpha
			node beta
		END
		echo "alpha IPaddr2::$HA/24/eth0" > "$(etc $h)/ha.d/haresources"
		printf 'auth 1\n1 sha1 bench\n' > "$(etc $h)/ha.d/authkeys"
		chmod 600 "$(etc $h)/ha.d/authkeys"
	done
}

# peer_start PRODUCT HOST
peer_start()
{
	if [ "$1" = keepalived ]; then
		on "$2" keepalived -l
	else
		on "$2" /etc/init.d/heartbeat start
	fi < /dev/null > /dev/null 2>&1
}

# peer_settled PRODUCT WORD OF-BETA: cl_status rscstatus says these on alpha and beta; keepalived has no such word.
peer_settled()
{
	[ "$1" = keepalived ] && return
	[ "$(on alpha cl_status rscstatus 2> /dev/null)" = "$2" ] &&
		[ "$(on beta cl_status rscstatus 2> /dev/null)" = "$3" ]
}
