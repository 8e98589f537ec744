/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The program on the disk is a newer one: the master executes it in its own place, without
 * stopping anything. To the cluster that is an engine that started again, as at a reload.
 *
 *   asked -> WAITING (nothing under way?) -> REHEARSING (the new program reads, as a child, what it
 *   would be handed, and checks it) -> WAITING -> exec
 *   exec'd -> PROBATION (its engine lives for a while) -> works: the old program is let go
 *                          | its engine died, it crashed or hangs, it cannot even begin
 *                          v
 *                 the old program is executed again, and says why
 */
#ifndef HB_UPGRADE_H
#define HB_UPGRADE_H

#include <stdbool.h>

#include "keep/handoff.h"

/* Ignored by whoever does not know it. */
#define UPGRADE_SIGNAL SIGURG
#define UPGRADE_VERDICT HB_RUNDIR "/upgrade"
#define UPGRADE_PROGRAM HB_LIBEXECDIR "/heartbeat"

/* The hidden first arguments: RESUME FD [REASON [UPGRADE_DOUBT]], REHEARSE PATH. */
#define UPGRADE_RESUME "--resume"
#define UPGRADE_REHEARSE "--rehearse"
#define UPGRADE_DOUBT "doubt"

/* How often we look whether nothing is under way. */
#define UPGRADE_LOOK_MS 50
/* A program that has not read its handoff by then will not. */
#define UPGRADE_REHEARSAL_MS (20 * 1000)
/* A new program whose engine lives for so long works. */
#define UPGRADE_PROBATION_MS 5000
/* One that has not come so far in this time hangs. Seconds. */
#define UPGRADE_HANGS_S 20

struct master;
struct upgrade;

/* How this process came to be, if it was executed in the place of another. */
struct upgrade_origin {
	struct handoff *handoff;
	int memory;	/* where its text is */
	const char *reason;	/* why the newer program was given up; NULL: we are the newer one */
};

/* Somebody asked for it; one that is under way is joined. The answer is left in UPGRADE_VERDICT. */
void upgrade_begin(struct master *m);
/*
 * We are such a program, and the master is set up: the probation, or what came of it.
 *
 * Owns: origin->handoff is taken.
 */
void upgrade_arrive(struct master *m, const struct upgrade_origin *origin);
/*
 * The engine is dead. In the probation that makes us go back, as soon as nothing is under way.
 *
 * Returns: whether that is in a moment, so that no other engine is needed until then.
 */
bool upgrade_engine_died(struct master *m, const char *how);
/* Shall we go back as soon as nothing is under way? */
bool upgrade_goes_back(const struct master *m);
/* Is what was handed over still needed to go back? Then nothing else may change it. */
bool upgrade_in_probation(const struct master *m);
/* A reload was asked for in the probation: it is done at its end, whatever that is. */
void upgrade_then_reload(struct master *m);
/* The configuration is another one: what is under way begins anew with it. */
void upgrade_reloaded(struct master *m);
void upgrade_free(struct upgrade *u);

/*
 * Execute the program of before again, with the very handoff we got.
 *
 * Returns: only if that failed: -errno, -ENOENT if there is none.
 */
int upgrade_go_back(const struct upgrade_origin *origin, const char *reason);

#endif
