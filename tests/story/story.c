/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plays the stories: a scenario above the line "----", the trace it must give below. Prints TAP.
 * With --update the traces are written anew: read the difference before you commit it.
 * The flight record of every life in a story must replay to the same decisions.
 *
 * Statements, one a line or separated by ";"; # begins a comment:
 *   nodes A B ...             the cluster (first)
 *   conf DIRECTIVE ...        a line of ha.cf; keepalive, links and the like have defaults
 *   group NODE RESOURCE ...   a line of haresources
 *   show info                 lines of level info too (default: notice and graver)
 *   boot A|all   power-off A   stop A   kill-engine A   kill-daemons A   kill-master A
 *   pause A TIME   run TIME
 *   cut A B [LINK]   mend A B [LINK]      both ways;   cut-from A B [LINK]   one way
 *   mend-from A B [LINK]   loss PERCENT   duplicate PERCENT   delay TIME TIME
 *   ping-lost A PING   ping-back A PING   inject A TEXT
 *   script A RESOURCE OP exit N | hangs | missing | ok [takes TIME]
 *   running A RESOURCE   gone A RESOURCE
 *   ask A standby|takeover SET   ask A retry
 *   holders                   a line that says what runs where
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "core/replay.h"
#include "sim/world.h"

struct story {
	const char *path;
	GString *trace;
	GString *hacf, *haresources;
	char **nodes;
	struct world *w;
	enum trace_level verbosity;
	unsigned line;
	char *wrong;
	bool replays_differ;
};

static void
story_line(void *arg, const char *line)
{
	struct story *s = arg;

	g_string_append_printf(s->trace, "%s\n", line);
}

static void
story_record(void *arg, unsigned host, const void *bytes, size_t len)
{
	struct story *s = arg;
	const struct replay_owner nobody = {0};
	struct replay r = replay_run(bytes, len, &nobody);

	if (r.result != REPLAY_SAME || r.events == 0) {
		printf("# replay of host %u: %s, event %" G_GUINT64_FORMAT " (%s)\n", host,
		    r.why != NULL ? r.why : "differs", r.events, event_type_name(r.type));
		if (r.result == REPLAY_DIFFERS)
			printf("# recorded:\n%s# now:\n%s", r.recorded, r.now);
		s->replays_differ = true;
	}
	replay_clear(&r);
}

static void
wrong(struct story *s, const char *what)
{
	if (s->wrong == NULL)
		s->wrong = g_strdup_printf("line %u: %s", s->line, what);
}

static struct span
word_span(struct story *s, const char *word)
{
	struct span span = span_from_ms(0);

	if (word == NULL || !text_to_span(word, &span))
		wrong(s, "a time is missing or cannot be read");
	return span;
}

static unsigned
word_host(struct story *s, const char *word)
{
	int host = word != NULL ? world_host(s->w, word) : -1;

	if (host < 0)
		wrong(s, "no such node");
	return host < 0 ? 0 : (unsigned)host;
}

static unsigned
word_number(struct story *s, const char *word)
{
	uint64_t number = 0;

	if (word == NULL || !text_to_u64(word, 0, 1000000, &number))
		wrong(s, "a number is missing or cannot be read");
	return (unsigned)number;
}

/* The world begins with the first statement that is not about its configuration. */
static void
need_world(struct story *s)
{
	if (s->w != NULL)
		return;
	if (s->nodes == NULL) {
		wrong(s, "nodes come first");
		return;
	}
	if (strstr(s->hacf->str, "ucast") == NULL && strstr(s->hacf->str, "serial") == NULL)
		g_string_append(s->hacf, "ucast eth0 10.0.0.1\n");
	s->w = world_new(s->nodes, s->hacf->str, s->haresources->str, 1, s->verbosity, story_line, s);
	if (s->w == NULL)
		wrong(s, "the configuration is refused");
	else
		world_record(s->w, story_record, s);
}

static bool
configure(struct story *s, char **word)
{
	g_autofree char *rest = word[1] != NULL ? g_strjoinv(" ", word + 1) : g_strdup("");

	if (strcmp(word[0], "nodes") == 0)
		s->nodes = g_strdupv(word + 1);
	else if (strcmp(word[0], "conf") == 0)
		g_string_append_printf(s->hacf, "%s\n", rest);
	else if (strcmp(word[0], "group") == 0)
		g_string_append_printf(s->haresources, "%s\n", rest);
	else if (strcmp(word[0], "show") == 0)
		s->verbosity = TRACE_INFO;
	else
		return false;
	return true;
}

static bool
machine(struct story *s, char **word)
{
	static const struct {
		const char *name;
		void (*act)(struct world *w, unsigned host);
	} acts[] = {
	    {"boot", world_boot},
	    {"power-off", world_power_off},
	    {"stop", world_stop},
	    {"kill-engine", world_kill_engine},
	    {"kill-daemons", world_kill_daemons},
	    {"kill-master", world_kill_master},
	};

	for (unsigned i = 0; i < G_N_ELEMENTS(acts); i++) {
		if (strcmp(word[0], acts[i].name) != 0)
			continue;
		if (g_strcmp0(word[1], "all") == 0) {
			for (unsigned h = 0; h < world_host_count(s->w); h++)
				acts[i].act(s->w, h);
		} else {
			acts[i].act(s->w, word_host(s, word[1]));
		}
		return true;
	}
	return false;
}

static bool
network(struct story *s, char **word, unsigned count)
{
	bool cut = g_str_has_prefix(word[0], "cut");
	bool one_way = g_str_has_suffix(word[0], "-from");

	if (cut || g_str_has_prefix(word[0], "mend")) {
		unsigned a = word_host(s, word[1]), b = word_host(s, count > 2 ? word[2] : NULL);
		const char *link = count > 3 ? word[3] : NULL;

		world_cut(s->w, a, b, link, cut);
		if (!one_way)
			world_cut(s->w, b, a, link, cut);
	} else if (strcmp(word[0], "loss") == 0) {
		world_loss(s->w, word_number(s, word[1]));
	} else if (strcmp(word[0], "duplicate") == 0) {
		world_duplication(s->w, word_number(s, word[1]));
	} else if (strcmp(word[0], "delay") == 0) {
		struct span low = word_span(s, word[1]);
		world_delay(s->w, low, word_span(s, count > 2 ? word[2] : NULL));
	} else if (strcmp(word[0], "ping-lost") == 0 || strcmp(word[0], "ping-back") == 0) {
		world_ping_reach(s->w, word_host(s, word[1]), count > 2 ? word[2] : "",
		    strcmp(word[0], "ping-back") == 0);
	} else if (strcmp(word[0], "inject") == 0) {
		g_autofree char *bytes = g_strjoinv(" ", word + 2);
		world_inject(s->w, word_host(s, word[1]), bytes, strlen(bytes));
	} else {
		return false;
	}
	return true;
}

static void
script(struct story *s, char **word, unsigned count)
{
	struct behaviour b = {.takes = span_from_ms(1)};
	unsigned next = 5;
	int op = -1;

	if (count < 5) {
		wrong(s, "script NODE RESOURCE OP HOW");
		return;
	}
	for (unsigned i = 0; i < OP_COUNT; i++) {
		if (strcmp(word[3], resource_op_name(i)) == 0)
			op = (int)i;
	}
	if (op < 0) {
		wrong(s, "no such operation");
		return;
	}
	if (strcmp(word[4], "exit") == 0)
		b.exit_code = (int)word_number(s, word[next++]);
	else if (strcmp(word[4], "hangs") == 0)
		b.hangs = true;
	else if (strcmp(word[4], "missing") == 0)
		b.missing = true;
	else if (strcmp(word[4], "ok") != 0)
		wrong(s, "exit N, hangs, missing or ok");
	if (next < count && strcmp(word[next], "takes") == 0)
		b.takes = word_span(s, word[next + 1]);
	world_behave(s->w, word_host(s, word[1]), word[2], op, b);
}

static void
ask(struct story *s, char **word, unsigned count)
{
	const char *type = count > 2 ? word[2] : "";
	g_autofree char *answer = world_request(s->w, word_host(s, word[1]), type,
	    count > 3 ? "set" : NULL, count > 3 ? word[3] : NULL);

	g_string_append_printf(s->trace, "  answer: %s\n", answer);
}

static void
statement(struct story *s, char *text)
{
	g_auto(GStrv) raw = g_strsplit_set(g_strstrip(text), " \t", -1);
	g_autoptr(GPtrArray) words = g_ptr_array_new();

	for (char **w = raw; *w != NULL; w++) {
		if (**w != '\0')
			g_ptr_array_add(words, *w);
	}
	unsigned count = words->len;

	if (count == 0)
		return;
	g_ptr_array_add(words, NULL);
	char **word = (char **)words->pdata;

	if (configure(s, word))
		return;
	need_world(s);
	if (s->w == NULL)
		return;
	if (strcmp(word[0], "run") != 0 && strcmp(word[0], "holders") != 0)
		g_string_append_printf(s->trace, "-- %s\n", text);
	if (strcmp(word[0], "run") == 0) {
		world_run(s->w, word_span(s, word[1]));
	} else if (strcmp(word[0], "pause") == 0) {
		world_pause(s->w, word_host(s, word[1]), word_span(s, count > 2 ? word[2] : NULL));
	} else if (strcmp(word[0], "script") == 0) {
		script(s, word, count);
	} else if (strcmp(word[0], "running") == 0 || strcmp(word[0], "gone") == 0) {
		world_set_running(
		    s->w, word_host(s, word[1]), word[2], strcmp(word[0], "running") == 0);
	} else if (strcmp(word[0], "ask") == 0) {
		ask(s, word, count);
	} else if (strcmp(word[0], "holders") == 0) {
		g_autofree char *holders = world_holders(s->w);
		g_string_append_printf(s->trace, "== %s\n", holders);
	} else if (!machine(s, word) && !network(s, word, count)) {
		wrong(s, "unknown statement");
	}
}

static void
scenario(struct story *s, const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **line = lines; *line != NULL && s->wrong == NULL; line++) {
		char *comment = strchr(*line, '#');

		s->line++;
		if (comment != NULL)
			*comment = '\0';
		g_auto(GStrv) parts = g_strsplit(*line, ";", -1);
		for (char **part = parts; *part != NULL && s->wrong == NULL; part++)
			statement(s, *part);
	}
}

static void
print_difference(const char *expected, const char *got)
{
	g_auto(GStrv) a = g_strsplit(expected, "\n", -1);
	g_auto(GStrv) b = g_strsplit(got, "\n", -1);
	unsigned i = 0;

	while (a[i] != NULL && b[i] != NULL && strcmp(a[i], b[i]) == 0)
		i++;
	printf("# first difference in line %u of the trace\n", i + 1);
	for (unsigned k = i; k < i + 5 && k < g_strv_length(a); k++)
		printf("#   expected: %s\n", a[k]);
	for (unsigned k = i; k < i + 5 && k < g_strv_length(b); k++)
		printf("#   got:      %s\n", b[k]);
}

static bool
play(const char *path, bool update)
{
	struct story s = {.path = path, .verbosity = TRACE_NOTICE};
	g_autofree char *text = NULL;
	bool good = false;

	if (!g_file_get_contents(path, &text, NULL, NULL)) {
		printf("# cannot read %s\n", path);
		return false;
	}
	char *line = strstr(text, "\n----\n");
	g_autofree char *expected = line != NULL ? g_strdup(line + 6) : g_strdup("");

	if (line != NULL)
		line[1] = '\0';
	s.trace = g_string_new(NULL);
	s.hacf = g_string_new("logfacility none\nauto_failback on\n");
	s.haresources = g_string_new(NULL);
	scenario(&s, text);
	if (s.wrong != NULL) {
		printf("# %s: %s\n%s", path, s.wrong, s.trace->str);
	} else if (update) {
		g_autofree char *whole = g_strconcat(text, "----\n", s.trace->str, NULL);
		good = g_file_set_contents(path, whole, -1, NULL);
	} else {
		good = strcmp(expected, s.trace->str) == 0;
		if (!good)
			print_difference(expected, s.trace->str);
	}
	if (s.w != NULL)
		world_free(s.w);
	g_strfreev(s.nodes);
	g_string_free(s.trace, TRUE);
	g_string_free(s.hacf, TRUE);
	g_string_free(s.haresources, TRUE);
	g_free(s.wrong);
	return good && !s.replays_differ;
}

static int
by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
stories_of(const char *folder, GPtrArray *paths)
{
	GDir *dir = g_dir_open(folder, 0, NULL);
	const char *name;

	while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
		if (g_str_has_suffix(name, ".story"))
			g_ptr_array_add(paths, g_build_filename(folder, name, NULL));
	}
	if (dir != NULL)
		g_dir_close(dir);
	g_ptr_array_sort(paths, by_name);
}

int
main(int argc, char **argv)
{
	g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
	bool update = argc > 1 && strcmp(argv[1], "--update") == 0;
	unsigned failed = 0;

	for (int i = update ? 2 : 1; i < argc; i++)
		g_ptr_array_add(paths, g_strdup(argv[i]));
	if (paths->len == 0)
		stories_of(STORY_DIR, paths);
	printf("1..%u\n", paths->len);
	for (unsigned i = 0; i < paths->len; i++) {
		const char *path = g_ptr_array_index(paths, i);
		bool good = play(path, update);
		g_autofree char *name = g_path_get_basename(path);

		printf("%s %u - %s\n", good ? "ok" : "not ok", i + 1, name);
		failed += good ? 0 : 1;
	}
	return failed == 0 && paths->len > 0 ? 0 : 1;
}
