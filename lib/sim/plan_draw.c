/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Rows drawn by a seed: rows of the plan in which something fails and is mended, woven into
 * each other. So whatever the plan learns, seeds mix.
 */
#include "sim/plan_row.h"

#include <string.h>

#include "base/prng.h"
#include "base/text.h"

#define THREADS_MAX 4

/* A row of the plan, from its setup on. */
struct thread {
	const struct plan_row *row;
	unsigned next;
};

static bool
is_mixed(const struct plan_row *row)
{
	/* Those without a setup are about starting; hangs and hours would only stretch a
	 * seed. */
	return row->setup > 0 && row->kind != PLAN_STOP_HANGS && row->kind != PLAN_TWO;
}

static void
draw_threads(
    const GPtrArray *plan, struct prng *prng, struct thread *threads, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		const struct plan_row *row;

		do
			row = g_ptr_array_index(plan, prng_between(prng, 0, plan->len - 1));
		while (!is_mixed(row));
		threads[i] = (struct thread){row, row->setup};
	}
}

/* From one pause of the thread to the next. Returns: whether anything is left of it. */
static bool
advance(struct thread *t, struct plan_row *out)
{
	const GPtrArray *all = t->row->statements;

	while (t->next < all->len) {
		const char *statement = g_ptr_array_index(all, t->next++);

		if (g_str_has_prefix(statement, "run "))
			break;
		row_say(out, "%s", statement);
	}
	return t->next < all->len;
}

/* Everything is as it should be again, whatever went wrong on the way. */
static void
row_heal(const struct planner *p, struct plan_row *row)
{
	for (unsigned i = 0; i < p->nodes; i++) {
		for (unsigned k = i + 1; k < p->nodes; k++)
			row_say(row, "mend %s %s", p->name[i], p->name[k]);
		for (unsigned g = 0; g < p->pings->len; g++)
			row_say(row, "ping-back %s %s", p->name[i],
			    (const char *)g_ptr_array_index(p->pings, g));
	}
	row_say(row, "boot all");
	row_run(row, p->a_while);
	/* A node that was leaving has left by now. */
	row_say(row, "boot all");
	row_run(row, p->a_while);
	for (unsigned i = 0; i < p->nodes; i++)
		row_say(row, "ask %s retry", p->name[i]);
	row_run(row, p->recover);
}

/* Up to how long it lasts and what comes then: that is drawn anew. */
static size_t
fault_length(const char *title)
{
	static const char *const ends[] = {" for ", "; after", ", systemd", ", restarted",
	    ", and started", ", at hb_standby"};
	size_t length = strlen(title);

	for (unsigned i = 0; i < G_N_ELEMENTS(ends); i++) {
		const char *end = strstr(title, ends[i]);

		if (end != NULL)
			length = MIN(length, (size_t)(end - title));
	}
	return length;
}

static char *
title_of(const struct thread *threads, unsigned count)
{
	GString *title = g_string_new(NULL);

	for (unsigned i = 0; i < count; i++) {
		const char *whole = threads[i].row->title;

		g_string_append(title, i > 0 ? " + " : "");
		g_string_append_len(title, whole, (gssize)fault_length(whole));
	}
	return g_string_free(title, FALSE);
}

struct plan_row *
plan_draw(const struct cluster *c, uint64_t seed)
{
	g_autoptr(GPtrArray) plan = plan_make(c);
	struct thread threads[THREADS_MAX];
	struct prng prng;
	struct planner p;

	prng_seed(&prng, seed);
	planner_init(&p, c);
	const unsigned count = (unsigned)prng_between(&prng, 2, THREADS_MAX);

	draw_threads(plan, &prng, threads, count);
	g_autofree char *title = title_of(threads, count);
	struct plan_row *row = planner_row(&p, PLAN_DRAWN, NULL, "%s", title);

	row_setup(&p, row);
	for (unsigned left = count; left > 0;) {
		struct thread *t = &threads[prng_between(&prng, 0, count - 1)];
		const int64_t most = prng_between(&prng, 0, 3) == 0
					 ? span_ms(p.a_while)
					 : 2 * span_ms(c->conf->deadtime);

		if (t->next >= t->row->statements->len)
			continue;
		left -= advance(t, row) ? 0 : 1;
		row_run(row, span_from_ms((int64_t)prng_between(&prng, 1, (uint64_t)most)));
	}
	row_heal(&p, row);
	row->seed = seed;
	g_ptr_array_set_free_func(p.rows, NULL);
	g_ptr_array_unref(planner_done(&p));
	g_free(row->id);
	row->id = g_strdup_printf("#%" G_GUINT64_FORMAT, seed);
	return row;
}
