#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every directive of ha.cf, option of the daemon, subcommand of hbctl and cl_status and option
# of hbctl stands in its manual page, as an item of a list, and every item there is known to the code.
#
# usage: manual.sh [TREE]     default: the source tree
set -eu
LC_ALL=C
export LC_ALL

# What the code knows, a word a line. Each reads one table of one file.
directives() {
	sed -n '/^static const struct directive directives\[\]/,/^};/s/^ *{"\([^"]*\)", DIRECTIVE_.*/\1/p' \
		"$1/lib/conf/hacf.c"
}
options() {
	# -h is the usage, as any letter that is none.
	sed -n 's/.*getopt(argc, argv, "\([a-zA-Z]*\)").*/\1/p' "$1/heartbeat/main.c" | fold -w 1 |
		grep -vx h || true
	sed -n 's/.*strcmp(argv\[1\], "-\(-[a-z]*\)") == 0.*/\1/p' "$1/heartbeat/main.c"
}
hbctl_commands() {
	# --version, --help and -h are other spellings.
	sed -n 's/^ *{"\([a-z][a-z]*\)", command_[a-z]*[,}].*/\1/p' "$1/heartbeat/ctl/main.c"
}
hbctl_options() {
	# --help and --version every program has.
	cat "$1"/heartbeat/ctl/*.c | grep -oE '\{"--[a-z-]+", WORD_' | sed 's/{"-//; s/".*//' |
		grep -vx -e -help -e -version || true
}
cl_status_commands() {
	sed -n 's/^ *{"\([a-z]*\)", \([a-z]*\)[,}].*/\1 \2/p' "$1/heartbeat/ctl/answers.c" |
		awk '$1 == $2 { print $1 }'
}

# Items of a page, a word a line: MACRO PAGE. The first one of an item counts, so a page gives
# each word an item of its own.
items() {
	awk -v macro="$1" '
		$1 == ".It" {
			for (i = 2; i < NF; i++)
				if ($i == macro) {
					print $(i + 1)
					break
				}
		}' "$2"
}

# compare NAME CODE-WORDS PAGE MACRO
compare() {
	printf '%s\n' "$2" | sort -u > "$work/code"
	items "$4" "$3" | sort -u > "$work/page"
	if [ -z "$2" ]; then
		echo "no $1 is found in the code"
		return
	fi
	comm -23 "$work/code" "$work/page" | sed "s|.*|$1 & is not in ${3##*/}|"
	comm -13 "$work/code" "$work/page" | sed "s|.*|$1 & of ${3##*/} is not in the code|"
}

# Each agent has its page, and what a document tells people to type is a command.
agents() {
	for script in "$1"/resource.d/*.in; do
		[ -f "$script" ] || continue
		name=$(basename "$script" .in)
		# One script under three names.
		[ "$name" != address ] || name=IPaddr
		[ -f "$1/doc/agents/heartbeat-$name.7" ] || echo "agent $name has no manual page"
	done
}
typed() {
	hbctl_commands "$1" > "$work/commands"
	cat "$1"/README.md "$1"/doc/*.md "$1"/doc/*.[158] 2> /dev/null |
		grep -oE '(`|Ql )hbctl [a-z]+' | sed 's/.* //' | sort -u | grep -vxF -f "$work/commands" |
		sed 's/.*/a document says hbctl &, which is no command/' || true
}

faults() {
	agents "$1"
	typed "$1"
	compare directive "$(directives "$1")" "$1/doc/ha.cf.5" Ic
	compare option "$(options "$1")" "$1/doc/heartbeat.8" Fl
	compare 'hbctl command' "$(hbctl_commands "$1")" "$1/doc/hbctl.8" Cm
	compare 'hbctl option' "$(hbctl_options "$1")" "$1/doc/hbctl.8" Fl
	compare 'cl_status command' "$(cl_status_commands "$1")" "$1/doc/cl_status.1" Cm
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Can it fail? A tree with one word of each, first described, then one after the other not.
tree=$work/tree
mkdir -p "$tree/lib/conf" "$tree/heartbeat/ctl" "$tree/doc"
cat > "$tree/lib/conf/hacf.c" <<'END'
static const struct directive directives[] = {
    {"node", DIRECTIVE_LIST, NOWHERE, .parse = option_node},
};
    {"elsewhere", DIRECTIVE_LIST},
END
echo 'while ((letter = getopt(argc, argv, "kh")) != -1) {' > "$tree/heartbeat/main.c"
printf '    {"status", command_status, NULL},\n    {"--help", command_help, NULL},\n    {"--json", WORD_NONE},\n' \
	> "$tree/heartbeat/ctl/main.c"
printf '    {"hbstatus", hbstatus, {WORD_NONE}},\n    {"active", MARK_GOOD},\n' > "$tree/heartbeat/ctl/answers.c"
describe() {
	echo '.It Ic node Ar name ...' > "$tree/doc/ha.cf.5"
	echo '.It Fl k' > "$tree/doc/heartbeat.8"
	printf '.It Cm status\n.It Fl -json\n' > "$tree/doc/hbctl.8"
	echo '.It Cm hbstatus Op Fl v' > "$tree/doc/cl_status.1"
}
expect() {
	got=$(faults "$tree")
	if [ "$got" != "$1" ]; then
		echo "manual.sh: \"$got\", not \"$1\"" >&2
		exit 1
	fi
}
describe
expect ''
echo '.It Ic' > "$tree/doc/ha.cf.5"
expect 'directive node is not in ha.cf.5'
describe
: > "$tree/doc/heartbeat.8"
expect 'option k is not in heartbeat.8'
describe
echo '.It Fl -json' > "$tree/doc/hbctl.8"
expect 'hbctl command status is not in hbctl.8'
describe
echo '.It Cm status' > "$tree/doc/hbctl.8"
expect 'hbctl option -json is not in hbctl.8'
describe
: > "$tree/doc/cl_status.1"
expect 'cl_status command hbstatus is not in cl_status.1'
describe
echo '.It Ic nodes Ar name' >> "$tree/doc/ha.cf.5"
expect 'directive nodes of ha.cf.5 is not in the code'
describe
mkdir -p "$tree/resource.d" "$tree/doc/agents"
: > "$tree/resource.d/address.in"
: > "$tree/resource.d/Delay.in"
: > "$tree/doc/agents/heartbeat-Delay.7"
expect 'agent IPaddr has no manual page'
: > "$tree/doc/agents/heartbeat-IPaddr.7"
# Of two on a line, too.
# shellcheck disable=SC2016
echo 'See `hbctl dance web1`, or `hbctl status`.' > "$tree/README.md"
expect 'a document says hbctl dance, which is no command'
echo '.Ql hbctl status' > "$tree/README.md"
expect ''
: > "$tree/heartbeat/main.c"
case $(faults "$tree") in
*'no option is found in the code'*) ;;
*)
	echo "manual.sh: does not notice a table that it cannot read" >&2
	exit 1
	;;
esac

found=$(faults "${1:-${srcdir:-.}}")
if [ -n "$found" ]; then
	echo "manual.sh: the manual pages and the code differ:" >&2
	echo "$found" >&2
	exit 1
fi

# Where there is a tool that reads pages, they must please it.
if command -v mandoc > /dev/null 2>&1; then
	(cd "${1:-${srcdir:-.}}/doc" && mandoc -T lint -W warning ./*.[1-8] agents/*.7) >&2
fi
