/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Running is what is there: what follows from where the addresses of our groups are.
 */
#ifndef HB_CORE_PRESENCE_H
#define HB_CORE_PRESENCE_H

#include "core/state.h"

void presence_event(struct core *c, const struct event_address *e);

/* A put-back or an announcement ended. Returns: false if it is none of this group's. */
bool presence_child(struct core *c, struct group *g, const struct event_child *e);

#endif
