/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/placement.h"

#include <string.h>

#include "core/node.h"
#include "core/view.h"

/* A node on its way to active: it will want its groups in a moment. */
static bool
node_is_joining(const struct core *c, const struct node *n)
{
	if (!node_is_alive(n) || (n->status != NODE_UP && n->status != NODE_INIT))
		return false;
	if (n->facts.leave != LEAVE_NOT || n->facts.orphaned)
		return false;
	return moment_before(c->now, moment_add(n->heard_first, c->conf->initdead));
}

/* 0: no candidate; 1: sent away, only if nobody else; 2: yes. */
static int
node_suits(const struct core *c, const struct node *n, unsigned group)
{
	if ((!node_is_fit(n) && !node_is_joining(c, n)) || !node_has_group(c, n, group))
		return 0;
	switch (n->facts.claims[group].state) {
	case CLAIM_IDLE:
	case CLAIM_PROBING:
	case CLAIM_LEFTOVER:
	case CLAIM_WANT:
	case CLAIM_STARTING:
	case CLAIM_RUNNING:
		return 2;
	case CLAIM_AWAY:
		return 1;
	case CLAIM_FAILED:
	case CLAIM_OFFER:
	case CLAIM_GIVING:
	case CLAIM_BROKEN:
	case CLAIM_STATE_COUNT:
		break;
	}
	return 0;
}

int
placement_target_without(const struct core *c, unsigned group, unsigned without)
{
	const struct conf_group *g = &c->conf->groups[group];
	/* By files that differ two nodes could each leave it to the other. */
	bool common = view_groups_differ(c);
	int second = -1;

	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[common ? i : g->order[i]];
		int suits = n->index == without ? 0 : node_suits(c, n, group);

		if (suits == 2)
			return (int)n->index;
		if (suits == 1 && second < 0)
			second = (int)n->index;
	}
	return second;
}

int
placement_target(const struct core *c, unsigned group)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];
		const struct claim *claim = &n->facts.claims[group];

		if (!node_is_alive(n) || claim->target < 0 ||
		    (claim->state != CLAIM_OFFER && claim->state != CLAIM_GIVING))
			continue;
		if (node_suits(c, &c->nodes[claim->target], group) > 0)
			return claim->target;
	}
	return placement_target_without(c, group, c->conf->node_count);
}

static unsigned
order_position(const struct conf *conf, unsigned group, unsigned node)
{
	for (unsigned i = 0; i < conf->node_count; i++) {
		if (conf->groups[group].order[i] == node)
			return i;
	}
	return conf->node_count;
}

bool
placement_outranks(
    const struct core *c, unsigned group, const struct node *a, const struct node *b)
{
	if (a->facts.firm != b->facts.firm)
		return a->facts.firm;
	if (strcmp(a->facts.digest, b->facts.digest) != 0)
		return strcmp(a->name, b->name) < 0;
	return order_position(c->conf, group, a->index) < order_position(c->conf, group, b->index);
}
