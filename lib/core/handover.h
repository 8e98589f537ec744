/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who takes, who gives, and that it is never two: standby, takeover, failback, death, heal.
 *
 * Taking: a node that should run a group first tells the wish (WANT), and starts only when every
 * living node has said that it saw it, none of them runs the group or wants it too, and every dead
 * node is accounted for. Giving: the holder offers (OFFER); the target answers with its wish; the
 * holder stops (GIVING), however long that takes; then the target starts. All of it is told in
 * every status, so a lost message delays but never confuses.
 *
 * Source: doc/protocol.md "Groups"; compat resources.md for the words and the occasions.
 */
#ifndef HB_CORE_HANDOVER_H
#define HB_CORE_HANDOVER_H

#include "core/standby.h"

/* What became of a node: its groups are free, or may still run. */
void handover_node_died(struct core *c, struct node *n);
void handover_node_left(struct core *c, struct node *n);

/* We did not run for so long that our groups may have been taken: hold them, but not for sure. */
void handover_slept(struct core *c, const char *how_long);

/* Somebody and we had lost each other, as he or we noticed: what we hold he may have held. */
void handover_lost_sight(struct core *c, const struct node *n, const char *how);

/* Offer a group that runs here to a node. set: what the whole offer is about, for the log. */
void handover_offer(struct core *c, struct group *g, unsigned target, bool standby,
    enum standby_set set, const char *why);

/* Compare wishes with facts and take the next step of each group. */
void handover_settle(struct core *c);
struct moment handover_deadline(const struct core *c);

#endif
