/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Stops what runs here when no engine is there to ask for it. Groups are stopped side by side, the
 * resources of each from right to left, a stop that fails again and again. Without an engine nobody
 * tells the peers to wait, and after deadtime they start the same: what was started by us and still
 * runs by then must be ended in another way.
 *
 * Source: compat resources.md, "a stop that fails".
 */
#ifndef HB_RELEASE_H
#define HB_RELEASE_H

#include <qb/qbloop.h>
#include <stdbool.h>

#include "conf/conf.h"
#include "core/action.h"
#include "core/event.h"

struct release_owner {
	/*
	 * Carry out one operation; release_ended() follows in any case, perhaps at once.
	 *
	 * Errors: below 0: it cannot be, and nothing follows.
	 */
	int (*run)(void *arg, enum resource_op op, unsigned group, unsigned resource);
	/* All is stopped, but for what was said. The release may be freed. */
	void (*done)(void *arg);
	/* The peers are about to start what still runs here. Once at most. */
	void (*too_late)(void *arg, const char *reason);
	void *arg;
};

struct release;

/*
 * hints:    what may run, one a group; copied. What ran before we came (HINT_UNKNOWN) is stopped as
 *           well, and given up when that fails: it is not ours.
 * patience: until the peers take over.
 * Owns:     the caller's (release_free); c is borrowed.
 */
struct release *release_new(qb_loop_t *loop, const struct conf *c, const enum group_hint *hints,
    struct span patience, const struct release_owner *owner);
void release_begin(struct release *r);

/* The operation on that group has ended. */
void release_ended(struct release *r, unsigned group, const struct event_child *e);

/* NULL is allowed. */
void release_free(struct release *r);

#endif
