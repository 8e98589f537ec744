/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which states of a group, and which changes between them, simulated clusters have reached.
 */
#ifndef HB_SIM_COVERAGE_H
#define HB_SIM_COVERAGE_H

#include <glib.h>

#include "core/facts.h"

/* How often each change of a group's state was seen. */
struct coverage {
	uint64_t seen[CLAIM_STATE_COUNT][CLAIM_STATE_COUNT];
};

/* A line of the trace that tells such a change. */
struct transition {
	char host[32], group[64];
	enum claim_state from, to;
};

/*
 * Read "[TIME] HOST: group KEY: FROM -> TO (WHY)".
 *
 * Errors: false: it is another line.
 */
bool transition_read(const char *line, struct transition *out);

/* Is it one that a group can make? */
bool coverage_is_possible(enum claim_state from, enum claim_state to);
void coverage_note(struct coverage *c, const struct transition *t);

/* How many of the changes that a group can make were seen, and of the states. */
void coverage_count(const struct coverage *c, unsigned *seen, unsigned *possible,
    unsigned *states, unsigned *states_possible);

/* "want -> away, broken -> giving": never seen, in the words of the trace. Owns: the caller's. */
char *coverage_unseen(const struct coverage *c);

#endif
