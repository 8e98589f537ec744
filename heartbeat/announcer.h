/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tells the neighbours where the addresses of this node are, in the order and at the pace of
 * keep/announcements.h. Addresses are known by the words of haresources; what is not on this machine
 * when its turn comes is not announced.
 */
#ifndef HB_ANNOUNCER_H
#define HB_ANNOUNCER_H

#include <qb/qbloop.h>
#include <stdbool.h>

#include "base/monotime.h"
#include "conf/conf.h"

struct announcer;

struct announcer *announcer_new(qb_loop_t *loop);
void announcer_free(struct announcer *a);

/* It was started, or neighbours may be wrong: a series, whose first frame goes at once unless others
 * wait. From now on the address is held, and refreshed. */
void announcer_begin(struct announcer *a, const struct conf_resource *resource);
/* It runs without a start of ours: held, and refreshed. */
void announcer_hold(struct announcer *a, const struct conf_resource *resource);
/* It is being stopped: not a word more. */
void announcer_cancel(struct announcer *a, const struct conf_resource *resource);

/* The time between two refreshes of an address; 0: none. */
void announcer_set_refresh(struct announcer *a, struct span every);

/* Is a series under way? A refresh is none. */
bool announcer_busy(const struct announcer *a);

#endif
