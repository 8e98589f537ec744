/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Orderly shutdown: give up the groups, tell the peers, wait until they know, go.
 */
#ifndef HB_CORE_LEAVE_H
#define HB_CORE_LEAVE_H

#include "core/state.h"

/* In the middle of a conversation with a 3.0.6: when that is over, when asked again, or after
 * a minute. */
void leave_begin(struct core *c);
/* The master is gone: say so and go. Nothing can be stopped any more. */
void leave_orphaned(struct core *c);
void leave_settle(struct core *c);
struct moment leave_deadline(const struct core *c);

#endif
