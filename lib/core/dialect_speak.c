/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/dialect_state.h"

#include "core/group.h"
#include "core/handover.h"
#include "core/node.h"
#include "core/placement.h"
#include "core/send.h"
#include "core/standby.h"
#include "core/view.h"

/* "starting" is said again after this time, to a node that does not tell what it holds; a second
 * one too soon is an error to it. */
#define GREET_MS 5000
/* We say what we hold when we know it; should a status program hang, after this time anyway. The
 * other waits 10 s for us. */
#define SILENCE_MS 5000
/* It takes words in the order in which they arrive. An older one that was lost or late, and comes
 * last, would be the one that counts; so the last word is repeated when that is over. */
#define REPEAT_MS 5000
/* While it starts what we gave it: if it has not heard that we hold it no more when it is done, that is an
 * error to it. */
#define REPEAT_GIVEN_MS 300
/* How long we stay silent before we exit, as 3.0.6 does. */
#define HUSH_MS 1000

/* -- what we hold, in its words -- */

static unsigned
existing_sides(const struct core *c)
{
	unsigned exist = SIDE_NONE;

	for (unsigned i = 0; i < c->conf->group_count; i++)
		exist |= dialect_side(c, &c->groups[i]);
	return exist;
}

/*
 * A set without groups is counted like any other by the other node: that both say they hold it, or nobody
 * does, is an error to it. So we hold ours unless it says that it does; and its own when it gave it to us,
 * or would have taken it by now.
 */
static unsigned
empty_held_sides(const struct core *c, const struct dialect *d)
{
	unsigned taken = SIDE_OURS | d->away | (d->stable ? SIDE_BOTH : SIDE_NONE);
	bool gives = d->talk == TALK_GIVING || d->talk == TALK_GIVEN;

	return taken & ~d->holds & ~(gives ? d->talk_sides : SIDE_NONE) & ~existing_sides(c);
}

static unsigned
held_sides(const struct core *c, const struct dialect *d)
{
	unsigned held = c->self->facts.leave == LEAVE_NOT ? empty_held_sides(c, d) : SIDE_NONE;

	for (unsigned i = 0; i < c->conf->group_count; i++) {
		const struct group *g = &c->groups[i];

		if (claim_may_run(g->claim->state))
			held |= dialect_side(c, g);
	}
	return held;
}

static bool
is_calm(const struct core *c)
{
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		enum claim_state state = c->groups[i].claim->state;

		/* What we cannot stop, and will not stop by itself. */
		if (state == CLAIM_BROKEN && c->groups[i].foreign_stop)
			continue;
		if (state != CLAIM_IDLE && state != CLAIM_AWAY && state != CLAIM_FAILED &&
		    state != CLAIM_RUNNING && state != CLAIM_OFFER)
			return false;
	}
	return c->self->facts.leave == LEAVE_NOT;
}

/* May it hear that we are stable? */
static bool
is_steady(const struct core *c, const struct dialect *d)
{
	return is_calm(c) && !dialect_takes_over(d);
}

static bool
is_probing(const struct core *c)
{
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		if (c->groups[i].claim->state == CLAIM_PROBING)
			return true;
	}
	return false;
}

static struct moment
silence_until(const struct core *c)
{
	return moment_add(c->started_at, span_from_ms(SILENCE_MS));
}

static void
say_words(struct core *c, unsigned holds, bool stable, const char *info)
{
	struct msg *m = msg_new("resource");

	msg_add(m, "rsc_hold", dialect_word(holds, true));
	msg_add(m, "rtype", "full");
	msg_add(m, "isstable", stable ? "1" : "0");
	if (info != NULL)
		msg_add(m, "info", info);
	send_message(c, m, NULL);
}

static void
say_holds(struct core *c, struct node *n, const char *info)
{
	struct dialect *d = &n->dialect;

	d->said = true;
	d->answer = false;
	d->repeat_at = moment_add(c->now, span_from_ms(REPEAT_MS));
	d->said_holds = held_sides(c, d);
	d->said_stable = d->told && is_steady(c, d) && (d->talk == TALK_NONE || d->talk == TALK_ASKED);
	say_words(c, d->said_holds, d->said_stable, info);
}

/*
 * Said when it is asked for; when it changed and is the last word; and on the way there if it is
 * more than before. That both hold something is not said: we are about to give it up, and to the
 * other it would be an error.
 */
static void
say_news(struct core *c, struct node *n)
{
	struct dialect *d = &n->dialect;
	unsigned held = held_sides(c, d);
	bool news;

	if (is_probing(c) && moment_before(c->now, silence_until(c)))
		return;
	/* Not even when asked, then. */
	if (!is_calm(c) && held & d->holds)
		return;
	if (is_calm(c))
		news = !d->said || d->said_holds != held || d->said_stable == dialect_takes_over(d);
	else
		news = (held & ~d->said_holds) != SIDE_NONE;
	/* It looks whether it should give something back only when we come to be stable. */
	if (d->look && d->told && is_steady(c, d)) {
		d->look = false;
		say_words(c, held, false, NULL);
		say_holds(c, n, NULL);
	} else if (d->answer || (d->told && news)) {
		say_holds(c, n, NULL);
	} else if (d->said_stable && is_calm(c) && moment_reached(c->now, d->repeat_at)) {
		say_holds(c, n, NULL);
		d->repeat_at = MOMENT_NEVER;
	}
}

static void
say_standby(struct core *c, const char *phase, const char *word)
{
	struct msg *m = msg_new("ask_resources");

	msg_add(m, "rsc_hold", word);
	msg_add(m, "info", phase);
	send_message(c, m, NULL);
}

/* -- conversations -- */

static unsigned
offered_sides(const struct core *c, const struct node *n)
{
	unsigned sides = SIDE_NONE;

	for (unsigned i = 0; i < c->conf->group_count; i++) {
		const struct group *g = &c->groups[i];

		if (g->claim->state == CLAIM_OFFER && g->claim->target == (int)n->index)
			sides |= dialect_side(c, g);
	}
	return sides;
}

static bool
runs_any(const struct core *c, unsigned sides)
{
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		const struct group *g = &c->groups[i];

		if (dialect_side(c, g) & sides && claim_may_run(g->claim->state))
			return true;
	}
	return false;
}

/* Nobody runs it, it is the other's turn, and that does not know. */
static bool
is_stranded(const struct core *c, const struct node *n, const struct group *g)
{
	enum claim_state here = g->claim->state, there = view_claim(n, g)->state;

	return (here == CLAIM_IDLE || here == CLAIM_AWAY || here == CLAIM_FAILED) &&
	    (there == CLAIM_IDLE || there == CLAIM_AWAY) && !n->dialect.pushed[g->index] &&
	    placement_target(c, g->index) == (int)n->index;
}

/*
 * A 3.0.6 starts by itself only what a dead node held. What else it should run it must be
 * given, and with it what we do run of that set. Once: what fails on both nodes would go to and fro.
 */
static unsigned
push_stranded(struct core *c, struct node *n)
{
	unsigned sides = SIDE_NONE;

	for (unsigned i = 0; i < c->conf->group_count && sides == SIDE_NONE; i++) {
		const struct group *g = &c->groups[i];

		if (!is_stranded(c, n, g))
			continue;
		sides = dialect_side(c, g);
		trace(&c->trace, TRACE_NOTICE,
		    "group %s is given to %s, and with it all our %s groups: a 3.0.6 takes whole sets",
		    g->conf->key, n->name, dialect_word(sides, true));
	}
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		struct group *g = &c->groups[i];

		if ((dialect_side(c, g) & sides) == 0)
			continue;
		if (g->claim->state == CLAIM_RUNNING)
			handover_offer(c, g, n->index, true,
			    sides == SIDE_OURS ? SET_LOCAL : SET_FOREIGN, "another group of its set moves");
		else
			n->dialect.pushed[i] = true;
	}
	return sides;
}

static void
note_successes(struct core *c, struct dialect *d)
{
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		if (c->groups[i].claim->state == CLAIM_RUNNING)
			d->pushed[i] = false;
	}
}

/* It listens only while it is stable and believes us to be. */
static void
talk_none(struct core *c, struct node *n)
{
	struct dialect *d = &n->dialect;

	note_successes(c, d);
	if (!d->stable || !d->said_stable || !node_is_fit(n) || !is_calm(c))
		return;
	unsigned sides = offered_sides(c, n);

	/* Who is given all says that it holds all. */
	if (sides != SIDE_NONE && g_strcmp0(c->self->facts.gives, "all") == 0)
		sides |= empty_held_sides(c, d);
	/* Giving what we do not hold makes it look for it, and answer for it. */
	if (sides == SIDE_NONE && !runs_any(c, d->ghost))
		sides = d->ghost;
	if (sides == SIDE_NONE)
		sides = push_stranded(c, n);
	if (sides == SIDE_NONE)
		return;
	say_standby(c, "me", dialect_word(sides, true));
	dialect_talk(c, d, TALK_ASKED, sides);
}

static void
talk_asked(struct core *c, struct node *n)
{
	struct dialect *d = &n->dialect;

	if (!moment_reached(c->now, d->talk_until))
		return;
	trace(&c->trace, TRACE_WARNING, "%s does not answer whether it takes our %s groups", n->name,
	    dialect_word(d->talk_sides, true));
	if (!runs_any(c, d->talk_sides))
		d->away |= d->talk_sides;
	dialect_talk(c, d, TALK_NONE, SIDE_NONE);
}

/* What of the set is not on its way yet, or came to run only now. */
static void
offer_rest(struct core *c, const struct node *n)
{
	for (unsigned i = 0; i < c->conf->group_count && node_is_fit(n); i++) {
		struct group *g = &c->groups[i];

		if (g->claim->state == CLAIM_RUNNING && dialect_side(c, g) & n->dialect.talk_sides)
			handover_offer(c, g, n->index, true, SET_ALL, "its set is given");
	}
}

/* It may have it, or not: it is given to it once more, so that it looks. */
static void
talk_overdue(struct core *c, struct node *n)
{
	struct dialect *d = &n->dialect;

	trace(&c->trace, TRACE_ERROR,
	    "the handover agreed with %s did not finish within an hour: giving up on it", n->name);
	if (d->talk == TALK_GIVEN || d->talk == TALK_TAKING)
		d->ghost |= d->talk_sides;
	dialect_talk(c, d, TALK_NONE, SIDE_NONE);
}

static void
talk_giving(struct core *c, struct node *n)
{
	struct dialect *d = &n->dialect;

	if (moment_reached(c->now, d->talk_until)) {
		talk_overdue(c, n);
		return;
	}
	offer_rest(c, n);
	if (d->said_stable)
		say_holds(c, n, "standby");
	if (runs_any(c, d->talk_sides))
		return;
	if (!d->said || d->said_holds != held_sides(c, d))
		say_holds(c, n, NULL);
	say_standby(c, "done", dialect_word(d->talk_sides, true));
	dialect_talk(c, d, TALK_GIVEN, d->talk_sides);
	dialect_confirm(c, d);
	d->repeat_at = moment_add(c->now, span_from_ms(REPEAT_GIVEN_MS));
}

/* We take the set if we want something of it, or have nothing against it. */
static bool
takes_offer(const struct core *c, const struct dialect *d)
{
	unsigned wanted = 0, refused = 0;

	for (unsigned i = 0; i < c->conf->group_count; i++) {
		const struct group *g = &c->groups[i];

		if ((dialect_side(c, g) & d->talk_held) == 0)
			continue;
		if (g->claim->state == CLAIM_WANT)
			wanted++;
		else if (g->claim->state != CLAIM_RUNNING)
			refused++;
	}
	return wanted > 0 || refused == 0;
}

static void
talk_offered(struct core *c, struct node *n)
{
	struct dialect *d = &n->dialect;

	if (takes_offer(c, d)) {
		say_standby(c, "other", dialect_word(d->talk_sides, false));
		dialect_talk(c, d, TALK_TAKING, d->talk_sides);
	} else if (moment_reached(c->now, d->talk_until)) {
		dialect_talk(c, d, TALK_NONE, SIDE_NONE);
	}
}

static void
talk_given(struct core *c, struct node *n)
{
	struct dialect *d = &n->dialect;

	if (d->answer || moment_reached(c->now, d->repeat_at)) {
		say_holds(c, n, NULL);
		d->repeat_at = MOMENT_NEVER;
	}
	if (!moment_reached(c->now, d->talk_until))
		return;
	if (d->talk_goes_on)
		dialect_given(c, d);
	else
		talk_overdue(c, n);
}

/* It was in flux, and did not take its own word. */
static void
talk_taking(struct core *c, struct node *n)
{
	struct dialect *d = &n->dialect;

	if (!moment_reached(c->now, d->talk_until))
		return;
	if (d->talk_goes_on) {
		talk_overdue(c, n);
		return;
	}
	trace(&c->trace, TRACE_WARNING, "%s does not give its %s groups after all", n->name,
	    dialect_word(d->talk_sides, false));
	dialect_talk(c, d, TALK_NONE, SIDE_NONE);
}

static void
talk_taken(struct core *c, struct node *n)
{
	struct dialect *d = &n->dialect;
	unsigned sides = d->talk_sides;

	if (moment_reached(c->now, d->talk_until)) {
		talk_overdue(c, n);
		return;
	}
	if (!is_calm(c) || !d->told)
		return;
	dialect_talk(c, d, TALK_NONE, SIDE_NONE);
	say_holds(c, n, NULL);
	say_standby(c, "done", dialect_word(sides, false));
}

/* -- one node -- */

static bool
may_greet(const struct node *n)
{
	return !n->dialect.told && n->status == NODE_ACTIVE;
}

static void
greet(struct core *c, struct node *n)
{
	struct dialect *d = &n->dialect;

	if (d->greeted && !moment_reached(c->now, d->greet_at))
		return;
	d->greeted = true;
	d->greet_at = moment_add(c->now, span_from_ms(GREET_MS));
	send_message(c, msg_new("starting"), NULL);
}

static void
speak_to(struct core *c, struct node *n)
{
	struct dialect *d = &n->dialect;

	if (c->self->facts.leave != LEAVE_NOT) {
		if (!d->said_leaving)
			say_holds(c, n, "shutdown");
		else if (d->said_holds != held_sides(c, d))
			say_holds(c, n, NULL);
		d->said_leaving = true;
		return;
	}
	if (may_greet(n))
		greet(c, n);
	if (moment_reached(c->now, d->takes_over_until))
		d->takes_over_until = MOMENT_NEVER;
	switch (d->talk) {
	case TALK_NONE:
		say_news(c, n);
		talk_none(c, n);
		break;
	case TALK_ASKED:
		say_news(c, n);
		talk_asked(c, n);
		break;
	case TALK_GIVING:
		talk_giving(c, n);
		break;
	case TALK_OFFERED:
		talk_offered(c, n);
		break;
	case TALK_TAKEN:
		talk_taken(c, n);
		break;
	case TALK_TAKING:
		talk_taking(c, n);
		break;
	case TALK_GIVEN:
		talk_given(c, n);
		break;
	}
}

static bool
is_spoken_to(const struct core *c, const struct node *n)
{
	return dialect_is_beside(c, n) && dialect_is_pair(c) && c->self->status == NODE_ACTIVE &&
	    c->self->facts.leave != LEAVE_DONE;
}

void
dialect_speak(struct core *c)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		struct node *n = &c->nodes[i];

		if (!is_spoken_to(c, n))
			continue;
		if (dialect_is_legacy(c))
			dialect_legacy_speak(c, n);
		else
			speak_to(c, n);
	}
}

struct moment
dialect_hush_at(const struct core *c)
{
	for (unsigned i = 0; i < c->conf->node_count && c->self->facts.leave == LEAVE_DONE; i++) {
		if (dialect_is_beside(c, &c->nodes[i]))
			return moment_add(c->leave_until, span_from_ms(-HUSH_MS));
	}
	return MOMENT_NEVER;
}

struct moment
dialect_deadline(const struct core *c)
{
	struct moment soonest = MOMENT_NEVER;

	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];
		const struct dialect *d = &n->dialect;

		if (!is_spoken_to(c, n) || c->self->facts.leave != LEAVE_NOT)
			continue;
		if (d->greeted && (may_greet(n) || dialect_is_legacy(c)) && moment_before(c->now, d->greet_at))
			soonest = moment_min(soonest, d->greet_at);
		if (d->talk != TALK_NONE)
			soonest = moment_min(soonest, d->talk_until);
		if ((d->talk == TALK_GIVEN || (d->talk == TALK_NONE && d->said_stable)) &&
		    moment_before(c->now, d->repeat_at))
			soonest = moment_min(soonest, d->repeat_at);
		soonest = moment_min(soonest, d->takes_over_until);
		if (is_probing(c) && moment_before(c->now, silence_until(c)))
			soonest = moment_min(soonest, silence_until(c));
	}
	return soonest;
}
