/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The file with the number of the master, and the lock on it by which everybody sees whether it runs.
 */
#ifndef HB_PIDFILE_H
#define HB_PIDFILE_H

#include <stdbool.h>
#include <sys/types.h>

enum pidfile_state {
	PIDFILE_ABSENT,	/* no file: none runs */
	PIDFILE_STALE,	/* it names a process, and nobody holds it */
	PIDFILE_HELD,	/* a heartbeat runs: *pid is its number, 0 if that is not in the file yet */
	PIDFILE_UNKNOWN,	/* the file, or its lock, cannot be looked at: errno says why */
};

/*
 * Who runs? The lock on the file counts, not the number in it: a number is used again, a
 * lock ends with its process.
 */
enum pidfile_state pidfile_look(const char *path, pid_t *pid);

/*
 * Take the lock. The descriptor holds it, also across fork, until the last copy is closed.
 *
 * Errors: -EAGAIN another process has it, other -errno.
 */
int pidfile_take(const char *path);

/* Write our number, right-aligned in 11 columns. Errors: -errno. */
int pidfile_write(int fd);

/* Remove the file if it is still ours and let the lock go, in this order: nobody finds a file that is
 * not held. */
void pidfile_release(const char *path, int fd);

/*
 * Is our file still the one of that name? /run may have been mounted anew, or the file removed: then it
 * is made again, locked and written, and fd, the same number, is of the new one. If only our number is
 * missing in it, because there was no room, that is written.
 *
 * Returns: true if it had to be made again.
 * Errors:  false, *err is -errno (-EAGAIN: another process holds a file of that name now); otherwise 0.
 */
bool pidfile_keep(const char *path, int fd, int *err);

#endif
