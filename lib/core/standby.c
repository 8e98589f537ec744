/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/standby.h"

#include <assert.h>
#include <string.h>

#include "core/dialect.h"
#include "core/group.h"
#include "core/handover.h"
#include "core/node.h"
#include "core/placement.h"
#include "core/presence.h"
#include "core/send.h"
#include "core/view.h"

static const char *const set_names[] = {
    [SET_ALL] = "all",
    [SET_LOCAL] = "local",
    [SET_FOREIGN] = "foreign",
};
static_assert(G_N_ELEMENTS(set_names) == SET_COUNT, "a name for each set");

static const char *const holds_words[] = {"none", "local", "foreign", "all"};

bool
standby_set_from_word(const char *word, enum standby_set failback, enum standby_set *out)
{
	if (strcmp(word, "failback") == 0) {
		*out = failback;
		return true;
	}
	for (unsigned i = 0; i < SET_COUNT; i++) {
		if (strcmp(word, set_names[i]) == 0) {
			*out = i;
			return true;
		}
	}
	return false;
}

const char *
standby_set_name(enum standby_set set)
{
	assert(set < SET_COUNT);
	return set_names[set];
}

static bool
set_contains(enum standby_set set, const struct group *g, const struct node *n)
{
	bool local = g->conf->preferred == n->index;

	return set == SET_ALL || (set == SET_LOCAL) == local;
}

char *
standby_give(struct core *c, enum standby_set set, const struct node *to)
{
	const char *word = standby_set_name(set);
	const struct node *viewer = to != NULL ? to : c->self;
	unsigned held = 0, without = 0;

	if (c->conf->auto_failback == FAILBACK_LEGACY) {
		trace(&c->trace, TRACE_INFO, "Standby mode only implemented when nice_failback on");
		return g_strdup("auto_failback is set to legacy. Cannot enter standby.");
	}
	if (dialect_is_talking(c)) {
		trace(&c->trace, TRACE_WARNING, "Standby in progress- new request from %s ignored",
		    c->self->name);
		return g_strdup("a standby is in progress: try again when that is done");
	}
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		struct group *g = &c->groups[i];

		if (!set_contains(set, g, viewer))
			continue;
		/* It is on its way there already. */
		if (to != NULL && g->claim->target == (int)to->index)
			continue;
		if (g->claim->state == CLAIM_STARTING || g->claim->state == CLAIM_GIVING ||
		    g->claim->state == CLAIM_OFFER || g->yields) {
			trace(&c->trace, TRACE_WARNING,
			    "standby message [me] from %s ignored.  local resources in flux.",
			    c->self->name);
			return g_strdup_printf(
			    "group %s is %s: try again when that is done", g->conf->key,
			    g->yields ? claim_state_name(CLAIM_GIVING) : claim_state_name(g->claim->state));
		}
	}
	trace(&c->trace, TRACE_INFO, "%s wants to go standby [%s]", c->self->name, word);
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		struct group *g = &c->groups[i];
		int target;

		if (g->claim->state != CLAIM_RUNNING || !set_contains(set, g, viewer))
			continue;
		held++;
		target = to != NULL && node_is_fit(to)
		    ? (int)to->index
		    : placement_target_without(c, g->index, c->self->index);
		if (target < 0 || !node_is_fit(&c->nodes[target])) {
			without++;
			continue;
		}
		g_autofree char *why = g_strdup_printf("%s [%s]",
		    to != NULL ? "hb_takeover on the other side" : "hb_standby", word);

		handover_offer(c, g, (unsigned)target, true, set, why);
	}
	if (without > 0) {
		trace(&c->trace, TRACE_WARNING,
		    "No reply to standby request.  Standby request cancelled.");
		return g_strdup_printf("%u of %u groups stay here: no other node can take them",
		    without, held);
	}
	return NULL;
}

static unsigned
others_alive(const struct core *c)
{
	unsigned count = 0;

	for (unsigned i = 0; i < c->conf->node_count; i++)
		count += view_is_other(c, &c->nodes[i]) ? 1 : 0;
	return count;
}

/* A group of the set that another node is about to start, stop or give away: it would not obey. */
static char *
moving_elsewhere(const struct core *c, enum standby_set set)
{
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		const struct group *g = &c->groups[i];

		for (unsigned k = 0; k < c->conf->node_count; k++) {
			const struct node *n = &c->nodes[k];
			const struct claim *claim = view_claim(n, g);

			if (!set_contains(set, g, c->self) || !view_is_other(c, n) ||
			    claim->target == (int)c->self->index)
				continue;
			if (claim->state == CLAIM_STARTING || claim->state == CLAIM_OFFER ||
			    claim->state == CLAIM_GIVING)
				return g_strdup_printf("group %s is %s on %s: try again when that is done",
				    g->conf->key, claim_state_name(claim->state), n->name);
		}
	}
	return NULL;
}

char *
standby_ask(struct core *c, enum standby_set set)
{
	const struct group *unplaced = NULL;
	unsigned willing = 0;
	char *moving;

	if (c->conf->auto_failback == FAILBACK_LEGACY)
		return g_strdup("auto_failback is set to legacy. Cannot ask for a takeover.");
	if (c->self->status != NODE_ACTIVE || c->self->facts.leave != LEAVE_NOT)
		return g_strdup("this node is not active");
	/* The node that is asked refuses too, but only its log would say so. */
	moving = moving_elsewhere(c, set);
	if (moving != NULL)
		return moving;
	/* Who asks for a group is willing to try it again. */
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		struct group *g = &c->groups[i];

		if (!set_contains(set, g, c->self) || g->claim->state != CLAIM_FAILED)
			continue;
		if (g->unplaced) {
			unplaced = g;
			continue;
		}
		group_enter(c, g, CLAIM_IDLE, -1, "hb_takeover: to be tried again");
		willing++;
	}
	if (others_alive(c) == 0)
		return willing > 0 ? NULL : g_strdup("no other node is there to be asked");
	/* Who is asked must know it before. */
	if (c->facts_dirty)
		send_status(c);
	struct msg *m = msg_new("hb_takeover");

	msg_add(m, "rsc_hold", standby_set_name(set));
	send_message(c, m, NULL);
	return unplaced == NULL ? NULL : presence_refusal(c, (int)unplaced->index);
}

void
standby_asked(struct core *c, const struct node *from, enum standby_set set)
{
	g_autofree char *refused = standby_give(c, set, from);

	if (refused != NULL)
		trace(&c->trace, TRACE_WARNING, "hb_takeover [%s] of %s: %s", standby_set_name(set),
		    from->name, refused);
}

unsigned
standby_retry(struct core *c, int group)
{
	unsigned count = 0;

	for (unsigned i = 0; i < c->conf->group_count; i++) {
		struct group *g = &c->groups[i];

		if (group >= 0 && (unsigned)group != i)
			continue;
		if (g->claim->state == CLAIM_FAILED && !g->unplaced) {
			g->failures = 0;
			group_enter(c, g, CLAIM_IDLE, -1, "hbctl retry");
			count++;
		} else if (g->claim->state == CLAIM_BROKEN && g->foreign_stop) {
			/* For ourselves: nobody need take it for that moment. */
			group_stop(c, g, (int)c->self->index, CLAIM_IDLE, "hbctl retry");
			count++;
		}
	}
	return count;
}

/* -- words of 3.0.6 -- */

/* Do we answer for the groups that prefer this node? An empty set belongs to its node. */
static bool
holds_set_of(const struct core *c, const struct node *owner)
{
	bool any = false;

	for (unsigned i = 0; i < c->conf->group_count; i++) {
		const struct group *g = &c->groups[i];

		if (g->conf->preferred != owner->index)
			continue;
		any = true;
		if (view_claim_is_held(g->claim))
			return true;
	}
	if (any || c->self->status != NODE_ACTIVE || c->self->facts.leave != LEAVE_NOT)
		return false;
	return owner == c->self || owner->status == NODE_DEAD;
}

const char *
standby_holds(const struct core *c)
{
	bool local = holds_set_of(c, c->self);
	bool foreign = false;

	for (unsigned i = 0; i < c->conf->node_count && !foreign; i++)
		foreign = &c->nodes[i] != c->self && holds_set_of(c, &c->nodes[i]);
	return holds_words[(local ? 1 : 0) + (foreign ? 2 : 0)];
}

const char *
standby_holds_word(const char *text)
{
	for (size_t i = 0; text != NULL && i < G_N_ELEMENTS(holds_words); i++) {
		if (strcmp(text, holds_words[i]) == 0)
			return holds_words[i];
	}
	return NULL;
}
