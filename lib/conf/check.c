/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/check.h"

#include <string.h>

#include "base/text.h"

#define INITDEAD_SHORT_MS 10000

char *
node_short_name(const char *name)
{
	return g_strndup(name, strcspn(name, "."));
}

/* "deadtime 30s", or "deadtime 30s (the default)". */
static char *
describe(const struct hacf *h, const char *name, struct span s)
{
	g_autofree char *text = text_from_span(s);

	return g_strdup_printf(
	    "%s %s%s", name, text, hacf_line(h, name) == 0 ? " (the default)" : "");
}

/* Where to point to: the first of two directives that has a line. */
static unsigned
either_line(const struct hacf *h, const char *first, const char *second)
{
	unsigned line = hacf_line(h, first);

	return line != 0 ? line : hacf_line(h, second);
}

static void
check_twice_keepalive(const struct hacf *h, const char *name, struct span s)
{
	struct span keepalive = h->conf->keepalive;

	if (s.ns > 2 * keepalive.ns)
		return;
	g_autofree char *this = describe(h, name, s);
	g_autofree char *other = describe(h, "keepalive", keepalive);
	g_autofree char *least = text_from_span((struct span){2 * keepalive.ns});
	report_error(&h->report, either_line(h, name, "keepalive"),
	    "%s is too small for %s: it must be more than %s", this, other, least);
}

static void
check_times(const struct hacf *h)
{
	const struct conf *c = h->conf;
	g_autofree char *dead = describe(h, "deadtime", c->deadtime);
	g_autofree char *warn = describe(h, "warntime", c->warntime);
	g_autofree char *init = describe(h, "initdead", c->initdead);

	check_twice_keepalive(h, "deadtime", c->deadtime);
	/* By default it is deadtime, about which enough is said. */
	if (hacf_line(h, "deadping") != 0)
		check_twice_keepalive(h, "deadping", c->deadping);
	if (span_exceeds(c->deadtime, c->initdead))
		report_error(&h->report, either_line(h, "initdead", "deadtime"),
		    "%s is smaller than %s: it must be at least as long", init, dead);
	else if (span_ms(c->initdead) < INITDEAD_SHORT_MS && hacf_line(h, "initdead") != 0)
		report_hint(&h->report, hacf_line(h, "initdead"),
		    "%s may be too short: a node that starts must hear the others within "
		    "it, and "
		    "networks need time after a boot",
		    init);
	if (span_exceeds(c->warntime, c->deadtime))
		report_hint(&h->report, either_line(h, "warntime", "deadtime"),
		    "%s is longer than %s: there is never a warning before a node is dead",
		    warn, dead);
}

static char *
node_list(const GPtrArray *nodes)
{
	GString *all = g_string_new(NULL);

	for (unsigned i = 0; i < nodes->len; i++)
		g_string_append_printf(all, "%s%s", i > 0 ? ", " : "",
		    (const char *)g_ptr_array_index(nodes, i));
	return g_string_free(all, FALSE);
}

/* The only node whose short name is ours, or -1. */
static int
find_by_short_name(const struct hacf *h)
{
	g_autofree char *ours = node_short_name(h->node_name);
	int found = -1;

	for (unsigned i = 0; i < h->nodes->len; i++) {
		g_autofree char *name = node_short_name(g_ptr_array_index(h->nodes, i));

		if (strcmp(name, ours) != 0)
			continue;
		if (found >= 0)
			return -1;
		found = (int)i;
	}
	return found;
}

/* Returns our entry among the nodes, or NULL and a fault. */
static const char *
check_self(const struct hacf *h)
{
	unsigned line = hacf_line(h, "node");
	unsigned index;

	if (h->nodes->len == 0) {
		report_error(&h->report, line,
		    "no node is listed: write a line 'node %s' for this one, and one for "
		    "each "
		    "other node",
		    h->node_name);
		return NULL;
	}
	if (g_ptr_array_find_with_equal_func(h->nodes, h->node_name, g_str_equal, &index)) {
		h->conf->self = index;
		return h->node_name;
	}
	g_autofree char *all = node_list(h->nodes);
	int index_near = find_by_short_name(h);
	if (index_near >= 0) {
		const char *near = g_ptr_array_index(h->nodes, (unsigned)index_near);

		h->conf->self = (unsigned)index_near;
		report_hint(&h->report, line,
		    "this node calls itself '%s' and is taken for '%s': write the name as "
		    "'uname -n' prints it",
		    h->node_name, near);
		return near;
	}
	report_error(&h->report, line,
	    "this node is called '%s' (that is the first line of /etc/ha.d/nodeinfo, or, where "
	    "there is no such file, what 'uname -n' prints), and the nodes listed are: %s. Write "
	    "'node %s'",
	    h->node_name, all, h->node_name);
	return NULL;
}

static void
check_links(const struct hacf *h)
{
	bool link = false;

	for (unsigned i = 0; i < h->media->len; i++) {
		const struct conf_medium *m =
		    &g_array_index(h->media, struct conf_medium, i);

		link |= !medium_is_ping(m->kind);
		if (medium_is_ping(m->kind) &&
		    g_ptr_array_find_with_equal_func(h->nodes, m->name, g_str_equal, NULL))
			report_error(&h->report, m->line,
			    "the ping node '%s' has the name of a node of the cluster: "
			    "write its "
			    "address",
			    m->name);
	}
	/* A link line with a fault of its own has said enough. */
	static const char *const names[] = {
	    "ucast", "ucast6", "bcast", "udp", "mcast", "mcast6", "serial"};
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		link |= hacf_line(h, names[i]) != 0;
	if (link)
		return;
	report_error(&h->report, 0, "no heartbeat link is given%s: write one, such as '%s'",
	    h->media->len > 0 ? ", and a ping node is none" : "", "ucast eth0 ADDRESS");
}

/* A promise that cannot be kept must not be passed over. */
static void
check_fencing(const struct hacf *h, const char *self)
{
	for (unsigned i = 0; i < h->stonith->len; i++) {
		const struct hacf_stonith *s =
		    &g_array_index(h->stonith, struct hacf_stonith, i);

		if (s->host != NULL && strcmp(s->host, "*") != 0 &&
		    strcmp(s->host, h->node_name) != 0 && g_strcmp0(s->host, self) != 0)
			continue;
		report_error(&h->report, s->line,
		    "%s: fencing is not available in this version: when the nodes lose "
		    "each other, "
		    "shared disks would not be protected as this line promises. Remove the "
		    "line "
		    "only where that does no harm",
		    s->directive);
	}
}

void
check_hacf(struct hacf *h)
{
	const char *self = check_self(h);

	check_times(h);
	check_links(h);
	check_fencing(h, self);
}

static void
check_other_group(
    const struct conf_group *g, const struct conf_group *other, const struct report *report)
{
	if (strcmp(g->key, other->key) == 0) {
		report_error(report, MAX(g->line, other->line),
		    "two groups start with '%s' (lines %u and %u), which names them: put "
		    "another "
		    "resource first or join the lines",
		    g->key, MIN(g->line, other->line), MAX(g->line, other->line));
		return;
	}
	if (strcmp(g->id, other->id) == 0)
		report_error(report, MAX(g->line, other->line),
		    "the first resources '%s' and '%s' have the same short form: put "
		    "another "
		    "resource first in one of the lines",
		    g->key, other->key);
}

/* Two nodes would start it at the same time. */
static void
check_key_elsewhere(
    const struct conf_group *g, const struct conf_group *other, const struct report *report)
{
	for (unsigned i = 1; i < other->resource_count; i++) {
		if (strcmp(g->key, other->resources[i].text) != 0)
			continue;
		report_error(report, MAX(g->line, other->line),
		    "'%s' names the group of line %u and is a resource of line %u as well: "
		    "it can "
		    "be in one of them only",
		    g->key, g->line, other->line);
		return;
	}
}

void
check_groups(const struct conf *c, const struct report *report)
{
	for (unsigned i = 0; i < c->group_count; i++) {
		for (unsigned j = 0; j < c->group_count; j++) {
			if (j > i)
				check_other_group(&c->groups[i], &c->groups[j], report);
			if (j != i)
				check_key_elsewhere(&c->groups[i], &c->groups[j], report);
		}
	}
}
