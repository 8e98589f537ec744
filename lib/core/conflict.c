/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/conflict.h"

#include <string.h>

#include "base/text.h"
#include "core/group.h"
#include "core/node.h"
#include "core/placement.h"
#include "core/view.h"

void
conflict_init(struct group *g)
{
	g->probe_begun = g->probe_ended = g->look_at = g->conflict_until = MOMENT_NEVER;
}

static void
stranger_forget(struct stranger *s)
{
	g_free(s->mac);
	g_free(s->interface);
	*s = (struct stranger){.said = MOMENT_NEVER};
}

static void
strangers_forget(struct group *g)
{
	for (unsigned i = 0; i < g->conf->resource_count; i++) {
		/* One that came from a damaged record may be half of one. */
		if (g->resources[i].stranger.mac != NULL || g->resources[i].stranger.interface != NULL)
			stranger_forget(&g->resources[i].stranger);
	}
}

void
conflict_clear(struct group *g)
{
	strangers_forget(g);
}

static bool
is_within(const struct core *c, struct moment then, int64_t ms)
{
	return !moment_is_never(then) && !span_exceeds(moment_since(c->now, then), span_from_ms(ms));
}

/* -- who else has the group -- */

/* Who still finds out what runs says nothing about it. */
static bool
is_holder(const struct group *g, const struct node *n)
{
	const enum claim_state state = view_claim(n, g)->state;

	return claim_may_run(state) && state != CLAIM_PROBING;
}

/* When its next beat is late; MOMENT_NEVER: it does not hold the group. */
static struct moment
late_at(const struct core *c, const struct group *g, const struct node *n)
{
	if (!view_is_other(c, n) || !is_holder(g, n))
		return MOMENT_NEVER;
	return moment_add(n->heard_at, span_add(c->conf->warntime, n->credit));
}

/* A node of ours may run it, and is well. */
static bool
is_held_by_other(const struct core *c, const struct group *g)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct moment at = late_at(c, g, &c->nodes[i]);

		if (!moment_is_never(at) && moment_before(c->now, at))
			return true;
	}
	return false;
}

/* Will it be ours if a holder that is late stays silent? */
static bool
is_about_to_be_ours(const struct core *c, const struct group *g)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		if (moment_reached(c->now, late_at(c, g, &c->nodes[i])) &&
		    placement_target_without(c, g->index, i) == (int)c->self->index)
			return true;
	}
	return false;
}

static bool
is_held(const struct core *c, const struct group *g)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];

		if ((n == c->self || node_is_alive(n)) && is_holder(g, n))
			return true;
	}
	return false;
}

static bool
runs_here(const struct group *g)
{
	return g->claim->state == CLAIM_RUNNING || g->claim->state == CLAIM_OFFER;
}

static bool
rests_here(const struct group *g)
{
	switch (g->claim->state) {
	case CLAIM_IDLE:
	case CLAIM_AWAY:
	case CLAIM_FAILED:
	case CLAIM_PROBING:
		return true;
	default:
		return false;
	}
}

/* -- probes -- */

static void
probe_begin(struct core *c, struct group *g)
{
	g->probe_begun = c->now;
	g->probe_first = 0;
	for (unsigned i = 0; i < g->conf->resource_count; i++) {
		if (!group_is_address(g, i))
			continue;
		g->probe_last = group_order(c, g, i, OP_PROBE);
		if (g->probes++ == 0)
			g->probe_first = g->probe_last;
	}
}

/* Who was not heard any more has given it up. */
static void
probe_end(struct core *c, struct group *g)
{
	g->probe_ended = c->now;
	for (unsigned i = 0; i < g->conf->resource_count; i++) {
		struct stranger *s = &g->resources[i].stranger;

		if (s->mac == NULL || !moment_before(s->heard, g->probe_begun) ||
		    (runs_here(g) && !s->sure))
			continue;
		if (!moment_is_never(s->said))
			trace(&c->trace, TRACE_NOTICE, "%s is no longer answered by %s on %s",
			    g->conf->resources[i].text, s->mac, s->interface);
		stranger_forget(s);
	}
}

bool
conflict_child(struct core *c, const struct event_child *e)
{
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		struct group *g = &c->groups[i];

		if (g->probes == 0 || e->job < g->probe_first || e->job > g->probe_last)
			continue;
		if (--g->probes == 0)
			probe_end(c, g);
		c->changed = true;
		return true;
	}
	return false;
}

/* Others are waited for anyway, or a holder's next beat is. */
static bool
is_time_to_spare(const struct core *c, const struct group *g)
{
	if (!rests_here(g) || is_held_by_other(c, g))
		return false;
	return c->self->status == NODE_UP || is_about_to_be_ours(c, g);
}

static bool
is_probe_due(const struct core *c, const struct group *g)
{
	if (g->probes > 0 || !group_has_address(g))
		return false;
	if (runs_here(g))
		return moment_reached(c->now, g->look_at);
	if (g->claim->state == CLAIM_WANT)
		return !g->held && !is_within(c, g->probe_ended, CONFLICT_FRESH_MS);
	return is_time_to_spare(c, g) && !is_within(c, g->probe_ended, CONFLICT_FRESH_MS / 2);
}

static void
group_look(struct core *c, struct group *g)
{
	g->held = g->held || is_held(c, g);
	if (is_held_by_other(c, g))
		strangers_forget(g);
	if (!runs_here(g))
		g->look_at = MOMENT_NEVER;
	else if (moment_is_never(g->look_at))
		g->look_at = moment_add(c->now, span_from_ms(CONFLICT_FIRST_MS));
	if (!is_probe_due(c, g))
		return;
	probe_begin(c, g);
	if (runs_here(g))
		g->look_at = moment_add(c->now, span_from_ms(CONFLICT_LOOK_MS));
}

void
conflict_settle(struct core *c)
{
	if (!c->started || c->self->facts.leave != LEAVE_NOT)
		return;
	for (unsigned i = 0; i < c->conf->group_count; i++)
		group_look(c, &c->groups[i]);
}

static struct moment
soonest_of(const struct core *c, struct moment soonest, struct moment at)
{
	return moment_is_never(at) || !moment_before(c->now, at) ? soonest : moment_min(soonest, at);
}

struct moment
conflict_deadline(const struct core *c)
{
	struct moment soonest = MOMENT_NEVER;

	for (unsigned i = 0; i < c->conf->group_count && c->self->facts.leave == LEAVE_NOT; i++) {
		const struct group *g = &c->groups[i];

		/* The end of a probe is an event. */
		if (g->probes > 0 || !group_has_address(g))
			continue;
		if (runs_here(g))
			soonest = soonest_of(c, soonest, g->look_at);
		if (!rests_here(g))
			continue;
		for (unsigned k = 0; k < c->conf->node_count; k++)
			soonest = soonest_of(c, soonest, late_at(c, g, &c->nodes[k]));
		if (is_time_to_spare(c, g) && !moment_is_never(g->probe_ended))
			soonest = soonest_of(c, soonest,
			    moment_add(g->probe_ended, span_from_ms(CONFLICT_FRESH_MS / 2 + 1)));
	}
	return soonest;
}

/* -- answers -- */

/* Would a machine that has an address of this group now be a stranger? */
static bool
is_minded(const struct core *c, const struct group *g)
{
	if (!c->started || c->exiting || is_held_by_other(c, g))
		return false;
	return runs_here(g) || g->claim->state == CLAIM_STARTING || g->probes > 0;
}

bool
core_minds_conflict(const struct core *c, unsigned group, unsigned resource)
{
	const struct group *g = &c->groups[group];
	const struct stranger *s = &g->resources[resource].stranger;

	if (!is_minded(c, g))
		return false;
	/* The clock of the last step will do. */
	return s->mac == NULL || !is_within(c, s->heard, CONFLICT_TWICE_MS) ||
	    (g->probes > 0 && (!s->sure || moment_before(s->heard, g->probe_begun)));
}

/* The words come from a driver of the kernel, or from a flight record. */
static bool
is_word(const char *text, size_t max)
{
	if (text == NULL || *text == '\0' || strlen(text) > max)
		return false;
	for (const char *p = text; *p != '\0'; p++) {
		if (!g_ascii_isgraph(*p))
			return false;
	}
	return true;
}

static void
say_if_due(struct core *c, struct group *g, unsigned resource, bool is_new)
{
	struct stranger *s = &g->resources[resource].stranger;

	if (is_within(c, s->said, is_new ? CONFLICT_SAY_NEW_MS : CONFLICT_SAY_SAME_MS))
		return;
	s->said = c->now;
	trace(&c->trace, TRACE_WARNING, "%s runs here and is answered by %s on %s too: two machines have"
	    " the address, and clients may reach either; take it from the other one",
	    g->conf->resources[resource].text, s->mac, s->interface);
}

void
conflict_heard(struct core *c, const struct event_conflict *e)
{
	struct group *g = &c->groups[e->group];
	struct stranger *s = &g->resources[e->resource].stranger;

	if (!group_is_address(g, e->resource) || !is_minded(c, g) || !is_word(e->mac, CONFLICT_MAC_MAX) ||
	    !is_word(e->interface, CONFLICT_INTERFACE_MAX))
		return;
	const bool is_new = s->mac == NULL || strcmp(s->mac, e->mac) != 0;
	const bool is_twice = !is_new &&
	    (s->sure || !is_within(c, s->heard, CONFLICT_TWICE_MS));

	if (is_new) {
		const struct moment said = s->mac == NULL ? MOMENT_NEVER : s->said;

		stranger_forget(s);
		s->said = said;
		s->mac = g_strdup(e->mac);
		s->interface = g_strdup(e->interface);
	}
	s->sure = g->probes > 0 || is_twice;
	s->heard = c->now;
	if (s->sure && (runs_here(g) || g->claim->state == CLAIM_STARTING))
		say_if_due(c, g, e->resource, is_new);
	/* A node that has just stopped may have said it last: ask. */
	if (!s->sure && runs_here(g))
		g->look_at = moment_is_never(g->probe_ended) ? c->now :
		    moment_min(g->look_at, moment_max(c->now,
			moment_add(g->probe_ended, span_from_ms(CONFLICT_FRESH_MS))));
	c->changed = true;
}

const struct stranger *
conflict_stranger(const struct group *g, unsigned resource)
{
	const struct stranger *s = &g->resources[resource].stranger;

	return s->mac != NULL && s->sure ? s : NULL;
}

/* -- starts -- */

bool
conflict_holds_up(struct core *c, struct group *g)
{
	if (g->held || !group_has_address(g))
		return false;
	if (g->probes > 0 || !is_within(c, g->probe_ended, CONFLICT_FRESH_MS))
		return true;
	for (unsigned i = 0; i < g->conf->resource_count; i++) {
		const struct stranger *s = conflict_stranger(g, i);

		if (s == NULL)
			continue;
		if (moment_is_never(g->conflict_until))
			g->conflict_until = moment_add(c->now, span_from_ms(CONFLICT_WAIT_MS));
		if (moment_reached(c->now, g->conflict_until))
			return false;
		g->failed_until = g->conflict_until;
		group_enter(c, g, CLAIM_FAILED, -1, "%s is answered by %s on %s, which is none of our nodes or"
		    " one that is silent; it is taken all the same in %.0fs", g->conf->resources[i].text,
		    s->mac, s->interface, span_seconds(moment_since(g->conflict_until, c->now)));
		return true;
	}
	g->conflict_until = MOMENT_NEVER;
	return false;
}

void
conflict_taken(struct core *c, struct group *g)
{
	g->conflict_until = MOMENT_NEVER;
	for (unsigned i = 0; i < g->conf->resource_count; i++) {
		const struct stranger *s = conflict_stranger(g, i);

		if (s == NULL)
			continue;
		g->resources[i].stranger.said = c->now;
		trace(&c->trace, TRACE_WARNING, "%s is taken although %s answers for it on %s (last %.1fs ago):"
		    " another machine, or a node that lives and is not heard; take the address from it",
		    g->conf->resources[i].text, s->mac, s->interface,
		    span_seconds(moment_since(c->now, s->heard)));
	}
}

bool
conflict_is_sound(const struct group *g)
{
	return g->probes == 0 ||
	    (group_has_address(g) && g->probe_first <= g->probe_last && !moment_is_never(g->probe_begun));
}
