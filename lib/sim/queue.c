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
	if (x->at.ns != y->at.ns)
		return x->at.ns < y->at.ns ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

struct pending *
pending_new(struct world *w, unsigned host, struct moment at)
{
	struct pending *p = g_new0(struct pending, 1);

	p->at = at;
	p->order = ++w->order;
	p->host = host;
	p->life = w->hosts[host].power_life;
	return p;
}

void
pending_add(struct world *w, struct pending *p)
{
	g_sequence_insert_sorted(w->pending, p, pending_compare, NULL);
}

/* A frozen host's events wait for it, in order; its packets keep their time of arrival. */
static struct moment
effective(const struct world *w, const struct pending *p)
{
	return moment_max(p->at, w->hosts[p->host].frozen_until);
}

GSequenceIter *
pending_soonest(struct world *w, struct moment *at)
{
	GSequenceIter *best = NULL;

	*at = MOMENT_NEVER;
	for (GSequenceIter *i = g_sequence_get_begin_iter(w->pending); !g_sequence_iter_is_end(i);
	    i = g_sequence_iter_next(i)) {
		const struct pending *p = g_sequence_get(i);
		struct moment when = effective(w, p);

		if (moment_before(when, *at)) {
			*at = when;
			best = i;
		}
		if (moment_before(*at, p->at))
			break;
	}
	return best;
}
