/* SPDX-License-Identifier: GPL-2.0-or-later */
/* conf_explain(): the configuration in plain sentences. */
#include "conf/conf.h"

#include <string.h>

#include "base/text.h"

#define COLUMNS 80

/* Append one line, broken at blanks; what follows is indented by hang. */
static void
add_wrapped(GString *out, const char *line, size_t hang)
{
	size_t indent = 0;

	while (indent + strlen(line) > COLUMNS) {
		const size_t lead = strspn(line, " ");
		const char *at = line + (COLUMNS - indent);

		while (at > line + lead && *at != ' ')
			at--;
		/* A word that is longer than a line stays whole. */
		if (at == line + lead)
			at = line + lead + strcspn(line + lead, " ");
		if (*at == '\0')
			break;
		g_string_append_printf(
		    out, "%*s%.*s\n", (int)indent, "", (int)(at - line), line);
		line = at + strspn(at, " ");
		indent = hang;
	}
	g_string_append_printf(out, "%*s%s\n", (int)indent, "", line);
}

static void
add_span(GString *out, const char *before, struct span s, const char *after)
{
	g_autofree char *text = text_from_span(s);

	g_string_append_printf(out, "%s%s%s", before, text, after);
}

static void
explain_nodes(const struct conf *c, GString *out)
{
	g_autofree char *all = g_strjoinv(", ", c->nodes);

	g_string_append_printf(out, "This node is %s. ", c->nodes[c->self]);
	if (c->node_count == 1)
		g_string_append(out, "It is alone: nothing takes over if it fails.\n");
	else
		g_string_append_printf(
		    out, "The cluster has %u nodes: %s.\n", c->node_count, all);
}

static void
explain_medium(const struct conf_medium *m, GString *out)
{
	g_string_append_printf(out, "  %s %s", medium_kind_name(m->kind), m->name);
	switch (m->kind) {
	case MEDIUM_UCAST:
		g_string_append_printf(out, " to %s, UDP port %u", m->hosts[0], m->port);
		break;
	case MEDIUM_BCAST:
		g_string_append_printf(out, ", UDP port %u", m->port);
		break;
	case MEDIUM_MCAST:
		g_string_append_printf(
		    out, ", group %s, UDP port %u, TTL %u", m->hosts[0], m->port, m->ttl);
		break;
	case MEDIUM_SERIAL:
		g_string_append_printf(out, ", %u baud", m->baud);
		break;
	case MEDIUM_PING:
	case MEDIUM_PING_GROUP:
	case MEDIUM_KIND_COUNT:
		g_assert_not_reached();
	}
	g_string_append_printf(out, " (ha.cf:%u)\n", m->line);
}

/* Links over one device fail together. */
static unsigned
count_devices(const struct conf *c)
{
	unsigned count = 0;

	for (unsigned i = 0; i < c->media_count; i++) {
		bool known = medium_is_ping(c->media[i].kind);

		for (unsigned j = 0; j < i && !known; j++)
			known = c->media[j].device != NULL &&
				strcmp(c->media[i].device, c->media[j].device) == 0;
		count += known ? 0 : 1;
	}
	return count;
}

static void
explain_links(const struct conf *c, GString *out)
{
	unsigned devices = count_devices(c);

	g_string_append(out, "\nHeartbeats go over:\n");
	for (unsigned i = 0; i < c->media_count; i++)
		if (!medium_is_ping(c->media[i].kind))
			explain_medium(&c->media[i], out);
	if (devices == 1 && c->node_count > 1)
		g_string_append(out, "There is one way between the nodes: if it fails, "
				     "they lose each other. A second, "
				     "independent link is worth having.\n");
	g_autoptr(GString) pinged = g_string_new(NULL);
	for (unsigned i = 0; i < c->media_count; i++) {
		if (!medium_is_ping(c->media[i].kind))
			continue;
		g_autofree char *hosts = g_strjoinv(" or ", c->media[i].hosts);
		g_string_append_printf(pinged, "%s%s (ha.cf:%u)",
		    pinged->len > 0 ? ", " : "", hosts, c->media[i].line);
	}
	if (pinged->len > 0)
		g_string_append_printf(
		    out, "Pinged, to judge our own connection: %s.\n", pinged->str);
}

static void
explain_times(const struct conf *c, GString *out)
{
	add_span(out, "\nA heartbeat is sent every ", c->keepalive, "; ");
	if (!span_exceeds(c->warntime, c->deadtime))
		add_span(out, "after ", c->warntime, " of silence a node is late, ");
	add_span(out, "after ", c->deadtime, " it is dead (deadtime).\n");
	add_span(out, "At start, a node that stays silent is waited for ", c->initdead,
	    " (initdead).\n");
	if (c->node_count > 1)
		add_span(out, "Worst outage after a crash of a node: ", c->deadtime,
		    " (deadtime) plus the time its services take to start.\n");
	add_span(out, "A start or stop that takes longer than ", c->resource_timeout,
	    " (resource_timeout) has failed.\n");
}

static const char *
failback_sentence(const struct conf *c)
{
	switch (c->auto_failback) {
	case FAILBACK_ON:
		return "and goes back when that returns (auto_failback on)";
	case FAILBACK_OFF:
		return "and stays where it is when that returns (auto_failback off)";
	case FAILBACK_LEGACY:
		return "and goes back when that returns (auto_failback legacy; hb_standby "
		       "and "
		       "ipfail do not work)";
	}
	g_assert_not_reached();
}

static void
explain_group(const struct conf *c, const struct conf_group *g, GString *out)
{
	g_string_append_printf(out,
	    "\nGroup %s (haresources:%u)\n  starts in this order, "
	    "stops in reverse:",
	    g->key, g->line);
	for (unsigned i = 0; i < g->resource_count; i++) {
		g_autofree char *args = g_strjoinv(" ", g->resources[i].args);

		g_string_append_printf(out, "%s %s%s%s", i > 0 ? "," : "",
		    g->resources[i].script, *args != '\0' ? " " : "", args);
	}
	g_string_append_printf(out, "\n  runs on %s", c->nodes[g->order[0]]);
	for (unsigned n = 1; n < c->node_count; n++)
		g_string_append_printf(out, "%s %s",
		    n == 1 ? ", if that fails on" : ", then", c->nodes[g->order[n]]);
	if (c->node_count > 1)
		g_string_append_printf(out, ", %s", failback_sentence(c));
	g_string_append(out, ".\n");
}

static void
explain_groups(const struct conf *c, GString *out)
{
	if (c->group_count == 0)
		g_string_append(
		    out, "\nNo group is configured: the nodes only watch each other.\n");
	for (unsigned i = 0; i < c->group_count; i++)
		explain_group(c, &c->groups[i], out);
}

static void
explain_split(const struct conf *c, GString *out)
{
	if (c->node_count == 1 || c->group_count == 0)
		return;
	g_string_append(out, "\nThere is no fencing. ");
	add_span(out, "If the nodes lose each other for ", c->deadtime, " (deadtime), ");
	g_string_append_printf(out,
	    "%s will run the services: shared data is not protected. More links make that "
	    "less "
	    "likely, a longer deadtime only later.\n",
	    c->node_count == 2 ? "both" : "each part");
}

/* "ha.cf:7", "half of deadtime", "default". Owns: the caller's. */
static char *
value_origin(const struct conf_value *v)
{
	if (v->line != 0)
		return g_strdup_printf("ha.cf:%u", v->line);
	return g_strdup(v->from != NULL ? v->from : "default");
}

/* A row for each line of ha.cf; what follows from the same, and defaults, share theirs. */
static void
explain_values(const struct conf *c, GString *out)
{
	size_t width = 0;

	for (unsigned i = 0; i < c->value_count; i++) {
		g_autofree char *origin = value_origin(&c->values[i]);

		width = MAX(width, strlen(origin));
	}
	g_string_append(out, "\nIn force, and where it comes from:\n");
	for (unsigned i = 0; i < c->value_count;) {
		g_autofree char *origin = value_origin(&c->values[i]);
		g_autoptr(GString) row = g_string_new(NULL);

		g_string_printf(row, "  %-*s  %s", (int)width, origin, c->values[i].text);
		while (++i < c->value_count) {
			g_autofree char *next = value_origin(&c->values[i]);

			if (strcmp(origin, next) != 0)
				break;
			g_string_append_printf(row, ", %s", c->values[i].text);
		}
		add_wrapped(out, row->str, width + 4);
	}
}

char *
conf_explain(const struct conf *c)
{
	g_autoptr(GString) said = g_string_new(NULL);
	GString *out = g_string_new(NULL);

	explain_nodes(c, said);
	explain_links(c, said);
	explain_times(c, said);
	explain_groups(c, said);
	explain_split(c, said);
	g_auto(GStrv) lines = g_strsplit(said->str, "\n", -1);
	for (char **line = lines; line[1] != NULL; line++)
		add_wrapped(out, *line, (*line)[0] == ' ' ? 4 : 0);
	explain_values(c, out);
	return g_string_free(out, FALSE);
}
