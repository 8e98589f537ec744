/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a process is and may do: the pid file, the background, the title, and how the engine
 * loses what it must not have.
 */
#ifndef HB_PRIVS_H
#define HB_PRIVS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "conf/conf.h"

#define PRIVS_USER "hacluster"
#define PRIVS_GROUP "haclient"

/* The engine's user and group. Errors: -ENOENT if one of them does not exist. */
int privs_engine_user(uint32_t *uid, uint32_t *gid);

enum pidfile_state {
	PIDFILE_ABSENT,	/* no file, or none that we may read */
	PIDFILE_STALE,	/* it names a process, and nobody holds it */
	PIDFILE_HELD,	/* a heartbeat runs: *pid is its number */
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

/* Remove the file and let the lock go, in this order: nobody finds a file that is not held. */
void pidfile_release(const char *path, int fd);

/*
 * In the child that is to be the engine, before its exec: limits and real-time priority as
 * configured, then the user, and no capability at all.
 *
 * Errors: -errno of what must not fail (user, group, capabilities). Real time and limits
 *         that the system refuses are not errors: the engine runs without, and says so.
 */
int privs_become_engine(const struct conf *c);

/* Remember argv and the environment, so that privs_title() can write over them. */
void privs_title_init(int argc, char **argv);
/* What ps shows. */
void privs_title(const char *title);

#endif
