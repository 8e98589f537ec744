/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Another machine on the wire that has an address of ours: none of the nodes, or one that does not
 * speak to us.
 *
 * Before a group is taken its addresses are probed for, in time that is not lost:
 *
 *   while we wait for other nodes      what was found counts for CONFLICT_FRESH_MS
 *   while its holder is late           for the log: a takeover waits for nobody
 *   while the wish is told to all      a start waits for the end of the probe, if no node was known
 *                                      to hold the group
 *
 * Anybody on the wire can fake an answer, so that it delays and never forbids: where no node was
 * known to hold the group it is FAILED here for CONFLICT_WAIT_MS, so that others may try, and is
 * then taken with a warning.
 *
 * While it runs here it is probed for each CONFLICT_LOOK_MS, and soon when something is heard. The
 * other machine is told of, not fought. What a node of ours says while it may hold the group is no
 * conflict.
 *
 * Source: RFC 5227 (terms, the probe), RFC 4862.
 */
#ifndef HB_CORE_CONFLICT_H
#define HB_CORE_CONFLICT_H

#include "core/state.h"

/* How long a machine has to answer a probe. It is asked twice. */
#define CONFLICT_PROBE_MS 100
/* A start is delayed by a stranger for that long. */
#define CONFLICT_WAIT_MS 10000
/* What a probe found is good for that long; half of it later one is made again, while we wait. */
#define CONFLICT_FRESH_MS 10000
/* A group that runs is probed for first, and then again, after so long. */
#define CONFLICT_FIRST_MS 1000
#define CONFLICT_LOOK_MS 60000
/* Something heard twice, so far apart, is no leftover of a node that has just stopped. */
#define CONFLICT_TWICE_MS 1000
/* The log has another line about an address at the earliest after that, if the stranger changed, and
 * if not. */
#define CONFLICT_SAY_NEW_MS 60000
#define CONFLICT_SAY_SAME_MS 600000

void conflict_init(struct group *g);
void conflict_clear(struct group *g);

/* EVENT_CONFLICT. */
void conflict_heard(struct core *c, const struct event_conflict *e);

/* A job ended. Returns false if it is no probe. */
bool conflict_child(struct core *c, const struct event_child *e);

/* Send the probes that are due. */
void conflict_settle(struct core *c);
struct moment conflict_deadline(const struct core *c);

/*
 * May the wish for this group not become a start yet? Either a probe is under way, or a stranger
 * was found: the group is FAILED then.
 */
bool conflict_holds_up(struct core *c, struct group *g);

/* It is started now: say which of its addresses a stranger has. */
void conflict_taken(struct core *c, struct group *g);

/* The stranger that is known to have this address; NULL: none. */
const struct stranger *conflict_stranger(const struct group *g, unsigned resource);

/* Does all that is remembered go together? */
bool conflict_is_sound(const struct group *g);

#endif
