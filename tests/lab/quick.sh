# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# The play of ./quickstart, inside the lab: set up how-to A, cut the power, count.

LAB_QUIET=yes
NODES="web1 web2"
HA=10.0.0.100
QUICK=$LAB_LIB/quick
CHECKS=()

say()
{
	printf '%s\n' "$*"
}

title()
{
	printf '\n\033[1m== %s\033[0m\n' "$*"
}

# check TEXT CONDITION: a line of the summary.
check()
{
	if eval "$2"; then
		CHECKS+=("yes  $1")
	else
		CHECKS+=("NO   $1")
		LAB_FAILED=$((LAB_FAILED + 1))
	fi
}

give_up()
{
	say "FAILED: $*"
	LAB_FAILED=$((LAB_FAILED + 1))
	LAB_LOG_LINES=40 lab_logs
	exit 1
}

# ---- the hosts -------------------------------------------------------------------------------

# What the how-to's reader puts on both servers, apart from Heartbeat's three files.
lab_after_new()
{
	local name=$1 disk=$2 etc=$2/etc d

	[ "$name" != client ] || return 0
	mkdir -p "$disk/usr-upper/sbin"
	install -m 755 "$LAB_LIB/drbdadm" "$disk/usr-upper/sbin/drbdadm"
	install -m 755 "$QUICK/mysqld" "$QUICK/httpd" "$etc/init.d/"
	install -m 644 "$QUICK/my.cnf" "$QUICK/httpd.conf" "$etc/"
	for d in mysqld httpd; do
		ln -s "/etc/init.d/$d" "$etc/ha.d/resource.d/$d"
	done
}

# The mirrored disk is "hardware": it runs outside of the host, and dies with its power.
lab_before_boot()
{
	local name=$1 home=$2 mount=$LAB/mirror/$1 peer

	[ "$name" != client ] || return 0
	peer=web1
	[ "$name" != web1 ] || peer=web2
	mkdir -p "$mount"
	echo Secondary > "$LAB/share/drbd/$name.role"
	"$LAB_BIN/mirror" "$LAB/share/drbd" "$name" "$peer" "$mount" &
	MIRROR[$name]=$!
	disown $!
	wait_for 10 "grep -q ' $mount fuse' /proc/mounts" || give_up "the disk of $name does not spin up"
	printf 'mkdir -p run/mirror\nmount --bind %s run/mirror\n' "$mount" > "$home/boot.sh"
}

lab_before_power_cut()
{
	[ "$1" != client ] || return 0
	kill -KILL "${MIRROR[$1]}"
	wait_for 5 "! kill -0 ${MIRROR[$1]} 2> /dev/null"
	umount -l "$LAB/mirror/$1" 2> /dev/null
}

declare -A MIRROR

write_files()
{
	local keepalive=200ms warntime=1 deadtime=2 initdead=10

	if [ "$QUICK_TIMES" = howto ]; then
		keepalive=1 warntime=10 deadtime=30 initdead=120
	fi
	DEADTIME=$deadtime
	ha_cf <<- END
		logfacility daemon
		keepalive $keepalive
		warntime $warntime
		deadtime $deadtime
		initdead $initdead
		udpport 694
		ucast eth0 10.0.0.1
		ucast eth0 10.0.0.2
		baud 19200
		auto_failback on
		ping 10.0.0.254
		respawn hacluster /usr/lib/heartbeat/ipfail
		node web1
		node web2
	END
	haresources <<- END
		web1 IPaddr::$HA drbddisk::mydrdb Filesystem::/dev/drbd0::/data::ext3 mysqld httpd
	END
	authkeys <<- END
		auth 1
		1 sha1 PutYourSuperSecretKeyHere
	END
}

# Once, by hand, on web1, as the how-to's reader does before the cluster is started.
prepare_data()
{
	on web1 drbdadm primary mydrdb || return 1
	on web1 mkfs.ext3 -q /dev/drbd0 || return 1
	on web1 mount -t ext3 /dev/drbd0 /data || return 1
	on web1 install -d -o mysql -g mysql /data/mysql || return 1
	on web1 mkdir -p /data/www
	on web1 install -m 755 /lab/src/tests/lab/quick/orders.cgi /data/www/orders
	on web1 mariadb-install-db --no-defaults --force --basedir=/usr --datadir=/data/mysql \
		--user=mysql --auth-root-authentication-method=normal --skip-test-db \
		> "$LAB/share/install-db.log" 2>&1 || return 1
	on web1 /etc/init.d/mysqld start || return 1
	on web1 mariadb -u root <<- 'END' || return 1
		CREATE DATABASE shop;
		CREATE TABLE shop.orders (id INT PRIMARY KEY, at DOUBLE) ENGINE=InnoDB;
		CREATE USER 'shop'@'%' IDENTIFIED BY 'shop';
		GRANT ALL ON shop.* TO 'shop'@'%';
	END
	on web1 /etc/init.d/mysqld stop || return 1
	on web1 umount /data && on web1 drbdadm secondary mydrdb
}

# ---- the client's view -----------------------------------------------------------------------

acknowledged()
{
	wc -l < "$LAB/share/acked"
}

page_host()
{
	awk 'END { print $2 }' "$LAB/share/pages"
}

# "seconds since" of the last line of FILE, whose last word is a time.
age()
{
	tail -n 1 "$1" | awk -v now="$EPOCHREALTIME" '{ printf "%.1f", now - $NF } END { if (!NR) printf "-" }'
}

ticker()
{
	printf '   %s   rows acknowledged: %4d (last %4s s ago)   page: %s (%s s ago)\n' \
		"$(date +%T)" "$(acknowledged)" "$(age "$LAB/share/acked")" "$(page_host)" \
		"$(age "$LAB/share/pages")"
}

# watch_for SECONDS [CONDITION]: show what the client sees, until it holds.
watch_for()
{
	local end=$(($(now_ms) + $1 * 1000)) next=0

	while [ "$(now_ms)" -lt "$end" ]; do
		if [ "$(now_ms)" -ge "$next" ]; then
			ticker
			next=$(($(now_ms) + 1000))
		fi
		[ -z "${2:-}" ] || ! eval "$2" || { ticker; return 0; }
		sleep 0.1
	done
	[ -z "${2:-}" ]
}

# The longest time between two lines of FILE, whose last words are times.
longest_gap()
{
	awk '{ if (NR > 1 && $NF - last > m) m = $NF - last; last = $NF } END { printf "%.2f", m }' "$1"
}

served_by()
{
	on client curl -s -m 1 "http://$HA/orders" 2> /dev/null | sed -n 's/^served by //p'
}

# ---- --pictures ------------------------------------------------------------------------------

# What this run looked like, into doc/.
draw_pictures()
{
	local picture=$LAB_LIB/picture.py doc=$LAB_TOP/doc

	"$picture" terminal "root@web2: hbctl status" < "$LAB/share/screen" > "$LAB/status.svg" &&
		"$picture" failover "$CUT" "$LAB/share/probe" "$LAB/share/acked" "$LAB/share/pages" \
			"deadtime $DEADTIME s; rows acknowledged: $ROWS, of which lost: $LOST" \
			> "$LAB/failover.svg" || give_up "the pictures cannot be drawn"
	cp "$LAB/status.svg" "$LAB/failover.svg" "$doc/"
	say "   drawn: doc/status.svg, doc/failover.svg"
}

# ---- the play --------------------------------------------------------------------------------

quick_main()
{
	set_up
	start_cluster
	lose_power
	count_losses
	[ "$QUICK_PICTURES" = no ] || draw_pictures
	summary
	[ "$QUICK_KEEP" = no ] || [ "$LAB_FAILED" != 0 ] || keep_running
	exit $((LAB_FAILED > 0))
}

set_up()
{
	title "Two nodes, one client, one HA address"
	cat <<- END

		     client 10.0.0.50
		        |  writes rows and reads a page at $HA, wherever that is
		   -----+--------------------+-----------   network (router 10.0.0.254)
		        |                    |
		     web1 10.0.0.1        web2 10.0.0.2
		     Heartbeat  <------>  Heartbeat         "are you alive?"
		     [MariaDB, Apache]    (idle)            only one may run them
		        |                    |
		      disk  ===mirror===>  disk             every write goes to both

	END
	mkdir -p "$LAB/share/drbd" "$LAB/mirror"
	truncate -s 192M "$LAB/share/drbd/web1.img" "$LAB/share/drbd/web2.img"
	host_new web1 1
	host_new web2 2
	host_new client 50
	write_files
	if [ "$QUICK_TIMES" = howto ]; then
		say "The three files are those of the how-to, times included (deadtime 30: be patient):"
	else
		say "The three files are those of the how-to; only the times are shorter, so that you need"
		say "not wait (keepalive 1 -> 200ms, warntime 10 -> 1, deadtime 30 -> 2, initdead 120 -> 10;"
		say "--howto-times keeps them):"
	fi
	for f in ha.cf haresources authkeys; do
		say ""
		say "  /etc/ha.d/$f"
		sed 's/^/      /' "$(etc web1)/ha.d/$f"
	done
	for h in web1 web2 client; do
		host_boot "$h" || give_up "$h does not boot"
	done
	title "Preparing the mirrored disk: ext3, a database, a page"
	prepare_data || { cat "$LAB/share/install-db.log"; give_up "the disk could not be prepared"; }
	say "   /dev/drbd0 (a stand-in for DRBD) holds MariaDB's data and Apache's page"
}

start_cluster()
{
	local t limit=60

	[ "$QUICK_TIMES" != howto ] || limit=180
	title "/etc/init.d/heartbeat start, on both"
	t=$(now_ms)
	for h in web1 web2; do
		hb "$h" start < /dev/null | sed "/^\$/d;s/^/   $h: /" &
	done
	wait_for $limit '[ "$(served_by)" = web1 ]' || give_up "no page at $HA within $limit s"
	say "   the page is served by web1, $(($(now_ms) - t)) ms after the start"
	title "hbctl status, on web1"
	on web1 hbctl status | sed 's/^/   /'
	check "the address, the file system, MariaDB and Apache came up on web1" \
		'on web1 grep -q "^/dev/drbd0 /data ext3" /proc/mounts && has_address web1 $HA'
	check "a second primary of the disk is refused" '! on web2 drbdadm primary mydrdb 2> /dev/null'
}

lose_power()
{
	local limit=$((${DEADTIME} + 60)) before

	title "The client begins: a row every 50 ms, a page every 100 ms"
	: > "$LAB/share/acked"
	: > "$LAB/share/pages"
	on client /lab/src/tests/lab/quick/client rows $HA < /dev/null > /dev/null 2>&1 &
	disown $!
	on client /lab/src/tests/lab/quick/client pages $HA < /dev/null > /dev/null 2>&1 &
	disown $!
	probe_answer web1 web2
	probe_start client $HA
	watch_for 5
	title "web1 loses power"
	CUT=$(now_ms)
	power_cut web1
	before=$(acknowledged)
	watch_for $limit '[ "$(acknowledged)" -gt '"$((before + 5))"' ] && [ "$(page_host)" = web2 ]' ||
		give_up "no service within $limit s after the power cut"
	say "   web2 has taken over"
	watch_for 3
	touch "$LAB/share/stop"
	wait_for 10 '! on client pgrep -f quick/client > /dev/null'
	probe_stop
	title "What web2 says about it (/var/log/messages)"
	grep -E 'heartbeat|ResourceManager' "$(logs web2)/messages" |
		grep -E 'dead|acquired from|Taking over|Running .* start|takeover complete|-> ' |
		sed -E 's/^[a-z]+\.[a-z]+ //;s/^/   /' | cut -c1-150 | tail -n 25
	title "hbctl status, on web2"
	on web2 hbctl status | sed 's/^/   /'
	# Of a terminal, since only there it has colours.
	on web2 env TERM=xterm script -qc 'stty cols 80 rows 24; hbctl status' /dev/null \
		< /dev/null > "$LAB/share/screen"
}

count_losses()
{
	on web2 mariadb -u root -N -e 'SELECT id FROM shop.orders' | sort -n > "$LAB/share/stored"
	awk '{ print $1 }' "$LAB/share/acked" | sort -n > "$LAB/share/sure"
	ROWS=$(acknowledged)
	LOST=$(awk 'NR == FNR { have[$1] = 1; next } !($1 in have)' "$LAB/share/stored" "$LAB/share/sure" | wc -l)
	GAP_ADDRESS=$(probe_gap "$CUT")
	GAP_ROWS=$(longest_gap "$LAB/share/acked")
	GAP_PAGES=$(longest_gap "$LAB/share/pages")
	check "web2 took over: address, file system, MariaDB, Apache" \
		'has_address web2 $HA && on web2 grep -q "^/dev/drbd0 /data ext3" /proc/mounts && [ "$(served_by)" = web2 ]'
	check "no acknowledged row was lost ($ROWS acknowledged, $LOST lost)" '[ $LOST = 0 ] && [ $ROWS -gt 20 ]'
	check "the address was never held by both" '[ "$(probe_doubles)" = 0 ]'

	title "web1 gets its power back (Heartbeat not started); heartbeat stop on web2"
	host_boot web1 || give_up "web1 does not boot"
	check "while web2 has the disk, web1 cannot become primary" '! on web1 drbdadm primary mydrdb 2> /dev/null'
	hb web2 stop < /dev/null | sed '/^$/d;s/^/   web2: /'
	check "stopped: /data unmounted, disk released, address gone" \
		'! on web2 grep -q /data /proc/mounts && [ "$(cat "$LAB/share/drbd/web2.role")" = Secondary ] && ! has_address web2 $HA'
	for h in web1 web2; do
		check "the file system is clean: e2fsck -fn of $h's copy" \
			"e2fsck -fn $LAB/share/drbd/$h.img > $LAB/share/fsck 2>&1"
		tail -n 1 "$LAB/share/fsck" | sed "s|.*/|   e2fsck: |"
	done
	check "both copies are the same" 'cmp -s "$LAB/share/drbd/web1.img" "$LAB/share/drbd/web2.img"'
}

summary()
{
	title "Summary"
	say "   took over:                  web2 (deadtime $DEADTIME s)"
	say "   the client was without"
	say "     the address for           $GAP_ADDRESS ms"
	say "     acknowledged rows for     $GAP_ROWS s   (MariaDB's crash recovery included)"
	say "     the page for              $GAP_PAGES s"
	say "   rows acknowledged           $ROWS, of which lost: $LOST"
	say ""
	printf '   %s\n' "${CHECKS[@]}"
	say ""
	if [ "$LAB_FAILED" = 0 ]; then
		say "RESULT: PASS address_gap=${GAP_ADDRESS}ms rows=$ROWS lost=$LOST"
	else
		say "RESULT: FAIL address_gap=${GAP_ADDRESS}ms rows=$ROWS lost=$LOST"
		say "The logs of all hosts are in ${LAB_SAVE#"$LAB_TOP/"}/."
	fi
}

# ---- --keep ----------------------------------------------------------------------------------

keep_running()
{
	local word host

	title "The cluster starts again, and stays until you press Enter"
	for h in web1 web2; do
		hb_quietly "$h" start &
	done
	wait_for 180 '[ -n "$(served_by)" ]' || give_up "no page at $HA"
	cat <<- END
		   From another terminal:  sudo ./quickstart enter web1     (or web2, client)
		   there for instance:     hbctl status; cl_status rscstatus; hb_standby; tail /var/log/messages
		                           on the client: curl http://$HA/orders

		   Here:  cut web1   power off      boot web1   power on, Heartbeat started
		          status     hbctl status   Enter       end
	END
	while printf '> ' && read -r word host; do
		case $word in
		'') return ;;
		cut)
			host_is_up "${host:-web1}" && power_cut "${host:-web1}"
			;;
		boot)
			host_is_up "${host:-web1}" ||
				{ host_boot "${host:-web1}" && hb "${host:-web1}" start < /dev/null; }
			;;
		status)
			for h in web1 web2; do
				! host_is_up "$h" || { on "$h" hbctl status; break; }
			done
			;;
		*) say "cut HOST, boot HOST, status, or Enter" ;;
		esac
	done
	# No terminal to read from: until we are told to end.
	say "(no terminal here: ends at Ctrl-C or kill)"
	while :; do sleep 3600 & wait $!; done
}
