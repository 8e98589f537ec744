/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/axis.h"

/* A cut is so wide, and all of them together at most such a part of the line. */
#define CUT_WIDTH 56.0
#define CUTS_MAX 0.5

static int
by_time(gconstpointer a, gconstpointer b)
{
	const struct moment *x = a, *y = b;

	return x->ns < y->ns ? -1 : x->ns > y->ns;
}

static void
parts_make(struct axis *a, const GArray *moments, struct span most)
{
	struct moment last = g_array_index(moments, struct moment, 0);

	for (unsigned i = 1; i < moments->len; i++) {
		const struct moment at = g_array_index(moments, struct moment, i);
		const bool cut = span_exceeds(moment_since(at, last), most);
		struct axis_part *before =
		    a->parts->len > 0
			? &g_array_index(a->parts, struct axis_part, a->parts->len - 1)
			: NULL;

		if (at.ns == last.ns)
			continue;
		if (before != NULL && !cut && !before->cut) {
			before->to = at;
		} else {
			const struct axis_part fresh = {.from = last, .to = at, .cut = cut};

			g_array_append_val(a->parts, fresh);
		}
		last = at;
	}
}

static double
seconds(const struct axis_part *p)
{
	return span_seconds(moment_since(p->to, p->from));
}

void
axis_init(
    struct axis *a, const GArray *moments, struct span most, double x_from, double x_to)
{
	g_autoptr(GArray) sorted = g_array_copy((GArray *)moments);
	double shown = 0, cut_width = CUT_WIDTH, x = x_from;
	unsigned cuts = 0;

	a->parts = g_array_new(FALSE, FALSE, sizeof(struct axis_part));
	g_array_sort(sorted, by_time);
	parts_make(a, sorted, most);
	for (unsigned i = 0; i < a->parts->len; i++) {
		const struct axis_part *p = &g_array_index(a->parts, struct axis_part, i);

		cuts += p->cut ? 1 : 0;
		shown += p->cut ? 0 : seconds(p);
	}
	if (cuts * cut_width > CUTS_MAX * (x_to - x_from) || shown <= 0)
		cut_width = (shown > 0 ? CUTS_MAX : 1) * (x_to - x_from) / MAX(cuts, 1);
	a->scale = shown > 0 ? (x_to - x_from - cuts * cut_width) / shown : 1;
	for (unsigned i = 0; i < a->parts->len; i++) {
		struct axis_part *p = &g_array_index(a->parts, struct axis_part, i);

		p->x_from = x;
		x += p->cut ? cut_width : seconds(p) * a->scale;
		p->x_to = x;
	}
}

void
axis_clear(struct axis *a)
{
	g_array_unref(a->parts);
}

double
axis_x(const struct axis *a, struct moment at)
{
	for (unsigned i = 0; i < a->parts->len; i++) {
		const struct axis_part *p = &g_array_index(a->parts, struct axis_part, i);

		if (moment_before(at, p->from))
			return p->x_from;
		if (!moment_before(p->to, at))
			return p->x_from + (p->x_to - p->x_from) *
					       span_seconds(moment_since(at, p->from)) /
					       seconds(p);
	}
	return a->parts->len > 0
		   ? g_array_index(a->parts, struct axis_part, a->parts->len - 1).x_to
		   : 0;
}

struct span
axis_step(const struct axis *a, double apart)
{
	static const int64_t steps_ms[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000,
	    5000, 10000, 15000, 30000, 60000, 120000, 300000, 600000, 900000, 1800000,
	    3600000};

	for (unsigned i = 0; i < G_N_ELEMENTS(steps_ms); i++) {
		if ((double)steps_ms[i] / 1000 * a->scale >= apart)
			return span_from_ms(steps_ms[i]);
	}
	return span_from_ms(2 * steps_ms[G_N_ELEMENTS(steps_ms) - 1]);
}
