/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/plan_row.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "sim/scenario.h"

#define LENGTHY_MS 3660000

/* The letters of ids; kinds that one looks for together share theirs. */
static const char kind_letters[] = {
    [PLAN_START] = 'S',
    [PLAN_POWER] = 'P',
    [PLAN_LINK] = 'L',
    [PLAN_APART] = 'L',
    [PLAN_CARD] = 'N',
    [PLAN_PING] = 'G',
    [PLAN_PING_ALL] = 'G',
    [PLAN_STOP] = 'M',
    [PLAN_MOVE] = 'M',
    [PLAN_ENGINE] = 'D',
    [PLAN_DAEMONS] = 'D',
    [PLAN_PAUSE] = 'F',
    [PLAN_PAUSE_LONG] = 'F',
    [PLAN_START_FAILS] = 'R',
    [PLAN_STOP_FAILS] = 'R',
    [PLAN_STOP_HANGS] = 'R',
    [PLAN_BOTH] = 'B',
    [PLAN_TWO] = 'T',
    [PLAN_DRAWN] = '#',
    [PLAN_GIVEN] = 'X',
};
static_assert(G_N_ELEMENTS(kind_letters) == PLAN_KIND_COUNT, "a letter for each kind");

void
plan_row_free(gpointer data)
{
	struct plan_row *row = data;

	if (row == NULL)
		return;
	g_free(row->id);
	g_free(row->title);
	g_ptr_array_unref(row->statements);
	g_free(row);
}

/* To whole seconds from 10 s on: nobody wants to read 17.5s. */
static struct span
rounded(int64_t ms)
{
	return span_from_ms(ms < 10000 ? ms : ms / 1000 * 1000);
}

void
planner_init(struct planner *p, const struct cluster *c)
{
	const int64_t dead = span_ms(c->conf->deadtime), init = span_ms(c->conf->initdead);
	const int64_t ping = span_ms(c->conf->deadping), takes = span_ms(c->takes);
	unsigned most = 0;

	for (unsigned i = 0; i < c->conf->group_count; i++)
		most = MAX(most, c->conf->groups[i].resource_count);
	const int64_t group = takes * most;

	*p = (struct planner){
	    .c = c,
	    .rows = g_ptr_array_new_with_free_func(plan_row_free),
	    .nodes = c->conf->node_count,
	    .name = c->conf->nodes,
	    .links = cluster_links(c),
	    .pings = cluster_pings(c),
	    .brief = rounded(dead / 2),
	    .over = rounded(3 * dead),
	    .lengthy = span_from_ms(MAX(LENGTHY_MS, 4 * init)),
	    .a_while = rounded(MAX(600000, init + 2 * MAX(dead, ping) + 4 * group)),
	    .dark = span_from_ms(60000),
	    .settle = rounded(10000 + 2 * group),
	    .recover = rounded(30000 + dead + 6 * group),
	    .moment = span_from_ms(MAX(takes / 2, 1)),
	    .stuck = span_from_ms(
		3 * span_ms(c->conf->resource_timeout) + 2 * dead + 6 * group + 60000),
	};
	p->short_text = text_from_span(p->brief);
	p->long_text = text_from_span(p->lengthy);
	p->dark_text = text_from_span(p->dark);
	p->a_while_text = text_from_span(p->a_while);
}

GPtrArray *
planner_done(struct planner *p)
{
	unsigned count[256] = {0};

	for (unsigned i = 0; i < p->rows->len; i++) {
		struct plan_row *row = g_ptr_array_index(p->rows, i);
		const unsigned char letter = (unsigned char)kind_letters[row->kind];

		row->id = g_strdup_printf("%c%u", letter, ++count[letter]);
	}
	g_ptr_array_unref(p->links);
	g_ptr_array_unref(p->pings);
	g_free(p->short_text);
	g_free(p->long_text);
	g_free(p->a_while_text);
	g_free(p->dark_text);
	return g_steal_pointer(&p->rows);
}

struct plan_row *
planner_row(
    struct planner *p, enum plan_kind kind, const char *node, const char *title, ...)
{
	struct plan_row *row = g_new0(struct plan_row, 1);
	va_list args;

	va_start(args, title);
	row->title = g_strdup_vprintf(title, args);
	va_end(args);
	row->kind = kind;
	row->node = node;
	row->single = kind != PLAN_BOTH && kind != PLAN_TWO && kind != PLAN_DRAWN;
	row->statements = g_ptr_array_new_with_free_func(g_free);
	row->seed = 1;
	g_ptr_array_add(p->rows, row);
	return row;
}

void
row_say(struct plan_row *row, const char *statement, ...)
{
	va_list args;

	va_start(args, statement);
	g_ptr_array_add(row->statements, g_strdup_vprintf(statement, args));
	va_end(args);
}

void
row_run(struct plan_row *row, struct span length)
{
	g_autofree char *text = text_from_span(length);

	row_say(row, "run %s", text);
}

void
row_setup(const struct planner *p, struct plan_row *row)
{
	row_say(row, "boot all");
	row_run(row, p->settle);
	row->setup = row->statements->len;
}

/* -- a scenario of the user -- */

/* They are about the start itself. */
static bool
begins_from_nothing(char **lines)
{
	while (*lines != NULL && **lines == '\0')
		lines++;
	return *lines != NULL &&
	       (g_str_has_prefix(*lines, "boot") || g_str_has_prefix(*lines, "script"));
}

struct plan_row *
plan_given(const struct cluster *c, const char *title, const char *text)
{
	g_auto(GStrv) lines = g_strsplit_set(text, "\r\n;", -1);
	struct planner p;
	struct plan_row *row;

	planner_init(&p, c);
	row = planner_row(&p, PLAN_GIVEN, NULL, "%s", title);
	row->single = false;
	for (char **line = lines; *line != NULL; line++) {
		(*line)[strcspn(*line, "#")] = '\0';
		g_strstrip(*line);
	}
	if (!begins_from_nothing(lines))
		row_setup(&p, row);
	for (char **line = lines; *line != NULL; line++) {
		if (**line != '\0')
			row_say(row, "%s", *line);
	}
	g_ptr_array_set_free_func(p.rows, NULL);
	g_ptr_array_unref(planner_done(&p));
	return row;
}
