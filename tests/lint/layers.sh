#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Includes point one way: base <- proto <- conf <- core <- {ipfail, keep}, ipfail <- sim, proto <- client, and all
# of lib <- heartbeat. Each library from outside has one door.
#
# usage: layers.sh [TREE]     default: the source tree
set -eu
LC_ALL=C
export LC_ALL

# Who speaks how is the business of lib/core/dialect*.c, and of who makes, frees and stores it.
curious() {
	(cd "$1" && find lib heartbeat -name '*.[ch]' ! -path 'lib/core/dialect*' ! -path lib/core/state.h \
	    ! -path 'lib/core/checkpoint*' -exec grep -nHE '(->|\.)dialect(\.|->)' {} +) |
	sed -E 's/^([^:]*:[0-9]+):.*/\1: asks how a node speaks/' || true
}

# "FILE:LINE: INCLUDED", the path below the tree.
includes() {
	(cd "$1" && find lib heartbeat -name '*.[ch]' -exec \
	    grep -nHE '^[[:space:]]*#[[:space:]]*include' {} +) |
	sed -E 's/^([^:]*:[0-9]+):[^<"]*[<"]([^>"]*)[>"].*$/\1: \2/' || true
}

# What is wrong, a line each.
faults() {
	includes "$1" | awk '
	BEGIN {
		sees["base"] = "base"
		sees["proto"] = "base proto"
		sees["conf"] = "base proto conf"
		sees["core"] = "base proto conf core"
		sees["ipfail"] = "base proto conf core ipfail"
		sees["keep"] = "base proto conf core keep"
		sees["sim"] = "base proto conf core ipfail sim"
		sees["client"] = "base proto client"
		ours = "^(base|proto|conf|core|ipfail|keep|sim|client|heartbeat)$"
	}
	function fault(why) { print $1, $2, "(" why ")" }
	{
		file = $1
		sub(/:[0-9]+:$/, "", file)
		split(file, path, "/")
		layer = path[1] == "lib" ? path[2] : path[1]
		top = $2
		sub(/\/.*$/, "", top)
		if (layer in sees && top ~ ours && index(" " sees[layer] " ", " " top " ") == 0)
			fault(layer " does not see " top)
		if (layer != "heartbeat" && layer != "client" && $2 == "config.h")
			fault("pure code has nothing to configure")
		if (layer in sees && $2 ~ /\.\./)
			fault("includes are written from lib/")
		if (top == "openssl" && file != "lib/proto/auth.c")
			fault("OpenSSL is for lib/proto/auth.c")
		if (top == "libxml" && file != "lib/conf/metadata.c")
			fault("libxml2 is for lib/conf/metadata.c")
		if (top == "qb" && layer != "heartbeat" && layer != "client")
			fault("libqb is for heartbeat and lib/client")
	}'
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Can it fail? Each of these lines must be refused, and those with a 0 taken.
mkdir -p "$work/lib/base" "$work/lib/proto" "$work/lib/conf" "$work/lib/core" \
    "$work/lib/client" "$work/heartbeat"
check() {
	echo "$2" > "$work/$1"
	got=$({ faults "$work"; curious "$work"; } | grep -c "^$1:1:" || true)
	rm "$work/$1"
	if [ "$got" != "$3" ]; then
		echo "layers.sh: $got faults, not $3, in $1: $2" >&2
		exit 1
	fi
}
check lib/base/a.c '#include "proto/msg.h"' 1
check lib/proto/a.h '#include "conf/conf.h"' 1
check lib/conf/a.c '#include "core/core.h"' 1
check lib/core/a.c '#include "client/hbclient.h"' 1
check lib/core/a.c '# include "heartbeat/channel.h"' 1
check lib/core/a.c '#include "../heartbeat/channel.h"' 1
check lib/client/a.c '#include "core/core.h"' 1
check lib/core/a.c '#include "config.h"' 1
check lib/proto/seal.c '#include <openssl/hmac.h>' 1
check heartbeat/a.c '#include <openssl/rand.h>' 1
check lib/conf/hacf.c '#include <libxml/tree.h>' 1
check lib/core/a.c '#include <qb/qbloop.h>' 1
check lib/core/a.c '#include "sim/world.h"' 1
check lib/core/a.c '#include "ipfail/rules.h"' 1
check lib/core/a.c '#include "keep/handoff.h"' 1
check lib/core/a.c '#include "conf/conf.h"' 0
check heartbeat/a.c '#include <qb/qbloop.h>' 0
check lib/core/a.c 'if (n->dialect.spoken)' 1
check lib/core/dialect_a.c 'if (n->dialect.spoken)' 0
check lib/core/a.c 'dialect_reset(c, n);' 0

found=$(faults "${1:-${srcdir:-.}}"; curious "${1:-${srcdir:-.}}")
if [ -n "$found" ]; then
	echo "layers.sh: what crosses a layer:" >&2
	echo "$found" >&2
	exit 1
fi
