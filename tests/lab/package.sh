# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Our Debian package in machines. Sourced after machine.sh.
#
#	deb_build              DEB is the package of these sources, made by ./package if need be
#	deb_next VERSION [FILE...]   DEB_NEXT is one of another version
#	image_old              the image "old": Debian's 3.0.6 is installed, as apt does it
#	apt_get HOST ARGUMENT...     apt-get in a machine, nobody at the keyboard; its words are in
#	                             LAB/apt.HOST

# Tests that begin at the same time build once.
deb_build()
{
	local key

	key=$(tar -C "$LAB_TOP" --sort=name --mtime=@0 --exclude-vcs --exclude='./build*' \
		--exclude=./tests -cf - . | sha256sum | cut -c1-16)
	DEB=$LAB_TOP/build/package/deb.$key
	mkdir -p "$LAB_TOP/build"
	(
		flock 9
		[ ! -e "$DEB" ] || exit 0
		"$LAB_TOP/package" < /dev/null > "$LAB_TOP/build/package.test.log" 2>&1 9>&- || exit 1
		ln "$LAB_TOP"/build/package/heartbeat_*.deb "$DEB"
	) 9> "$LAB_TOP/build/package.lock" ||
		bail "./package fails: $(tail -n 5 "$LAB_TOP/build/package.test.log")"
}

# From the tree in which ./package built: what has the version in it is compiled again.
deb_next()
{
	local version=$1 from to=$LAB/next.$1

	from=$(echo "$LAB_TOP"/build/package/heartbeat-*/)
	mkdir "$to"
	cp -a "$from." "$to/heartbeat"
	(
		cd "$to/heartbeat" || exit 1
		sed -i "s/^\(#define \(PACKAGE_\)\?VERSION\) .*/\1 \"$version\"/" config.h
		sed -i "1s/(.*)/(1:$version)/" debian/changelog
		DEB_BUILD_OPTIONS="nocheck parallel=$(nproc)" debian/rules binary
	) < /dev/null > "$to/log" 2>&1 || bail "version $version: $(tail -n 5 "$to/log")"
	DEB_NEXT=$(echo "$to"/heartbeat_*.deb)
}

# Without what it recommends: that would be Pacemaker, with a cluster of its own.
image_old()
{
	image_bare
	image_new old bare sh -ec 'apt-get install -qq -y --no-install-recommends heartbeat net-tools'
}

apt_get()
{
	local host=$1

	shift
	on "$host" apt-get -qq -y "$@" < /dev/null > "$LAB/apt.$host" 2>&1 || {
		sed 's/^/# /' "$LAB/apt.$host"
		return 1
	}
}
