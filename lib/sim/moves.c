/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Nothing moves that need not: who gives a group up has a reason, who is alone waits for nobody,
 * and what could not be started is left alone for a while.
 */
#include "sim/rules.h"

/* What failed is tried again after a minute at the earliest. */
#define FAILED_MS 60000
/* But at once when a node goes or somebody asks: that is how often between two statements. */
#define QUICK_RETRIES_MAX 8
/* What an administrator asked for is begun within this, once all have heard it. */
#define ASK_MS 10000
/* So long the wire may be asked whether somebody else has the addresses. */
#define PROBE_S 0.1

static bool
is_alone(const struct rules *r, unsigned host)
{
	for (unsigned i = 0; i < world_host_count(r->w); i++) {
		struct world_look look;

		world_look(r->w, i, &look);
		if (i != host && look.daemon)
			return false;
	}
	return true;
}

/* Nobody whom it takes for alive. */
static bool
hears_nobody(const struct rules *r, unsigned host)
{
	for (unsigned i = 0; i < world_host_count(r->w); i++) {
		if (i != host && world_counts_alive(r->w, host, i))
			return false;
	}
	return true;
}

static void
note_wish(struct rules *r, unsigned host, struct rules_stand *stand)
{
	stand->want_at = world_now(r->w);
	stand->want_alone = is_alone(r, host) && hears_nobody(r, host);
}

static void
judge_wait(struct rules *r, unsigned host, unsigned group, const struct rules_stand *stand)
{
	double waited = span_seconds(moment_since(world_now(r->w), stand->want_at));

	if (stand->want_alone && waited > PROBE_S)
		verdict_blame(r->v, RULE_STUCK, "%s waited for %.1fs to start group %s, though it is alone",
		    world_node_name(r->w, host), waited, world_group_key(r->w, group));
}

static void
judge_retry(struct rules *r, unsigned host, unsigned group, struct rules_stand *stand)
{
	if (span_ms(moment_since(world_now(r->w), stand->failed_at)) >= FAILED_MS)
		return;
	if (++stand->quick_retries > QUICK_RETRIES_MAX)
		verdict_blame(r->v, RULE_UNASKED, "%s tries group %s again and again",
		    world_node_name(r->w, host), world_group_key(r->w, group));
}

/* Its node is back, or was when the host heard of it last. */
static bool
failback_is_due(const struct rules *r, unsigned host, unsigned group)
{
	unsigned preferred = world_group_preferred(r->w, group);
	const struct rules_host *p = &r->hosts[preferred];
	struct span heard = rules_round(r);

	if (!r->d->failback || preferred == host)
		return false;
	/* What was given away, or failed there, stays. */
	if (world_claim(r->w, preferred, group) == CLAIM_AWAY ||
	    world_claim(r->w, preferred, group) == CLAIM_FAILED)
		return false;
	if (!p->look.daemon)
		return moment_before(world_now(r->w), rules_known_at(r, preferred));
	return !p->look.leaving ||
	    !span_exceeds(moment_since(world_now(r->w), p->leaving_since), heard);
}

static void
judge_giving(struct rules *r, unsigned host, unsigned group, enum claim_state to)
{
	struct span asked = moment_since(world_now(r->w), r->asked_at);
	struct span limit = span_add(rules_round(r), span_from_ms(r->d->deadtime_ms / 2 + ASK_MS));
	struct world_look look;

	world_look(r->w, host, &look);
	/* Its addresses have no place there. */
	if (to == CLAIM_GIVING && !world_can_have_addresses(r->w, host))
		return;
	if (look.leaving || (to == CLAIM_OFFER && !span_exceeds(asked, limit)) ||
	    (to == CLAIM_OFFER && failback_is_due(r, host, group)))
		return;
	verdict_blame(r->v, RULE_UNASKED, "%s gives up group %s, which nobody asked for (%s)",
	    world_node_name(r->w, host), world_group_key(r->w, group), claim_state_name(to));
}

void
moves_transition(struct rules *r, unsigned host, unsigned group, const struct transition *t)
{
	struct rules_stand *stand;

	if (host >= RULES_HOSTS_MAX || group >= RULES_GROUPS_MAX)
		return;
	stand = &r->stands[host][group];
	if (t->to == CLAIM_WANT)
		note_wish(r, host, stand);
	if (t->to == CLAIM_FAILED) {
		stand->failed_at = world_now(r->w);
		stand->unplaced = !world_can_have_addresses(r->w, host);
	}
	if (!r->strict)
		return;
	if (!coverage_is_possible(t->from, t->to))
		verdict_blame(r->v, RULE_UNASKED, "%s: group %s cannot go from %s to %s", t->host,
		    t->group, claim_state_name(t->from), claim_state_name(t->to));
	if (t->from == CLAIM_WANT && t->to == CLAIM_STARTING)
		judge_wait(r, host, group, stand);
	if (t->from == CLAIM_FAILED && t->to == CLAIM_IDLE)
		judge_retry(r, host, group, stand);
	if (t->from == CLAIM_RUNNING && moment_reached(world_now(r->w), r->healed_at))
		judge_giving(r, host, group, t->to);
}
