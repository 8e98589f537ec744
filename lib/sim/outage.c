/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/outage.h"

#include <stdlib.h>

struct outage {
	const struct world *w;
	unsigned hosts, groups;
	struct moment began, counted, now;
	bool counts;
	GArray **host;		  /* [host] */
	GArray **group;		  /* [host * groups + group] */
	GArray **gaps, **doubles; /* [group] */
	GArray **servers;	  /* [group] */
	bool *in_gap, *in_double; /* [group]: as of the last look */
};

static GArray **
arrays_new(unsigned count, unsigned size)
{
	GArray **arrays = g_new0(GArray *, count + 1);

	for (unsigned i = 0; i < count; i++)
		arrays[i] = g_array_new(FALSE, FALSE, size);
	return arrays;
}

static void
arrays_free(GArray **arrays, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		g_array_unref(arrays[i]);
	g_free(arrays);
}

struct outage *
outage_new(const struct world *w)
{
	struct outage *o = g_new0(struct outage, 1);

	o->w = w;
	o->hosts = world_host_count(w);
	o->groups = world_group_count(w);
	o->began = o->counted = o->now = world_now(w);
	o->host = arrays_new(o->hosts, sizeof(struct stretch));
	o->group = arrays_new(o->hosts * o->groups, sizeof(struct stretch));
	o->gaps = arrays_new(o->groups, sizeof(struct stretch));
	o->doubles = arrays_new(o->groups, sizeof(struct stretch));
	o->servers = arrays_new(o->groups, sizeof(unsigned));
	o->in_gap = g_new0(bool, o->groups + 1);
	o->in_double = g_new0(bool, o->groups + 1);
	outage_look(o);
	return o;
}

void
outage_free(struct outage *o)
{
	if (o == NULL)
		return;
	arrays_free(o->host, o->hosts);
	arrays_free(o->group, o->hosts * o->groups);
	arrays_free(o->gaps, o->groups);
	arrays_free(o->doubles, o->groups);
	arrays_free(o->servers, o->groups);
	g_free(o->in_gap);
	g_free(o->in_double);
	g_free(o);
}

static struct stretch *
last(GArray *list)
{
	return list->len > 0 ? &g_array_index(list, struct stretch, list->len - 1) : NULL;
}

/* What was so up to now goes on, or something else begins. */
static void
note(GArray *list, struct moment now, unsigned what)
{
	struct stretch *s = last(list);

	if (s != NULL)
		s->to = now;
	/* What lasted for no time at all was nothing. */
	if (s != NULL && s->what != what && s->from.ns == now.ns) {
		g_array_set_size(list, list->len - 1);
		s = last(list);
	}
	if (s == NULL || s->what != what) {
		struct stretch fresh = {now, now, what};

		g_array_append_val(list, fresh);
	}
}

/* A stretch is open, begins, or ends. */
static void
note_while(GArray *list, bool *open, struct moment now, bool is_so)
{
	if (*open)
		last(list)->to = now;
	if (*open && !is_so && last(list)->from.ns == now.ns)
		g_array_set_size(list, list->len - 1);
	if (!*open && is_so) {
		struct stretch fresh = {now, now, 0};

		g_array_append_val(list, fresh);
	}
	*open = is_so;
}

static void
look_at_group(struct outage *o, unsigned g)
{
	unsigned serving = 0, holding = 0, server = 0;

	for (unsigned h = 0; h < o->hosts; h++) {
		enum host_condition condition = world_host_condition(o->w, h);
		enum group_phase phase = world_group_phase(o->w, h, g);

		note(o->group[h * o->groups + g], o->now, phase);
		if (condition == HOST_OFF || condition == HOST_FROZEN)
			continue;
		holding += phase != PHASE_NOTHING ? 1 : 0;
		if (phase == PHASE_SERVING) {
			serving++;
			server = h;
		}
	}
	if (!o->counts)
		return;
	GArray *servers = o->servers[g];

	note_while(o->gaps[g], &o->in_gap[g], o->now,
	    serving != 1 || world_is_cut_off(o->w, server));
	note_while(o->doubles[g], &o->in_double[g], o->now, holding > 1);
	if (serving == 1 && (servers->len == 0 || g_array_index(servers, unsigned,
						      servers->len - 1) != server))
		g_array_append_val(servers, server);
}

void
outage_look(struct outage *o)
{
	o->now = world_now(o->w);
	for (unsigned h = 0; h < o->hosts; h++)
		note(o->host[h], o->now, world_host_condition(o->w, h));
	for (unsigned g = 0; g < o->groups; g++)
		look_at_group(o, g);
}

void
outage_count_from_now(struct outage *o)
{
	o->counts = true;
	o->counted = world_now(o->w);
	outage_look(o);
}

struct moment
outage_began(const struct outage *o)
{
	return o->began;
}

struct moment
outage_counted_from(const struct outage *o)
{
	return o->counted;
}

struct moment
outage_ended(const struct outage *o)
{
	return o->now;
}

const GArray *
outage_host(const struct outage *o, unsigned host)
{
	return o->host[host];
}

const GArray *
outage_group(const struct outage *o, unsigned host, unsigned group)
{
	return o->group[host * o->groups + group];
}

const GArray *
outage_gaps(const struct outage *o, unsigned group)
{
	return o->gaps[group];
}

const GArray *
outage_doubles(const struct outage *o, unsigned group)
{
	return o->doubles[group];
}

static void
add_up(const GArray *list, struct span *longest, struct span *sum)
{
	for (unsigned i = 0; i < list->len; i++) {
		const struct stretch *s = &g_array_index(list, struct stretch, i);
		struct span length = moment_since(s->to, s->from);

		*sum = span_add(*sum, length);
		if (span_exceeds(length, *longest))
			*longest = length;
	}
}

struct outage_sum
outage_sum(const struct outage *o, unsigned group)
{
	struct outage_sum sum = {.gaps = o->gaps[group]->len, .served = !o->in_gap[group]};

	add_up(o->gaps[group], &sum.longest, &sum.sum);
	add_up(o->doubles[group], &sum.twice_longest, &sum.twice);
	for (unsigned h = 0; h < o->hosts; h++) {
		const struct stretch *s = last(o->group[h * o->groups + group]);

		if (s->what == PHASE_SERVING && last(o->host[h])->what != HOST_OFF)
			sum.holder = h;
	}
	return sum;
}

GArray *
outage_servers(const struct outage *o, unsigned group)
{
	return g_array_copy(o->servers[group]);
}
