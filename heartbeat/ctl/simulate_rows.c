/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulate_rows.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define BAR_WIDTH 30

struct simulated *
simulated_new(struct plan_row *row)
{
	struct simulated *s = g_new0(struct simulated, 1);

	s->row = row;
	return s;
}

void
simulated_free(gpointer data)
{
	struct simulated *s = data;

	for (unsigned i = 0; s->tried != NULL && i < s->finding.advices->len; i++)
		finding_clear(&s->tried[i]);
	finding_clear(&s->finding);
	plan_row_free(s->row);
	g_free(s->tried);
	g_free(s);
}

/* What the threads share. */
struct workshop {
	const struct cluster *cluster;
	GAsyncQueue *done;
};

static void
work(gpointer data, gpointer arg)
{
	struct simulated *s = data;
	const struct workshop *shop = arg;
	struct play p;

	play_row(shop->cluster, s->row, &p);
	finding_make(shop->cluster, s->row, &p, &s->finding);
	s->simulated_ms = p.simulated_ms;
	play_clear(&p);
	g_async_queue_push(shop->done, s);
}

static void
show_progress(unsigned done, unsigned all, const char *what)
{
	const unsigned filled = all > 0 ? BAR_WIDTH * done / all : 0;
	char bar[BAR_WIDTH + 1];

	for (unsigned i = 0; i < BAR_WIDTH; i++)
		bar[i] = i < filled ? '#' : '.';
	bar[BAR_WIDTH] = '\0';
	fprintf(stderr, "\r[%s] %u/%u %-.30s\033[K", bar, done, all, what);
	fflush(stderr);
}

/* Simulated time, which is about what a row costs. */
static int64_t
length_ms(const struct plan_row *row)
{
	int64_t ms = 0;

	for (unsigned i = 0; i < row->statements->len; i++) {
		const char *statement = g_ptr_array_index(row->statements, i);
		struct span length;

		if (g_str_has_prefix(statement, "run ") &&
		    text_to_span(statement + strlen("run "), &length))
			ms += span_ms(length);
	}
	return ms;
}

/* Long rows first, so that no processor waits for one at the end. */
static int
by_length(gconstpointer a, gconstpointer b)
{
	const int64_t x = length_ms((*(struct simulated *const *)a)->row),
		      y = length_ms((*(struct simulated *const *)b)->row);

	return (x < y) - (x > y);
}

static void
play_all(struct simulation *s, bool progress)
{
	struct workshop shop = {s->cluster, g_async_queue_new()};
	g_autoptr(GPtrArray) order = g_ptr_array_copy(s->rows, NULL, NULL);
	GThreadPool *pool =
	    g_thread_pool_new(work, &shop, (gint)g_get_num_processors(), FALSE, NULL);

	g_ptr_array_set_free_func(order, NULL);
	g_ptr_array_sort(order, by_length);
	for (unsigned i = 0; i < order->len; i++)
		g_thread_pool_push(pool, g_ptr_array_index(order, i), NULL);
	for (unsigned i = 0; i < order->len; i++) {
		const struct simulated *one = g_async_queue_pop(shop.done);

		if (progress)
			show_progress(i + 1, order->len, one->row->title);
	}
	g_thread_pool_free(pool, FALSE, TRUE);
	g_async_queue_unref(shop.done);
	if (progress)
		fputs("\r\033[K", stderr);
}

/* Each change is tried once, in the first row that it is advised for. */
static void
try_changes(struct simulation *s)
{
	g_autoptr(GHashTable) keys = g_hash_table_new(g_str_hash, g_str_equal);

	for (unsigned i = 0; i < s->rows->len; i++) {
		struct simulated *one = g_ptr_array_index(s->rows, i);
		const GPtrArray *advices = one->finding.advices;

		one->tried = g_new0(struct finding, advices->len + 1);
		for (unsigned k = 0; k < advices->len; k++) {
			const struct advice *a = g_ptr_array_index(advices, k);

			if (g_hash_table_add(keys, (gpointer)a->key))
				finding_try(s->cluster, one->row, a, &one->tried[k]);
		}
	}
}

void
simulation_run(struct simulation *s, bool progress)
{
	g_autoptr(GTimer) timer = g_timer_new();

	play_all(s, progress);
	try_changes(s);
	s->general = finding_general(s->cluster);
	s->seconds = g_timer_elapsed(timer, NULL);
}

unsigned
simulation_count(const struct simulation *s, enum finding_level level)
{
	unsigned count = 0;

	for (unsigned i = 0; i < s->rows->len; i++) {
		const struct simulated *one = g_ptr_array_index(s->rows, i);

		count += one->finding.level == level ? 1 : 0;
	}
	return count;
}

double
simulation_hours(const struct simulation *s)
{
	int64_t ms = 0;

	for (unsigned i = 0; i < s->rows->len; i++)
		ms +=
		    ((const struct simulated *)g_ptr_array_index(s->rows, i))->simulated_ms;
	return (double)ms / 3600e3;
}
