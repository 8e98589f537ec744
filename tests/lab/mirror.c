/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The disk of a stand-in for DRBD: a file system in user space with one file, "disk".
 *
 *	mirror DIRECTORY OURS THEIRS MOUNTPOINT
 *
 * OURS and THEIRS are names of nodes; DIRECTORY holds what both share:
 *   NAME.img     that node's copy of the data
 *   NAME.role    "Primary" or "Secondary"
 *   NAME.alive   locked as long as that node's mirror runs: the connection between them
 *   NAME.behind  exists when that copy missed writes
 *
 * As protocol C: a write is done when it is in both copies, or, if the other node is not
 * there, in ours; the other is then behind and is copied whole when it returns. Only a
 * primary can open the disk. Killing this process is what a power cut does to a disk: what
 * was not written by then never will be.
 */
#define FUSE_USE_VERSION 31

#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

static char ours_img[256], ours_role[256], ours_behind[256];
static char theirs_img[256], theirs_alive[256], theirs_behind[256];
static int ours = -1, theirs = -1;
/* Locked around every write and every copying, by both mirrors. */
static int gate = -1;

static int
open_or_die(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);

	if (fd < 0) {
		perror(path);
		exit(1);
	}
	return fd;
}

static bool
peer_is_there(void)
{
	int fd = open(theirs_alive, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return false;
	bool there = flock(fd, LOCK_EX | LOCK_NB) < 0;

	close(fd);
	return there;
}

static bool
is_primary(void)
{
	char role[16] = "";
	int fd = open(ours_role, O_RDONLY | O_CLOEXEC);

	if (fd >= 0) {
		(void)!read(fd, role, sizeof(role) - 1);
		close(fd);
	}
	return strncmp(role, "Primary", 7) == 0;
}

static int
disk_getattr(const char *path, struct stat *st, struct fuse_file_info *fi)
{
	(void)fi;
	memset(st, 0, sizeof(*st));
	if (strcmp(path, "/") == 0) {
		st->st_mode = S_IFDIR | 0700;
		return 0;
	}
	if (strcmp(path, "/disk") != 0)
		return -ENOENT;
	return fstat(ours, st) < 0 ? -errno : 0;
}

static int
disk_open(const char *path, struct fuse_file_info *fi)
{
	(void)fi;
	if (strcmp(path, "/disk") != 0)
		return -ENOENT;
	return is_primary() ? 0 : -EROFS;
}

static int
disk_read(const char *path, char *buf, size_t size, off_t at, struct fuse_file_info *fi)
{
	(void)path;
	(void)fi;
	ssize_t n = pread(ours, buf, size, at);

	return n < 0 ? -errno : (int)n;
}

static int
disk_write(const char *path, const char *buf, size_t size, off_t at, struct fuse_file_info *fi)
{
	(void)path;
	(void)fi;
	if (!is_primary())
		return -EROFS;
	flock(gate, LOCK_EX);
	ssize_t n = pwrite(ours, buf, size, at);

	if (n > 0) {
		if (peer_is_there() && access(theirs_behind, F_OK) < 0)
			n = pwrite(theirs, buf, (size_t)n, at);
		else
			close(open(theirs_behind, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
	}
	flock(gate, LOCK_UN);
	return n < 0 ? -errno : (int)n;
}

static int
disk_fsync(const char *path, int datasync, struct fuse_file_info *fi)
{
	(void)path;
	(void)datasync;
	(void)fi;
	return fdatasync(ours) < 0 ? -errno : 0;
}

static const struct fuse_operations operations = {
	.getattr = disk_getattr,
	.open = disk_open,
	.read = disk_read,
	.write = disk_write,
	.fsync = disk_fsync,
};

/* We missed writes: take the other's copy. */
static void
resync(void)
{
	struct stat st;
	off_t at = 0;

	if (fstat(theirs, &st) < 0)
		exit(1);
	while (at < st.st_size && sendfile(ours, theirs, &at, 1 << 20) > 0)
		;
	if (at < st.st_size) {
		perror("resync");
		exit(1);
	}
	unlink(ours_behind);
}

int
main(int argc, char **argv)
{
	char path[256];
	char *fuse_argv[] = { argv[0], "-f", "-s", argc == 5 ? argv[4] : NULL, NULL };

	if (argc != 5) {
		fputs("usage: mirror DIRECTORY OURS THEIRS MOUNTPOINT\n", stderr);
		return 2;
	}
	snprintf(ours_img, sizeof(ours_img), "%s/%s.img", argv[1], argv[2]);
	snprintf(ours_role, sizeof(ours_role), "%s/%s.role", argv[1], argv[2]);
	snprintf(ours_behind, sizeof(ours_behind), "%s/%s.behind", argv[1], argv[2]);
	snprintf(theirs_img, sizeof(theirs_img), "%s/%s.img", argv[1], argv[3]);
	snprintf(theirs_alive, sizeof(theirs_alive), "%s/%s.alive", argv[1], argv[3]);
	snprintf(theirs_behind, sizeof(theirs_behind), "%s/%s.behind", argv[1], argv[3]);
	ours = open_or_die(ours_img, O_RDWR);
	theirs = open_or_die(theirs_img, O_RDWR);
	snprintf(path, sizeof(path), "%s/gate", argv[1]);
	gate = open_or_die(path, O_RDWR | O_CREAT);
	snprintf(path, sizeof(path), "%s/%s.alive", argv[1], argv[2]);
	int alive = open_or_die(path, O_RDWR | O_CREAT);

	flock(gate, LOCK_EX);
	if (access(ours_behind, F_OK) == 0)
		resync();
	if (flock(alive, LOCK_EX | LOCK_NB) < 0) {
		fputs("mirror: it runs already\n", stderr);
		return 1;
	}
	flock(gate, LOCK_UN);
	return fuse_main(4, fuse_argv, &operations, NULL);
}
