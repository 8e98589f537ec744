# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Which cells the matrix has. Sourced by run.sh and table.sh.

CONTROL=old-old

# rows FULL: a row a line, "CASE [WORD=VALUE...]", the long ones first. Every case in the plain
# setting; every medium, method, form and kind of failback with the basic case or those that
# it matters to. With FULL = yes each of these with every case.
rows()
{
	local c m a f

	if [ "$1" = yes ]; then
		for c in loss ipfail restart cut stop standby takeover alone_alpha alone_beta partition \
			crash order together; do
			for m in ucast ucast6 bcast mcast mcast6 serial both; do
				for f in on off legacy; do
					[ $f = on ] || [ $m = ucast ] || continue
					legacy_can $f $c || continue
					echo "$c medium=$m failback=$f"
				done
			done
		done
		for a in sha1 md5 crc; do
			for f in classic netstring; do
				echo "basic auth=$a msgfmt=$f"
				echo "standby auth=$a msgfmt=$f"
			done
		done
	else
		printf '%s\n' ipfail loss restart cut stop bounce standby takeover partition crash order \
			alone_alpha alone_beta together
		for f in off legacy; do
			for c in alone_alpha alone_beta cut stop; do
				echo "$c failback=$f"
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
	fi
	printf '%s\n' ipfail_group ipfail6 "ipfail failback=off" keys "keys msgfmt=netstring" scripts
	for c in change_alpha change_beta; do
		for f in on off; do
			printf "$c failback=$f to=%s\n" ours old
		done
	done
}

# legacy_can FAILBACK CASE: with legacy failback there is no standby, and ipfail refuses.
legacy_can()
{
	[ "$1" != legacy ] || case $2 in standby | takeover | ipfail | loss) return 1 ;; esac
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
