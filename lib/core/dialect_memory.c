/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A 3.0.6 waits an hour for the end of a conversation, and refuses its own shutdown as long.
 * So a conversation outlives the engine that began it: it fits a byte, which the master keeps.
 */
#include "core/dialect_state.h"

/* talk 3 bits, talk_sides 2, talk_held 2 */
#define TALK_MASK 7
#define SIDES_SHIFT 3
#define HELD_SHIFT 5

/* A question that is not answered yet is not kept: the answer to it says all that is to be known. */
static bool
is_binding(enum talk talk)
{
	return talk == TALK_GIVING || talk == TALK_GIVEN || talk == TALK_TAKING || talk == TALK_TAKEN;
}

static unsigned
memory_of(const struct dialect *d)
{
	if (!is_binding(d->talk))
		return 0;
	return (unsigned)d->talk | d->talk_sides << SIDES_SHIFT | d->talk_held << HELD_SHIFT;
}

/* The other of a pair; NULL: no pair. */
static const struct node *
partner(const struct core *c)
{
	return dialect_is_pair(c) ? &c->nodes[1 - c->self->index] : NULL;
}

void
dialect_remember(struct core *c)
{
	const struct node *n = partner(c);
	unsigned memory;

	/* What the engine before us knew is of use until we know better. */
	if (n != NULL && !n->heard && n->status != NODE_DEAD)
		return;
	memory = n != NULL && n->dialect.spoken ? memory_of(&n->dialect) : 0;
	if (memory == c->talk_kept)
		return;
	c->talk_kept = memory;
	actions_add(c->out, ACTION_TALK)->talk = memory;
}

void
dialect_recall(struct core *c, struct node *n)
{
	struct dialect *d = &n->dialect;
	enum talk talk = (enum talk)(c->talk_kept & TALK_MASK);
	unsigned sides = c->talk_kept >> SIDES_SHIFT & SIDE_BOTH;

	/* It is in a conversation only while it is active: this is a new life of it. */
	if (!is_binding(talk) || sides == SIDE_NONE || n->status != NODE_ACTIVE)
		return;
	/* Our last word may have died with that engine. It is not said again, for all that: while it starts
	 * the set a second one ends the conversation for it, and it forgets that it holds the set. */
	dialect_talk(c, d, talk, sides);
	d->talk_held = c->talk_kept >> HELD_SHIFT & sides;
	if (talk == TALK_TAKEN)
		d->away = sides;
	trace(&c->trace, TRACE_INFO, "going on with what was agreed with %s about %s groups", n->name,
	    dialect_word(sides, talk == TALK_GIVING || talk == TALK_GIVEN));
}
