/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/view.h"

#include "core/node.h"

const struct claim *
view_claim(const struct node *n, const struct group *g)
{
	return &n->facts.claims[g->index];
}

bool
view_is_other(const struct core *c, const struct node *n)
{
	return n != c->self && node_is_alive(n);
}

bool
view_claim_is_held(const struct claim *claim)
{
	return claim->state == CLAIM_STARTING || claim->state == CLAIM_RUNNING ||
	    claim->state == CLAIM_OFFER;
}

/* Is every node accounted for, so that what nobody claims is free? */
bool
view_is_complete(const struct core *c)
{
	if (c->self->status != NODE_ACTIVE || c->self->facts.leave != LEAVE_NOT)
		return false;
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];

		if (n != c->self && n->status != NODE_DEAD && !n->facts.known)
			return false;
	}
	return true;
}

/* Another node runs the group and does not mean to let us have it. */
const struct node *
view_holder_against_us(const struct core *c, const struct group *g)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];
		const struct claim *claim = view_claim(n, g);

		if (!view_is_other(c, n) || !claim_may_run(claim->state))
			continue;
		if (n->facts.leave != LEAVE_NOT)
			continue;
		if ((claim->state == CLAIM_OFFER || claim->state == CLAIM_GIVING) &&
		    (claim->target == (int)c->self->index || claim->target < 0))
			continue;
		return n;
	}
	return NULL;
}

const struct node *
view_other_in_state(const struct core *c, const struct group *g, enum claim_state state)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];

		if (view_is_other(c, n) && view_claim(n, g)->state == state)
			return n;
	}
	return NULL;
}

const struct node *
view_other_that_may_run(const struct core *c, const struct group *g)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];

		if (view_is_other(c, n) && claim_may_run(view_claim(n, g)->state))
			return n;
	}
	return NULL;
}

/* Another node that may run the group and has not said that its addresses are gone. */
const struct node *
view_other_with_addresses(const struct core *c, const struct group *g)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];
		const enum claim_state state = view_claim(n, g)->state;

		if (view_is_other(c, n) && claim_may_run(state) && state != CLAIM_GIVING)
			return n;
	}
	return NULL;
}

/* Another node that holds the group: starts, runs or offers it. */
const struct node *
view_other_holder(const struct core *c, const struct group *g)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];

		if (view_is_other(c, n) && view_claim_is_held(view_claim(n, g)))
			return n;
	}
	return NULL;
}

bool
view_is_heard_by(const struct core *c, const struct node *n)
{
	const struct seen *us = &n->facts.seen[c->self->index];

	return us->generation == c->generation && !us->past;
}

bool
view_all_hear_us(const struct core *c)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];

		if (view_is_other(c, n) && (!n->facts.known || !view_is_heard_by(c, n)))
			return false;
	}
	return true;
}

bool
view_is_ahead_of_us(const struct core *c, const struct node *n)
{
	const struct seen *us = &n->facts.seen[c->self->index];

	if (us->generation != c->generation)
		return us->generation > c->generation;
	/* Two lives of one generation do not begin with the same version. */
	return us->version < c->version_first || us->version > c->self->facts.version;
}

static bool
version_is_seen(const struct core *c, uint64_t version)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];

		if (!view_is_other(c, n))
			continue;
		if (!view_is_heard_by(c, n) || n->facts.seen[c->self->index].version < version)
			return false;
	}
	return true;
}

bool
view_wish_is_seen(const struct core *c, const struct group *g)
{
	return !c->facts_dirty && version_is_seen(c, g->told);
}

bool
view_is_known(const struct core *c)
{
	return version_is_seen(c, c->self->facts.version);
}

bool
view_groups_differ(const struct core *c)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		if (node_has_other_groups(c, &c->nodes[i]))
			return true;
	}
	return false;
}

static bool
claim_is_settled(enum claim_state state)
{
	return state == CLAIM_IDLE || state == CLAIM_AWAY || state == CLAIM_FAILED ||
	    state == CLAIM_RUNNING;
}

bool
view_is_settled(const struct core *c)
{
	if (c->self->status != NODE_ACTIVE || c->self->facts.leave != LEAVE_NOT)
		return false;
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		const struct group *g = &c->groups[i];

		if (!claim_is_settled(g->claim->state))
			return false;
		for (unsigned k = 0; k < c->conf->node_count; k++) {
			const struct node *n = &c->nodes[k];

			if (view_is_other(c, n) && !claim_is_settled(view_claim(n, g)->state))
				return false;
		}
	}
	return view_is_complete(c);
}
