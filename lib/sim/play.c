/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/play.h"

#include <string.h>

#include "sim/scenario.h"

struct player {
	const struct cluster *c;
	struct scenario *s;
	struct play *p;
};

static void
mark_clear(void *data)
{
	g_free(((struct play_mark *)data)->text);
}

/* Owns: takes text. What is done to all pairs of nodes at a time is one mark. */
static void
mark(struct player *p, int host, bool fault, char *text)
{
	struct world *w = scenario_world(p->s);
	struct play_mark m = {world_now(w), host, fault, text};

	for (unsigned i = p->p->marks->len; i > 0; i--) {
		const struct play_mark *old =
		    &g_array_index(p->p->marks, struct play_mark, i - 1);

		if (old->at.ns != m.at.ns)
			break;
		if (old->host == host && strcmp(old->text, text) == 0) {
			g_free(text);
			return;
		}
	}
	g_array_append_val(p->p->marks, m);
}

/* "[  48.000] web2: node web1: is dead (silent 30.0s)": who and what. */
static bool
split_line(const char *line, char **who, const char **what)
{
	const char *from = strstr(line, "] ");
	const char *to = from != NULL ? strstr(from, ": ") : NULL;

	if (to == NULL)
		return false;
	*who = g_strndup(from + 2, (size_t)(to - from - 2));
	*what = to + 2;
	return true;
}

static void
take_line(void *arg, const char *line)
{
	struct player *p = arg;
	g_autofree char *who = NULL;
	const char *what;

	g_string_append_printf(p->p->trace, "%s\n", line);
	if (scenario_world(p->s) == NULL || !split_line(line, &who, &what))
		return;
	int host = world_host(scenario_world(p->s), who);

	if (host < 0)
		return;
	if (strncmp(what, "!! restarts", 11) == 0) {
		p->p->restarts++;
		p->p->restarted = host;
		mark(p, host, false, g_strdup("restarts itself"));
	} else if (strncmp(what, "node ", 5) == 0 && strstr(what, ": is dead (") != NULL) {
		mark(p, host, false, g_strndup(what + 5, strcspn(what + 5, ":")));
		struct play_mark *m =
		    &g_array_index(p->p->marks, struct play_mark, p->p->marks->len - 1);
		g_autofree char *node = m->text;

		m->text = g_strdup_printf("%s is dead", node);
	}
}

static void
look(void *arg)
{
	outage_look(arg);
}

/* A statement as a few words for people; NULL: nothing to be marked. */
static char *
words_of(char **word, unsigned count)
{
	static const struct {
		const char *statement, *words;
	} plain[] = {
	    {"boot", "start"},
	    {"power-off", "power cut"},
	    {"stop", "heartbeat stopped"},
	    {"kill-engine", "engine killed"},
	    {"kill-daemons", "all processes killed"},
	    {"kill-master", "master killed"},
	};
	const char *last = count > 3 ? word[3] : "all links";

	for (unsigned i = 0; i < G_N_ELEMENTS(plain); i++) {
		if (strcmp(word[0], plain[i].statement) == 0)
			return g_strdup(plain[i].words);
	}
	if (strcmp(word[0], "pause") == 0 && count > 2)
		return g_strdup_printf("frozen for %s", word[2]);
	if (strcmp(word[0], "suspend") == 0 && count > 2)
		return g_strdup_printf("suspended for %s", word[2]);
	if (g_str_has_prefix(word[0], "cut"))
		return g_strdup_printf("%s cut", last);
	if (g_str_has_prefix(word[0], "mend"))
		return g_strdup_printf("%s back", last);
	if (g_str_has_prefix(word[0], "ping-") && count > 2)
		return g_strdup_printf("%s %s", word[2],
		    strcmp(word[0], "ping-lost") == 0 ? "lost" : "answers again");
	if (strcmp(word[0], "ask") == 0 && count > 2)
		return g_strdup_printf(
		    strcmp(word[2], "retry") == 0 ? "hbctl %s" : "hb_%s", word[2]);
	if (strcmp(word[0], "script") == 0 && count > 4) {
		if (strcmp(word[4], "ok") == 0)
			return g_strdup_printf("%s %s is mended", word[2], word[3]);
		return g_strdup_printf("%s %s %s", word[2], word[3],
		    strcmp(word[4], "exit") == 0 ? "fails" : word[4]);
	}
	return strcmp(word[0], "run") == 0 || strcmp(word[0], "holders") == 0
		   ? NULL
		   : g_strjoinv(" ", word);
}

static void
mark_statement(struct player *p, const char *statement)
{
	g_auto(GStrv) raw = g_strsplit_set(statement, " \t", -1);
	g_autoptr(GPtrArray) words = g_ptr_array_new();
	struct world *w = scenario_world(p->s);
	int host = -1;

	for (char **r = raw; *r != NULL; r++) {
		if (**r != '\0')
			g_ptr_array_add(words, *r);
	}
	const unsigned count = words->len;

	g_ptr_array_add(words, NULL);
	char **word = (char **)words->pdata;
	bool pair = count > 0 &&
		    (g_str_has_prefix(word[0], "cut") || g_str_has_prefix(word[0], "mend"));

	if (count > 1 && !pair && strcmp(word[1], "all") != 0)
		host = world_host(w, word[1]);
	char *text = count > 0 ? words_of(word, count) : NULL;

	if (text != NULL)
		mark(p, host, true, text);
}

static void
carry_out(struct player *p, const char *statement)
{
	struct play *out = p->p;

	/* The world is there from the first statement that acts on. */
	if (scenario_world(p->s) != NULL)
		mark_statement(p, statement);
	out->wrong = scenario_do(p->s, statement);
	if (out->wrong != NULL) {
		char *why = out->wrong;

		out->wrong = g_strdup_printf("%s: %s", statement, why);
		g_free(why);
	}
	struct world *w = scenario_world(p->s);

	if (w == NULL)
		return;
	if (out->outage == NULL) {
		out->outage = outage_new(w);
		world_watch(w, look, out->outage);
		mark_statement(p, statement);
	}
	outage_look(out->outage);
}

void
play_row(const struct cluster *c, const struct plan_row *row, struct play *out)
{
	struct player p = {.c = c, .p = out};

	memset(out, 0, sizeof(*out));
	out->restarted = -1;
	out->trace = g_string_new(NULL);
	out->marks = g_array_new(FALSE, FALSE, sizeof(struct play_mark));
	g_array_set_clear_func(out->marks, mark_clear);
	p.s = scenario_new(row->seed, TRACE_NOTICE, take_line, &p);
	scenario_cluster(p.s, c->conf->nodes, c->hacf, c->haresources, c->takes);
	for (unsigned i = 0; i < row->statements->len && out->wrong == NULL; i++) {
		if (i == row->setup && out->outage != NULL)
			outage_count_from_now(out->outage);
		carry_out(&p, g_ptr_array_index(row->statements, i));
		if (i == 0 && row->setup == 0 && out->outage != NULL)
			outage_count_from_now(out->outage);
	}
	/* Nothing is done to it: it is told as it stands. */
	if (row->setup == row->statements->len && out->outage != NULL)
		outage_count_from_now(out->outage);
	if (out->outage != NULL)
		out->simulated_ms = span_ms(
		    moment_since(outage_ended(out->outage), outage_began(out->outage)));
	scenario_free(p.s);
}

void
play_clear(struct play *p)
{
	g_free(p->wrong);
	outage_free(p->outage);
	g_array_unref(p->marks);
	g_string_free(p->trace, TRUE);
	memset(p, 0, sizeof(*p));
}
