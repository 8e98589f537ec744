#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
# How many tests run at a time (tests/lab/crowd.sh), with a gauge that says what it is told to say.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../lab/build.sh" || exit 1
. "$here/../lab/crowd.sh" || exit 1
. "$here/../lab/tap.sh"
tmp=$(mktemp -d)
# A job that is killed before it has become another program may have this trap, too.
trap '[ $BASHPID != $$ ] || { exec {CROWD_FD}<&-; kill "${!CROWD[@]}" 2> /dev/null; rm -rf "$tmp"; }' EXIT
# shellcheck disable=SC2034
LAB_BIN=$tmp

cat > "$tmp/gauge" <<'END'
#!/bin/bash
# gauge STATE: what is in the file "says", twenty times a second.
while read -r line < "${0%/*}/says" 2> /dev/null; do
	echo "${line##* }" > "$1"
	echo "$EPOCHREALTIME $line" || exit
	read -rt 0.05 <> "${0%/*}/never"
done
END
chmod 755 "$tmp/gauge"
mkfifo "$tmp/never"

# says LATE START PRESSURE STRETCH
says()
{
	echo "$*" > "$tmp/says.new"
	mv "$tmp/says.new" "$tmp/says"
}

ended=
crowd_ended()
{
	ended="$ended $1:$2"
}

job()
{
	[ ! -e "/proc/self/fd/$CROWD_FD" ] || echo leak >> "$tmp/leak"
	exec timeout -k 10 100 sleep "$1"
}

# ticks N
ticks()
{
	for ((i = 0; i < $1; i++)); do crowd_tick; done
}

# add_for N SECONDS NAME...: one after the other, as they are let in, within N words of the gauge.
add_for()
{
	local most=$1 seconds=$2 name from=$CROWD_TICKS

	shift 2
	for name; do
		# What crowd_add waits for, but not for ever.
		while [ ${#CROWD[@]} -ge "$(nproc)" ] && [ "$CROWD_ROOM" = no ]; do
			[ $((CROWD_TICKS - from)) -lt "$most" ] || return
			crowd_tick
		done
		crowd_add "$name" 50 job "$seconds"
	done
}

n=$(nproc)
# shellcheck disable=SC2046
names=$(seq -f 'job%g' 1 $((n + 12)))

says 500 2000 0 100
crowd_begin "$tmp/crowd" 100
# shellcheck disable=SC2086
add_for 30 20 $names
ok "processes are late: as many as there are processors" '[ ${#CROWD[@]} = $n ]'
crowd_kill
crowd_wait

says 0 20000 0 100
ticks 10
says 0 2000 0 100
ticks 10
says 0 20000 0 100
ticks 2
# shellcheck disable=SC2086
add_for 30 20 $names
ok "programs start slowly: the same" '[ ${#CROWD[@]} = $n ]'
crowd_kill
crowd_wait

says 0 2000 99 100
# shellcheck disable=SC2086
add_for 31 20 $names
ok "others want the processors: one more in four words of the gauge" \
	'[ ${#CROWD[@]} -gt $((n + 4)) ] && [ ${#CROWD[@]} -le $((n + 8)) ]'
crowd_kill
crowd_wait

says 0 2000 10 100
# shellcheck disable=SC2086
add_for 31 20 $names
ok "nobody waits: one in each" '[ ${#CROWD[@]} = $((n + 12)) ]'
ok "at most so many are told of" '[ $CROWD_PEAK = $((n + 12)) ]'
crowd_kill
crowd_wait

CROWD_MAX=1
ended=
crowd_add short 50 job 0.1
crowd_add next 50 job 0.1
crowd_wait
ok "one at a time, if there is to be but one" '[ "$ended" = " short:0 next:0" ]'
ok "what was fast is not late" '! crowd_was_late next'
CROWD_MAX=100 ended=
says 300 2000 10 100
crowd_add spoilt 50 job 0.3
crowd_wait
ok "what may be spoilt is known" 'crowd_was_late spoilt'
says 0 2000 10 100
crowd_add hangs 1 job 60
crowd_wait
ok "what hangs is ended at its limit" '[ "${ended##* }" = hangs:124 ]'
says 0 2000 10 1000
SECONDS=0
crowd_add slow 1 job 2
crowd_wait
ok "and later where everything takes longer" '[ "${ended##* }" = slow:0 ]'
ok "the gauge is nobody else's" '[ ! -e "$tmp/leak" ]'
ok "for those who wait, too" '[ "$(cat "$LAB_GAUGE")" = 1000 ]'
crowd_end
tap_end
