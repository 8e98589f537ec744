/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "keep/announcements.h"

#include <glib.h>
#include <string.h>

/* Rounded up, so that the pace is never above the rate. */
#define FRAME_NS (INT64_C(1000000000) / ANNOUNCE_RATE + 1)

/* Who goes first: the lowest. Rounds of a series count from 0. */
enum rank {
	RANK_OTHER_FORM = ANNOUNCE_ROUNDS,
	RANK_REFRESH,
	RANK_REFRESH_OTHER_FORM,
};

struct entry {
	char *key;
	unsigned forms;
	unsigned round;	/* the next one; ANNOUNCE_ROUNDS: the series is over */
	unsigned form;	/* of the next frame, be it this round's other form or the next round */
	struct moment due;	/* the next round or refresh */
	struct moment begun;
	/* The other form of the frame before: not after it is stale. */
	struct moment other_stale;	/* 0: none waits */
	bool other_refreshes;
};

struct announcements {
	GPtrArray *entries;	/* struct entry *, in the order in which they came */
	struct span refresh;
	struct entry *turn;	/* of the last announcements_next(); NULL: none */
	bool turn_other;

	/* When the last frames had left. */
	struct moment left[ANNOUNCE_WINDOW_FRAMES];
	unsigned oldest;
	int64_t credit_ns;	/* as of credit_at; a frame costs FRAME_NS */
	struct moment credit_at;
};

static void
entry_free(void *data)
{
	struct entry *e = data;

	g_free(e->key);
	g_free(e);
}

struct announcements *
announcements_new(void)
{
	struct announcements *a = g_new0(struct announcements, 1);

	a->entries = g_ptr_array_new_with_free_func(entry_free);
	for (unsigned i = 0; i < ANNOUNCE_WINDOW_FRAMES; i++)
		a->left[i].ns = -span_from_ms(ANNOUNCE_WINDOW_MS).ns;
	a->credit_ns = ANNOUNCE_BURST * FRAME_NS;
	return a;
}

void
announcements_free(struct announcements *a)
{
	if (a == NULL)
		return;
	g_ptr_array_free(a->entries, TRUE);
	g_free(a);
}

/* --- what is held ------------------------------------------------------------------------- */

static struct entry *
entry_find(const struct announcements *a, const char *key)
{
	for (guint i = 0; i < a->entries->len; i++) {
		struct entry *e = g_ptr_array_index(a->entries, i);

		if (strcmp(e->key, key) == 0)
			return e;
	}
	return NULL;
}

static struct entry *
entry_new(struct announcements *a, const char *key, unsigned forms)
{
	struct entry *e = g_new0(struct entry, 1);

	e->key = g_strdup(key);
	e->forms = forms;
	g_ptr_array_add(a->entries, e);
	return e;
}

static struct moment
refresh_due(const struct announcements *a, struct moment now)
{
	return a->refresh.ns > 0 ? moment_add(now, a->refresh) : MOMENT_NEVER;
}

void
announcements_begin(struct announcements *a, const char *key, unsigned forms, struct moment now)
{
	struct entry *e = entry_find(a, key);

	if (e == NULL)
		e = entry_new(a, key, forms);
	e->round = 0;
	e->form = 0;
	e->due = e->begun = now;
	e->other_stale = (struct moment){0};
}

void
announcements_hold(struct announcements *a, const char *key, unsigned forms, struct moment now)
{
	struct entry *e;

	if (entry_find(a, key) != NULL)
		return;
	e = entry_new(a, key, forms);
	e->round = ANNOUNCE_ROUNDS;
	e->begun = now;
	e->due = refresh_due(a, now);
}

void
announcements_cancel(struct announcements *a, const char *key)
{
	struct entry *e = entry_find(a, key);

	if (e == NULL)
		return;
	if (a->turn == e)
		a->turn = NULL;
	g_ptr_array_remove(a->entries, e);
}

void
announcements_set_refresh(struct announcements *a, struct span every, struct moment now)
{
	if (a->refresh.ns == every.ns)
		return;
	a->refresh = every;
	for (guint i = 0; i < a->entries->len; i++) {
		struct entry *e = g_ptr_array_index(a->entries, i);

		if (e->round == ANNOUNCE_ROUNDS)
			e->due = refresh_due(a, now);
	}
}

bool
announcements_pending(const struct announcements *a)
{
	for (guint i = 0; i < a->entries->len; i++) {
		const struct entry *e = g_ptr_array_index(a->entries, i);

		if (e->round < ANNOUNCE_ROUNDS)
			return true;
	}
	return false;
}

/* --- pace --------------------------------------------------------------------------------- */

static int64_t
credit(const struct announcements *a, struct moment now)
{
	const int64_t earned = moment_since(now, a->credit_at).ns;

	/* A sum of what has no limit would overflow. */
	if (earned >= ANNOUNCE_BURST * FRAME_NS)
		return ANNOUNCE_BURST * FRAME_NS;
	return MIN(a->credit_ns + MAX(earned, 0), ANNOUNCE_BURST * FRAME_NS);
}

/* When the next frame may go. */
static struct moment
pace_ready(const struct announcements *a)
{
	const struct moment even =
	    moment_add(a->credit_at, (struct span){MAX(FRAME_NS - a->credit_ns, 0)});

	return moment_max(
	    even, moment_add(a->left[a->oldest], span_from_ms(ANNOUNCE_WINDOW_MS)));
}

/*
 * A frame left at some time up to now. Counted from then, the window is kept also by those that were
 * held up between the decision and the wire, and nothing is earned meanwhile.
 */
static void
pace_spend(struct announcements *a, struct moment now)
{
	a->credit_ns -= FRAME_NS;
	a->credit_at = now;
	a->left[a->oldest] = now;
	a->oldest = (a->oldest + 1) % ANNOUNCE_WINDOW_FRAMES;
}

/* --- turns -------------------------------------------------------------------------------- */

static unsigned
rank_of_round(const struct entry *e)
{
	return e->round < ANNOUNCE_ROUNDS ? e->round : RANK_REFRESH;
}

static bool
other_waits(const struct entry *e, struct moment now)
{
	return e->other_stale.ns != 0 && moment_before(now, e->other_stale);
}

struct choice {
	struct entry *entry;	/* NULL: none */
	unsigned rank;
	struct moment due;
	bool other;
};

static void
consider(struct choice *best, struct entry *e, unsigned rank, struct moment due, bool other)
{
	if (best->entry != NULL &&
	    (rank > best->rank || (rank == best->rank && !moment_before(due, best->due))))
		return;
	*best = (struct choice){e, rank, due, other};
}

bool
announcements_next(struct announcements *a, struct moment now, struct announcement *out)
{
	struct choice best = {0};

	a->turn = NULL;
	if (!moment_reached(now, pace_ready(a)))
		return false;
	for (guint i = 0; i < a->entries->len; i++) {
		struct entry *e = g_ptr_array_index(a->entries, i);

		if (moment_reached(now, e->due))
			consider(&best, e, rank_of_round(e), e->due, false);
		else if (other_waits(e, now))
			consider(&best, e, e->other_refreshes ? RANK_REFRESH_OTHER_FORM :
			    (unsigned)RANK_OTHER_FORM, e->other_stale, true);
	}
	if (best.entry == NULL)
		return false;
	a->turn = best.entry;
	a->turn_other = best.other;
	/* What is earned until now counts, what sending takes does not. */
	a->credit_ns = credit(a, now);
	a->credit_at = now;
	*out = (struct announcement){
	    .key = best.entry->key,
	    .form = best.entry->form,
	    .refresh = best.rank >= RANK_REFRESH,
	    .begun = best.entry->begun,
	};
	return true;
}

void
announcements_done(struct announcements *a, struct moment now, bool sent)
{
	struct entry *e = a->turn;

	if (sent)
		pace_spend(a, now);
	a->turn = NULL;
	if (e == NULL)
		return;
	e->other_stale = (struct moment){0};
	if (a->turn_other)
		return;
	if (e->forms > 1)
		e->form = 1 - e->form;
	if (sent && e->forms > 1) {
		e->other_stale = moment_add(now, span_from_ms(ANNOUNCE_ROUND_MS));
		e->other_refreshes = e->round == ANNOUNCE_ROUNDS;
	}
	if (e->round < ANNOUNCE_ROUNDS)
		e->round++;
	e->due = e->round < ANNOUNCE_ROUNDS ?
	    moment_add(now, span_from_ms(ANNOUNCE_ROUND_MS)) : refresh_due(a, now);
}

void
announcements_break_off(struct announcements *a, struct moment now)
{
	struct entry *e = a->turn;

	a->turn = NULL;
	if (e == NULL)
		return;
	e->other_stale = (struct moment){0};
	e->round = ANNOUNCE_ROUNDS;
	e->due = refresh_due(a, now);
}

struct moment
announcements_deadline(const struct announcements *a, struct moment now)
{
	struct moment due = MOMENT_NEVER;

	for (guint i = 0; i < a->entries->len; i++) {
		const struct entry *e = g_ptr_array_index(a->entries, i);

		due = moment_min(due, other_waits(e, now) ? now : e->due);
	}
	return moment_max(due, pace_ready(a));
}
