/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What runs where: for stories, judges and pictures. */
#include "sim/world_state.h"

#include <string.h>

static bool
lists(const struct conf *conf, const char *resource)
{
	for (unsigned g = 0; conf != NULL && g < conf->group_count; g++) {
		for (unsigned r = 0; r < conf->groups[g].resource_count; r++) {
			if (strcmp(conf->groups[g].resources[r].text, resource) == 0)
				return true;
		}
	}
	return false;
}

/* What runs of that configuration, but for what another one (or NULL) lists too. */
static void
append_running(GString *out, const struct host *h, const struct conf *conf, const struct conf *but)
{
	for (unsigned g = 0; g < conf->group_count; g++) {
		for (unsigned r = 0; r < conf->groups[g].resource_count; r++) {
			const char *resource = conf->groups[g].resources[r].text;

			if (programs_runs(h, resource) && !lists(but, resource))
				g_string_append_printf(out, " %s", resource);
		}
	}
}

char *
world_holders(const struct world *w)
{
	GString *out = g_string_new(NULL);

	for (unsigned i = 0; i < w->host_count; i++) {
		const struct host *h = &w->hosts[i];

		g_string_append_printf(out, "%s%s:", i > 0 ? " | " : "", h->conf->nodes[i]);
		gsize before = out->len;
		append_running(out, h, w->conf, NULL);
		append_running(out, h, h->conf, w->conf); /* after a reload */
		if (out->len == before)
			g_string_append(out, h->powered ? " nothing" : " off");
	}
	return g_string_free(out, FALSE);
}

unsigned
world_doubles(const struct world *w)
{
	return w->doubles;
}

unsigned
world_group_count(const struct world *w)
{
	return w->conf->group_count;
}

const char *
world_group_key(const struct world *w, unsigned group)
{
	return w->conf->groups[group].key;
}

unsigned
world_group_runs(const struct world *w, unsigned host, unsigned group)
{
	const struct conf_group *g = &w->conf->groups[group];
	unsigned running = 0;

	for (unsigned r = 0; r < g->resource_count; r++)
		running += programs_runs(&w->hosts[host], g->resources[r].text) ? 1 : 0;
	return running == 0 ? 0 : running < g->resource_count ? 1 : 2;
}

unsigned
world_group_addresses_all(const struct world *w, unsigned group)
{
	const struct conf_group *g = &w->conf->groups[group];
	unsigned count = 0;

	for (unsigned r = 0; r < g->resource_count; r++)
		count += resource_is_address(&g->resources[r]) ? 1 : 0;
	return count;
}

unsigned
world_group_addresses(const struct world *w, unsigned host, unsigned group)
{
	const struct conf_group *g = &w->conf->groups[group];
	unsigned count = 0;

	for (unsigned r = 0; r < g->resource_count; r++) {
		if (resource_is_address(&g->resources[r]) &&
		    programs_runs(&w->hosts[host], g->resources[r].text))
			count++;
	}
	return count;
}

bool
world_has_address_named(const struct world *w, unsigned group, const char *resource)
{
	const struct conf_group *g = &w->conf->groups[group];

	for (unsigned r = 0; r < g->resource_count; r++) {
		if (strcmp(g->resources[r].text, resource) == 0)
			return resource_is_address(&g->resources[r]);
	}
	return false;
}

unsigned
world_group_removed(const struct world *w, unsigned host, unsigned group)
{
	const struct conf_group *g = &w->conf->groups[group];
	unsigned removed = 0;

	for (unsigned r = 0; r < g->resource_count; r++) {
		if (g_hash_table_contains(w->hosts[host].removed, g->resources[r].text))
			removed++;
	}
	return removed;
}

/* A client notices that it ends, or begins; to start what runs already changes nothing. */
static bool
is_under_way(const struct world *w, unsigned host, const struct conf_group *g, enum resource_op op)
{
	for (GSequenceIter *i = g_sequence_get_begin_iter(w->pending); !g_sequence_iter_is_end(i);
	    i = g_sequence_iter_next(i)) {
		const struct pending *p = g_sequence_get(i);

		if (p->what == PENDING_CHILD && p->host == host &&
		    p->life == w->hosts[host].power_life && p->op == op &&
		    (op == OP_STOP || p->fresh) && strcmp(p->group->key, g->key) == 0)
			return true;
	}
	return false;
}

enum group_phase
world_group_phase(const struct world *w, unsigned host, unsigned group)
{
	const struct conf_group *g = &w->conf->groups[group];
	unsigned runs = world_group_runs(w, host, group);

	if (is_under_way(w, host, g, OP_STOP))
		return PHASE_STOPPING;
	if (is_under_way(w, host, g, OP_START))
		return PHASE_STARTING;
	return runs == 2 ? PHASE_SERVING : runs == 1 ? PHASE_PARTLY : PHASE_NOTHING;
}
