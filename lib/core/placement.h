/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who should hold each group: a function of the nodes, what they told, and the configuration.
 * Recomputed from facts each time; it remembers nothing.
 */
#ifndef HB_CORE_PLACEMENT_H
#define HB_CORE_PLACEMENT_H

#include "core/state.h"

/*
 * The node that should run the group next: the target of an offer, else the first fit node in the
 * group's order that was not sent away, else the first that was. Nodes that give it up, could not
 * start it, or leave, do not count. A node that has just come up counts until its initdead is over,
 * so that its groups wait for it.
 *
 * Gives: index of the node, or -1.
 */
int placement_target(const struct core *c, unsigned group);

/* The same, leaving out one node: whom could it give the group to? */
int placement_target_without(const struct core *c, unsigned group, unsigned without);

/*
 * Of two nodes that want or run the same group, does a keep it? Known in advance, the same on all
 * nodes: the earlier in the group's order; by name if the nodes' haresources differ; but one that
 * is firm before one that is not.
 */
bool placement_outranks(
    const struct core *c, unsigned group, const struct node *a, const struct node *b);

#endif
