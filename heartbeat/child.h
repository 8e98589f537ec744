/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Start a program in its own process group, collect the head of its output, end it when its time
 * is over or somebody says so, report how it ended. Nothing here blocks.
 */
#ifndef HB_CHILD_H
#define HB_CHILD_H

#include <glib.h>
#include <qb/qbloop.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/monotime.h"
#include "core/event.h"

/* From TERM to KILL; and for the kernel to end what was killed. */
#define CHILD_KILL_AFTER_MS 5000
#define CHILD_GIVE_UP_AFTER_MS 2000

struct child_spec {
	const char *const *argv;
	const char *const *environment;
	struct span timeout;	/* <= 0: none */
	uint32_t uid, gid;	/* 0: stay root */
	const char *user;	/* for initgroups; NULL: none */
	bool capture;	/* collect standard output (verdicts need it apart from standard error) */
	const char *directory;	/* NULL: "/" */
};

struct child_result {
	enum child_end end;
	int code;
	const char *output;	/* head of standard output, NUL-ended, at most CHILD_OUTPUT_MAX */
	const char *complaint;	/* head of standard error, likewise */
	uint64_t output_bytes;	/* all it wrote, also what was dropped */
	bool stuck;	/* it was killed and is still there, held up in the kernel */
	struct span took;
};

typedef void child_done_fn(void *arg, uint64_t id, const struct child_result *result);

struct children;

/* Owns SIGCHLD on the loop. */
struct children *children_new(qb_loop_t *loop, child_done_fn *done, void *arg);
void children_free(struct children *c);

/*
 * Start a program. A program whose output stays open after it ended (a daemon it left behind)
 * is reported when it ends, not when the pipe closes; what the daemon writes later is read and
 * dropped, also when we are gone.
 *
 * Returns: its process id.
 * Errors: -errno of fork or exec ("not executable" is reported, not asserted); done is not called.
 */
int child_start(struct children *c, uint64_t id, const struct child_spec *spec);

/*
 * TERM to its process group, KILL 5 s later; the result says CHILD_KILLED. Unknown ids: ignored.
 * One that not even KILL ends, because a disk or a server does not answer it, is reported 2 s
 * after that: whoever waits for it can do no more, and must know.
 */
void child_kill(struct children *c, uint64_t id);
size_t children_running(const struct children *c);

/* -- across an exec of ours: the processes stay our children -- */

/* Is one being ended? */
bool children_ending(const struct children *c);
/* What a program writes to; -1: closed. Unknown ids: both -1. */
void child_streams(const struct children *c, uint64_t id, int *out, int *err);
/*
 * Go on with a program that was started before. Its streams are ours then. One that is gone
 * without a trace counts as killed.
 */
void child_adopt(struct children *c, uint64_t id, pid_t pid, int out, int err);
/*
 * Whatever else is a child of this process is reaped when it ends; before any is started here. Scripts
 * of the program of before are killed, but for those that somebody ends already (pid_t).
 */
void children_adopt_the_rest(struct children *c, const GArray *being_ended);

#endif
