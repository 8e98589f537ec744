/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/presence.h"

#include <assert.h>

#include "core/group.h"

/* Ours, and running as far as we know. */
static bool
is_held(const struct group *g, const struct resource *r)
{
	const enum claim_state state = g->claim->state;

	return r->state == RESOURCE_RUNNING &&
	    (state == CLAIM_STARTING || state == CLAIM_RUNNING || state == CLAIM_OFFER);
}

static void
put_back(struct core *c, const struct group *g, unsigned resource)
{
	struct resource *r = &g->resources[resource];
	struct action *a = actions_add(c->out, ACTION_RUN);

	r->put_job = core_next_job(c);
	a->job = r->put_job;
	a->op = OP_START;
	a->group = g->index;
	a->resource = resource;
	a->timeout = c->conf->resource_timeout;
}

void
presence_event(struct core *c, const struct event_address *e)
{
	const struct group *g = &c->groups[e->group];
	struct resource *r = &g->resources[e->resource];

	assert(e->group < c->conf->group_count && e->resource < g->conf->resource_count);
	if (g->conf->resources[e->resource].kind != RESOURCE_ADDRESS)
		return;
	r->place = e->state;
	g_free(r->place_why);
	r->place_why = e->state == ADDRESS_NOWHERE ? g_strdup(e->reason) : NULL;
	if (!is_held(g, r))
		return;
	if (e->state == ADDRESS_GONE && r->put_job == 0)
		put_back(c, g, e->resource);
	else if (e->state == ADDRESS_HERE && e->shaken)
		group_announce_resource(c, g, e->resource);
}

bool
presence_child(struct core *c, struct group *g, const struct event_child *e)
{
	(void)c;
	for (unsigned i = 0; i < g->conf->resource_count; i++) {
		struct resource *r = &g->resources[i];

		if (r->put_job == 0 || r->put_job != e->job)
			continue;
		r->put_job = 0;
		return true;
	}
	return false;
}
