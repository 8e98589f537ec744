/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/presence.h"

#include <assert.h>

#include "base/text.h"
#include "core/group.h"
#include "core/view.h"

/* In a row without end one loss in so many is worth a line. */
#define SAY_EVERY 60

/* An address that we answer for, and that is there as far as the walk knows; of what we yield it goes first. */
static bool
is_held(const struct group *g, unsigned resource)
{
	return group_is_address(g, resource) && g->resources[resource].state == RESOURCE_RUNNING &&
	    view_claim_is_held(g->claim) && !g->yields;
}

static bool
is_nowhere(const struct resource *r)
{
	return r->place == ADDRESS_NOWHERE;
}

static const char *
text_of(const struct group *g, unsigned resource)
{
	return g->conf->resources[resource].text;
}

static const char *
why_of(const struct resource *r)
{
	if (r->place_why != NULL)
		return r->place_why;
	return is_nowhere(r) ? "no interface can have it" : "was gone";
}

void
presence_started(struct resource *r)
{
	r->place = ADDRESS_HERE;
	r->absent_since = r->put_at = MOMENT_NEVER;
}

void
presence_stopped(struct resource *r)
{
	r->absent_since = r->put_at = MOMENT_NEVER;
}

/* -- what was told -- */

/* A peer that does not hear us takes the group deadtime after our last beat, which may have been a keepalive
 * ago when the address went. */
static struct moment
given_up_at(const struct core *c, const struct resource *r)
{
	if (moment_is_never(r->absent_since))
		return MOMENT_NEVER;
	return moment_add(r->absent_since,
	    span_from_ms(span_ms(c->conf->deadtime) - span_ms(c->conf->keepalive)));
}

/* Somebody who takes it away again and again is not to keep us busy. */
static struct moment
next_put_at(const struct core *c, struct resource *r)
{
	const bool in_a_row = r->row > 0 &&
	    !moment_reached(c->now, moment_add(r->lost_at, span_from_ms(PRESENCE_ROW_MS)));
	const struct span pause = span_from_ms(PRESENCE_PAUSE_MS);
	const struct moment paced = moment_max(c->now, moment_add(r->lost_at, pause));

	r->row = in_a_row ? r->row + 1 : 1;
	/* What somebody else put back took no turn. */
	r->lost_at = r->row > PRESENCE_AT_ONCE ? moment_min(paced, moment_add(c->now, pause)) : c->now;
	return r->lost_at;
}

static void
held_is_gone(struct core *c, struct resource *r, enum address_state before)
{
	if (moment_is_never(r->absent_since))
		r->absent_since = c->now;
	if (before == ADDRESS_GONE && (r->put_job != 0 || !moment_is_never(r->put_at)))
		return;
	r->put_at = next_put_at(c, r);
	/* It is not given up for what was not tried. */
	if (moment_before(c->now, r->put_at))
		r->absent_since = r->put_at;
}

static void
held_is_nowhere(struct core *c, const struct group *g, unsigned resource, enum address_state before)
{
	struct resource *r = &g->resources[resource];

	r->put_at = MOMENT_NEVER;
	/* MOMENT_NEVER is after now, and so may be its turn. */
	r->absent_since = moment_min(r->absent_since, c->now);
	/* The interface itself goes and comes: nobody is after our address. */
	r->row = 0;
	if (before == ADDRESS_NOWHERE)
		return;
	g_autofree char *left = text_from_span(moment_since(given_up_at(c, r), c->now));

	trace(&c->trace, TRACE_WARNING, "%s: %s: given up unless that changes within %s",
	    text_of(g, resource), why_of(r), left);
}

static void
held_is_here(struct core *c, const struct group *g, unsigned resource, enum address_state before,
    bool shaken)
{
	struct resource *r = &g->resources[resource];

	if (before != ADDRESS_HERE && !moment_is_never(r->absent_since)) {
		const struct moment since = moment_min(r->absent_since, c->now);
		g_autofree char *absent = text_from_span(moment_since(c->now, since));

		trace(&c->trace, TRACE_NOTICE, "%s: of use again after %s: announced",
		    text_of(g, resource), absent);
	}
	presence_started(r);
	if (before != ADDRESS_HERE || shaken)
		group_order(c, g, resource, OP_ANNOUNCE);
}

void
presence_event(struct core *c, const struct event_address *e)
{
	struct group *g = &c->groups[e->group];
	struct resource *r = &g->resources[e->resource];
	const enum address_state before = r->place;

	assert(e->group < c->conf->group_count && e->resource < g->conf->resource_count);
	if (!group_is_address(g, e->resource))
		return;
	r->place = e->state;
	g_free(r->place_why);
	r->place_why = e->state != ADDRESS_HERE ? g_strdup(e->reason) : NULL;
	if (before == ADDRESS_NOWHERE && e->state != ADDRESS_NOWHERE) {
		g->placed_at = moment_add(c->now, span_from_ms(PRESENCE_CONTACT_MS));
		/* What was down may be the path to the others, too: they are to hear us in that time. */
		c->tell = true;
	}
	c->changed = true;
	if (!is_held(g, e->resource))
		return;
	switch (e->state) {
	case ADDRESS_HERE:
		held_is_here(c, g, e->resource, before, e->shaken);
		break;
	case ADDRESS_GONE:
		held_is_gone(c, r, before);
		break;
	case ADDRESS_NOWHERE:
		held_is_nowhere(c, g, e->resource, before);
		break;
	case ADDRESS_STATE_COUNT:
		break;
	}
}

/* -- putting back -- */

static void
put_back(struct core *c, const struct group *g, unsigned resource)
{
	struct resource *r = &g->resources[resource];

	r->put_at = MOMENT_NEVER;
	r->put_job = group_order(c, g, resource, OP_START);
}

static void
was_put_back(struct core *c, const struct group *g, unsigned resource)
{
	struct resource *r = &g->resources[resource];

	r->put_back++;
	if (r->row <= PRESENCE_AT_ONCE || r->put_back % SAY_EVERY == 0)
		trace(&c->trace, TRACE_WARNING, "%s: %s; put back (%u time%s so far)",
		    text_of(g, resource), why_of(r), r->put_back, r->put_back == 1 ? "" : "s");
	presence_started(r);
}

bool
presence_child(struct core *c, struct group *g, const struct event_child *e)
{
	for (unsigned i = 0; i < g->conf->resource_count; i++) {
		struct resource *r = &g->resources[i];

		if (r->put_job == 0 || r->put_job != e->job)
			continue;
		r->put_job = 0;
		c->changed = true;
		if (!is_held(g, i))
			return true;
		if (e->end == CHILD_EXITED && e->code == 0)
			was_put_back(c, g, i);
		else if (r->place == ADDRESS_GONE && moment_is_never(r->put_at))
			r->put_at = moment_add(c->now, span_from_ms(PRESENCE_PAUSE_MS));
		return true;
	}
	return false;
}

/* -- what follows -- */

char *
presence_obstacle(const struct group *g)
{
	for (unsigned i = 0; i < g->conf->resource_count; i++) {
		if (is_nowhere(&g->resources[i]))
			return g_strdup_printf("%s: %s", text_of(g, i), why_of(&g->resources[i]));
	}
	return NULL;
}

char *
presence_refusal(const struct core *c, int group)
{
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		const struct group *g = &c->groups[i];

		if ((group < 0 || (unsigned)group == i) && g->claim->state == CLAIM_FAILED && g->unplaced)
			return g_strdup_printf(
			    "group %s cannot run here: %s", g->conf->key, g->claim->why);
	}
	return NULL;
}

static void
settle_held(struct core *c, struct group *g)
{
	for (unsigned i = 0; i < g->conf->resource_count; i++) {
		struct resource *r = &g->resources[i];

		if (!is_held(g, i))
			continue;
		if (moment_reached(c->now, given_up_at(c, r))) {
			g_autofree char *why = is_nowhere(r) ? presence_obstacle(g)
			    : g_strdup_printf("%s cannot be put back", text_of(g, i));

			group_fail(c, g, is_nowhere(r), why);
			return;
		}
		/* One attempt at a time. */
		if (r->put_job == 0 && moment_reached(c->now, r->put_at))
			put_back(c, g, i);
	}
}

static void
settle_resting(struct core *c, struct group *g)
{
	g_autofree char *why = presence_obstacle(g);

	if (c->self->facts.leave != LEAVE_NOT)
		return;
	if (g->claim->state != CLAIM_FAILED && why != NULL) {
		if (g->claim->state != CLAIM_WANT)
			g->rest = g->claim->state;
		g->unplaced = true;
		group_enter(c, g, CLAIM_FAILED, -1, "%s", why);
	} else if (g->claim->state == CLAIM_FAILED && g->unplaced && why == NULL &&
	    moment_reached(c->now, g->placed_at)) {
		g->unplaced = false;
		group_enter(c, g, g->rest, -1, "its addresses can be here again");
	}
}

void
presence_settle(struct core *c, struct group *g)
{
	switch (g->claim->state) {
	case CLAIM_STARTING:
	case CLAIM_RUNNING:
	case CLAIM_OFFER:
		settle_held(c, g);
		break;
	case CLAIM_IDLE:
	case CLAIM_AWAY:
	case CLAIM_FAILED:
	case CLAIM_WANT:
		settle_resting(c, g);
		break;
	case CLAIM_PROBING:
	case CLAIM_LEFTOVER:	/* its start will show */
	case CLAIM_GIVING:
	case CLAIM_BROKEN:
	case CLAIM_STATE_COUNT:
		break;
	}
}

struct moment
presence_deadline(const struct core *c, const struct group *g)
{
	struct moment soonest = MOMENT_NEVER;

	if (g->claim->state == CLAIM_FAILED && g->unplaced && moment_before(c->now, g->placed_at))
		return g->placed_at;
	for (unsigned i = 0; i < g->conf->resource_count; i++) {
		const struct resource *r = &g->resources[i];

		if (!is_held(g, i))
			continue;
		soonest = moment_min(soonest, given_up_at(c, r));
		if (r->put_job == 0)
			soonest = moment_min(soonest, r->put_at);
	}
	return soonest;
}
