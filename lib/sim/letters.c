/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Messages of clients, numbered by the schedule: each life of a daemon that hears the sender gets
 * each of them once; in order, if the network keeps it. What is lost or overtaken on the way may
 * come later than its successor: nothing waits for it.
 */
#include <stdlib.h>
#include <string.h>

#include "sim/rules.h"

static struct letter *
letter_at(const struct rules *r, unsigned i)
{
	return &g_array_index(r->letters, struct letter, i);
}

/* "says 12" */
static void
note_sent(struct rules *r, unsigned from, unsigned number)
{
	struct letter l = {.number = number, .from = from};
	struct world_look look;

	world_look(r->w, from, &look);
	l.generation = look.generation;
	l.due = moment_add(world_now(r->w), rules_round(r));
	for (unsigned h = 0; h < world_host_count(r->w); h++) {
		world_look(r->w, h, &look);
		/* Both ways: it answers to be told what it missed. */
		if (h != from && look.awake && world_hears(r->w, h, from) &&
		    world_hears(r->w, from, h))
			l.owed[h] = look.generation;
	}
	g_array_append_val(r->letters, l);
}

static void
judge_order(struct rules *r, unsigned host, const struct letter *l)
{
	for (unsigned i = 0; i < r->letters->len; i++) {
		const struct letter *other = letter_at(r, i);

		if (other->from == l->from && other->generation == l->generation &&
		    other->number > l->number && other->heard[host] > 0)
			verdict_blame(r->v, RULE_MESSAGE, "message %u came to %s after message %u",
			    l->number, world_node_name(r->w, host), other->number);
	}
}

/* "hears 12 from alpha" */
static void
note_heard(struct rules *r, unsigned host, unsigned number)
{
	struct world_look look;

	world_look(r->w, host, &look);
	for (unsigned i = 0; i < r->letters->len; i++) {
		struct letter *l = letter_at(r, i);

		if (l->number != number || l->owed[host] != look.generation)
			continue;
		if (++l->heard[host] > 1 && r->strict)
			verdict_blame(r->v, RULE_MESSAGE, "message %u came to %s twice", number,
			    world_node_name(r->w, host));
		if (r->strict && r->orderly)
			judge_order(r, host, l);
		return;
	}
}

void
letters_line(struct rules *r, unsigned host, const char *text)
{
	const char *number = strchr(text, ' ');

	if (number == NULL || host >= RULES_HOSTS_MAX)
		return;
	if (g_str_has_prefix(text, "says "))
		note_sent(r, host, (unsigned)strtoul(number, NULL, 10));
	else if (g_str_has_prefix(text, "hears "))
		note_heard(r, host, (unsigned)strtoul(number, NULL, 10));
}

static void
look_at_letter(struct rules *r, struct letter *l)
{
	const struct rules_host *from = &r->hosts[l->from];
	bool lives = from->look.daemon && from->look.generation == l->generation;

	for (unsigned h = 0; h < world_host_count(r->w); h++) {
		const struct world_look *look = &r->hosts[h].look;

		if (l->owed[h] == 0 || l->heard[h] > 0)
			continue;
		/* Who ended, or forgot the other, is owed nothing. */
		if (!lives || !r->strict || !look->daemon || look->generation != l->owed[h] ||
		    from->look.leaving || look->leaving || !world_hears(r->w, h, l->from))
			l->owed[h] = 0;
		else if (!look->awake || !from->look.awake)
			l->due = moment_max(l->due, moment_add(world_now(r->w), rules_round(r)));
		else if (moment_reached(world_now(r->w), l->due))
			verdict_blame(r->v, RULE_MESSAGE, "message %u did not come to %s", l->number,
			    world_node_name(r->w, h));
	}
}

void
letters_look(struct rules *r)
{
	for (unsigned i = 0; i < r->letters->len; i++)
		look_at_letter(r, letter_at(r, i));
}
