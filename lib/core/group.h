/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One group on this node: found out about, started left to right, stopped right to left. What is
 * decided about it is in handover.h; here it is done.
 */
#ifndef HB_CORE_GROUP_H
#define HB_CORE_GROUP_H

#include "core/state.h"

/* Attempts of a stop before the machine is restarted; one second apart. Source: config.md 5.5. */
#define GROUP_STOP_TRIES 11
/* A stop that hangs until its timeout is not worth that many. */
#define GROUP_STOP_HANGS 2

void groups_init(struct core *c);
void groups_clear(struct core *c);

/* The one place that changes a group's state and says so. */
void group_enter(struct core *c, struct group *g, enum claim_state next, int target,
    const char *why, ...) __attribute__((format(printf, 5, 6)));

/* What the master knows of it at the start of this engine. */
void group_begin(struct core *c, struct group *g, enum group_hint hint);

/* Start it: the group must be at rest, wanted or a leftover. */
void group_start(struct core *c, struct group *g, const char *why);

/*
 * Stop it, for the target (or -1), and go to `after` when that is done. A start under way is given
 * up after the operation at hand.
 */
void group_stop(
    struct core *c, struct group *g, int target, enum claim_state after, const char *why);

/*
 * It runs here, in part at least, and cannot: stop it, and leave it failed. unplaced: until its addresses can
 * be here; else with a pause that doubles.
 */
void group_fail(struct core *c, struct group *g, bool unplaced, const char *why);

/*
 * Another node holds it as well, and keeps it: the addresses go at once, beside whatever is under way, and
 * when they are gone the group is stopped. So whoever sees it stopping knows that they are gone. A 3.0.6 does not
 * know that, and takes a holder that does not say that it stops for a reason to complain: it is told at once.
 */
void group_yield(struct core *c, struct group *g, const struct node *other, const char *why);

/*
 * Another node holds what we are stopping, or may find here: the addresses do not wait for the rest.
 * Range: GIVING, PROBING.
 */
void group_let_addresses_go(struct core *c, struct group *g, const char *why);

/* The neighbours may have heard of another holder. Range: a group that we hold (view_claim_is_held). */
void group_doubt(struct core *c, struct group *g, const char *why);

bool group_is_address(const struct group *g, unsigned resource);
bool group_has_address(const struct group *g);

/* Announce those of its addresses that are here. */
void group_announce(struct core *c, struct group *g);
/* Have one operation carried out, whatever else is under way. Returns: its job's number. */
uint64_t group_order(struct core *c, const struct group *g, unsigned resource, enum resource_op op);

/* A job ended. Returns false if it is none of this group's. */
bool group_child(struct core *c, struct group *g, const struct event_child *e);

/* Do what has become due: a stop to be repeated. */
void group_settle(struct core *c, struct group *g);
struct moment group_deadline(const struct group *g);

/* Does all that it remembers go together? What this module leaves behind always does. */
bool group_is_sound(const struct group *g);

/* Nothing of it runs here and nothing is under way. */
bool group_is_at_rest(const struct group *g);

/* Does the outcome of a status operation mean "runs"? Source: config.md 5.3. */
bool group_status_runs(const struct event_child *e);

/*
 * Does a status operation tell neither that it runs nor that it is stopped? Scripts of resource.d and
 * init scripts only; an operation that was ended because it took too long counts as running.
 */
bool group_status_silent(const struct event_child *e);

const char *resource_state_name(enum resource_state state);

#endif
