/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "complete.h"

#include <net/if.h>
#include <stdbool.h>
#include <string.h>

#include "answers.h"
#include "conf/hacf.h"
#include "files.h"
#include "move.h"
#include "sim/plan.h"
#include "survey.h"

/* One line, taken apart. */
struct completion {
	char **words; /* NULL-ended */
	int count;    /* at least 2 */
	const char *begun; /* the last of them */
	const char *directory;
	const char *before; /* stands before each candidate: "--node=" */
	GPtrArray *found;
};

static void
offer(struct completion *c, const char *candidate)
{
	g_autofree char *word = g_strconcat(c->before, candidate, NULL);

	if (g_str_has_prefix(word, c->begun) &&
	    !g_ptr_array_find_with_equal_func(c->found, word, g_str_equal, NULL))
		g_ptr_array_add(c->found, g_steal_pointer(&word));
}

/* --- what the files name -------------------------------------------------------------------- */

static void
offer_links(struct completion *c, const struct conf *conf, bool links, bool pings)
{
	for (unsigned i = 0; i < conf->media_count; i++)
		if (medium_is_ping(conf->media[i].kind) ? pings : links)
			offer(c, conf->media[i].name);
}

static void
offer_of_conf(struct completion *c, const struct conf *conf, enum word_kind kind)
{
	const bool nodes = kind == WORD_NODE || kind == WORD_ANY_NODE;

	for (unsigned i = 0; nodes && i < conf->node_count; i++)
		offer(c, conf->nodes[i]);
	offer_links(c, conf, kind == WORD_LINK, kind == WORD_LINK || kind == WORD_ANY_NODE);
	for (unsigned i = 0; kind == WORD_GROUP && i < conf->group_count; i++)
		offer(c, conf->groups[i].key);
}

static void
offer_rows(struct completion *c, const struct conf_text *text)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct cluster *cluster = cluster_new(text, span_from_ms(1000), faults);

	if (cluster == NULL)
		return;
	g_autoptr(GPtrArray) plan = plan_make(cluster);
	for (unsigned i = 0; i < plan->len; i++)
		offer(c, ((const struct plan_row *)g_ptr_array_index(plan, i))->id);
	g_ptr_array_set_size(plan, 0);
	cluster_free(cluster);
}

/* Half a configuration is better than none, and a key is of no matter. */
static void
offer_from_files(struct completion *c, enum word_kind kind)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct files *f = files_read(c->directory, faults);
	struct conf_text text = files_text(f);
	bool usable;

	text.authkeys = NULL;
	if (kind == WORD_ROW) {
		text.node_name = NULL;
		offer_rows(c, &text);
	} else {
		struct conf *conf = conf_parse_partly(&text, faults, &usable);

		offer_of_conf(c, conf, kind);
		conf_free(conf);
	}
	files_free(f);
}

static void
offer_all(struct completion *c, GPtrArray *names)
{
	for (guint i = 0; i < names->len; i++)
		offer(c, g_ptr_array_index(names, i));
	g_ptr_array_unref(names);
}

static void
offer_interfaces(struct completion *c)
{
	struct if_nameindex *all = if_nameindex();

	for (const struct if_nameindex *i = all; i != NULL && i->if_index != 0; i++)
		if (strcmp(i->if_name, "lo") != 0)
			offer(c, i->if_name);
	if_freenameindex(all);
}

static void
offer_kind(struct completion *c, enum word_kind kind)
{
	switch (kind) {
	case WORD_NONE:
	case WORD_TEXT:
	case WORD_FILE:
	case WORD_DIRECTORY:
	case WORD_KIND_COUNT:
		return;
	case WORD_SET:
		for (const char *const *set = move_sets; *set != NULL; set++)
			offer(c, *set);
		return;
	case WORD_NODE:
	case WORD_ANY_NODE:
	case WORD_LINK:
	case WORD_GROUP:
	case WORD_ROW:
		offer_from_files(c, kind);
		return;
	case WORD_PARAMETER:
		offer_all(c, hacf_directive_names());
		return;
	case WORD_INTERFACE:
		offer_interfaces(c);
		return;
	case WORD_SERVICE:
		offer_all(c, survey_services());
		return;
	}
}

/* --- a command with options ----------------------------------------------------------------- */

static const struct option_row *
option_named(const struct option_row *options, const char *word, size_t len)
{
	for (; options != NULL && options->name != NULL; options++)
		if (strlen(options->name) == len && strncmp(options->name, word, len) == 0)
			return options;
	return NULL;
}

static void
offer_options(struct completion *c, const struct option_row *options)
{
	for (; options != NULL && options->name != NULL; options++)
		offer(c, options->name);
}

/* "--name=val": the value, with what stands before it. */
static void
offer_value(struct completion *c, const struct option_row *options)
{
	const size_t len = strcspn(c->begun, "=");
	const struct option_row *o = option_named(options, c->begun, len);
	g_autofree char *before = g_strndup(c->begun, len + 1);

	if (o == NULL)
		return;
	c->before = before;
	offer_kind(c, o->value);
	c->before = "";
}

/* The words behind the command's name, from first on: which place is the last one? */
static void
offer_for_command(struct completion *c, const struct option_row *options,
    enum word_kind argument, int first)
{
	bool has_argument = false;

	for (int i = first; i < c->count - 1; i++) {
		const size_t len = strcspn(c->words[i], "=");
		const struct option_row *o = option_named(options, c->words[i], len);
		const bool takes_next =
		    o != NULL && o->value != WORD_NONE && c->words[i][len] == '\0';

		has_argument = has_argument || o == NULL;
		/* Nodes and rows are those of the files that this command is to read. */
		if (o != NULL && strcmp(o->name, "--config") == 0)
			c->directory =
			    takes_next ? c->words[i + 1] : c->words[i] + len + 1;
		if (!takes_next)
			continue;
		if (++i == c->count - 1) {
			offer_kind(c, o->value);
			return;
		}
	}
	if (strchr(c->begun, '=') != NULL && c->begun[0] == '-')
		offer_value(c, options);
	else if (c->begun[0] == '-' || argument == WORD_NONE)
		offer_options(c, options);
	else if (!has_argument)
		offer_kind(c, argument);
}

/* --- the programs --------------------------------------------------------------------------- */

static void
complete_hbctl(struct completion *c, const struct command *commands)
{
	for (; commands->name != NULL; commands++) {
		if (c->count > 2) {
			if (strcmp(commands->name, c->words[1]) == 0)
				offer_for_command(c, commands->options, commands->argument, 2);
		} else if (commands->name[0] != '-' || c->begun[0] == '-') {
			offer(c, commands->name);
		}
	}
}

static const struct option_row common_options[] = {
    {"--help", WORD_NONE}, {"--version", WORD_NONE}, {NULL, WORD_NONE}};

static void
complete_cl_status(struct completion *c)
{
	static const struct option_row plain[] = {
	    {"-m", WORD_NONE}, {"-v", WORD_NONE}, {NULL, WORD_NONE}};
	static const struct option_row nodes[] = {{"-m", WORD_NONE}, {"-v", WORD_NONE},
	    {"-n", WORD_NONE}, {"-p", WORD_NONE}, {NULL, WORD_NONE}};
	static const struct option_row parameter[] = {{"-m", WORD_NONE},
	    {"-p", WORD_PARAMETER}, {NULL, WORD_NONE}};
	const char *subcommand = c->words[1];

	if (c->count == 2) {
		for (const char *const *name = answer_names(); *name != NULL; name++)
			offer(c, *name);
		if (c->begun[0] == '-')
			offer_options(c, common_options);
		return;
	}
	if (strcmp(subcommand, "hbparameter") == 0) {
		offer_for_command(c, parameter, WORD_NONE, 2);
		return;
	}

	unsigned place = 0;
	for (int i = 2; i < c->count - 1; i++)
		place += c->words[i][0] != '-' ? 1 : 0;
	if (c->begun[0] == '-')
		offer_options(c, strcmp(subcommand, "listnodes") == 0 ? nodes : plain);
	else
		offer_kind(c, answer_word(subcommand, place));
}

static void
complete_heartbeat(struct completion *c)
{
	/* Those of main.c that do something; tests/completion compares. */
	static const char *const options[] = {"-d", "-f", "-k", "-r", "-s", "-t", "-V", "--upgrade"};

	for (size_t i = 0; i < G_N_ELEMENTS(options); i++)
		offer(c, options[i]);
	offer_options(c, common_options);
}

static void
complete_program(struct completion *c, const struct command *commands)
{
	g_autofree char *program = g_path_get_basename(c->words[0]);

	if (strcmp(program, "hbctl") == 0)
		complete_hbctl(c, commands);
	else if (strcmp(program, "cl_status") == 0)
		complete_cl_status(c);
	else if (strcmp(program, "heartbeat") == 0)
		complete_heartbeat(c);
	else if (strcmp(program, "hb_standby") == 0 || strcmp(program, "hb_takeover") == 0)
		offer_for_command(c, common_options, WORD_SET, 1);
}

/* At blanks; what is empty but the last is none. */
static char **
split(const char *line)
{
	g_auto(GStrv) pieces = g_strsplit_set(line, " \t\n", -1);
	GPtrArray *words = g_ptr_array_new();

	for (char **piece = pieces; *piece != NULL; piece++)
		if (**piece != '\0' || piece[1] == NULL)
			g_ptr_array_add(words, g_strdup(*piece));
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}

GPtrArray *
complete_words(const char *line, const struct command *commands, const char *directory)
{
	g_auto(GStrv) words = split(line);
	const guint count = g_strv_length(words);
	struct completion c = {.words = words,
	    .count = (int)count,
	    .directory = directory,
	    .before = "",
	    .found = g_ptr_array_new_with_free_func(g_free)};

	if (count >= 2) {
		c.begun = words[count - 1];
		complete_program(&c, commands);
	}
	return c.found;
}
