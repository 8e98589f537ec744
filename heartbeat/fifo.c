/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fifo.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

static int
open_fifo(const char *path, int how)
{
	return open(path, how | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW);
}

/* The directory is not root's: make sure that this is what we have just made. */
static bool
is_ours(int fd)
{
	struct stat st;

	return fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode) && st.st_uid == geteuid() &&
	    (st.st_mode & 0777) == 0600;
}

/* Who waits in an old FIFO for a reader is let go, and told by a signal that nobody reads. */
static void
remove_old(const char *path)
{
	struct stat st;
	int fd = -1;

	if (lstat(path, &st) < 0)
		return;
	if (S_ISFIFO(st.st_mode))
		fd = open_fifo(path, O_RDONLY);
	unlink(path);
	if (fd >= 0)
		close(fd);
}

static void
close_both(struct fifo *f)
{
	if (f->keeper >= 0)
		close(f->keeper);
	if (f->reading >= 0)
		close(f->reading);
	*f = (struct fifo){-1, -1};
}

int
fifo_make(const char *path, struct fifo *out)
{
	int err = 0;

	*out = (struct fifo){-1, -1};
	remove_old(path);
	if (mkfifo(path, 0600) < 0)
		return -errno;
	out->keeper = open_fifo(path, O_RDWR);
	out->reading = open_fifo(path, O_RDONLY);
	if (out->keeper < 0 || out->reading < 0)
		err = -errno;
	else if (!is_ours(out->keeper) || !is_ours(out->reading))
		err = -EPERM;
	if (err < 0)
		close_both(out);
	return err;
}

void
fifo_remove(const char *path, struct fifo *f)
{
	if (f->keeper < 0)
		return;
	unlink(path);
	close_both(f);
}
