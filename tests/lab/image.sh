# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Disks for machines: whole Debian systems as plain directories, made once and kept in
# build/images under a name that says what went in. Sourced by machine.sh.
#
#	image_bare                   a Debian as small as it comes, with LAB_MANAGER, and nothing of ours
#	image_staged                 that with HB_STAGE and the libraries it needs
#	image_new NAME BASE [--input PATH]... COMMAND...
#	                             a copy of the image BASE in which COMMAND was run, as root, with
#	                             apt; each PATH counts as part of it and is /input/BASENAME there
#
# Afterwards the image's directory is in IMAGES[NAME]. The lab itself has no way out: apt and
# debootstrap use archive.py, which keeps what it fetched in build/archive.
#
#	LAB_SUITE    the release of Debian; this machine's own if it has one, since HB_STAGE was
#	             built here
#	LAB_MIRROR   where packages come from
#	LAB_MANAGER  what is process 1 of a machine: systemd, sysvinit, or heartbeat itself, as in a
#	             container

declare -A IMAGES=()
IMAGE_DIR=$LAB_TOP/build/images
IMAGE_PROXY=http://10.0.0.254:3142
[ -n "${LAB_SUITE:-}" ] || LAB_SUITE=$(. /etc/os-release && [ "$ID" = debian ] &&
	echo "${VERSION_CODENAME:-bookworm}" || echo bookworm)
LAB_MIRROR=${LAB_MIRROR:-http://deb.debian.org/debian}
export LAB_MANAGER=${LAB_MANAGER:-systemd}
mkdir -p "$IMAGE_DIR"

# archive_start: from now on apt in machines and images reaches the archives of Debian.
archive_start()
{
	local answers='bash -c ": < /dev/tcp/10.0.0.254/3142" 2> /dev/null'

	! eval "$answers" || return 0
	# 9 is a lock of image_make.
	python3 "$LAB_LIB/archive.py" 10.0.0.254 3142 "$LAB/outside" "$LAB_TOP/build/archive" \
		< /dev/null > "$LAB/archive.log" 2>&1 9>&- &
	disown $!
	wait_for 30 "$answers" || bail "archive.py does not answer: $(cat "$LAB/archive.log")"
}

# image_digest PATH...: of all that is in them.
image_digest()
{
	local p

	for p; do
		tar -C "$(dirname "$p")" --sort=name --mtime=@0 -cf - "$(basename "$p")"
	done | sha256sum | cut -c1-16
}

# image_run DIR COMMAND...: run it in an image, which is changed by that.
image_run()
{
	local dir=$1

	shift
	# shellcheck disable=SC2016
	unshare --mount --uts --ipc --pid --fork --kill-child -- bash -ec '
		. "$1/boot.sh"
		cd "$2"
		shift 2
		hostname image
		mkdir -p dev proc sys run tmp
		mount -t proc proc proc
		mount -t sysfs sysfs sys
		mount -t tmpfs -o mode=755 run run
		mount -t tmpfs -o mode=1777 tmp tmp
		boot_dev
		if [ -d input ]; then
			for link in input/*; do
				[ -L "$link" ] || continue
				from=$(readlink "$link")
				rm "$link"
				if [ -d "$from" ]; then mkdir "$link"; else : > "$link"; fi
				mount --bind "$from" "$link"
			done
		fi
		exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 \
			DEBIAN_FRONTEND=noninteractive chroot . "$@"' sh "$LAB_LIB" "$dir" "$@"
}

# image_make NAME KEY FUNCTION ARGUMENT...: FUNCTION DIR ARGUMENT... makes it, if it is not there.
image_make()
{
	local name=$1 dir=$IMAGE_DIR/$1.$2 old

	shift 2
	IMAGES[$name]=$dir
	if [ ! -d "$dir" ]; then
		(
			flock 9
			[ ! -d "$dir" ] || exit 0
			archive_start
			# Also those of a day on which it could not be made.
			rm -rf "$IMAGE_DIR/$name".*.new
			mkdir "$dir.new"
			"$1" "$dir.new" "${@:2}" < /dev/null > "$IMAGE_DIR/$name.log" 2>&1 9>&- || exit 1
			mv "$dir.new" "$dir"
			# Those of yesterday's sources: nobody has begun with them for a while.
			find "$IMAGE_DIR" -maxdepth 1 -name "$name.*.used" -mmin +120 |
				while read -r old; do
					rm -rf "${old%.used}" "$old"
				done
		) 9> "$IMAGE_DIR/$name.lock" || {
			tail -n 30 "$IMAGE_DIR/$name.log" | sed 's/^/# /'
			bail "the image '$name' cannot be made; the log is build/images/$name.log"
		}
	fi
	touch "$dir.used"
}

image_debootstrap()
{
	command -v debootstrap > /dev/null || {
		echo "debootstrap is missing: apt-get install debootstrap"
		return 1
	}
	http_proxy=$IMAGE_PROXY debootstrap --variant=minbase --include="$2" "$LAB_SUITE" "$1" "$LAB_MIRROR"
}

# image_copy DIR BASE PATHS COMMAND...
image_copy()
{
	local dir=$1 base=$2 paths=$3 p

	shift 3
	cp -a "$base/." "$dir/"
	mkdir "$dir/input"
	for p in $paths; do
		ln -s "$p" "$dir/input/"
	done
	# What is installed is not started: nothing runs in an image.
	printf '#!/bin/sh\nexit 101\n' > "$dir/usr/sbin/policy-rc.d"
	chmod 755 "$dir/usr/sbin/policy-rc.d"
	image_run "$dir" "$@" || return 1
	rm "$dir/usr/sbin/policy-rc.d"
	rm -rf "$dir/input" "$dir"/var/cache/apt/archives/*.deb
}

image_new()
{
	local name=$1 base=${IMAGES[$2]} paths=

	shift 2
	while [ "$1" = --input ]; do
		paths="$paths $(realpath "$2")"
		shift 2
	done
	# shellcheck disable=SC2086
	image_make "$name" "$({ echo "$base"; printf '%s\0' "$@"; image_digest $paths; } | sha256sum |
		cut -c1-16)" image_copy "$base" "$paths" "$@"
}

image_bare()
{
	local packages=ifupdown,iproute2,procps,psmisc,iputils-ping

	case $LAB_MANAGER in
	systemd) packages=systemd-sysv,dbus,$packages ;;
	sysvinit) packages=sysvinit-core,$packages ;;
	esac
	image_make debian "$(echo "$LAB_SUITE $LAB_MIRROR $packages" | sha256sum | cut -c1-16)" \
		image_debootstrap "$packages"
	image_new bare debian --input "$LAB_LIB/image-setup" sh /input/image-setup "$IMAGE_PROXY" "$LAB_MANAGER"
}

# The packages in which this machine has the libraries of the programs in a tree. Packages from
# before the merge of / and /usr call them by their old names.
image_libraries()
{
	find "$1" -type f -perm /111 -exec ldd {} + 2> /dev/null |
		sed -n 's/.* => \(\/[^ ]*\).*/\1/p' | sort -u | xargs -r realpath |
		sed 'p; s|^/usr||' | xargs -r dpkg-query -S 2> /dev/null | sed 's/:.*//' | sort -u
}

image_staged()
{
	image_bare
	# The numbers are those that stage_tree gave what it installed.
	# shellcheck disable=SC2046,SC2016
	image_new staged bare --input "$HB_STAGE" sh -ec '
		stage=/input/$1
		shift
		apt-get install -qq -y --no-install-recommends "$@"
		groupadd -r -g 190 haclient
		useradd -r -u 190 -g haclient -d /var/lib/heartbeat -s /usr/sbin/nologin hacluster
		cp -a "$stage"/. /
		ldconfig
		! find /usr/libexec/heartbeat /usr/sbin/hbctl -type f -exec ldd {} + 2> /dev/null |
			grep "not found"
	' sh "$(basename "$HB_STAGE")" $(image_libraries "$HB_STAGE")
}
