/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who started us: a command that waits must not wait for one that waits for it.
 */
#ifndef HB_LINEAGE_H
#define HB_LINEAGE_H

#include <stdbool.h>
#include <sys/types.h>

/* The parent of a process. Returns: 0 if it has none, or there is no such process. */
pid_t lineage_parent(pid_t pid);

/* Is that process the parent of this one, or the parent of its parent, and so on? */
bool lineage_descends_from(pid_t pid, pid_t ancestor);

/*
 * Was the process started by the kernel itself, directly or not? So are the handlers of DRBD,
 * and the drbdadm that a resource script has called waits for their end.
 */
bool lineage_of_kernel(pid_t pid);

#endif
