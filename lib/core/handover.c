/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/handover.h"

#include "core/conflict.h"
#include "core/dialect.h"
#include "core/group.h"
#include "core/node.h"
#include "core/placement.h"
#include "core/presence.h"
#include "core/standby.h"
#include "core/view.h"
#include "core/words.h"

#define PROBING_PATIENCE_MS 300
/* An offer that nobody takes up is withdrawn, as in 3.0.6. */
#define OFFER_MS 10000
/* Then auto_failback waits that long before the next. */
#define FAILBACK_PAUSE_MS 60000

/* -- nodes that went -- */

static bool
node_may_run_something(const struct core *c, const struct node *n)
{
	if (!n->facts.known)
		return true;
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		enum claim_state state = n->facts.claims[i].state;

		/* A wish may have become a start that we did not hear of any more. */
		if (claim_may_run(state) || state == CLAIM_WANT)
			return true;
	}
	return false;
}

/* What its end means for each group here. */
static void
note_end_of_holder(struct core *c, const struct node *n)
{
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		struct group *g = &c->groups[i];

		/* What could not be started here before may have nowhere else to go now. */
		g->failed_until = c->now;
		if (g->claim->state != CLAIM_WANT || n->left ||
		    !claim_may_run(view_claim(n, g)->state))
			continue;
		/* We were waiting for its stop; now we need not. */
		g_free(g->claim->why);
		g->claim->why = g_strdup_printf("%s died while it gave it up", n->name);
	}
}

void
handover_node_died(struct core *c, struct node *n)
{
	note_end_of_holder(c, n);
	if (node_may_run_something(c, n)) {
		trace(&c->trace, TRACE_WARNING, "No STONITH device configured.");
		trace(&c->trace, TRACE_WARNING, "Shared disks are not protected.");
		trace(&c->trace, TRACE_INFO, "Resources being acquired from %s.", n->name);
		n->takeover = true;
	} else {
		trace(&c->trace, TRACE_INFO, "Dead node %s gave up resources.", n->name);
	}
	facts_reset(&n->facts, c->conf);
	dialect_died(c, n);
	/* Should it still hear us, it learns that we do not hear it; should it start again from a
	 * disk that lost something, it learns which life we know of. */
	c->self->facts.seen[n->index].past = true;
	c->changed = true;
}

void
handover_slept(struct core *c, const char *how_long)
{
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		struct group *g = &c->groups[i];

		if (view_claim_is_held(g->claim))
			group_doubt(c, g, "we did not run for a while");
		if (g->claim->state == CLAIM_RUNNING || g->claim->state == CLAIM_OFFER)
			group_enter(c, g, CLAIM_LEFTOVER, -1,
			    "we did not run for %s: another node may have it by now", how_long);
	}
	dialect_doubt(c);
}

void
handover_lost_sight(struct core *c, const struct node *n, const char *how)
{
	g_autofree char *why = g_strdup_printf("%s %s", n->name, how);

	for (unsigned i = 0; i < c->conf->group_count; i++) {
		if (view_claim_is_held(c->groups[i].claim))
			group_doubt(c, &c->groups[i], why);
	}
}

void
handover_node_left(struct core *c, struct node *n)
{
	trace(&c->trace, TRACE_INFO, "Received shutdown notice from '%s'.", n->name);
	trace(&c->trace, TRACE_INFO, "Resources being acquired from %s.", n->name);
	n->left = true;
	n->takeover = true;
	note_end_of_holder(c, n);
	node_enter(c, n, NODE_DEAD, "it was shut down in good order");
	facts_reset(&n->facts, c->conf);
	dialect_reset(c, n);
	c->changed = true;
}

/* -- taking -- */

/* Why we take a group, for the log: whose it was, or whose it is. */
static char *
taking_because(const struct core *c, const struct group *g)
{
	const struct node *preferred = &c->nodes[g->conf->preferred];

	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];
		const struct claim *claim = view_claim(n, g);

		if (view_is_other(c, n) && claim->target == (int)c->self->index)
			return g_strdup_printf("%s gives it to us", n->name);
		if (view_is_other(c, n) && claim->state == CLAIM_FAILED)
			return g_strdup_printf("%s could not start it", n->name);
		if (view_is_other(c, n) && claim_may_run(claim->state))
			return g_strdup_printf(
			    "%s %s", n->name, n->facts.leave != LEAVE_NOT ? "leaves" : "gives it up");
	}
	if (preferred == c->self)
		return g_strdup("we are its preferred node and nobody runs it");
	if (preferred->status == NODE_DEAD)
		return g_strdup_printf("%s is %s", preferred->name,
		    preferred->left ? "shut down" : preferred->heard ? "dead" : "silent since we started");
	return g_strdup_printf("nobody runs it, and not %s either", preferred->name);
}

static void
settle_resting(struct core *c, struct group *g)
{
	if (g->claim->state == CLAIM_FAILED) {
		if (!moment_reached(c->now, g->failed_until) || g->unplaced ||
		    view_other_that_may_run(c, g) != NULL ||
		    view_other_in_state(c, g, CLAIM_WANT) != NULL || c->self->facts.leave != LEAVE_NOT)
			return;
		if (g->failures == 0)
			group_enter(c, g, CLAIM_IDLE, -1, "to be tried again");
		else
			group_enter(c, g, CLAIM_IDLE, -1, "to be tried again after %u failed start%s",
			    g->failures, g->failures == 1 ? "" : "s");
	}
	if (!view_is_complete(c) || view_holder_against_us(c, g) != NULL ||
	    view_other_in_state(c, g, CLAIM_WANT) != NULL ||
	    placement_target(c, g->index) != (int)c->self->index)
		return;
	g_autofree char *why = taking_because(c, g);

	g->rest = g->claim->state;
	group_enter(c, g, CLAIM_WANT, -1, "%s", why);
}

static void
settle_want(struct core *c, struct group *g)
{
	const struct node *rival = view_other_in_state(c, g, CLAIM_WANT);
	const struct node *holder = view_holder_against_us(c, g);

	if (!view_is_complete(c)) {
		group_enter(c, g, g->rest, -1, "not all nodes are known any more");
	} else if (holder != NULL) {
		group_enter(c, g, g->rest, -1, "%s keeps it", holder->name);
	} else if (rival != NULL && placement_outranks(c, g->index, rival, c->self)) {
		group_enter(c, g, g->rest, -1, "%s wants it and comes first", rival->name);
	} else if (rival == NULL && view_other_that_may_run(c, g) == NULL && view_wish_is_seen(c, g) &&
	    !conflict_holds_up(c, g)) {
		g_autofree char *why = g_strdup(g->claim->why);

		conflict_taken(c, g);
		if (c->nodes[g->conf->preferred].takeover)
			trace(&c->trace, TRACE_INFO, "Taking over resource group %s", g->conf->key);
		group_start(c, g, why);
	}
}

/* All of it was running when we came: keep it, unless another node answers for it. */
static void
settle_leftover(struct core *c, struct group *g)
{
	const struct node *holder = view_other_holder(c, g);
	const struct node *rival = view_other_in_state(c, g, CLAIM_LEFTOVER);

	if (c->self->facts.leave != LEAVE_NOT) {
		group_stop(c, g, -1, CLAIM_IDLE, "we are leaving");
	} else if (holder != NULL) {
		g_autofree char *why = g_strdup_printf("%s runs it", holder->name);
		group_yield(c, g, holder, why);
	} else if (rival != NULL && placement_outranks(c, g->index, rival, c->self)) {
		g_autofree char *why = g_strdup_printf("%s has it too and comes first", rival->name);
		group_yield(c, g, rival, why);
	} else if (view_is_complete(c) && view_other_that_may_run(c, g) == NULL && view_wish_is_seen(c, g)) {
		g_autofree char *why = g_strdup_printf("%s; nobody else has it", g->claim->why);
		group_start(c, g, why);
	}
}

/* -- giving -- */

/* It still speaks, but has not heard us for longer than a heal takes: it cannot yield. */
static bool
holder_is_deaf(const struct core *c, const struct group *g, const struct node *other)
{
	return !view_is_heard_by(c, other) && moment_reached(other->heard_at, g->deaf_at);
}

/* Two nodes run it: the one that comes first in its order keeps it, the other stops. */
static bool
yield_if_contested(struct core *c, struct group *g)
{
	const struct node *other = view_other_holder(c, g);

	if (other == NULL) {
		g->contested = false;
		return false;
	}
	bool yields = placement_outranks(c, g->index, other, c->self);

	if (!g->contested) {
		g->contested = true;
		g->deaf_at = moment_add(c->now, span_from_ms(3 * span_ms(c->conf->keepalive)));
		trace(&c->trace, TRACE_ERROR, "Both machines own %s resources! (group %s: %s keeps it)",
		    g->conf->preferred == c->self->index ? "our" : "foreign", g->conf->key,
		    yields ? other->name : c->self->name);
	}
	bool deaf = holder_is_deaf(c, g, other);

	/* What it told before it heard us may have been long on its way. */
	if (!(yields && view_is_heard_by(c, other)) && !deaf)
		return false;
	g_autofree char *why = g_strdup_printf(
	    "%s runs it too and %s", other->name, yields ? "comes first" : "does not hear us");

	group_yield(c, g, other, why);
	return true;
}

/* Another node may have it, or has started it since we did, whether we saw that or not. */
static void
notice_other_holder(struct core *c, struct group *g)
{
	for (unsigned i = 0; i < c->conf->node_count && g->doubt == NULL; i++) {
		const struct node *n = &c->nodes[i];
		const struct claim *claim = view_claim(n, g);
		/* Our engine does not know how often it was started before its time. */
		bool after_us = g->claim->epoch != 0 && claim->epoch > g->claim->epoch;

		if (!view_is_other(c, n) || claim->state == CLAIM_PROBING)
			continue;
		if (!claim_may_run(claim->state) && !after_us)
			continue;
		g_autofree char *why = g_strdup_printf("%s had it too", n->name);

		group_doubt(c, g, why);
	}
}

/* The next start of it, wherever, counts on from the last one. */
static void
epoch_catch_up(struct core *c, struct group *g)
{
	uint64_t epoch = g->claim->epoch;

	for (unsigned i = 0; i < c->conf->node_count; i++) {
		if (view_is_other(c, &c->nodes[i]))
			epoch = MAX(epoch, view_claim(&c->nodes[i], g)->epoch);
	}
	if (epoch == g->claim->epoch)
		return;
	g->claim->epoch = epoch;
	core_touch(c);
	c->changed = true;
}

/*
 * Neighbours believe whoever announced last. So a group that another node may have had is announced when
 * that node has given up the addresses, and once more when it has nothing of the group any more.
 */
static void
settle_doubt(struct core *c, struct group *g)
{
	notice_other_holder(c, g);
	if (g->doubt == NULL)
		return;
	const struct node *other = view_other_that_may_run(c, g);

	/* Whoever has us for dead, or has not told what it holds, may be about to start it. */
	if (other == NULL && !view_all_hear_us(c))
		return;
	if (other == NULL) {
		if (group_has_address(g))
			trace(&c->trace, TRACE_NOTICE,
			    "group %s: ours alone again, addresses are announced (%s)", g->conf->key, g->doubt);
		g_clear_pointer(&g->doubt, g_free);
		epoch_catch_up(c, g);
		group_announce(c, g);
	} else if (view_other_with_addresses(c, g) != NULL) {
		g->doubt_eased = false;
	} else if (!g->doubt_eased) {
		g->doubt_eased = true;
		if (group_has_address(g))
			trace(&c->trace, TRACE_NOTICE, "group %s: %s gives it up, addresses are announced",
			    g->conf->key, other->name);
		group_announce(c, g);
	}
}

void
handover_offer(struct core *c, struct group *g, unsigned target, bool standby, enum standby_set set,
    const char *why)
{
	c->self->facts.gives = c->standby_word = standby_set_name(set);
	c->standby_phase = STANDBY_ASKED;
	g->offer_is_standby = standby;
	g->offer_until = moment_add(c->now, span_from_ms(OFFER_MS));
	group_enter(c, g, CLAIM_OFFER, (int)target, "%s", why);
}

static bool
failback_is_due(const struct core *c, const struct group *g)
{
	const struct node *preferred = &c->nodes[g->conf->preferred];

	return c->conf->auto_failback != FAILBACK_OFF && preferred != c->self &&
	    /* By its own file it may send the group back at once, and so on without end. */
	    !node_has_other_groups(c, preferred) &&
	    node_is_fit(preferred) && view_claim(preferred, g)->state == CLAIM_IDLE &&
	    view_is_complete(c) && moment_reached(c->now, g->failback_at);
}

static void
settle_running(struct core *c, struct group *g)
{
	if (c->self->facts.leave != LEAVE_NOT) {
		group_stop(c, g, -1, CLAIM_IDLE, "we are leaving");
		return;
	}
	if (yield_if_contested(c, g) || !failback_is_due(c, g))
		return;
	const struct node *preferred = &c->nodes[g->conf->preferred];
	g_autofree char *why = g_strdup_printf("auto_failback: its node %s is back", preferred->name);

	trace(&c->trace, TRACE_INFO, "%s wants to go standby [foreign]", c->self->name);
	handover_offer(c, g, preferred->index, false, SET_FOREIGN, why);
}

static void
settle_offer(struct core *c, struct group *g)
{
	const struct node *target = &c->nodes[g->claim->target];
	const struct claim *theirs = view_claim(target, g);

	if (c->self->facts.leave != LEAVE_NOT) {
		group_stop(c, g, -1, CLAIM_IDLE, "we are leaving");
	} else if (yield_if_contested(c, g)) {
		return;
	} else if (theirs->state == CLAIM_WANT && node_is_fit(target)) {
		g_autofree char *why = g_strdup_printf("%s takes it", target->name);

		words_taken_up(c, target);
		group_stop(c, g, (int)target->index, g->offer_is_standby ? CLAIM_AWAY : CLAIM_IDLE, why);
	} else if (!node_is_fit(target) || theirs->state == CLAIM_FAILED) {
		trace(&c->trace, TRACE_INFO, "Cancelling pending standby operation");
		words_cancel(c);
		group_enter(c, g, CLAIM_RUNNING, -1, "%s can no longer take it", target->name);
	} else if (moment_reached(c->now, g->offer_until)) {
		trace(&c->trace, TRACE_WARNING,
		    "No reply to standby request.  Standby request cancelled.");
		words_cancel(c);
		g->failback_at = moment_add(c->now, span_from_ms(FAILBACK_PAUSE_MS));
		group_enter(c, g, CLAIM_RUNNING, -1, "%s did not take it in %ds", target->name,
		    OFFER_MS / 1000);
	}
}

static void
settle_starting(struct core *c, struct group *g)
{
	if (c->self->facts.leave != LEAVE_NOT)
		group_stop(c, g, -1, CLAIM_IDLE, "we are leaving");
	else
		yield_if_contested(c, g);
}

/* The machine is about to restart; or it is waited for somebody who stops it by hand. */
static void
settle_broken(struct core *c, struct group *g)
{
	if (!g->foreign_stop || g->last_stop || c->self->facts.leave == LEAVE_NOT)
		return;
	g->last_stop = true;
	group_stop(c, g, -1, CLAIM_IDLE, "we are leaving");
}

/* Finding out what runs is over at once, unless something holds it up: then addresses do not wait for it. */
static struct moment
addresses_go_at(const struct group *g)
{
	if (g->claim->state == CLAIM_GIVING)
		return g->claim->since;
	return moment_add(g->claim->since, span_from_ms(PROBING_PATIENCE_MS));
}

/* group.c is at work. It began before we knew that another node holds it: a stop or a status may take long. */
static void
settle_at_work(struct core *c, struct group *g)
{
	const struct node *other = view_other_holder(c, g);

	if (other == NULL || g->contested || !moment_reached(c->now, addresses_go_at(g)))
		return;
	g_autofree char *why = g_strdup_printf("%s runs it too", other->name);

	g->contested = true;
	group_let_addresses_go(c, g, why);
}

void
handover_settle(struct core *c)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		if (view_is_other(c, &c->nodes[i]))
			words_offered(c, &c->nodes[i]);
	}
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		struct group *g = &c->groups[i];

		group_settle(c, g);
		/* Nothing else is begun before its addresses are gone. */
		if (g->yields)
			continue;
		presence_settle(c, g);
		if (view_claim_is_held(g->claim))
			settle_doubt(c, g);
		switch (g->claim->state) {
		case CLAIM_IDLE:
		case CLAIM_AWAY:
		case CLAIM_FAILED:
			settle_resting(c, g);
			break;
		case CLAIM_WANT:
			settle_want(c, g);
			break;
		case CLAIM_LEFTOVER:
			settle_leftover(c, g);
			break;
		case CLAIM_STARTING:
			settle_starting(c, g);
			break;
		case CLAIM_RUNNING:
			settle_running(c, g);
			break;
		case CLAIM_OFFER:
			settle_offer(c, g);
			break;
		case CLAIM_PROBING:
			if (c->self->facts.leave != LEAVE_NOT)
				group_stop(c, g, -1, CLAIM_IDLE, "we are leaving");
			settle_at_work(c, g);
			break;
		case CLAIM_BROKEN:
			settle_broken(c, g);
			break;
		case CLAIM_GIVING:
			settle_at_work(c, g);
			break;
		case CLAIM_STATE_COUNT:
			break;
		}
	}
	if (!c->changed)
		words_complete(c, view_is_settled(c));
}

struct moment
handover_deadline(const struct core *c)
{
	struct moment soonest = MOMENT_NEVER;

	for (unsigned i = 0; i < c->conf->group_count; i++) {
		const struct group *g = &c->groups[i];

		soonest = moment_min(soonest, group_deadline(g));
		soonest = moment_min(soonest, presence_deadline(c, g));
		if (g->claim->state == CLAIM_PROBING && !g->contested && view_other_holder(c, g) != NULL &&
		    moment_before(c->now, addresses_go_at(g)))
			soonest = moment_min(soonest, addresses_go_at(g));
		if (g->claim->state == CLAIM_OFFER)
			soonest = moment_min(soonest, g->offer_until);
		/* Deadlines that have passed without effect wait for another event. */
		if (g->claim->state == CLAIM_FAILED && moment_before(c->now, g->failed_until))
			soonest = moment_min(soonest, g->failed_until);
		if (g->claim->state == CLAIM_RUNNING && moment_before(c->now, g->failback_at))
			soonest = moment_min(soonest, g->failback_at);
	}
	return soonest;
}
