/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pidfile.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "same_file.h"

/* A lock of the open file, not of the process: fork hands it on, and no other close ends it. */
static int
lock_call(int fd, int command, short type, struct flock *lock)
{
	*lock = (struct flock){.l_type = type, .l_whence = SEEK_SET};
	return fcntl(fd, command, lock) < 0 ? -errno : 0;
}

static pid_t
pid_in(int fd)
{
	char text[32];
	ssize_t n = pread(fd, text, sizeof(text) - 1, 0);
	uint64_t pid;

	if (n <= 0)
		return 0;
	text[n] = '\0';
	return text_to_u64(g_strstrip(text), 1, INT32_MAX, &pid) ? (pid_t)pid : 0;
}

enum pidfile_state
pidfile_look(const char *path, pid_t *pid)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct flock lock;
	int err;

	*pid = 0;
	if (fd < 0)
		return errno == ENOENT ? PIDFILE_ABSENT : PIDFILE_UNKNOWN;
	err = lock_call(fd, F_OFD_GETLK, F_RDLCK, &lock);
	*pid = pid_in(fd);
	close(fd);
	errno = -err;
	if (err < 0)
		return PIDFILE_UNKNOWN;
	return lock.l_type != F_UNLCK ? PIDFILE_HELD : PIDFILE_STALE;
}

/* Who may only read the file can lock it only for reading, and so none of ours does. */
static bool
is_strangers(int fd)
{
	struct flock lock;

	return lock_call(fd, F_OFD_GETLK, F_WRLCK, &lock) == 0 && lock.l_type == F_RDLCK;
}

int
pidfile_take(const char *path)
{
	for (;;) {
		int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
		struct flock lock;
		int err;

		if (fd < 0)
			return -errno;
		err = lock_call(fd, F_OFD_SETLK, F_WRLCK, &lock);
		/* Not if the one who held it removed the file between our open and our lock.
		 * The number of one that died must not be found under our lock: it may be
		 * another program's by now. */
		if (err == 0 && same_file(fd, path))
			err = ftruncate(fd, 0) < 0 ? -errno : fd;
		else if (err == 0)
			err = -ESTALE;
		else if ((err == -EAGAIN || err == -EACCES) && is_strangers(fd) &&
		    same_file(fd, path) && unlink(path) == 0)
			err = -ESTALE;
		/* Everybody may look, whatever the umask. */
		if (err >= 0 && fchmod(err, 0644) < 0) {
			close(err);
			return -EPERM;
		}
		if (err >= 0)
			return err;
		close(fd);
		if (err != -ESTALE)
			return err == -EACCES ? -EAGAIN : err;
	}
}

int
pidfile_write(int fd)
{
	char text[16];
	int len = g_snprintf(text, sizeof(text), "%11ld\n", (long)getpid());

	errno = 0;
	if (ftruncate(fd, 0) < 0 || pwrite(fd, text, (size_t)len, 0) != len)
		return errno != 0 ? -errno : -EIO;
	return 0;
}

void
pidfile_release(const char *path, int fd)
{
	if (same_file(fd, path))
		unlink(path);
	close(fd);
}

bool
pidfile_keep(const char *path, int fd, int *err)
{
	int made;

	*err = 0;
	if (same_file(fd, path)) {
		/* There may have been no room for it when we began. */
		if (pid_in(fd) != getpid())
			*err = pidfile_write(fd);
		return false;
	}
	made = pidfile_take(path);
	if (made < 0) {
		*err = made;
		return false;
	}
	*err = pidfile_write(made);
	if (dup3(made, fd, O_CLOEXEC) < 0)
		*err = -errno;
	close(made);
	return *err == 0;
}
