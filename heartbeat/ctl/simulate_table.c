/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A simulation for people: a table that fits the terminal. */
#include "simulate_rows.h"

#include <string.h>

#include "base/text.h"

enum column {
	COLUMN_VERDICT,
	COLUMN_ID,
	COLUMN_FAULT,
	COLUMN_HAPPENED,
	COLUMN_HOLDERS,
	COLUMN_LONGEST,
	COLUMN_SUM,
	COLUMN_TWICE,
	COLUMN_COUNT
};

static const char *const headings[COLUMN_COUNT] = {
    "", "row", "fault", "what happens", "in the end", "outage", "in all", "twice"};

static const char *const level_colours[FINDING_LEVEL_COUNT] = {
    [FINDING_OK] = "\033[32m",
    [FINDING_NOTE] = "\033[33m",
    [FINDING_RISK] = "\033[35m",
    [FINDING_BAD] = "\033[31;1m",
};

#define HOLDERS_MAX 18
#define ID_MAX 5
#define PLAIN "\033[0m"
#define BOLD "\033[1m"

struct page {
	GString *out;
	bool colour;
	unsigned width[COLUMN_COUNT];
	GHashTable *told; /* advice by key -> the row where it was told */
};

/* -- text in cells -- */

static size_t
text_width(const char *text)
{
	return (size_t)g_utf8_strlen(text, -1);
}

static void
pad(GString *out, const char *text, unsigned width)
{
	g_string_append(out, text);
	for (size_t n = text_width(text); n < width; n++)
		g_string_append_c(out, ' ');
}

/* A word that is longer than a line is cut, where it has a joint if possible. */
static size_t
cut_at(const char *word, size_t width)
{
	size_t best = 0;

	for (size_t i = 1; i < width && word[i] != '\0'; i++) {
		if (strchr(":/-_.,", word[i - 1]) != NULL)
			best = i;
	}
	return best > width / 3 ? best : width;
}

static void
wrap_word(GPtrArray *lines, GString *line, const char *word, size_t width)
{
	while (*word != '\0') {
		const size_t need = text_width(word);

		if (line->len > 0 && text_width(line->str) + 1 + need > width) {
			g_ptr_array_add(lines, g_strdup(line->str));
			g_string_truncate(line, 0);
			continue;
		}
		if (line->len > 0)
			g_string_append_c(line, ' ');
		const size_t part = need > width ? cut_at(word, width) : need;
		const char *end = g_utf8_offset_to_pointer(word, (glong)part);

		g_string_append_len(line, word, end - word);
		word = end;
	}
}

/* char *, each at most that wide; at least one. */
static GPtrArray *
wrap(const char *text, size_t width)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *valid = g_utf8_make_valid(text, -1);
	g_auto(GStrv) words = g_strsplit(valid, " ", -1);
	g_autoptr(GString) line = g_string_new(NULL);

	for (char **w = words; *w != NULL; w++)
		wrap_word(lines, line, *w, width);
	if (line->len > 0 || lines->len == 0)
		g_ptr_array_add(lines, g_strdup(line->str));
	return lines;
}

static void
paint(struct page *p, const char *colour, const char *text, unsigned width)
{
	if (p->colour && *text != '\0')
		g_string_append(p->out, colour);
	g_string_append(p->out, text);
	if (p->colour && *text != '\0')
		g_string_append(p->out, PLAIN);
	for (size_t n = text_width(text); n < width; n++)
		g_string_append_c(p->out, ' ');
}

static void
trim_line(GString *out)
{
	while (out->len > 0 && out->str[out->len - 1] == ' ')
		g_string_truncate(out, out->len - 1);
	g_string_append_c(out, '\n');
}

/* A text below a row or the table, from a column on. */
static void
put_wrapped(
    struct page *p, unsigned indent, const char *first, const char *text, unsigned width)
{
	g_autoptr(GPtrArray) lines =
	    wrap(text, width - indent - (unsigned)text_width(first));

	for (unsigned i = 0; i < lines->len; i++) {
		pad(p->out, "", indent);
		pad(p->out, i == 0 ? first : "", (unsigned)text_width(first));
		g_string_append_printf(
		    p->out, "%s\n", (const char *)g_ptr_array_index(lines, i));
	}
}

/* -- the rows -- */

static unsigned
page_width(const struct page *p)
{
	unsigned all = COLUMN_COUNT - 1;

	for (unsigned i = 0; i < COLUMN_COUNT; i++)
		all += p->width[i];
	return all;
}

static void
put_row(struct page *p, const char *const *cell, const char *colour)
{
	GPtrArray *lines[COLUMN_COUNT];
	unsigned height = 0;

	for (unsigned i = 0; i < COLUMN_COUNT; i++) {
		lines[i] = wrap(cell[i], p->width[i]);
		height = MAX(height, lines[i]->len);
	}
	for (unsigned l = 0; l < height; l++) {
		for (unsigned i = 0; i < COLUMN_COUNT; i++) {
			const char *text =
			    l < lines[i]->len ? g_ptr_array_index(lines[i], l) : "";

			if (i > 0)
				g_string_append_c(p->out, ' ');
			if (i >= COLUMN_LONGEST) {
				for (size_t n = text_width(text); n < p->width[i]; n++)
					g_string_append_c(p->out, ' ');
				g_string_append(p->out, text);
			} else if (i == COLUMN_VERDICT) {
				paint(p, colour, text, p->width[i]);
			} else {
				pad(p->out, text, p->width[i]);
			}
		}
		trim_line(p->out);
	}
	for (unsigned i = 0; i < COLUMN_COUNT; i++)
		g_ptr_array_unref(lines[i]);
}

/* Owns: the caller's. */
static char *
outage_text(struct span longest, struct span sum)
{
	g_autofree char *one = finding_span(longest), *all = finding_span(sum);

	if (sum.ns == 0)
		return g_strdup("none");
	return strcmp(one, all) == 0 ? g_strdup(one)
				     : g_strdup_printf("%s, in all %s", one, all);
}

/* What came of it when the change was tried. */
static void
append_tried(GString *text, const struct finding *f, const struct finding *tried)
{
	g_autofree char *now = outage_text(f->longest, f->sum);
	g_autofree char *then = outage_text(tried->longest, tried->sum);

	if (tried->happened == NULL)
		return;
	g_string_append(text, " (tried: ");
	if (strcmp(tried->happened, f->happened) != 0)
		g_string_append_printf(text, "%s; ", tried->happened);
	g_string_append_printf(text, "outage %s; now %s)", then, now);
}

static void
put_advices(struct page *p, const struct simulated *one)
{
	const GPtrArray *advices = one->finding.advices;
	const unsigned indent = p->width[COLUMN_VERDICT] + p->width[COLUMN_ID] + 2;

	for (unsigned i = 0; i < advices->len; i++) {
		const struct advice *a = g_ptr_array_index(advices, i);
		const char *before = g_hash_table_lookup(p->told, a->key);
		g_autoptr(GString) text = g_string_new(NULL);

		if (before != NULL) {
			g_string_append_printf(text, "as %s%s%s", before,
			    a->directive != NULL ? ": " : "",
			    a->directive != NULL ? a->directive : "");
		} else {
			g_string_append(text, a->text);
			g_hash_table_insert(p->told, (gpointer)a->key, one->row->id);
		}
		append_tried(text, &one->finding, &one->tried[i]);
		put_wrapped(p, indent, "-> ", text->str, page_width(p));
	}
}

static void
put_simulated(struct page *p, const struct simulated *one)
{
	const struct finding *f = &one->finding;
	g_autofree char *longest = finding_span(f->longest);
	g_autofree char *sum = finding_span(f->sum);
	g_autofree char *twice = finding_span(f->twice);
	const char *const cell[COLUMN_COUNT] = {finding_level_name(f->level), one->row->id,
	    one->row->title, f->happened, f->holders, longest, sum, twice};

	put_row(p, cell, level_colours[f->level]);
	put_advices(p, one);
}

static void
put_heading(struct page *p, const char *text)
{
	g_string_append_printf(
	    p->out, p->colour ? "\n" BOLD "%s" PLAIN "\n" : "\n%s\n", text);
}

/* -- drawn rows: the bad ones, and a row for the others together -- */

static void
more(struct span *most, struct span s)
{
	if (span_exceeds(s, *most))
		*most = s;
}

static void
put_drawn(struct page *p, const struct simulation *s)
{
	unsigned count[FINDING_LEVEL_COUNT] = {0}, all = 0;
	struct span longest = {0}, sum = {0}, twice = {0};
	g_autoptr(GString) risks = g_string_new(NULL);

	for (unsigned i = 0; i < s->rows->len; i++) {
		const struct simulated *one = g_ptr_array_index(s->rows, i);
		const struct finding *f = &one->finding;

		if (one->row->kind != PLAN_DRAWN || f->level == FINDING_BAD)
			continue;
		all++;
		count[f->level]++;
		more(&longest, f->longest);
		more(&sum, f->sum);
		more(&twice, f->twice);
		if (f->level == FINDING_RISK)
			g_string_append_printf(
			    risks, "%s%s", risks->len > 0 ? " " : ": ", one->row->id);
	}
	if (all == 0)
		return;
	g_autofree char *title = g_strdup_printf("%u draws of 2 to 4 faults that mix", all);
	g_autofree char *happened = g_strdup_printf("all groups run in the end%s%s",
	    count[FINDING_RISK] > 0 ? "; held twice meanwhile" : "", risks->str);
	g_autofree char *texts[] = {
	    finding_span(longest), finding_span(sum), finding_span(twice)};
	enum finding_level level = count[FINDING_RISK] > 0 ? FINDING_RISK : FINDING_OK;
	const char *const cell[COLUMN_COUNT] = {finding_level_name(level), "#", title,
	    happened, "", texts[0], texts[1], texts[2]};

	put_row(p, cell, level_colours[level]);
	for (unsigned i = 0; i < G_N_ELEMENTS(texts); i++)
		g_free(g_steal_pointer(&texts[i]));
}

/* -- above and below -- */

static void
put_cluster(struct page *p, const struct simulation *s)
{
	const struct conf *conf = s->cluster->conf;
	g_autoptr(GPtrArray) links = cluster_links(s->cluster),
			     pings = cluster_pings(s->cluster);
	g_autofree char *nodes = g_strjoinv(" ", conf->nodes);
	g_autofree char *keepalive = text_from_span(conf->keepalive);
	g_autofree char *dead = text_from_span(conf->deadtime);
	g_autofree char *init = text_from_span(conf->initdead);
	g_autofree char *takes = text_from_span(s->cluster->takes);
	g_autoptr(GString) text = g_string_new(NULL);
	const unsigned width = page_width(p);

	g_ptr_array_add(links, NULL);
	g_ptr_array_add(pings, NULL);
	g_autofree char *link_names = g_strjoinv(" ", (char **)links->pdata);
	g_autofree char *ping_names = g_strjoinv(" ", (char **)pings->pdata);

	g_string_printf(text,
	    "%s: nodes %s; links %s; ping nodes %s%s; keepalive %s, deadtime %s, "
	    "initdead %s, auto_failback %s",
	    s->directory, nodes, link_names, pings->len > 1 ? ping_names : "none",
	    pings->len > 1 ? cluster_has_ipfail(s->cluster) ? " and ipfail" : ", no ipfail"
			   : "",
	    keepalive, dead, init, auto_failback_name(conf->auto_failback));
	put_wrapped(p, 0, "", text->str, width);
	for (unsigned i = 0; i < conf->group_count; i++) {
		g_autofree char *letter = finding_letter(i);
		g_autofree char *first = g_strdup_printf("  %s  ", letter);
		g_autofree char *line = g_strdup_printf(
		    "%s %s", conf->nodes[conf->groups[i].preferred], conf->groups[i].text);

		put_wrapped(p, 0, first, line, width);
	}
	g_string_printf(text,
	    "Assumed: start and stop of a script take %s (--takes), of an address "
	    "no time. Outage: how long a group did not run whole on exactly one machine that "
	    "clients reach (not one that alone misses a ping node), "
	    "the longest "
	    "time and all together. Twice: how long two machines held it.%s",
	    takes,
	    s->no_key ? " authkeys is not there or cannot be read: simulated without."
		      : "");
	put_wrapped(p, 0, "", text->str, width);
}

static void
put_result(struct page *p, const struct simulation *s)
{
	g_string_append_c(p->out, '\n');
	for (unsigned i = 0; i < s->general->len; i++) {
		const struct advice *a = g_ptr_array_index(s->general, i);

		put_wrapped(p, 0, "-> ", a->text, page_width(p));
	}
	g_string_append(p->out, "Result: ");
	for (int i = FINDING_LEVEL_COUNT - 1; i >= 0; i--) {
		g_autofree char *text =
		    g_strdup_printf("%u %s", simulation_count(s, (enum finding_level)i),
			finding_level_name((enum finding_level)i));
		bool any = simulation_count(s, (enum finding_level)i) > 0;

		paint(p, any ? level_colours[i] : "", text, 0);
		g_string_append(p->out, i > 0 ? ", " : "");
	}
	g_string_append_printf(p->out, " (%u rows, %.1f simulated hours in %.1f s)\n",
	    s->rows->len, simulation_hours(s), s->seconds);
}

/* Columns as wide as they need to be; the two texts share what is left. */
static void
set_widths(struct page *p, const struct simulation *s, unsigned width)
{
	size_t holders = strlen(headings[COLUMN_HOLDERS]), id = strlen(headings[COLUMN_ID]);
	unsigned fixed = COLUMN_COUNT - 1;

	for (unsigned i = 0; i < s->rows->len; i++) {
		const struct simulated *one = g_ptr_array_index(s->rows, i);

		holders = MAX(holders, text_width(one->finding.holders));
		id = MAX(id, text_width(one->row->id));
	}
	p->width[COLUMN_VERDICT] = 4;
	p->width[COLUMN_ID] = (unsigned)MIN(id, ID_MAX);
	p->width[COLUMN_HOLDERS] = (unsigned)MIN(holders, width < 100 ? 10 : HOLDERS_MAX);
	p->width[COLUMN_LONGEST] = p->width[COLUMN_SUM] = p->width[COLUMN_TWICE] = 6;
	for (unsigned i = 0; i < COLUMN_COUNT; i++)
		fixed += p->width[i];
	p->width[COLUMN_FAULT] = (width - fixed) / 2;
	p->width[COLUMN_HAPPENED] = width - fixed - p->width[COLUMN_FAULT];
}

char *
simulate_table(const struct simulation *s, unsigned width, bool colour)
{
	struct page p = {.out = g_string_new(NULL), .colour = colour};
	int kind = -1;

	p.told = g_hash_table_new(g_str_hash, g_str_equal);
	set_widths(&p, s, width);
	put_cluster(&p, s);
	g_string_append_c(p.out, '\n');
	put_row(&p, headings, "");
	for (unsigned i = 0; i < s->rows->len; i++) {
		const struct simulated *one = g_ptr_array_index(s->rows, i);

		if ((int)one->row->kind != kind) {
			put_heading(&p, plan_kind_title(one->row->kind));
			kind = (int)one->row->kind;
			if (one->row->kind == PLAN_DRAWN && s->rows->len > 1)
				put_drawn(&p, s);
		}
		if (one->row->kind != PLAN_DRAWN || one->finding.level == FINDING_BAD ||
		    s->rows->len == 1)
			put_simulated(&p, one);
	}
	put_result(&p, s);
	g_hash_table_unref(p.told);
	return g_string_free(p.out, FALSE);
}

char *
simulate_story(const struct plan_row *row, const struct play *play, bool colour)
{
	struct page p = {.out = g_string_new(NULL), .colour = colour};

	put_heading(&p, "What was done (as a file for --scenario)");
	for (unsigned i = 0; i < row->statements->len; i++)
		g_string_append_printf(
		    p.out, "  %s\n", (const char *)g_ptr_array_index(row->statements, i));
	put_heading(&p, "What the nodes said (seconds)");
	g_string_append(p.out, play->trace->str);
	return g_string_free(p.out, FALSE);
}
