/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A client reaches the holder. Who says that it runs a group has its addresses; while the network is whole a
 * doubled address is one again at once, and all clients go where the only one is.
 *
 * Unlike other rules these hold in the harsh class too, from the moment on at which the network is whole.
 */
#include "sim/rules.h"

/* An address that was removed is back in 50 ms; one that is removed again and again is paced. */
#define PUT_BACK_MS 2000
/* Beyond a beat, in which nodes that had lost each other hear each other, and what a packet takes. */
#define HEAL_MS 1000

static bool
lasts(const struct rules *r, struct moment *since, bool is_so, struct span limit)
{
	*since = is_so ? moment_min(*since, world_now(r->w)) : MOMENT_NEVER;
	return is_so && span_exceeds(moment_since(world_now(r->w), *since), limit);
}

/* Who answers for it says so at once, and others hear it: no beat is waited for. */
static struct span
contact_limit(const struct rules *r)
{
	return span_add(span_add(r->latest, r->latest), span_from_ms(HEAL_MS));
}

static struct span
heal_limit(const struct rules *r)
{
	return span_add(contact_limit(r), span_from_ms(r->d->keepalive_ms));
}

static bool
answers_for(const struct rules *r, unsigned host, unsigned group)
{
	enum claim_state state = r->stands[host][group].state;

	return r->hosts[host].look.awake && (state == CLAIM_RUNNING || state == CLAIM_OFFER);
}

/* -- what runs has its addresses -- */

static void
look_at_addresses(struct rules *r, unsigned host, unsigned group)
{
	struct rules_stand *stand = &r->stands[host][group];
	const bool up = world_can_have_addresses(r->w, host), can = up && stand->bad_addresses == 0;
	const bool lacks = answers_for(r, host, group) &&
	    (world_group_addresses(r->w, host, group) < world_group_addresses_all(r->w, group) || !up);
	const struct span nowhere = span_from_ms(r->d->deadtime_ms + PUT_BACK_MS);

	if (lasts(r, &stand->bare_since, lacks && can, span_from_ms(PUT_BACK_MS)))
		verdict_blame(r->v, RULE_ABSENT, "%s says that it runs group %s, and has had not all of its "
		    "addresses for %.1fs", world_node_name(r->w, host), world_group_key(r->w, group),
		    span_seconds(moment_since(world_now(r->w), stand->bare_since)));
	if (lasts(r, &stand->nowhere_since, lacks && !can, nowhere))
		verdict_blame(r->v, RULE_ABSENT, "%s says that it runs group %s, though it could not have its "
		    "addresses for %.1fs", world_node_name(r->w, host),
		    world_group_key(r->w, group),
		    span_seconds(moment_since(world_now(r->w), stand->nowhere_since)));
}

/* -- one holder, whom all clients know -- */

/* How many hosts have addresses of the group, and one of them. */
static unsigned
hosts_with_addresses(const struct rules *r, unsigned group, unsigned *one)
{
	unsigned count = 0;

	for (unsigned h = 0; h < world_host_count(r->w); h++) {
		if (world_group_addresses(r->w, h, group) == 0)
			continue;
		*one = h;
		count++;
	}
	return count;
}

/* Each knows of the other. */
static bool
are_in_contact(const struct rules *r, unsigned a, unsigned b)
{
	return a == b || (r->hosts[a].look.awake && r->hosts[b].look.awake && world_hears(r->w, a, b) &&
	    world_hears(r->w, b, a));
}

/* Who of them had the group meanwhile it can know. */
static bool
knows_all(const struct rules *r, unsigned host)
{
	for (unsigned h = 0; h < world_host_count(r->w); h++) {
		if (!are_in_contact(r, host, h))
			return false;
	}
	return true;
}

/* The client that does not find it there, and which it can know of. Returns: its host, or -1. */
static int
misled_client(const struct rules *r, unsigned holder, unsigned group)
{
	for (unsigned h = 0; h < world_host_count(r->w); h++) {
		/* Beside itself a client may have gone to one that has no power any more. */
		if ((h == holder ? knows_all(r, h) : are_in_contact(r, holder, h)) &&
		    !world_client_finds(r->w, h, holder, group))
			return (int)h;
	}
	return -1;
}

/* All that have addresses of it know of each other and of it, and no program for an address fails, or is still at
 * work. */
static bool
can_heal(const struct rules *r, unsigned group)
{
	for (unsigned a = 0; a < world_host_count(r->w); a++) {
		if (world_group_addresses(r->w, a, group) == 0)
			continue;
		if (!r->hosts[a].look.awake || r->stands[a][group].state == CLAIM_BROKEN ||
		    world_address_is_busy(r->w, a, group) ||
		    r->stands[a][group].bad_addresses > 0 || !world_has_group(r->w, a, group))
			return false;
		for (unsigned b = 0; b < a; b++) {
			if (world_group_addresses(r->w, b, group) > 0 && !are_in_contact(r, a, b))
				return false;
		}
	}
	return true;
}

/* Who says that, and whose addresses could go at once. */
static unsigned
hosts_that_answer(const struct rules *r, unsigned group)
{
	unsigned count = 0;

	for (unsigned h = 0; h < world_host_count(r->w); h++)
		count += answers_for(r, h, group) && world_has_group(r->w, h, group) &&
			r->stands[h][group].bad_addresses == 0 ? 1 : 0;
	return count;
}

static void
look_at_clients(struct rules *r, unsigned group, bool whole)
{
	struct rules_reach *reach = &r->reach[group];
	unsigned holder = 0;
	unsigned holders = whole ? hosts_with_addresses(r, group, &holder) : 0;
	int misled = -1;

	if (holders == 1 && answers_for(r, holder, group))
		misled = misled_client(r, holder, group);
	if (lasts(r, &reach->misled_since, misled >= 0, heal_limit(r)))
		verdict_blame(r->v, RULE_REACH,
		    "a client beside %s has not reached group %s on %s for %.1fs, which alone has its addresses",
		    world_node_name(r->w, (unsigned)misled), world_group_key(r->w, group), world_node_name(r->w, holder),
		    span_seconds(moment_since(world_now(r->w), reach->misled_since)));
	if (lasts(r, &reach->answered_since, whole && hosts_that_answer(r, group) > 1, contact_limit(r)))
		verdict_blame(r->v, RULE_REACH, "group %s has run on several nodes for %.1fs, though nothing keeps "
		    "them from hearing each other", world_group_key(r->w, group),
		    span_seconds(moment_since(world_now(r->w), reach->answered_since)));
	if (lasts(r, &reach->doubled_since, holders > 1 && can_heal(r, group), heal_limit(r)))
		verdict_blame(r->v, RULE_REACH,
		    "%u nodes that hear each other have had addresses of group %s for %.1fs", holders,
		    world_group_key(r->w, group),
		    span_seconds(moment_since(world_now(r->w), reach->doubled_since)));
}

void
reach_look(struct rules *r)
{
	/* What is lost on the way may have been what the others must know. */
	const bool whole = !r->loses && !r->corrupts && world_is_whole(r->w);

	for (unsigned g = 0; g < world_group_count(r->w); g++) {
		for (unsigned h = 0; h < world_host_count(r->w); h++)
			look_at_addresses(r, h, g);
		look_at_clients(r, g, whole);
	}
}
