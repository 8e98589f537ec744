/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Carries out operations on resources and runs the respawned clients, for one engine after
 * the other. A job belongs to the engine that asked (its epoch); what ends after its engine is
 * only logged. Operations on one group never overlap across engines: those of a new engine wait
 * until what the old one began on that group has ended.
 */
#ifndef HB_RUNNER_H
#define HB_RUNNER_H

#include <qb/qbloop.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/monotime.h"
#include "conf/conf.h"
#include "core/action.h"
#include "core/event.h"
#include "keep/handoff.h"

/* Operations and clients at a time; an engine that wants more is not in its right mind. */
#define RUNNER_JOBS_MAX 4096

/* A job of the present engine ended; output is borrowed. */
typedef void runner_done_fn(void *arg, uint64_t job, enum agent_class agent, enum child_end end,
    int code, const char *output);

struct picture;
struct runner;

struct runner *runner_new(qb_loop_t *loop, const struct conf *c, runner_done_fn *done, void *arg);
void runner_free(struct runner *r);

/*
 * Once, before anything is started: operations are noted in this directory (borrowed) from now on,
 * and what an earlier master left running according to it is ended. Until that is gone its group is
 * busy and operations on it wait; where it cannot be ended they are reported as timed out, for
 * nobody knows what it still does.
 */
void runner_look_back(struct runner *r, const char *notes);

/* Starts of addresses from now on know what it remembers, and it is told of starts and stops. Borrowed. */
void runner_watch(struct runner *r, struct picture *picture);

/*
 * A new engine, perhaps with a new configuration (which outlives the runner or the next call).
 * Clients that run go on if their line is still there, else they are stopped.
 */
void runner_renew(struct runner *r, const struct conf *c);

/*
 * Carry out one operation. done() is called in any case, also at once.
 *
 * Errors: -EINVAL for a group or resource that is not configured, -EAGAIN too many; done() is
 *         not called then.
 */
int runner_run(struct runner *r, uint64_t job, enum resource_op op, unsigned group,
    unsigned resource, struct span timeout);

/*
 * Start a client; one that an earlier engine started is taken over.
 *
 * Errors: -EINVAL as above, -EALREADY this engine has started it, and it runs.
 */
int runner_client_start(struct runner *r, uint64_t job, unsigned index);

/* TERM, then KILL: operations and clients. Unknown jobs: ignored. */
void runner_kill(struct runner *r, uint64_t job);

/*
 * The group runs here, whoever started it: its addresses are announced again, slowly, until they are
 * stopped. One that this runner has started or is told of twice: as before.
 */
void runner_hold(struct runner *r, unsigned group);

/* Is an operation under way on this group of the present configuration, whoever asked, or left over? */
bool runner_group_busy(const struct runner *r, unsigned group);

/*
 * End the client with the highest line number of ha.cf that still runs (TERM, then KILL).
 *
 * Returns: false if none runs. done() is called at its end; the caller then calls again.
 */
bool runner_client_stop_last(struct runner *r);

/*
 * May the process be replaced by another that goes on with what is there? Not while an operation
 * runs or waits, a series of announcements is under way or a client is being ended.
 *
 * Owns: *why (what is waited for, for people; NULL if nothing) is the caller's.
 */
bool runner_quiet(const struct runner *r, char **why);
/* TERM, then KILL for all operations; those that wait are forgotten. */
void runner_end_operations(struct runner *r);
/* Add the clients; they stay ours. */
void runner_hand_over(const struct runner *r, struct handoff *h);
/* Go on with them, before anything is started: to the next engine they are what an earlier one left. */
void runner_take_over(struct runner *r, const struct handoff *h);

#endif
