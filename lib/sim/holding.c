/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who has a group: never two, never nobody for long, as told, and no state for ever.
 */
#include <inttypes.h>

#include "sim/rules.h"

/* A stop or start of programs that are well takes a moment; with all that goes with it: */
#define PROGRAMS_FAST_MS 5000
/* With programs that fail or hang: 11 attempts at a stop, or 2 that hang, for two resources. */
#define PROGRAMS_SLOW_MS (20 * 60 * 1000)
/* After so long nothing is under way any more that began when programs were bad. */
#define PROGRAMS_OVER_MS (5 * 60 * 1000)
/* An offer that nobody takes up. */
#define OFFER_MS 10000
/* Looking is not exact. */
#define LOOK_MS 1000

static const char *
node_name(const struct rules *r, unsigned host)
{
	return world_node_name(r->w, host);
}

static double
seconds_since(const struct rules *r, struct moment since)
{
	return span_seconds(moment_since(world_now(r->w), since));
}

static bool
is_over(const struct rules *r, struct moment since, int64_t ms)
{
	return span_ms(moment_since(world_now(r->w), since)) > ms;
}

/* -- what is told is so -- */

static void
look_at_truth(struct rules *r, unsigned host, unsigned group)
{
	const struct rules_stand *stand = &r->stands[host][group];
	unsigned runs = world_group_runs(r->w, host, group);

	if (!r->hosts[host].look.daemon || stand->tampered)
		return;
	if (runs > 0 && !claim_may_run(stand->state))
		verdict_blame(r->v, RULE_UNTRUE, "group %s runs on %s, which calls it %s",
		    world_group_key(r->w, group), node_name(r, host), claim_state_name(stand->state));
	/* Of addresses: sim/reach.c. */
	if (runs < 2 && stand->state == CLAIM_RUNNING &&
	    world_group_addresses(r->w, host, group) == world_group_addresses_all(r->w, group))
		verdict_blame(r->v, RULE_UNTRUE, "group %s does not run on %s, which calls it %s",
		    world_group_key(r->w, group), node_name(r, host), claim_state_name(stand->state));
}

/* -- no state for ever -- */

static void
note_state(struct rules *r, unsigned host, unsigned group, bool reborn)
{
	struct rules_stand *stand = &r->stands[host][group];
	enum claim_state state = world_claim(r->w, host, group);

	if (state != stand->state || reborn || !r->hosts[host].look.awake)
		stand->since = world_now(r->w);
	stand->state = state;
}

static bool
programs_are_good(const struct rules *r, const struct rules_stand *stand)
{
	return stand->bad_programs == 0 && is_over(r, stand->good_since, PROGRAMS_OVER_MS);
}

/* How long a state may last on a host that is awake; -1: for ever. Unit: ms. */
static int64_t
patience_ms(const struct rules *r, const struct rules_stand *stand)
{
	int64_t programs = programs_are_good(r, stand) ? PROGRAMS_FAST_MS : PROGRAMS_SLOW_MS;

	switch (stand->state) {
	case CLAIM_PROBING:
	case CLAIM_STARTING:
	case CLAIM_GIVING:
		return programs;
	case CLAIM_OFFER:
		return OFFER_MS + LOOK_MS;
	case CLAIM_WANT:
	case CLAIM_LEFTOVER:
		/* Until the others have said, or are dead, or have stopped it. */
		return r->d->deadtime_ms + r->d->initdead_ms + PROGRAMS_SLOW_MS +
		    span_ms(rules_round(r));
	case CLAIM_IDLE:
	case CLAIM_AWAY:
	case CLAIM_FAILED:
	case CLAIM_RUNNING:
	case CLAIM_BROKEN:
	case CLAIM_STATE_COUNT:
		break;
	}
	return -1;
}

static void
look_at_patience(struct rules *r, unsigned host, unsigned group)
{
	const struct rules_stand *stand = &r->stands[host][group];
	int64_t patience = patience_ms(r, stand);

	if (r->hosts[host].look.awake && patience >= 0 && is_over(r, stand->since, patience))
		verdict_blame(r->v, RULE_STUCK, "group %s has been %s on %s for %.1fs",
		    world_group_key(r->w, group), claim_state_name(stand->state),
		    node_name(r, host), seconds_since(r, stand->since));
}

static void
look_at_offer(struct rules *r, unsigned host, unsigned group)
{
	if (r->hosts[host].look.awake && world_offers_in_vain(r->w, host, group))
		verdict_blame(r->v, RULE_STUCK, "%s still offers group %s to a node that cannot take it",
		    node_name(r, host), world_group_key(r->w, group));
}

static void
look_at_node(struct rules *r, unsigned host)
{
	const struct rules_host *h = &r->hosts[host];
	bool good = true;

	if (!h->look.awake)
		return;
	for (unsigned g = 0; g < world_group_count(r->w); g++)
		good = good && programs_are_good(r, &r->stands[host][g]);
	if (h->look.leaving) {
		if (is_over(r, moment_max(h->leaving_since, r->excused_until),
			good ? 2 * PROGRAMS_FAST_MS : PROGRAMS_SLOW_MS))
			verdict_blame(r->v, RULE_STUCK, "node %s has been leaving for %.1fs",
			    node_name(r, host), seconds_since(r, h->leaving_since));
	} else if (!h->look.active &&
	    is_over(r, moment_max(h->born, r->excused_until),
		r->d->initdead_ms + span_ms(rules_round(r)))) {
		verdict_blame(r->v, RULE_STUCK, "node %s has not become active in %.1fs",
		    node_name(r, host), seconds_since(r, h->born));
	}
}

/* -- never nobody for long -- */

/* It could take the group, as far as it is concerned. */
static bool
is_candidate(const struct rules *r, unsigned host, unsigned group)
{
	const struct world_look *look = &r->hosts[host].look;

	const struct rules_stand *stand = &r->stands[host][group];

	return look->awake && look->active && !look->leaving &&
	    world_has_group(r->w, host, group) && world_can_have_addresses(r->w, host) &&
	    (stand->state != CLAIM_FAILED || stand->unplaced);
}

static bool
is_free(const struct rules *r, unsigned group)
{
	bool candidate = false;

	for (unsigned h = 0; h < world_host_count(r->w); h++) {
		if (r->hosts[h].look.daemon && claim_may_run(r->stands[h][group].state))
			return false;
		candidate = candidate || is_candidate(r, h, group);
	}
	return candidate;
}

static void
look_at_absence(struct rules *r, unsigned group)
{
	struct moment from;

	if (!is_free(r, group)) {
		r->free_since[group] = MOMENT_NEVER;
		return;
	}
	r->free_since[group] = moment_min(r->free_since[group], world_now(r->w));
	from = moment_max(r->free_since[group], r->excused_until);
	for (unsigned h = 0; h < world_host_count(r->w); h++)
		from = moment_max(from, rules_known_at(r, h));
	if (r->strict && is_over(r, from, span_ms(rules_round(r))))
		verdict_blame(r->v, RULE_ABSENT,
		    "nobody has taken group %s for %.1fs, though all knew for %.1fs that it is free",
		    world_group_key(r->w, group), seconds_since(r, r->free_since[group]),
		    seconds_since(r, from));
}

void
holding_look(struct rules *r)
{
	if (r->strict && world_doubles(r->w) > r->doubles)
		verdict_blame(r->v, RULE_TWO, "a resource was started while it ran elsewhere");
	for (unsigned h = 0; h < world_host_count(r->w); h++) {
		bool reborn = r->hosts[h].born.ns == world_now(r->w).ns;

		for (unsigned g = 0; g < world_group_count(r->w); g++) {
			note_state(r, h, g, reborn);
			if (!r->strict)
				continue;
			look_at_truth(r, h, g);
			look_at_patience(r, h, g);
			look_at_offer(r, h, g);
		}
		if (r->strict)
			look_at_node(r, h);
	}
	for (unsigned g = 0; g < world_group_count(r->w); g++)
		look_at_absence(r, g);
}
