# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What ./runtests and ./quickstart share: install what is missing, build the tree.
# Everything made goes below TOP/build; the sources stay as they are.

export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
BUILD_TOP=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
BUILD=$BUILD_TOP/build

BUILD_PACKAGES="gcc libc6-dev make autoconf automake libtool pkg-config libglib2.0-dev libqb-dev
	libssl-dev zlib1g-dev libbz2-dev libxml2-dev libmnl-dev libcap-ng-dev libcjson-dev
	libcmocka-dev xz-utils"
LAB_PACKAGES_NEEDED="iproute2 nftables procps psmisc util-linux e2fsprogs python3-minimal python3
	logrotate debootstrap build-essential dpkg-dev debhelper systemd"

step()
{
	printf '%s\n' "== $*"
}

# need PACKAGE...: install those that are missing, and say which.
need()
{
	local missing=() p

	for p; do
		dpkg-query -W -f '${db:Status-Status}\n' "$p" 2> /dev/null | grep -qx installed ||
			missing+=("$p")
	done
	[ ${#missing[@]} -gt 0 ] || return 0
	step "installing: ${missing[*]}"
	mkdir -p "$BUILD"
	apt-get install -qq -y --no-install-recommends "${missing[@]}" > "$BUILD/apt.log" 2>&1 ||
		{ apt-get update -qq && apt-get install -qq -y --no-install-recommends \
			"${missing[@]}"; } > "$BUILD/apt.log" 2>&1 ||
		{ cat "$BUILD/apt.log" >&2; return 1; }
}

need_root()
{
	[ "$(id -u)" = 0 ] || { echo "${0##*/}: run me as root: sudo $0" >&2; exit 1; }
}

# What the kernel must be able to do for the lab.
need_kernel()
{
	local m

	for m in overlay veth bridge loop fuse nf_tables nft_numgen; do
		modprobe -q "$m" 2> /dev/null || true
	done
	grep -qw overlay /proc/filesystems ||
		{ echo "this kernel has no overlay file system; the test hosts need it" >&2; return 1; }
	unshare --net --mount --uts --ipc --pid --fork ip link add lab0 type bridge ||
		{ echo "this kernel cannot make the namespaces and bridges of the test hosts" >&2; return 1; }
}

# The sources as a tar archive, whether committed or not, and nothing that was made of them.
pack_source()
{
	tar -C "$BUILD_TOP" --exclude-vcs --exclude='./build*' --exclude='*.o' --exclude='*.lo' \
		--exclude='*.la' --exclude=.libs --exclude=.deps --exclude=.dirstamp \
		--exclude=./autom4te.cache --exclude=./configure --exclude='./config.*' \
		--exclude=./Makefile --exclude=./Makefile.in --exclude=./aclocal.m4 \
		--exclude=./libtool --exclude=./stamp-h1 "$@" -cf - .
}

# A copy of the sources in which autoreconf may write; a tree that was configured in place
# does no harm. Times are kept, so that what is built stays built.
build_source()
{
	mkdir -p "$BUILD/src"
	pack_source | tar -C "$BUILD/src" -xvf - | sort -u > "$BUILD/.copied.new" || return 1
	# What is gone from the sources goes from the copy.
	[ ! -e "$BUILD/.copied" ] || comm -23 "$BUILD/.copied" "$BUILD/.copied.new" |
		while read -r gone; do
			[ -d "$BUILD/src/$gone" ] || rm -f "$BUILD/src/$gone"
		done
	mv "$BUILD/.copied.new" "$BUILD/.copied"
	# The names of the files are part of the sources: a local.mk, gone or new, counts.
	if [ ! -x "$BUILD/src/configure" ] || [ ! -e "$BUILD/src/Makefile.in" ] ||
		[ -n "$(find "$BUILD/src" -newer "$BUILD/src/Makefile.in" \
			\( -name configure.ac -o -name Makefile.am -o -name local.mk \))" ]; then
		(cd "$BUILD/src" && autoreconf -fi) > "$BUILD/autoreconf.log" 2>&1 ||
			{ tail -n 40 "$BUILD/autoreconf.log" >&2; return 1; }
	fi
}

# build_tree NAME CONFIGURE-ARGUMENT...: configure and make in BUILD/NAME. A log stays there.
build_tree()
{
	local dir=$BUILD/$1 log=$BUILD/$1.log

	shift
	mkdir -p "$dir"
	if [ "$(cat "$dir/.arguments" 2> /dev/null)" != "$*" ] || [ ! -e "$dir/Makefile" ]; then
		(cd "$dir" && ../src/configure --prefix=/usr --sysconfdir=/etc --localstatedir=/var \
			--libexecdir=/usr/libexec "$@") > "$log" 2>&1 ||
			{ tail -n 40 "$log" >&2; return 1; }
		echo "$*" > "$dir/.arguments"
	fi
	make -C "$dir" -k -j"$(nproc)" > "$log" 2>&1 ||
		{ grep -E -A4 'error:|warning:|\*\*\*|undefined reference' "$log" | head -n 60 >&2; return 1; }
}

# stage_tree NAME STAGE: install the build into a directory of its own. 190 is the group
# haclient of the test hosts (make-etc).
stage_tree()
{
	rm -rf "$2"
	make -C "$BUILD/$1" install DESTDIR="$2" HB_GROUP=190 > "$BUILD/$1.install.log" 2>&1 ||
		{ tail -n 40 "$BUILD/$1.install.log" >&2; return 1; }
}
