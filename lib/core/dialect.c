/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/dialect.h"

#include <string.h>

#include "core/dialect_state.h"
#include "core/group.h"
#include "core/node.h"
#include "core/send.h"
#include "core/view.h"

void
dialect_init(const struct core *c, struct dialect *d)
{
	memset(d, 0, sizeof(*d));
	d->pushed = g_new0(bool, c->conf->group_count + 1);
	d->legacy = g_new0(enum legacy_word, c->conf->group_count + 1);
	d->talk_until = d->repeat_at = d->takes_over_until = MOMENT_NEVER;
}

void
dialect_clear(struct dialect *d)
{
	g_free(d->pushed);
	g_free(d->legacy);
}

void
dialect_reset(struct core *c, struct node *n)
{
	dialect_clear(&n->dialect);
	dialect_init(c, &n->dialect);
}

void
dialect_died(struct core *c, struct node *n)
{
	dialect_reset(c, n);
	n->dialect.died = n->heard;
}

void
dialect_restarted(struct core *c, struct node *n)
{
	const struct dialect *d = &n->dialect;
	unsigned ghost = d->spoken && d->told && !d->leaving ? d->holds | d->ghost : SIDE_NONE;

	dialect_reset(c, n);
	n->dialect.ghost = ghost;
}

enum side
dialect_side(const struct core *c, const struct group *g)
{
	return g->conf->preferred == c->self->index ? SIDE_OURS : SIDE_THEIRS;
}

const char *
dialect_word(unsigned sides, bool ours)
{
	static const char *const words[] = {"none", "local", "foreign", "all"};

	if (!ours)
		sides = (sides & SIDE_OURS ? SIDE_THEIRS : 0) | (sides & SIDE_THEIRS ? SIDE_OURS : 0);
	return words[sides];
}

bool
dialect_sides(const char *word, bool ours, unsigned *out)
{
	for (unsigned sides = SIDE_NONE; word != NULL && sides <= SIDE_BOTH; sides++) {
		if (strcmp(word, dialect_word(sides, ours)) == 0) {
			*out = sides;
			return true;
		}
	}
	return false;
}

bool
dialect_is_legacy(const struct core *c)
{
	return c->conf->auto_failback == FAILBACK_LEGACY;
}

bool
dialect_is_pair(const struct core *c)
{
	return c->conf->node_count == 2;
}

bool
dialect_is_beside(const struct core *c, const struct node *n)
{
	return n->dialect.spoken && view_is_other(c, n);
}

bool
dialect_is_talking(const struct core *c)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];

		if (dialect_is_beside(c, n) && n->dialect.talk != TALK_NONE)
			return true;
		/* The engine before us was in one, and we have not heard the other yet. */
		if (n != c->self && !n->heard && n->status != NODE_DEAD && c->talk_kept != 0)
			return true;
	}
	return false;
}

void
dialect_doubt(struct core *c)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		struct dialect *d = &c->nodes[i].dialect;

		if (!d->spoken)
			continue;
		d->began = false;
		d->told = false;
		d->greeted = false;
		memset(d->legacy, 0, c->conf->group_count * sizeof(*d->legacy));
		c->changed = true;
	}
}

/* -- listening -- */

bool
dialect_is_verdict(const struct core *c, const struct msg *m)
{
	return strcmp(msg_type(m), "stonith") == 0 &&
	    g_strcmp0(msg_get(m, "node"), c->self->name) == 0 &&
	    g_strcmp0(msg_get(m, "result"), "unneeded") != 0;
}

const char *
dialect_remark(const struct core *c, const struct node *n)
{
	if (!n->dialect.spoken)
		return NULL;
	return dialect_is_pair(c)
	    ? "runs 3.0.6: whole sets of groups move, and it never yields"
	    : "runs 3.0.6, which knows two nodes only: no group is taken while it lives; upgrade it";
}

void
dialect_status(struct core *c, struct node *n, bool has_facts)
{
	struct dialect *d = &n->dialect;

	bool began = d->began || n->status != NODE_ACTIVE, died = d->died;
	unsigned ghost = has_facts ? SIDE_NONE : d->ghost;

	if (d->spoken == !has_facts)
		return;
	dialect_reset(c, n);
	d->spoken = !has_facts;
	d->began = began;
	d->ghost = ghost;
	c->changed = true;
	if (has_facts)
		return;
	/* It must hear that we live before it goes on: what nobody alive may run, it takes. */
	c->tell = true;
	trace(&c->trace, dialect_is_pair(c) ? TRACE_NOTICE : TRACE_ERROR, "node %s %s", n->name,
	    dialect_remark(c, n));
	if (dialect_is_legacy(c))
		dialect_legacy_begin(c, n, died);
	else if (dialect_is_pair(c))
		dialect_recall(c, n);
}

bool
dialect_is_deaf(const struct core *c)
{
	for (unsigned i = 0; i < c->conf->node_count; i++) {
		const struct node *n = &c->nodes[i];

		if (dialect_is_beside(c, n) && n->status == NODE_UP)
			return true;
	}
	return false;
}

void
dialect_talk(struct core *c, struct dialect *d, enum talk talk, unsigned sides)
{
	static const int64_t limits_ms[] = {
	    [TALK_ASKED] = TALK_ANSWER_MS,
	    [TALK_GIVING] = TALK_END_MS,
	    [TALK_GIVEN] = TALK_END_MS,
	    [TALK_OFFERED] = TALK_ANSWER_MS,
	    [TALK_TAKING] = TALK_BEGIN_MS,
	    [TALK_TAKEN] = TALK_END_MS,
	};

	d->talk = talk;
	d->talk_sides = sides;
	d->talk_goes_on = false;
	d->talk_until = talk == TALK_NONE
	    ? MOMENT_NEVER
	    : moment_add(c->now, span_from_ms(limits_ms[talk]));
	c->changed = true;
}

static void
talk_goes_on(struct core *c, struct dialect *d, int64_t limit_ms)
{
	if (d->talk_goes_on)
		return;
	d->talk_goes_on = true;
	d->talk_until = moment_add(c->now, span_from_ms(limit_ms));
}

void
dialect_confirm(struct core *c, struct dialect *d)
{
	if (d->talk == TALK_GIVEN && d->stable && (d->talk_sides & ~d->holds) == SIDE_NONE)
		talk_goes_on(c, d, TALK_ANSWER_MS);
}

/* Our question crossed with theirs, which came first for them: ours is void. */
static void
withdraw_offers(struct core *c, const struct node *n)
{
	for (unsigned i = 0; i < c->conf->group_count; i++) {
		struct group *g = &c->groups[i];

		if (g->claim->state == CLAIM_OFFER && g->claim->target == (int)n->index)
			group_enter(c, g, CLAIM_RUNNING, -1, "%s gives us its groups first", n->name);
	}
}

static void
hear_offer(struct core *c, struct node *n, uint64_t seq, unsigned sides)
{
	struct dialect *d = &n->dialect;

	/* As long as we are not stable it will not listen to itself. */
	if (!d->said_stable)
		return;
	if (d->talk == TALK_ASKED)
		withdraw_offers(c, n);
	else if (d->talk != TALK_NONE && d->talk != TALK_OFFERED)
		return;
	d->talk_held = d->holds & sides;
	d->talk_seq = seq;
	dialect_talk(c, d, TALK_OFFERED, sides);
}

/*
 * It waits an hour for what it said it takes. So we give it, even if we gave up waiting for its
 * word, or asked for another set since: that question it has ignored. And even if it asked us
 * before or behind that: it has not listened to itself.
 */
static void
hear_other(struct core *c, struct node *n, uint64_t seq, unsigned sides)
{
	struct dialect *d = &n->dialect;

	if (d->talk == TALK_ASKED || d->talk == TALK_NONE || d->talk == TALK_OFFERED ||
	    (d->talk == TALK_TAKING && !d->talk_goes_on)) {
		d->talk_seq = seq;
		dialect_talk(c, d, TALK_GIVING, sides);
	}
}

void
dialect_given(struct core *c, struct dialect *d)
{
	d->holds |= d->talk_sides;
	d->ghost &= ~d->talk_sides;
	d->away &= ~d->talk_sides;
	dialect_talk(c, d, TALK_NONE, SIDE_NONE);
}

static void
hear_done(struct core *c, struct node *n, uint64_t seq)
{
	struct dialect *d = &n->dialect;

	if (seq < d->talk_seq)
		return;
	if (d->talk == TALK_TAKING) {
		/* It was sent again, and its sender took everything since, as from the dead. */
		if (seq < d->holds_seq && d->holds & d->talk_held) {
			dialect_talk(c, d, TALK_NONE, SIDE_NONE);
			return;
		}
		d->holds &= ~d->talk_sides;
		d->away |= d->talk_sides;
		dialect_talk(c, d, TALK_TAKEN, d->talk_sides);
	} else if (d->talk == TALK_GIVEN) {
		dialect_given(c, d);
	}
}

/* "ask_resources": me, other, done; the set is in the words of the one who gives. */
static void
hear_standby(struct core *c, struct node *n, uint64_t seq, const struct msg *m)
{
	struct dialect *d = &n->dialect;
	const char *phase = msg_get(m, "info");
	const char *word = msg_get(m, "rsc_hold");
	unsigned sides;

	if (phase == NULL)
		return;
	/* A conversation goes on even if we doubt what it told before: it waits for us. */
	if (strcmp(phase, "me") == 0 && d->told && dialect_sides(word, false, &sides) &&
	    sides != SIDE_NONE) {
		hear_offer(c, n, seq, sides);
	} else if (strcmp(phase, "other") == 0 && dialect_sides(word, true, &sides) &&
	    sides != SIDE_NONE) {
		hear_other(c, n, seq, sides);
	} else if (strcmp(phase, "done") == 0) {
		hear_done(c, n, seq);
	}
}

/* What it holds; with rtype=full that is all, else it comes on top. Returns what it holds no more. */
static unsigned
hear_set(struct core *c, struct node *n, const struct msg *m, bool full)
{
	struct dialect *d = &n->dialect;
	unsigned before = d->holds, holds;

	if (!dialect_sides(msg_get(m, "rsc_hold"), false, &holds)) {
		trace(&c->trace, TRACE_WARNING, "node %s holds something that is no known set", n->name);
		holds = SIDE_NONE;
	}
	d->holds = full || holds == SIDE_NONE ? holds : before | holds;
	d->away &= ~d->holds;
	d->ghost &= ~d->holds;
	return before & ~d->holds;
}

/* Is it about to give what it offered us? */
static void
hear_progress(struct core *c, struct dialect *d, bool standby)
{
	if (d->talk != TALK_TAKING)
		return;
	if (standby || (d->talk_held != SIDE_NONE && (d->holds & d->talk_held) == SIDE_NONE))
		talk_goes_on(c, d, TALK_END_MS);
	else if (d->talk_goes_on && d->holds & d->talk_held)
		/* It thought us dead, and has forgotten what we talked about. */
		dialect_talk(c, d, TALK_NONE, SIDE_NONE);
}

bool
dialect_takes_over(const struct dialect *d)
{
	return !moment_is_never(d->takes_over_until);
}

/* It took over as from the dead while we came back, and looked before it had done so. */
static void
hear_takeover(struct core *c, struct dialect *d, uint64_t seq)
{
	d->took_over_seq = MAX(d->took_over_seq, seq);
	d->look = (d->said_stable || dialect_takes_over(d)) && c->conf->auto_failback == FAILBACK_ON;
	d->takes_over_until = MOMENT_NEVER;
	c->changed = true;
}

/* "resource". */
static void
hear_holds(struct core *c, struct node *n, uint64_t seq, const struct msg *m)
{
	struct dialect *d = &n->dialect;
	const char *info = msg_get(m, "info");
	const char *isstable = msg_get(m, "isstable");
	bool standby = g_strcmp0(info, "standby") == 0;
	bool full = g_strcmp0(msg_get(m, "rtype"), "full") == 0;
	bool stable = g_strcmp0(isstable, "1") == 0, was_stable = d->stable;
	unsigned lost;

	if (g_strcmp0(info, "mach_down") == 0)
		hear_takeover(c, d, seq);
	if (seq < d->holds_seq)
		return;
	d->holds_seq = seq;
	c->changed = true;
	if (g_strcmp0(info, "shutdown") == 0) {
		/* It says none, and only then begins to stop. */
		d->leaving = true;
		d->stable = false;
		return;
	}
	lost = hear_set(c, n, m, full);
	/* We gave up waiting for it, and now it gives after all. */
	if (standby && full && d->talk == TALK_NONE && lost != SIDE_NONE) {
		dialect_talk(c, d, TALK_TAKING, lost);
		d->talk_seq = seq;
		d->talk_held = lost;
	}
	/* One that we did not see start may just now be stopping what it does not claim any more. */
	if (full && (d->began || stable))
		d->told = true;
	if (isstable == NULL)
		return;
	hear_progress(c, d, standby);
	d->stable = stable;
	dialect_confirm(c, d);
	/* Its way of asking whether we still say the same. */
	if (stable && !was_stable)
		d->answer = true;
}

/*
 * As soon as it believes us to be stable it gives back what it has only begun to take: its programs for
 * both run at the same time, and in the end a part of the set runs on both.
 */
static void
hear_verdict(struct core *c, struct dialect *d, uint64_t seq)
{
	/* Lost, and sent again behind the end. */
	if (seq < d->took_over_seq)
		return;
	d->takes_over_until = moment_add(c->now, span_from_ms(TAKEOVER_MS));
	c->changed = true;
}

static void
hear_starting(struct core *c, struct node *n, uint64_t seq)
{
	struct dialect *d = &n->dialect;

	d->began = true;
	/* Sent again it comes behind what was said since. */
	if (seq > d->holds_seq)
		d->stable = false;
	d->answer = true;
	c->changed = true;
}

/* "reqnodes": a starting node does not go on before it has heard this. */
static void
answer_nodes(struct core *c, const struct node *n)
{
	g_autoptr(GString) list = g_string_new(NULL);
	struct msg *m = msg_new("repnodes");

	for (unsigned i = 0; i < c->conf->node_count; i++)
		g_string_append_printf(list, "%s ", c->nodes[i].name);
	msg_add(m, "nodelist", list->str);
	msg_add(m, "delnodelist", " ");
	send_message(c, m, n);
}

bool
dialect_message(struct core *c, struct node *n, uint64_t seq, const struct msg *m)
{
	const char *type = msg_type(m);

	if (strcmp(type, "reqnodes") == 0) {
		/* One that is active asks no more: this is an old one, sent again. */
		if (n->status != NODE_ACTIVE)
			n->dialect.began = true;
		answer_nodes(c, n);
		return true;
	}
	/* In a conversation of the engine before us we are even before we are active. */
	if (!n->dialect.spoken || !dialect_is_pair(c) ||
	    (c->self->status != NODE_ACTIVE && strcmp(type, "ask_resources") != 0))
		return false;
	if (dialect_is_legacy(c))
		return dialect_legacy_message(c, n, m);
	if (dialect_is_verdict(c, m))
		hear_verdict(c, &n->dialect, seq);
	if (strcmp(type, "starting") == 0)
		hear_starting(c, n, seq);
	else if (strcmp(type, "resource") == 0)
		hear_holds(c, n, seq, m);
	else if (strcmp(type, "ask_resources") == 0)
		hear_standby(c, n, seq, m);
	else
		return false;
	return true;
}

void
dialect_overheard(struct core *c, struct node *n, const struct msg *m)
{
	if (n->dialect.spoken && dialect_is_pair(c) && dialect_is_legacy(c))
		dialect_legacy_overheard(c, n, m);
}

struct msg *
dialect_renewed(const struct node *n, const struct msg *m)
{
	const struct dialect *d = &n->dialect;

	if (!d->said || strcmp(msg_type(m), "resource") != 0)
		return NULL;
	struct msg *renewed = msg_copy(m);

	msg_set(renewed, "rsc_hold", dialect_word(d->said_holds, true));
	msg_set(renewed, "isstable", d->said_stable ? "1" : "0");
	return renewed;
}
