/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Operations that outlive their master. Each that runs is noted in a file; a master that starts ends
 * what an earlier one left running, and until that is gone nothing is done to the group, nor asked.
 *
 *	               TERM            KILL           2 s and still there
 *	-> [patience] ------> ENDING -------> ENDING ---------------------> STUCK
 *	        |________________|_______________|____________________________|___ gone -> NONE
 */
#ifndef HB_LEFTOVER_H
#define HB_LEFTOVER_H

#include <glib.h>
#include <qb/qbloop.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base/monotime.h"
#include "core/action.h"

/* Root's alone; it survives the master, and not a reboot. */
#define LEFTOVER_DIR HB_RUNDIR "/running"

struct leftover_note {
	pid_t pid;	/* also the number of its process group */
	enum resource_op op;
	const char *group, *resource;	/* key, text; borrowed */
	/* It only waits for another, who would go on without it. */
	bool waits_only;
};

/*
 * Note an operation that was just started. The directory is made if it is not there.
 *
 * Errors: -errno; it then runs without a note.
 */
int leftover_note(const char *dir, const struct leftover_note *note);
/* It ended, and was reaped. */
void leftover_forget(const char *dir, pid_t pid);

enum leftover_state {
	LEFTOVER_NONE,
	LEFTOVER_ENDING,	/* to be waited for; that takes a few seconds at most */
	LEFTOVER_STUCK,	/* held up in the kernel: what it still does nobody knows */
};

/* What was left of that group is gone, or is known to be stuck. */
typedef void leftover_changed_fn(void *arg);

struct leftovers;

/*
 * Look at the notes, and begin to end what is still there. A number that another process has by
 * now is known by its time of start.
 *
 * Units:  patience is for those that only wait; the others are told to end at once.
 * Errors: a directory that is not there, or notes that are not ours, are none.
 */
struct leftovers *leftovers_new(qb_loop_t *loop, const char *dir, struct span patience,
    leftover_changed_fn *changed, void *arg);
void leftovers_free(struct leftovers *all);

/*
 * Never NONE as long as one is there of that group, or, in whatever group it was, of that resource
 * (NULL: any of the group). all: may be NULL.
 */
enum leftover_state leftovers_state(
    const struct leftovers *all, const char *group, const char *resource);

/* Who is being ended here. Owns: the caller's (pid_t). all: may be NULL. */
GArray *leftovers_processes(const struct leftovers *all);

#endif
