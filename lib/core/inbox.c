/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/inbox.h"

#include <assert.h>

/* A message that comes within this time was only overtaken. Unit: ms. */
#define ASK_DELAY_MIN_MS 50

void
inbox_init(struct inbox *in, struct prng *prng)
{
	in->missing = g_array_new(FALSE, FALSE, sizeof(struct inbox_missing));
	in->lost = 0;
	in->early = in->early_generation = 0;
	inbox_reset(in, 0, prng);
}

void
inbox_clear(struct inbox *in)
{
	g_clear_pointer(&in->missing, g_array_unref);
}

static struct inbox_missing *
missing_at(const struct inbox *in, guint i)
{
	return &g_array_index(in->missing, struct inbox_missing, i);
}

static void
missing_visit(struct visit *v, struct inbox_missing *m)
{
	VISIT(v, m->seq);
	VISIT(v, m->ask_at);
}

void
inbox_visit(struct visit *v, struct inbox *in)
{
	VISIT(v, in->any);
	VISIT(v, in->last);
	VISIT(v, in->early);
	VISIT(v, in->early_generation);
	g_array_set_size(in->missing, visit_count(v, in->missing->len, INBOX_MISSING_MAX));
	for (guint i = 0; i < in->missing->len; i++) {
		missing_visit(v, missing_at(in, i));
		visit_expect(v, missing_at(in, i)->seq > (i > 0 ? missing_at(in, i - 1)->seq : 0));
	}
	VISIT_UPTO(v, in->trigger, INBOX_ACK_EVERY - 1);
	VISIT(v, in->acknowledged);
	VISIT(v, in->lost);
}

void
inbox_reset(struct inbox *in, uint64_t generation, struct prng *prng)
{
	in->any = false;
	in->last = 0;
	if (in->early_generation != generation)
		in->early = 0;
	in->acknowledged = 0;
	in->trigger = (unsigned)prng_between(prng, 0, INBOX_ACK_EVERY - 1);
	g_array_set_size(in->missing, 0);
}

void
inbox_expect(struct inbox *in, uint64_t generation, uint64_t seq)
{
	if (in->early == 0 || generation != in->early_generation || seq < in->early)
		in->early = seq;
	in->early_generation = generation;
}

static bool
missing_remove(struct inbox *in, uint64_t seq)
{
	for (guint i = 0; i < in->missing->len; i++) {
		if (missing_at(in, i)->seq == seq) {
			g_array_remove_index(in->missing, i);
			return true;
		}
	}
	return false;
}

static void
missing_add(struct inbox *in, uint64_t from, uint64_t to, struct moment now,
    unsigned delay_max_ms, struct prng *prng)
{
	/* A short delay configured on purpose may ask at once, as in 3.0.6. */
	uint64_t low = delay_max_ms < 100 ? 0 : ASK_DELAY_MIN_MS;

	for (uint64_t seq = from; seq <= to; seq++) {
		struct inbox_missing m = {
		    .seq = seq,
		    .ask_at = moment_add(
			now, span_from_ms((int64_t)prng_between(prng, low, delay_max_ms))),
		};

		if (in->missing->len == INBOX_MISSING_MAX) {
			g_array_remove_index(in->missing, 0);
			in->lost++;
		}
		g_array_append_val(in->missing, m);
	}
}

enum inbox_verdict
inbox_judge(struct inbox *in, uint64_t seq, struct moment now, unsigned delay_max_ms,
    struct prng *prng, unsigned *holes, bool *given_up)
{
	assert(seq >= 1);
	if (holes != NULL)
		*holes = 0;
	if (given_up != NULL)
		*given_up = false;
	if (!in->any) {
		in->any = true;
		in->last = in->early != 0 && in->early < seq ? in->early - 1 : seq - 1;
		in->early = 0;
	}
	if (seq == in->last)
		return INBOX_NEWEST_AGAIN;
	if (seq < in->last)
		return missing_remove(in, seq) ? INBOX_LATE : INBOX_OLD;

	uint64_t hole = seq - in->last - 1;
	if (hole > INBOX_HOLE_MAX) {
		in->lost += hole + in->missing->len;
		g_array_set_size(in->missing, 0);
		if (given_up != NULL)
			*given_up = true;
	} else if (hole > 0) {
		missing_add(in, in->last + 1, seq - 1, now, delay_max_ms, prng);
		if (holes != NULL)
			*holes = (unsigned)hole;
	}
	in->last = seq;
	return INBOX_NEW;
}

uint64_t
inbox_acknowledge(struct inbox *in, uint64_t seq)
{
	uint64_t top = in->missing->len > 0 ? missing_at(in, 0)->seq - 1 : in->last;

	/* In order it is every tenth; after a hole was filled, the highest tenth below the next. */
	if (seq < in->trigger || top < in->trigger)
		return 0;
	uint64_t due = top - (top - in->trigger) % INBOX_ACK_EVERY;
	if (due == 0 || due <= in->acknowledged)
		return 0;
	in->acknowledged = due;
	return due;
}

void
inbox_forget(struct inbox *in, uint64_t seq)
{
	if (missing_remove(in, seq))
		in->lost++;
}

uint64_t
inbox_ask(struct inbox *in, struct moment now, unsigned delay_max_ms)
{
	for (guint i = 0; i < in->missing->len; i++) {
		struct inbox_missing *m = missing_at(in, i);

		if (moment_reached(now, m->ask_at)) {
			m->ask_at = moment_add(now, span_from_ms(MAX(delay_max_ms, 1)));
			return m->seq;
		}
	}
	return 0;
}

struct moment
inbox_deadline(const struct inbox *in)
{
	struct moment soonest = MOMENT_NEVER;

	for (guint i = 0; i < in->missing->len; i++)
		soonest = moment_min(soonest, missing_at(in, i)->ask_at);
	return soonest;
}
