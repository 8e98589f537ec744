# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Which cells the matrix has. Sourced by run.sh and table.sh.

CONTROL=old-old

# rows LEVEL: a row a line, "CASE [WORD=VALUE...]", the long ones first.
#	once    every case, once
#	matrix  and every medium, method, form and kind of failback with the basic case or those
#	        that it matters to
#	all     and each of these with every case
rows()
{
	"rows_$1" | awk '!seen[$0]++'
}

rows_once()
{
	# shellcheck disable=SC2086
	printf '%s\n' loss sleep ipfail $LONG ipfail_group ipfail6 partition restart bounce crash cut stop order \
		one_group takeover standby alone_alpha alone_beta "cut_all failback=off" keys "basic medium=bcast" \
		scripts together
	changes on
}

rows_matrix()
{
	local c m a f

	# shellcheck disable=SC2086
	printf '%s\n' $LONG sleep ipfail loss restart cut stop bounce standby takeover partition crash order \
		alone_alpha alone_beta together
	for c in loss restart cut_all cut stop standby takeover partition alone_alpha alone_beta; do
		for f in off legacy; do
			! legacy_can $f $c || echo "$c failback=$f"
		done
	done
	for m in ucast6 bcast mcast mcast6 serial both; do
		echo "basic medium=$m"
	done
	for a in sha1 md5 crc; do
		for f in classic netstring; do
			echo "basic auth=$a msgfmt=$f"
		done
	done
	printf '%s\n' "sleep failback=off" one_group "one_group failback=off" ipfail_group ipfail6 "ipfail failback=off" keys "keys msgfmt=netstring" scripts \
		"scripts compression=bz2" "scripts msgfmt=netstring"
	changes on off
}

rows_all()
{
	local c m a f

	for c in $LONG loss ipfail restart cut stop standby takeover alone_alpha alone_beta partition crash \
		order together; do
		for m in ucast ucast6 bcast mcast mcast6 serial both; do
			for f in on off legacy; do
				[ $f = on ] || [ $m = ucast ] || continue
				! legacy_can $f $c || echo "$c$(unless ucast medium $m)$(unless on failback $f)"
			done
		done
	done
	for a in sha1 md5 crc; do
		for f in classic netstring; do
			echo "standby auth=$a msgfmt=$f"
		done
	done
	rows_matrix
}

# unless DEFAULT WORD VALUE: a setting that is not the usual one.
unless()
{
	[ "$1" = "$3" ] || echo " $2=$3"
}

# changes FAILBACK...: both orders, both ways.
changes()
{
	local c f

	for c in change_alpha change_beta; do
		for f; do
			printf "$c failback=$f to=%s\n" ours old
		done
	done
}

# In the middle of a standby.
LONG="cut_giver cut_taker stop_giver stop_taker standby_twice"

# legacy_can FAILBACK CASE: with legacy failback there is no standby, and ipfail refuses.
legacy_can()
{
	[ "$1" != legacy ] || case $2 in
	cut_giver | cut_taker | stop_giver | stop_taker | standby_twice | cut_all | standby | takeover | \
		ipfail | loss) return 1 ;;
	esac
}

# kinds_of ROW: who plays it, the control group last.
kinds_of()
{
	case $1 in
	change_*to=ours) echo old-old ;;
	change_*to=old) echo ours-ours old-old ;;
	*) echo ours-old old-ours $CONTROL ;;
	esac
}
