/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "simulate.h"

#include <errno.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text.h"
#include "files.h"
#include "script.h"
#include "sim/timeline.h"
#include "simulate_rows.h"

enum exit_code {
	FINE = 0,
	FAULTY = 1, /* the configuration, or a file that cannot be read or written */
	USAGE = 2,
	BAD = 3, /* an answer is bad */
};

#define SEEDS_DEFAULT 20
#define SEEDS_MAX 1000000
#define TAKES_DEFAULT_MS 1000
#define TAKES_MAX_MS 3600000
#define WIDTH_MIN 80
#define WIDTH_MAX 140
#define WIDTH_DEFAULT 100
#define SCENARIO_MAX (256 * 1024)

struct options {
	const char *directory; /* NULL: the installed one */
	uint64_t seeds;
	bool has_seed, json;
	uint64_t seed;
	const char *scenario, *row, *svg;
	struct span takes;
	GPtrArray *nodes; /* const char *: only their rows; empty: all */
};

/* -- arguments -- */

enum {
	SIMULATE_CONFIG,
	SIMULATE_SCENARIO,
	SIMULATE_ROW,
	SIMULATE_SVG,
	SIMULATE_NODE,
	SIMULATE_SEEDS,
	SIMULATE_SEED,
	SIMULATE_TAKES,
	SIMULATE_JSON,
};

const struct option_row simulate_options[] = {
    [SIMULATE_CONFIG] = {"--config", WORD_DIRECTORY},
    [SIMULATE_SCENARIO] = {"--scenario", WORD_FILE},
    [SIMULATE_ROW] = {"--row", WORD_ROW},
    [SIMULATE_SVG] = {"--svg", WORD_FILE},
    [SIMULATE_NODE] = {"--node", WORD_NODE},
    [SIMULATE_SEEDS] = {"--seeds", WORD_TEXT},
    [SIMULATE_SEED] = {"--seed", WORD_TEXT},
    [SIMULATE_TAKES] = {"--takes", WORD_TEXT},
    [SIMULATE_JSON] = {"--json", WORD_NONE},
    {NULL, WORD_NONE},
};

static bool
read_option(struct options *o, int which, const char *value)
{
	switch (which) {
	case SIMULATE_CONFIG:
		o->directory = value;
		return true;
	case SIMULATE_SCENARIO:
		o->scenario = value;
		return true;
	case SIMULATE_ROW:
		o->row = value;
		return true;
	case SIMULATE_SVG:
		o->svg = value;
		return true;
	case SIMULATE_NODE:
		g_ptr_array_add(o->nodes, (gpointer)value);
		return true;
	case SIMULATE_SEEDS:
		return text_to_u64(value, 0, SEEDS_MAX, &o->seeds);
	case SIMULATE_SEED:
		return o->has_seed = text_to_u64(
			   value[0] == '#' ? value + 1 : value, 0, INT64_MAX, &o->seed);
	case SIMULATE_TAKES:
		return text_to_span(value, &o->takes) && span_ms(o->takes) <= TAKES_MAX_MS;
	case SIMULATE_JSON:
		o->json = true;
		return true;
	}
	return false;
}

static bool
read_options(struct options *o, int argc, char **argv)
{
	const char *value;
	int at = 0, which;

	while ((which = option_next(simulate_options, argc, argv, &at, &value)) != OPTION_END) {
		if (which < 0 || !read_option(o, which, value))
			return false;
	}
	if (o->takes.ns <= 0)
		o->takes = span_from_ms(1);
	/* A row of its own is looked at alone. */
	return (o->has_seed ? 1 : 0) + (o->scenario != NULL ? 1 : 0) +
		   (o->row != NULL ? 1 : 0) <=
	       1;
}

/* -- files -- */

/* Who may not read the key can simulate without. Returns: whether the key is there. */
static bool
forgive_key(struct files *f, GPtrArray *faults)
{
	for (guint i = 0; f->authkeys == NULL && i < faults->len; i++) {
		const struct fault *fault = g_ptr_array_index(faults, i);

		if (g_strcmp0(fault->file, f->authkeys_path) == 0)
			g_ptr_array_remove_index(faults, i--);
	}
	return f->authkeys != NULL;
}

static struct cluster *
read_cluster(const struct options *o, bool *no_key)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct files *f =
	    files_read(o->directory != NULL ? o->directory : HB_HADIR, faults);
	struct cluster *c = NULL;

	*no_key = !forgive_key(f, faults);
	struct conf_text text = files_text(f);

	/* Another directory may be of another machine: then this one need not be a node. */
	if (o->directory != NULL)
		text.node_name = NULL;
	bool readable = !files_faulty(faults);

	c = cluster_new(&text, o->takes, faults);
	/* This machine is one of the nodes: are the scripts there? */
	if (o->directory == NULL && c != NULL)
		script_check(c->conf, f->haresources_path, faults);
	if (!readable || files_faulty(faults))
		g_clear_pointer(&c, cluster_free);
	if (o->json && c == NULL) {
		g_autofree char *json = simulate_json_faults(faults);

		fputs(json, stdout);
	}
	for (guint i = 0; i < faults->len && !(o->json && c == NULL); i++) {
		g_autofree char *line = fault_text(g_ptr_array_index(faults, i));

		fprintf(stderr, "%s\n", line);
	}
	files_free(f);
	return c;
}

/* -- which rows -- */

static bool
wanted(const struct options *o, const struct plan_row *row)
{
	if (o->row != NULL)
		return g_ascii_strcasecmp(o->row, row->id) == 0;
	for (unsigned i = 0; i < o->nodes->len; i++) {
		if (row->node != NULL &&
		    g_ascii_strcasecmp(row->node, g_ptr_array_index(o->nodes, i)) == 0)
			return true;
	}
	return o->nodes->len == 0;
}

static void
add_row(struct simulation *s, struct plan_row *row)
{
	g_ptr_array_add(s->rows, simulated_new(row));
}

static bool
add_plan(const struct options *o, struct simulation *s)
{
	GPtrArray *plan = plan_make(s->cluster);

	g_ptr_array_set_free_func(plan, NULL);
	for (unsigned i = 0; i < plan->len; i++) {
		struct plan_row *row = g_ptr_array_index(plan, i);

		if (wanted(o, row))
			add_row(s, row);
		else
			plan_row_free(row);
	}
	g_ptr_array_unref(plan);
	if (o->row != NULL && s->rows->len == 0) {
		fprintf(stderr, "hbctl simulate: no row is called %s\n", o->row);
		return false;
	}
	for (uint64_t i = 1; o->row == NULL && o->nodes->len == 0 && i <= o->seeds; i++)
		add_row(s, plan_draw(s->cluster, i));
	return true;
}

static bool
add_scenario(const struct options *o, struct simulation *s)
{
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL;
	gsize len;

	if (!g_file_get_contents(o->scenario, &text, &len, &error)) {
		fprintf(stderr, "hbctl simulate: %s\n", error->message);
		return false;
	}
	if (len > SCENARIO_MAX || strlen(text) != len) {
		fprintf(stderr, "hbctl simulate: %s: this is no scenario\n", o->scenario);
		return false;
	}
	g_autofree char *name = g_path_get_basename(o->scenario);

	add_row(s, plan_given(s->cluster, name, text));
	return true;
}

static bool
add_rows(const struct options *o, struct simulation *s)
{
	for (unsigned i = 0; i < o->nodes->len; i++) {
		if (conf_node_index(s->cluster->conf, g_ptr_array_index(o->nodes, i)) < 0) {
			fprintf(stderr, "hbctl simulate: no node is called %s\n",
			    (const char *)g_ptr_array_index(o->nodes, i));
			return false;
		}
	}
	if (o->scenario != NULL)
		return add_scenario(o, s);
	if (!o->has_seed)
		return add_plan(o, s);
	add_row(s, plan_draw(s->cluster, o->seed));
	return true;
}

/* -- telling -- */

static bool
colour_wanted(void)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && (no_color == NULL || no_color[0] == '\0') &&
	       (term == NULL || strcmp(term, "dumb") != 0);
}

static unsigned
terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	uint64_t width = WIDTH_DEFAULT;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		width = size.ws_col;
	else if (columns != NULL)
		text_to_u64(columns, 1, 10000, &width);
	return (unsigned)CLAMP(width, WIDTH_MIN, WIDTH_MAX);
}

/* The row to be drawn: the only one, or the first of the worst. */
static const struct simulated *
worst(const struct simulation *s)
{
	const struct simulated *worst = g_ptr_array_index(s->rows, 0);

	for (unsigned i = 1; i < s->rows->len; i++) {
		const struct simulated *one = g_ptr_array_index(s->rows, i);

		if (one->finding.level > worst->finding.level)
			worst = one;
	}
	return worst;
}

/* Before the long work: can a file be made there? It is written beside it and renamed. */
static bool
svg_has_a_place(const char *path)
{
	g_autofree char *directory = g_path_get_dirname(path);
	int err = 0;

	if (g_file_test(path, G_FILE_TEST_IS_DIR))
		err = EISDIR;
	else if (access(directory, W_OK | X_OK) < 0)
		err = errno;
	if (err != 0)
		fprintf(stderr, "hbctl simulate: %s cannot be written: %s\n", path,
		    g_strerror(err));
	return err == 0;
}

static bool
write_svg(const struct options *o, const struct simulation *s, const struct plan_row *row,
    const struct play *p)
{
	g_autoptr(GString) svg = g_string_new(NULL);
	g_autoptr(GError) error = NULL;

	timeline_svg(svg, s->cluster, row, p);
	if (!g_file_set_contents(o->svg, svg->str, (gssize)svg->len, &error)) {
		fprintf(stderr, "hbctl simulate: %s\n", error->message);
		return false;
	}
	if (s->rows->len > 1)
		fprintf(stderr, "hbctl simulate: %s shows row %s (--row names another)\n",
		    o->svg, row->id);
	return true;
}

/* One row more closely: it is played again, which gives the same. */
static bool
tell_closely(const struct options *o, const struct simulation *s)
{
	const struct plan_row *row;
	struct play p;
	bool good = true;

	if (s->rows->len == 0 || (o->svg == NULL && (s->rows->len > 1 || o->json)))
		return true;
	row = worst(s)->row;
	play_row(s->cluster, row, &p);
	if (s->rows->len == 1 && !o->json) {
		g_autofree char *story = simulate_story(row, &p, colour_wanted());

		fputs(story, stdout);
	}
	if (o->svg != NULL && p.outage != NULL)
		good = write_svg(o, s, row, &p);
	play_clear(&p);
	return good;
}

/* A word in a scenario that is wrong says nothing about the cluster. */
static bool
was_played(const struct simulated *one)
{
	return !one->finding.unplayable;
}

static int
simulate(const struct options *o, struct simulation *s)
{
	g_autofree char *text = NULL;

	if (!add_rows(o, s) || (o->svg != NULL && !svg_has_a_place(o->svg)))
		return FAULTY;
	simulation_run(s, isatty(STDERR_FILENO) && s->rows->len > 1);
	text = o->json ? simulate_json(s)
		       : simulate_table(s, terminal_width(), colour_wanted());
	fputs(text, stdout);
	if (!tell_closely(o, s) || fflush(stdout) != 0)
		return FAULTY;
	if (o->scenario != NULL && !was_played(g_ptr_array_index(s->rows, 0)))
		return FAULTY;
	return simulation_count(s, FINDING_BAD) > 0 ? BAD : FINE;
}

int
simulate_main(int argc, char **argv)
{
	struct options o = {
	    .seeds = SEEDS_DEFAULT, .takes = span_from_ms(TAKES_DEFAULT_MS)};
	g_autoptr(GPtrArray) nodes = g_ptr_array_new();
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(simulated_free);
	struct simulation s = {.rows = rows};
	int code = USAGE;

	o.nodes = nodes;
	if (!read_options(&o, argc, argv))
		return code;
	struct cluster *c = read_cluster(&o, &s.no_key);

	if (c == NULL)
		return FAULTY;
	s.cluster = c;
	s.directory = o.directory != NULL ? o.directory : HB_HADIR;
	code = simulate(&o, &s);
	g_clear_pointer(&s.general, g_ptr_array_unref);
	g_ptr_array_set_size(rows, 0);
	cluster_free(c);
	return code;
}
