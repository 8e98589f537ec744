# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# What host-boot, machine-boot and image.sh share. The directory they are in becomes the root.

# boot_dev [SERIAL]: make dev, with a serial line if the file SERIAL names one.
boot_dev()
{
	mount -t tmpfs -o mode=755 dev dev
	mknod -m 666 dev/null c 1 3
	mknod -m 666 dev/zero c 1 5
	mknod -m 666 dev/full c 1 7
	mknod -m 666 dev/random c 1 8
	mknod -m 666 dev/urandom c 1 9
	mknod -m 666 dev/tty c 5 0
	mknod -m 600 dev/loop-control c 10 237
	cp -a "$LAB_BIN/loops/." dev/
	ln -s /proc/self/fd dev/fd
	ln -s /proc/self/fd/0 dev/stdin
	ln -s /proc/self/fd/1 dev/stdout
	ln -s /proc/self/fd/2 dev/stderr
	mkdir dev/pts dev/shm
	mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
	ln -s pts/ptmx dev/ptmx
	mount -t tmpfs -o mode=1777 shm dev/shm
	if [ -e "${1:-}" ]; then
		: > dev/ttyS0
		mount --bind "$(cat "$1")" dev/ttyS0
		chown 0:20 dev/ttyS0
		chmod 660 dev/ttyS0
	fi
}

# boot_enter HOME: wait until the network cards are plugged in, then make this the root.
boot_enter()
{
	local net

	read -r _ < "$1/go"
	# More for this boot, from the test.
	[ ! -e "$1/boot.sh" ] || . "$1/boot.sh"
	mkdir -p old
	pivot_root . old
	cd /
	umount -l old
	rmdir old
	if [ -e /proc/sys/net/ipv6/conf/default/accept_dad ]; then
		for net in all default eth0 eth1; do
			echo 0 > "/proc/sys/net/ipv6/conf/$net/accept_dad"
		done
	fi
}
