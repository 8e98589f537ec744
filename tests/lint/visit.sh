#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What a core remembers is saved whole: each function thing_visit(struct visit *v, struct thing *t)
# names every field of struct thing, and every struct of state.h has such a function.
#
# usage: visit.sh [TREE]     default: the source tree
set -eu
LC_ALL=C
export LC_ALL


# What is wrong, a line each.
faults() {
	(cd "$1" && find lib/base lib/proto lib/core -name '*.[ch]' -exec cat {} + |
	sed -E 's|/\*.*\*/||; /\/\*/,/\*\//d' |
	awk -v state="$(sed -nE 's/^struct ([a-z_]+) \{.*/\1/p' lib/core/state.h | tr '\n' ' ')" '
	# "bool a, *b[9];" -> "a b"; an enum that is declared in place has its name behind the brace.
	function fields(line) {
		sub(/;[ \t]*$/, "", line)
		gsub(/\[[^]]*\]/, "", line)
		sub(/^[ \t]+/, "", line)
		sub(/^[ \t]*} */, "", line)
		sub(/^((struct|enum|union|const|unsigned|int|bool|char|u?int[0-9]+_t|size_t|[A-Z][A-Za-z]+) +)+([a-z_]+ +)?[ *]*/, "", line)
		gsub(/[ *]/, "", line)
		return line
	}
	/^struct [a-z_]+ \{/ && !($2 in known) {
		name = $2
		known[name] = ""
		depth = 1
		next
	}
	depth > 0 {
		if ($0 ~ /\{[ \t]*$/)
			depth++
		else if ($0 ~ /^[ \t]*\}/) {
			depth--
			if (depth == 1 && $0 ~ /\}.*;/)
				known[name] = known[name] "," fields($0)
		} else if (depth == 1 && $0 ~ /;[ \t]*$/)
			known[name] = known[name] "," fields($0)
		if (depth == 0)
			name = ""
		next
	}
	/^[a-z_]+_visit\(struct visit \*v, struct [a-z_]+ \*[a-z]+[,)]/ {
		match($0, /, struct [a-z_]+ \*[a-z]+/)
		split(substr($0, RSTART + 9, RLENGTH - 9), part, " \\*")
		function_of = part[1]
		variable = part[2]
		visited[function_of] = visited[function_of] " "
		next
	}
	/^\}/ { function_of = "" }
	function_of != "" {
		rest = $0
		while (match(rest, "(^|[^a-z_])" variable "->[a-z_0-9]+")) {
			word = substr(rest, RSTART, RLENGTH)
			sub(/^.*->/, "", word)
			visited[function_of] = visited[function_of] word " "
			rest = substr(rest, RSTART + RLENGTH)
		}
	}
	END {
		for (s in visited) {
			count = split(known[s], list, ",")
			if (count < 2)
				print "struct " s " is visited, but not found"
			for (i = 1; i <= count; i++)
				if (list[i] != "" && index(visited[s], " " list[i] " ") == 0)
					print "struct " s ": " list[i] " is not visited"
		}
		count = split(state, list, " ")
		for (i = 1; i <= count; i++)
			if (!(list[i] in visited))
				print "struct " list[i] " has no visit function"
	}') | sort
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Can it fail?
expect() {
	got=$(faults "$work" | tr '\n' ';')
	if [ "$got" != "$1" ]; then
		echo "visit.sh: \"$got\", not \"$1\"" >&2
		exit 1
	fi
}
mkdir -p "$work/lib/core" "$work/lib/base" "$work/lib/proto"
cat > "$work/lib/core/state.h" <<'END'
struct thing {
	bool up, down;	/* which */
	const char *name;
	struct moment at;
	unsigned char uuid[16];
	enum {
		THING_A,
	} phase;
	struct other *others;	/* some
				 * of them */
};
END
visit='thing_visit(struct visit *v, struct thing *t, int more)
{
	VISIT(v, t->up);
	VISIT(v, t->at);
	NOT_VISITED(t->name);
	visit_bytes(v, t->uuid, 16);
	VISIT_UPTO(v, t->phase, 0);
	other_visit(v, &t->others[i]);
'
printf '%s\n}\n' "$visit" > "$work/lib/core/thing.c"
expect 'struct thing: down is not visited;'
printf '%s\tVISIT(v, t->down);\n}\n' "$visit" > "$work/lib/core/thing.c"
expect ''
printf 'struct new {\n\tbool up;\n};\n' >> "$work/lib/core/state.h"
expect 'struct new has no visit function;'

found=$(faults "${1:-${srcdir:-.}}")
if [ -n "$found" ]; then
	echo "visit.sh: not saved with a core (lib/core/visit.h):" >&2
	echo "$found" >&2
	exit 1
fi
