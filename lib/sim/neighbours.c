/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Clients beside each host, and which machine each of them takes for the holder of an address: whose
 * announcement it heard last, until that ages. Then it asks, and whoever has the address answers.
 */
#include "sim/daemon.h"

#include <string.h>

/* As the master: one at once, and so many more at this distance. */
#define AGAIN 4
#define AGAIN_MS 500
/* Routers keep an entry for hours. */
#define AGE_MS 60000

#define NOBODY (-1)

struct neighbour {
	int host;	/* NOBODY: a network card that is no more */
	struct moment since;
};

void
neighbours_init(struct host *h)
{
	h->neighbours = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	h->announcing = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

void
neighbours_clear(struct host *h)
{
	g_hash_table_unref(h->neighbours);
	g_hash_table_unref(h->announcing);
}

static bool
reaches(const struct host *from, const struct host *to)
{
	return from->powered && interface_carries(from, from->service) &&
	    (from == to || from->reach[to->index][from->service]);
}

/* -- announcing -- */

static void
hear(struct host *client, const char *address, int host)
{
	struct neighbour *n = g_hash_table_lookup(client->neighbours, address);

	if (n == NULL) {
		n = g_new0(struct neighbour, 1);
		g_hash_table_insert(client->neighbours, g_strdup(address), n);
	}
	*n = (struct neighbour){host, client->w->now};
}

static void
say(struct host *h, const char *address)
{
	struct world *w = h->w;

	for (unsigned i = 0; i < w->host_count; i++) {
		if (reaches(h, &w->hosts[i]))
			hear(&w->hosts[i], address, (int)h->index);
	}
}

static void
say_later(struct host *h, const char *address, uint64_t series, unsigned left)
{
	struct pending *p;

	if (left == 0)
		return;
	p = pending_new(h->w, h->index, moment_add(h->w->now, span_from_ms(AGAIN_MS)));
	p->what = PENDING_ANNOUNCEMENT;
	p->source = g_strdup(address);
	p->job = series;
	p->medium = left;
	p->master_life = h->master_life;
	pending_add(h->w, p);
}

void
neighbours_announce(struct host *h, const char *address)
{
	uint64_t *series;

	if (!programs_runs(h, address))
		return;
	series = g_new(uint64_t, 1);
	*series = ++h->w->order;
	g_hash_table_replace(h->announcing, g_strdup(address), series);
	say(h, address);
	say_later(h, address, *series, AGAIN);
}

void
neighbours_cease(struct host *h, const char *address)
{
	g_hash_table_remove(h->announcing, address);
}

void
neighbours_happen(struct host *h, const struct pending *p)
{
	const uint64_t *series = g_hash_table_lookup(h->announcing, p->source);

	if (p->life != h->power_life || p->master_life != h->master_life || h->orphaned ||
	    series == NULL || *series != p->job || !programs_runs(h, p->source))
		return;
	say(h, p->source);
	say_later(h, p->source, p->job, p->medium - 1);
}

void
neighbours_lose(struct host *h)
{
	for (unsigned i = 0; i < h->w->host_count; i++) {
		GHashTableIter iter;
		gpointer value;

		g_hash_table_iter_init(&iter, h->w->hosts[i].neighbours);
		while (g_hash_table_iter_next(&iter, NULL, &value)) {
			struct neighbour *n = value;

			if (n->host == (int)h->index)
				*n = (struct neighbour){NOBODY, h->w->now};
		}
	}
}

/* -- looking -- */

/* Whoever answers that client; of several the last. */
static int
ask(const struct world *w, const struct host *client, const char *address)
{
	int answer = NOBODY;

	for (unsigned i = 0; i < w->host_count; i++) {
		const struct host *h = &w->hosts[i];

		if (programs_runs(h, address) && reaches(h, client) &&
		    (h == client || client->reach[i][client->service]) &&
		    moment_reached(w->now, h->frozen_until))
			answer = (int)i;
	}
	return answer;
}

static int
leads_to(const struct world *w, const struct host *client, const char *address)
{
	const struct neighbour *n = g_hash_table_lookup(client->neighbours, address);

	if (n != NULL && !span_exceeds(moment_since(w->now, n->since), span_from_ms(AGE_MS)))
		return n->host;
	return ask(w, client, address);
}

bool
world_client_finds(const struct world *w, unsigned client, unsigned host, unsigned group)
{
	const struct conf_group *g = &w->conf->groups[group];

	for (unsigned r = 0; r < g->resource_count; r++) {
		if (resource_is_address(&g->resources[r]) &&
		    leads_to(w, &w->hosts[client], g->resources[r].text) != (int)host)
			return false;
	}
	return true;
}

char *
world_clients(const struct world *w)
{
	GString *out = g_string_new(NULL);

	for (unsigned g = 0; g < w->conf->group_count; g++) {
		const struct conf_group *group = &w->conf->groups[g];

		for (unsigned r = 0; r < group->resource_count; r++) {
			const char *address = group->resources[r].text;

			if (!resource_is_address(&group->resources[r]))
				continue;
			g_string_append_printf(out, "%s%s:", out->len > 0 ? " | " : "", address);
			for (unsigned i = 0; i < w->host_count; i++) {
				int to = leads_to(w, &w->hosts[i], address);
				bool there = to >= 0 && programs_runs(&w->hosts[to], address);

				g_string_append_printf(out, " %s%s", to < 0 ? "nobody" : w->conf->nodes[to],
				    to < 0 || there ? "" : "(in vain)");
			}
		}
	}
	return g_string_free(out, FALSE);
}
