/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a 3.0.6 said, made into facts as our own nodes tell them. */
#include "core/dialect_state.h"

#include "core/group.h"
#include "core/view.h"

void
dialect_claim(struct core *c, struct node *n, const struct group *g, enum claim_state state,
    int target)
{
	struct claim *claim = &n->facts.claims[g->index];

	if (claim->state == state && claim->target == target)
		return;
	claim->state = state;
	claim->target = target;
	claim->since = c->now;
	c->changed = true;
}

static void
claim_translate(struct core *c, struct node *n, const struct group *g)
{
	const struct dialect *d = &n->dialect;
	enum side side = dialect_side(c, g);
	bool haunted = d->ghost & side && !claim_may_run(g->claim->state);
	enum claim_state rest = d->holds & side ? (d->leaving ? CLAIM_GIVING : CLAIM_RUNNING)
	    : haunted				? CLAIM_RUNNING
	    : d->away & side			? CLAIM_AWAY
						: CLAIM_IDLE;
	bool held = rest == CLAIM_RUNNING;
	int us = (int)c->self->index;

	if ((d->talk_sides & side) == 0) {
		dialect_claim(c, n, g, rest, -1);
		return;
	}
	switch (d->talk) {
	case TALK_NONE:
		dialect_claim(c, n, g, rest, -1);
		break;
	case TALK_ASKED:
		/* What does not run here is part of the question, too: hands off. */
		dialect_claim(c, n, g, held || claim_may_run(g->claim->state) ? rest : CLAIM_WANT, -1);
		break;
	case TALK_GIVING:
		dialect_claim(c, n, g, held ? rest : CLAIM_WANT, -1);
		break;
	case TALK_GIVEN:
		dialect_claim(c, n, g, held ? rest : CLAIM_STARTING, -1);
		break;
	case TALK_OFFERED:
		if (d->talk_held & side)
			dialect_claim(c, n, g, CLAIM_OFFER, us);
		else
			dialect_claim(c, n, g, rest, -1);
		break;
	case TALK_TAKING:
		if (d->talk_held & side)
			dialect_claim(c, n, g, CLAIM_GIVING, us);
		else
			dialect_claim(c, n, g, rest, -1);
		break;
	case TALK_TAKEN:
		dialect_claim(c, n, g, rest, -1);
		break;
	}
}

static void
seen_translate(struct core *c, struct node *n)
{
	struct seen *seen = &n->facts.seen[c->self->index];

	/* It may have to ask for our farewell again: it does not say that it has it. */
	if (c->self->facts.leave == LEAVE_DONE || c->facts_dirty)
		return;
	*seen = (struct seen){.generation = c->generation, .version = c->self->facts.version};
}

static void
node_translate(struct core *c, struct node *n)
{
	const struct dialect *d = &n->dialect;
	bool legacy = dialect_is_legacy(c);
	bool known = dialect_is_pair(c) && (legacy ? n->status == NODE_ACTIVE : d->told);
	bool offers = d->talk == TALK_OFFERED || d->talk == TALK_TAKING;

	c->changed |= n->facts.known != known;
	n->facts.known = known;
	n->facts.firm = true;
	n->facts.leave = d->leaving ? LEAVE_BEGUN : LEAVE_NOT;
	n->facts.gives = offers ? dialect_word(d->talk_sides, false) : NULL;
	g_strlcpy(n->facts.digest, c->self->facts.digest, sizeof(n->facts.digest));
	if (!known)
		return;
	seen_translate(c, n);
	if (legacy) {
		dialect_legacy_translate(c, n);
		return;
	}
	for (unsigned i = 0; i < c->conf->group_count; i++)
		claim_translate(c, n, &c->groups[i]);
}

void
dialect_translate(struct core *c)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		struct node *n = &c->nodes[i];

		if (dialect_is_beside(c, n))
			node_translate(c, n);
	}
}
