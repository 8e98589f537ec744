/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Running is what is there: what follows from where the addresses of our groups are.
 *
 * An address of a group that runs here and vanishes is put back at once, as a job beside the walk. One
 * that no interface can have comes back in place if that does not last; else the group is given up, as
 * failed, before a peer that does not hear us may have taken it. A node on which an address of a group has no
 * place does not wish for that group.
 */
#ifndef HB_CORE_PRESENCE_H
#define HB_CORE_PRESENCE_H

#include "core/state.h"

/* Losses in a row that are made good at once; then one a second. A minute without ends the row. */
#define PRESENCE_AT_ONCE 5
#define PRESENCE_PAUSE_MS 1000
#define PRESENCE_ROW_MS 60000
/* When an address can be here again: time for the paths that were down with it to make contact. */
#define PRESENCE_CONTACT_MS 300

void presence_event(struct core *c, const struct event_address *e);

/* A job that puts one back ended. Returns: false if it is none of this group's. */
bool presence_child(struct core *c, struct group *g, const struct event_child *e);

/* The walk has started or stopped that resource: what was told of it before counts no more. */
void presence_started(struct resource *r);
void presence_stopped(struct resource *r);

/* The first address of the group that no interface can have now, and why; NULL: there is none. Owns: the
 * caller's. */
char *presence_obstacle(const struct group *g);

/* "group web cannot run here: ..." of that group, or of the first of all (-1); NULL: of none.
 * Owns: the caller's. */
char *presence_refusal(const struct core *c, int group);

/* Do what has become due: put back, give up, be willing again. */
void presence_settle(struct core *c, struct group *g);
struct moment presence_deadline(const struct core *c, const struct group *g);

#endif
