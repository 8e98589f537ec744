/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a judge sees of the hosts: plain facts.
 */
#include "core/state.h"
#include "sim/daemon.h"
#include "sim/old_node.h"

void
world_look(const struct world *w, unsigned host, struct world_look *out)
{
	const struct host *h = &w->hosts[host];

	*out = (struct world_look){.daemon = h->powered && h->core != NULL};
	if (!out->daemon)
		return;
	out->awake = host_is_awake(w, h);
	out->active = h->core->self->status == NODE_ACTIVE;
	out->leaving = h->core->self->facts.leave != LEAVE_NOT;
	out->generation = h->core->generation;
}

/* Its own haresources may list the groups differently. NULL: not at all, or there is no daemon. */
static const struct group *
own_group(const struct world *w, unsigned host, unsigned group)
{
	const struct host *h = &w->hosts[host];
	int own = conf_group_index(h->conf, w->conf->groups[group].key);

	return own >= 0 && h->powered && h->core != NULL ? &h->core->groups[own] : NULL;
}

bool
world_has_group(const struct world *w, unsigned host, unsigned group)
{
	return conf_group_index(w->hosts[host].conf, w->conf->groups[group].key) >= 0;
}

enum claim_state
world_claim(const struct world *w, unsigned host, unsigned group)
{
	const struct group *g = own_group(w, host, group);

	return g != NULL ? g->claim->state : CLAIM_IDLE;
}

bool
world_old_claims(const struct world *w, unsigned host, unsigned group)
{
	const struct host *h = &w->hosts[host];
	int own = conf_group_index(h->conf, w->conf->groups[group].key);

	return own >= 0 && h->old != NULL && old_node_holds(h->old, (unsigned)own);
}

bool
world_offers_in_vain(const struct world *w, unsigned host, unsigned group)
{
	const struct core *c = w->hosts[host].core;
	const struct group *g = own_group(w, host, group);

	if (g == NULL || g->claim->state != CLAIM_OFFER)
		return false;
	const struct node *target = &c->nodes[g->claim->target];

	return target->status != NODE_ACTIVE || target->left ||
	    target->facts.leave != LEAVE_NOT || target->facts.orphaned ||
	    target->facts.claims[g->index].state == CLAIM_FAILED;
}

bool
world_counts_alive(const struct world *w, unsigned host, unsigned other)
{
	const struct core *c = w->hosts[host].core;

	return c != NULL && c->nodes[other].heard && !c->nodes[other].left &&
	    c->nodes[other].status != NODE_DEAD;
}

bool
world_hears(const struct world *w, unsigned host, unsigned other)
{
	const struct core *c = w->hosts[host].core, *o = w->hosts[other].core;

	return o != NULL && world_counts_alive(w, host, other) &&
	    c->nodes[other].generation == o->generation;
}

const char *
world_node_name(const struct world *w, unsigned host)
{
	return w->conf->nodes[host];
}

unsigned
world_group_preferred(const struct world *w, unsigned group)
{
	return w->conf->groups[group].preferred;
}

bool
world_is_settled(const struct world *w, unsigned host)
{
	const struct host *h = &w->hosts[host];

	return host_is_awake(w, h) && h->kind->is_settled(h);
}
