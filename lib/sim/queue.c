/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is under way, in the order in which it happens. */
#include "sim/world_state.h"

void
pending_free(gpointer pending)
{
	struct pending *p = pending;

	g_clear_pointer(&p->bytes, g_bytes_unref);
	g_free(p->source);
	g_free(p);
}

static int
pending_compare(gconstpointer a, gconstpointer b, gpointer unused)
{
	const struct pending *x = a, *y = b;

	(void)unused;
	if (x->due.ns != y->due.ns)
		return x->due.ns < y->due.ns ? -1 : 1;
	if (x->at.ns != y->at.ns)
		return x->at.ns < y->at.ns ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

struct pending *
pending_new(struct world *w, unsigned host, struct moment at)
{
	struct pending *p = g_new0(struct pending, 1);

	p->at = p->due = at;
	p->order = ++w->order;
	p->host = host;
	p->life = w->hosts[host].power_life;
	return p;
}

void
pending_add(struct world *w, struct pending *p)
{
	p->due = p->at;
	g_sequence_insert_sorted(w->pending, p, pending_compare, NULL);
}

static void
put_off(GSequenceIter *i, struct moment due)
{
	struct pending *p = g_sequence_get(i);

	p->due = due;
	g_sequence_sort_changed(i, pending_compare, NULL);
}

void
pending_thaw(struct world *w, unsigned host)
{
	GSequenceIter *next;

	for (GSequenceIter *i = g_sequence_get_begin_iter(w->pending); !g_sequence_iter_is_end(i); i = next) {
		const struct pending *p = g_sequence_get(i);

		next = g_sequence_iter_next(i);
		if (p->host == host && moment_before(p->at, p->due))
			put_off(i, p->at);
	}
}

GSequenceIter *
pending_soonest(struct world *w, struct moment *at)
{
	for (;;) {
		GSequenceIter *i = g_sequence_get_begin_iter(w->pending);
		const struct pending *p = g_sequence_iter_is_end(i) ? NULL : g_sequence_get(i);

		*at = p != NULL ? p->due : MOMENT_NEVER;
		if (p == NULL)
			return NULL;
		/* What is for a frozen host waits for it, in order; packets keep their time of arrival. */
		if (!moment_before(p->due, w->hosts[p->host].frozen_until))
			return i;
		put_off(i, w->hosts[p->host].frozen_until);
	}
}
