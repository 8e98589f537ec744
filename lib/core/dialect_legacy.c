/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * auto_failback legacy: nobody says what it holds. The preferred node asks for each of its groups
 * when it starts; the other stops it if it runs there, and answers. So what prefers us may run
 * there until the answer came, and what prefers the other runs there unless it runs here.
 */
#include "core/dialect_state.h"

#include <string.h>

#include "core/group.h"
#include "core/handover.h"
#include "core/node.h"
#include "core/send.h"

/* An answer may be lost in the other's scripts: ask again. */
#define ASK_AGAIN_MS 5000

static const char *
first_resource(const struct group *g)
{
	return g->conf->resources[0].text;
}

static void
note(struct core *c, struct node *n, unsigned sides, enum legacy_word word)
{
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		if (dialect_side(c, &c->groups[i]) & sides)
			n->dialect.legacy[i] = word;
	}
	c->changed = true;
}

/*
 * It asks once, for what it should run, when it starts: perhaps an earlier life of ours. If it comes
 * back from the dead it runs that already, and never yields.
 */
void
dialect_legacy_begin(struct core *c, struct node *n, bool again)
{
	if (again)
		note(c, n, SIDE_THEIRS, LEGACY_THEY_RUN);
	else if (n->status == NODE_ACTIVE)
		note(c, n, SIDE_THEIRS, LEGACY_UNSAID);
}

void
dialect_legacy_translate(struct core *c, struct node *n)
{
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		const struct group *g = &c->groups[i];
		enum legacy_word word = n->dialect.legacy[i];
		enum claim_state here = g->claim->state;
		bool runs_here = claim_may_run(here) && here != CLAIM_LEFTOVER;

		if (word == LEGACY_THEY_ASK || word == LEGACY_THEY_TAKE)
			dialect_claim(c, n, g, CLAIM_WANT, -1);
		else if (word == LEGACY_THEY_RUN || (word == LEGACY_UNSAID && here == CLAIM_LEFTOVER))
			dialect_claim(c, n, g, CLAIM_RUNNING, -1);
		else if (runs_here && dialect_side(c, g) == SIDE_THEIRS)
			/* It gets its own when it asks for it: an offer is no word of this dialect. */
			dialect_claim(c, n, g, CLAIM_AWAY, -1);
		else if (runs_here || word == LEGACY_FREE)
			dialect_claim(c, n, g, CLAIM_IDLE, -1);
		else if (dialect_side(c, g) == SIDE_OURS || here == CLAIM_LEFTOVER)
			dialect_claim(c, n, g, CLAIM_GIVING, (int)c->self->index);
		else
			dialect_claim(c, n, g, CLAIM_RUNNING, -1);
	}
}

static struct group *
group_named(struct core *c, const char *resource)
{
	for (unsigned i = 0; resource != NULL && i < c->conf->group_count; i++) {
		if (strcmp(first_resource(&c->groups[i]), resource) == 0)
			return &c->groups[i];
	}
	return NULL;
}

bool
dialect_legacy_message(struct core *c, struct node *n, const struct msg *m)
{
	bool asks = strcmp(msg_type(m), "ip-request") == 0;
	bool answers = strcmp(msg_type(m), "ip-request-resp") == 0;
	struct group *g = group_named(c, msg_get(m, "ipaddr"));

	/* Nothing else tells that it starts what is ours. */
	if (dialect_is_verdict(c, m))
		note(c, n, SIDE_OURS, LEGACY_THEY_RUN);
	if (!asks && !answers)
		return false;
	if (g == NULL) {
		trace(&c->trace, TRACE_WARNING,
		    "node %s asks for a group that our haresources does not name", n->name);
		return true;
	}
	enum legacy_word *word = &n->dialect.legacy[g->index];

	if (asks) {
		*word = claim_may_run(g->claim->state) ? LEGACY_THEY_TAKE : LEGACY_THEY_ASK;
	} else if (g_strcmp0(msg_get(m, "ok"), "OK") == 0 && *word == LEGACY_WE_ASKED) {
		*word = LEGACY_FREE;
	}
	c->changed = true;
	return true;
}

/* It tells itself to start a group: it need not ask anybody, it thinks. */
void
dialect_legacy_overheard(struct core *c, struct node *n, const struct msg *m)
{
	struct group *g = group_named(c, msg_get(m, "ipaddr"));

	if (g == NULL || strcmp(msg_type(m), "ip-request-resp") != 0 ||
	    g_strcmp0(msg_get(m, "dest"), n->name) != 0)
		return;
	n->dialect.legacy[g->index] = LEGACY_THEY_RUN;
	c->changed = true;
}

static void
ask_for(struct core *c, const struct group *g)
{
	struct msg *m = msg_new("ip-request");

	msg_add(m, "ipaddr", first_resource(g));
	send_message(c, m, NULL);
}

static void
answer(struct core *c, const struct node *n, const struct group *g, bool ran_here)
{
	struct msg *m = msg_new("ip-request-resp");

	msg_add(m, "ipaddr", first_resource(g));
	msg_add(m, "weown", ran_here ? "yes" : "no");
	msg_add(m, "ok", "OK");
	send_message(c, m, n);
}

void
dialect_legacy_speak(struct core *c, struct node *n)
{
	struct dialect *d = &n->dialect;
	bool again = d->greeted && moment_reached(c->now, d->greet_at);
	bool asked = false;

	if (!n->facts.known)
		return;
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		struct group *g = &c->groups[i];
		enum claim_state here = g->claim->state;

		bool they_ask = d->legacy[i] == LEGACY_THEY_ASK || d->legacy[i] == LEGACY_THEY_TAKE;

		/* It asks once, and its request may overtake the status that says it is active. */
		if (d->legacy[i] == LEGACY_UNSAID && here == CLAIM_RUNNING)
			d->legacy[i] = LEGACY_THEY_TAKE;
		if (d->legacy[i] == LEGACY_THEY_TAKE && here == CLAIM_RUNNING && node_is_fit(n))
			handover_offer(c, g, n->index, false, SET_FOREIGN, "its node asks for it");
		if ((they_ask || d->legacy[i] == LEGACY_UNSAID) && !claim_may_run(here)) {
			answer(c, n, g, d->legacy[i] == LEGACY_THEY_TAKE);
			d->legacy[i] = LEGACY_QUIET;
			c->changed = true;
			continue;
		}
		/* Two holders: we give it up, and ask for it in good order. */
		if (d->legacy[i] == LEGACY_THEY_RUN && !claim_may_run(here)) {
			d->legacy[i] = LEGACY_QUIET;
			c->changed = true;
		}
		bool wished = (here == CLAIM_WANT || here == CLAIM_LEFTOVER) &&
		    n->facts.claims[i].state == CLAIM_GIVING;

		if (!wished || (d->legacy[i] != LEGACY_QUIET && !again))
			continue;
		ask_for(c, g);
		d->legacy[i] = LEGACY_WE_ASKED;
		asked = true;
	}
	if (asked) {
		d->greeted = true;
		d->greet_at = moment_add(c->now, span_from_ms(ASK_AGAIN_MS));
	} else if (again) {
		d->greeted = false;
	}
}
