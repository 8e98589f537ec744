/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What becomes of the output of a daemon that a script left behind. It still holds the pipe on
 * which the script was heard. Were the other end closed, now or when we end, its next word would
 * kill it; were it not read, its next words would stop it. So a process of its own reads on, for
 * nobody, which does not depend on us.
 */
#ifndef HB_DRAIN_H
#define HB_DRAIN_H

#include <sys/types.h>

/*
 * Leave a pipe to a process that reads it to its end.
 *
 * Owns: fd is taken, and closed here.
 * Returns: the process, which is to be waited for, or -errno: nobody reads then.
 */
pid_t drain_leave(int fd);

#endif
