/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/haresources.h"

#include <string.h>

#include "base/text.h"
#include "conf/check.h"
#include "conf/clash.h"
#include "conf/lex.h"
#include "conf/resource.h"

#define ID_DIGITS 8

void
conf_group_clear(struct conf_group *g)
{
	g_free(g->key);
	g_free(g->id);
	g_free(g->order);
	for (unsigned i = 0; i < g->resource_count; i++)
		conf_resource_clear(&g->resources[i]);
	g_free(g->resources);
	g_free(g->text);
}

/* The name that was probably meant: the same host, or a typing error. */
static const char *
nearest_node(const struct conf *c, const char *name)
{
	g_autofree char *ours = node_short_name(name);

	for (unsigned i = 0; i < c->node_count; i++) {
		g_autofree char *other = node_short_name(c->nodes[i]);

		if (g_ascii_strcasecmp(ours, other) == 0)
			return c->nodes[i];
	}
	return text_nearest(name, (const char *const *)c->nodes, c->node_count);
}

static void
unknown_node(
    const struct conf *c, const char *name, unsigned line, const struct report *report)
{
	const char *equals = strchr(name, '=');

	if (equals != NULL) {
		report_error(report, line,
		    "'%s': a line is a node, a blank, and its resources: write '%.*s %s'",
		    name, (int)(equals - name), name, equals + 1);
		return;
	}
	if (c->node_count == 0)
		return;
	g_autofree char *all = g_strjoinv(", ", c->nodes);
	const char *near = nearest_node(c, name);
	if (near != NULL)
		report_error(report, line,
		    "'%s' is not a node: did you mean '%s'? (the nodes of ha.cf are: %s)",
		    name, near, all);
	else
		report_error(report, line, "'%s' is not a node: the nodes of ha.cf are: %s",
		    name, all);
}

/* The nodes named first, then the others as ha.cf has them. False, and faults, if wrong. */
static bool
group_order(const struct conf *c, const struct lex_word *w, const struct report *report,
    struct conf_group *g)
{
	g_auto(GStrv) names = g_strsplit(w->text, ",", -1);
	g_autofree bool *used = g_new0(bool, c->node_count + 1);
	unsigned n = 0;
	bool ok = true;

	if (g_str_has_suffix(w->text, ",")) {
		report_error(report, w->line,
		    "'%s': a list of nodes is one word: no blank behind a comma", w->text);
		return false;
	}
	g->order = g_new0(unsigned, c->node_count + 1);
	for (char **name = names; *name != NULL; name++) {
		int index = conf_node_index(c, *name);

		if (index < 0) {
			unknown_node(c, *name, w->line, report);
			ok = false;
		} else if (used[index]) {
			report_error(report, w->line, "node '%s' is listed twice", *name);
			ok = false;
		} else {
			used[index] = true;
			g->order[n++] = (unsigned)index;
		}
	}
	for (unsigned i = 0; i < c->node_count; i++)
		if (!used[i])
			g->order[n++] = i;
	g->preferred = g->order[0];
	return ok;
}

static char *
short_digest(const char *text)
{
	g_autofree char *digest =
	    g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);

	return g_strndup(digest, ID_DIGITS);
}

/* One entry: words from..to of a line. Every word is looked at, whatever the others are. */
static void
group_parse(const struct conf *c, const GArray *words, unsigned from, unsigned to,
    const struct report *report, GArray *groups)
{
	const struct lex_word *first = &g_array_index(words, struct lex_word, from);
	GArray *resources = g_array_new(FALSE, FALSE, sizeof(struct conf_resource));
	GString *text = g_string_new(NULL);
	struct conf_group g = {.line = first->line};
	bool ok = group_order(c, first, report, &g);

	for (unsigned i = from + 1; i < to; i++) {
		const struct lex_word *w = &g_array_index(words, struct lex_word, i);
		struct conf_resource r;

		g_string_append_printf(text, "%s%s", i > from + 1 ? " " : "", w->text);
		if (resource_parse(w->text, w->line, report, &r))
			g_array_append_val(resources, r);
		else
			ok = false;
	}
	g.resource_count = resources->len;
	g.resources = (struct conf_resource *)(void *)g_array_free(resources, FALSE);
	g.text = g_string_free(text, FALSE);
	if (ok && to == from + 1)
		report_hint(report, first->line,
		    "node '%s' has no resources in this line: it says "
		    "nothing",
		    first->text);
	if (!ok || to == from + 1) {
		conf_group_clear(&g);
		return;
	}
	g.key = g_strdup(g.resources[0].text);
	g.id = short_digest(g.key);
	g_array_append_val(groups, g);
}

/*
 * A node name where a continued line begins: the backslash above it is one too many, and
 * what follows is an entry of its own.
 */
static void
line_parse(const struct conf *c, const struct lex_line *line, const struct report *report,
    GArray *groups)
{
	GArray *words = lex_line_words(line);
	unsigned from = 0;

	for (unsigned i = 1; i < words->len; i++) {
		const struct lex_word *w = &g_array_index(words, struct lex_word, i);

		/* "node \" and the resources below: only the first resource is not a node.
		 */
		if (!w->first_of_continued || conf_node_index(c, w->text) < 0)
			continue;
		report_error(report, w->line,
		    "'%s' is a node, but the backslash above makes this line a part of the "
		    "entry "
		    "of line %u: remove that backslash",
		    w->text, line->line);
		group_parse(c, words, from, i, report, groups);
		from = i;
	}
	group_parse(c, words, from, words->len, report, groups);
	g_array_free(words, TRUE);
}

static int
compare_strings(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Over what must be the same on all nodes; the order of lines need not be. */
static char *
groups_digest(const struct conf *c)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GString) all = g_string_new(NULL);

	for (unsigned i = 0; i < c->group_count; i++) {
		GString *line = g_string_new(NULL);

		for (unsigned n = 0; n < c->node_count; n++)
			g_string_append_printf(
			    line, "%s ", c->nodes[c->groups[i].order[n]]);
		g_string_append_printf(line, ": %s\n", c->groups[i].text);
		g_ptr_array_add(lines, g_string_free(line, FALSE));
	}
	g_ptr_array_sort(lines, compare_strings);
	for (unsigned i = 0; i < lines->len; i++)
		g_string_append(all, g_ptr_array_index(lines, i));
	return short_digest(all->str);
}

void
haresources_parse(struct conf *c, const char *text, const struct report *report)
{
	g_autoptr(GPtrArray) lines = lex_lines(text, LEX_HARESOURCES, report);
	GArray *groups = g_array_new(FALSE, FALSE, sizeof(struct conf_group));

	for (unsigned i = 0; i < lines->len; i++)
		line_parse(c, g_ptr_array_index(lines, i), report, groups);
	c->group_count = groups->len;
	c->groups = (struct conf_group *)(void *)g_array_free(groups, FALSE);
	c->digest = groups_digest(c);
	check_groups(c, report);
	clash_check(c, report);
}
