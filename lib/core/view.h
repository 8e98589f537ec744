/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Questions about what all nodes told: who holds a group, who wants it, who saw our wish. Nothing
 * is remembered here; each answer is read from the nodes' facts.
 */
#ifndef HB_CORE_VIEW_H
#define HB_CORE_VIEW_H

#include "core/state.h"

/* What a node told about a group. */
const struct claim *view_claim(const struct node *n, const struct group *g);

/* Another node, and alive. */
bool view_is_other(const struct core *c, const struct node *n);

/* It starts, runs or offers the group. */
bool view_claim_is_held(const struct claim *claim);

/* We are active, and every other node has told its facts or is dead: what nobody claims is free. */
bool view_is_complete(const struct core *c);

/* Another living node ... The first in the order of ha.cf, or NULL. */
const struct node *view_other_in_state(
    const struct core *c, const struct group *g, enum claim_state state);
const struct node *view_other_that_may_run(const struct core *c, const struct group *g);
/* ... that starts, runs or offers it. */
const struct node *view_other_holder(const struct core *c, const struct group *g);
const struct node *view_other_with_addresses(const struct core *c, const struct group *g);
/* ... that may run it and does not mean to let us have it. */
const struct node *view_holder_against_us(const struct core *c, const struct group *g);

/* Does it hear this life of ours, as far as it told? */
bool view_is_heard_by(const struct core *c, const struct node *n);
/* Does every living node, and has each told its facts? */
bool view_all_hear_us(const struct core *c);

/* Has it heard a life of ours that we know nothing of? Then we are a replay to it. */
bool view_is_ahead_of_us(const struct core *c, const struct node *n);

/* Every other living node has seen our present state of this group. */
bool view_wish_is_seen(const struct core *c, const struct group *g);

/* Every other living node has seen all that we tell at present. */
bool view_is_known(const struct core *c);

/* A living node has another haresources. */
bool view_groups_differ(const struct core *c);

/* No group is on its way anywhere, and every node is known. */
bool view_is_settled(const struct core *c);

#endif
