# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Our Debian package in machines, and what is built from its sources. Sourced after machine.sh.
#
#	deb_build              DEB is the package of these sources, made by ./package if need be
#	image_built            the image "built", where README's commands were carried out up to make install
#	deb_of_suite           DEB as ./package makes it on a machine of LAB_SUITE
#	deb_next VERSION [PROGRAM]   LAB/share/VERSION.deb: the same under a version of as many
#	                             letters, with PROGRAM as the daemon
#	image_packaged         the image "packaged": ours is installed
#	image_old              the image "old": Debian's 3.0.6 is installed, as apt does it
#	apt_get HOST ARGUMENT...     apt-get in a machine, nobody at the keyboard; its words are in
#	                             LAB/apt.HOST

. "$LAB_LIB/build.sh"

# sources_digest [TAR-OPTION...]: of all that goes into a package.
sources_digest()
{
	tar -C "$LAB_TOP" --sort=name --mtime=@0 --exclude-vcs --exclude='./build*' --exclude=./tests \
		"$@" -cf - . | sha256sum | cut -c1-16
}

# Tests that begin at the same time build once.
deb_build()
{
	DEB=$LAB_TOP/build/package/deb.$(sources_digest)
	mkdir -p "$LAB_TOP/build"
	(
		flock 9
		[ ! -e "$DEB" ] || exit 0
		"$LAB_TOP/package" < /dev/null > "$LAB_TOP/build/package.test.log" 2>&1 9>&- || exit 1
		find "$LAB_TOP/build/package" -name 'deb.*' -mmin +120 -delete
		ln "$LAB_TOP"/build/package/heartbeat_*.deb "$DEB"
	) 9> "$LAB_TOP/build/package.lock" ||
		bail "./package fails: $(tail -n 5 "$LAB_TOP/build/package.test.log")"
}

# image_built_as NAME COMMAND...: where COMMAND was run in the sources, in /root/heartbeat.
image_built_as()
{
	local name=$1

	shift
	image_bare
	# shellcheck disable=SC2086
	image_new tools bare apt-get install -qq -y --no-install-recommends $BUILD_PACKAGES dpkg-dev debhelper
	mkdir -p "$LAB/heartbeat"
	pack_source | tar -C "$LAB/heartbeat" --no-same-owner -xf -
	# The table in README is what comes of it.
	image_make "$name" "$({ echo "${IMAGES[tools]}"; sources_digest --exclude=./README.md; echo "$@"; } |
		sha256sum | cut -c1-16)" \
		image_copy "${IMAGES[tools]}" "$LAB/heartbeat" sh -ec \
		'cp -a /input/heartbeat /root/ && cd /root/heartbeat && "$@"' sh "$@"
}

image_built()
{
	readme_blocks "$LAB/readme"
	image_built_as built bash -ec "$(sed '/^make install/,$d' "$LAB/readme/01.sh")"
}

# systemd is where the packages of a distribution are built.
deb_of_suite()
{
	LAB_MANAGER=systemd image_built_as package ./package
	DEB=$(echo "${IMAGES[package]}"/root/heartbeat/build/package/heartbeat_4*.deb)
}

# readme_blocks DIR: the commands and files of README's "Five minutes to a real pair" (readme.awk).
readme_blocks()
{
	mkdir -p "$1"
	awk -v title="Five minutes to a real pair" -v dir="$1" -f "$LAB_TOP/tests/machine/readme.awk" \
		"$LAB_TOP/README.md"
}

# Only the letters of the version differ.
deb_next()
{
	local tree=$LAB/next.$1 dirs=(usr var) daemon

	daemon=$tree/usr/libexec/heartbeat/heartbeat
	dpkg-deb -R "$DEB" "$tree" || bail "$DEB cannot be unpacked"
	OLD_VERSION=$(sed -n 's/^Version: 1://p' "$tree/DEBIAN/control")
	sed -i "s/^Version: .*/Version: 1:$1/" "$tree/DEBIAN/control"
	sed -i "s/$OLD_VERSION/$1/g" "$daemon" "$tree/usr/sbin/hbctl"
	[ $# = 1 ] || install -m 755 "$2" "$daemon"
	# Units are in lib, or in usr/lib.
	[ ! -d "$tree/lib" ] || dirs+=(lib)
	(cd "$tree" && find "${dirs[@]}" -type f -exec md5sum {} + > DEBIAN/md5sums)
	dpkg-deb -b "$tree" "$LAB/share/$1.deb" > /dev/null || bail "no package of version $1"
	rm -rf "$tree"
}

image_packaged()
{
	deb_build
	image_bare
	image_new packaged bare --input "$DEB" sh -ec '
		cp /input/deb.* /tmp/heartbeat.deb
		apt-get install -qq -y --no-install-recommends /tmp/heartbeat.deb'
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
