/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/values.h"

#include <inttypes.h>
#include <string.h>

#include "base/text.h"

void
conf_values_clear(struct conf *c)
{
	for (unsigned i = 0; i < c->value_count; i++)
		g_free(c->values[i].text);
	g_free(c->values);
}

void
values_note(struct hacf *h, const struct directive *d, unsigned line, char **words)
{
	g_autofree char *rest = g_strjoinv(" ", words);
	struct conf_value v = {.text = g_strdup_printf("%s %s", d->name, rest), .line = line};

	g_array_append_val(h->given, v);
}

/* What a directive says only where another one is on, or a serial line is there. */
static bool
has_effect(const struct hacf *h, const struct directive *d)
{
	const struct conf *c = h->conf;

	if (strcmp(d->name, "rtprio") == 0)
		return c->realtime;
	if (strcmp(d->name, "coreroot") == 0)
		return c->coredumps;
	if (strcmp(d->name, "syslogmsgfmt") == 0)
		return c->logfacility != NULL;
	if (g_str_has_prefix(d->name, "compression"))
		return c->compress;
	if (strcmp(d->name, "baud") != 0)
		return true;
	for (unsigned i = 0; i < h->media->len; i++)
		if (g_array_index(h->media, struct conf_medium, i).kind == MEDIUM_SERIAL)
			return true;
	return false;
}

/* As it would be written in ha.cf; NULL: nothing is in force. */
static char *
value_text(const struct hacf *h, const struct directive *d)
{
	const struct conf *c = h->conf;

	switch (d->kind) {
	case DIRECTIVE_SPAN:
		return text_from_span(G_STRUCT_MEMBER(struct span, c, d->offset));
	case DIRECTIVE_NUMBER:
		return g_strdup_printf("%u", G_STRUCT_MEMBER(unsigned, c, d->offset));
	case DIRECTIVE_BOOL:
		return g_strdup(G_STRUCT_MEMBER(bool, c, d->offset) ? "on" : "off");
	case DIRECTIVE_WORD:
		return g_strdup(d->words[G_STRUCT_MEMBER(unsigned, c, d->offset)]);
	case DIRECTIVE_SWITCH:
		return g_strdup(d->words[G_STRUCT_MEMBER(bool, c, d->offset) ? 1 : 0]);
	case DIRECTIVE_TEXT:
		return g_strdup(G_STRUCT_MEMBER(char *, c, d->offset));
	case DIRECTIVE_OPTION:
		return g_strdup(g_hash_table_lookup(h->values, d->name));
	case DIRECTIVE_LIST:
	case DIRECTIVE_LINE:
	case DIRECTIVE_REFUSED:
		break;
	}
	return NULL;
}

/* Source: compat config.md 3.1. */
static const char *
value_from(const struct conf *c, const char *name)
{
	if (strcmp(name, "warntime") == 0)
		return "half of deadtime";
	if (strcmp(name, "deadping") == 0)
		return "deadtime";
	if (strcmp(name, "initdead") != 0)
		return NULL;
	if (c->initdead.ns == c->deadtime.ns)
		return "deadtime";
	return c->initdead.ns == 2 * c->deadtime.ns ? "twice deadtime" : NULL;
}

static int
compare_values(gconstpointer a, gconstpointer b)
{
	const struct conf_value *x = a, *y = b;

	if (x->line != y->line)
		return x->line == 0 || (y->line != 0 && x->line > y->line) ? 1 : -1;
	/* By name, so that what follows from the same stands together; defaults are last. */
	if (x->from != NULL && y->from != NULL)
		return strcmp(x->from, y->from);
	return (x->from == NULL) - (y->from == NULL);
}

void
values_finish(struct hacf *h, const struct directive *all, size_t n)
{
	struct conf *c = h->conf;

	for (size_t i = 0; i < n; i++) {
		const struct directive *d = &all[i];
		bool used = d->in_force || d->offset != DIRECTIVE_NOWHERE;
		g_autofree char *text =
		    used && has_effect(h, d) ? value_text(h, d) : NULL;

		if (text == NULL)
			continue;
		unsigned line = hacf_line(h, d->name);
		struct conf_value v = {.text = g_strdup_printf("%s %s", d->name, text),
		    .line = line,
		    .from = line == 0 ? value_from(c, d->name) : NULL};
		g_array_append_val(h->given, v);
	}
	/* g_array_sort keeps the order of equals. */
	g_array_sort(h->given, compare_values);
	c->value_count = h->given->len;
	c->values = (struct conf_value *)(void *)g_array_free(h->given, FALSE);
}
