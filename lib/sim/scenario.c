/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/scenario.h"

#include <string.h>

#include "base/text.h"

struct scenario {
	uint64_t seed;
	enum trace_level verbosity;
	world_line_fn *line;
	void *line_arg;
	GString *hacf, *haresources;
	bool whole;	/* they are a user's files */
	char **nodes;
	struct world_recording recording;	/* done NULL: nothing is recorded */
	struct world *w;	/* NULL: still being configured */
	struct span takes;	/* 0: as the world has it */
	char *wrong;	/* why the statement at hand cannot be carried out */
};

static void
wrong(struct scenario *s, const char *what)
{
	if (s->wrong == NULL)
		s->wrong = g_strdup(what);
}

static void
say(struct scenario *s, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void
say(struct scenario *s, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_autofree char *line = g_strdup_vprintf(format, args);
	va_end(args);
	s->line(s->line_arg, line);
}

static struct span
word_span(struct scenario *s, const char *word)
{
	struct span span = span_from_ms(0);

	if (word == NULL || !text_to_span(word, &span))
		wrong(s, "a time is missing or cannot be read");
	return span;
}

static unsigned
word_host(struct scenario *s, const char *word)
{
	int host = word != NULL ? world_host(s->w, word) : -1;

	if (host < 0)
		wrong(s, "no such node");
	return host < 0 ? 0 : (unsigned)host;
}

static unsigned
word_number(struct scenario *s, const char *word)
{
	uint64_t number = 0;

	if (word == NULL || !text_to_u64(word, 0, 1000000, &number))
		wrong(s, "a number is missing or cannot be read");
	return (unsigned)number;
}

/* The world begins with the first statement that is not about its configuration. */
static void
need_world(struct scenario *s)
{
	if (s->w != NULL)
		return;
	if (s->nodes == NULL) {
		wrong(s, "nodes come first");
		return;
	}
	if (!s->whole && strstr(s->hacf->str, "ucast") == NULL && strstr(s->hacf->str, "serial") == NULL)
		g_string_append(s->hacf, "ucast eth0 10.0.0.1\n");
	s->w = world_new(s->nodes, s->hacf->str, s->haresources->str, s->seed, s->verbosity,
	    s->line, s->line_arg);
	if (s->w == NULL)
		wrong(s, "the configuration is refused");
	else
		world_record(s->w, &s->recording);
	if (s->w != NULL && s->takes.ns > 0)
		world_takes(s->w, s->takes);
}

static bool
configure(struct scenario *s, char **word)
{
	g_autofree char *rest = word[1] != NULL ? g_strjoinv(" ", word + 1) : g_strdup("");

	if (s->whole && (strcmp(word[0], "nodes") == 0 || strcmp(word[0], "conf") == 0 ||
			    strcmp(word[0], "group") == 0))
		wrong(s, "the cluster is that of the files: leave out nodes, conf and group");
	else if (strcmp(word[0], "nodes") == 0)
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

static void
install_old(struct world *w, unsigned host)
{
	world_install(w, host, true);
}

static void
install_new(struct world *w, unsigned host)
{
	world_install(w, host, false);
}

static void
clock_step(struct scenario *s, char **word)
{
	const char *step = word[1] != NULL && word[2] != NULL ? word[2] : "";
	unsigned host = word_host(s, word[1]);

	if (*step != '+' && *step != '-') {
		wrong(s, "clock NODE +TIME or -TIME");
		return;
	}
	int64_t seconds = span_ms(word_span(s, step + 1)) / 1000;
	if (s->wrong == NULL)
		world_clock_step(s->w, host, *step == '+' ? seconds : -seconds);
}

static void
write_haresources(struct scenario *s, char **word)
{
	bool all = g_strcmp0(word[1], "all") == 0;
	unsigned from = all ? 0 : word_host(s, word[1]);
	unsigned to = all ? world_host_count(s->w) : from + 1;

	if (s->wrong != NULL)
		return;
	g_autofree char *text = word[2] != NULL ? g_strjoinv(" ", word + 2) : g_strdup("");
	g_strdelimit(text, "|", '\n');
	for (unsigned h = from; h < to; h++)
		world_write_haresources(s->w, h, text);
}

static bool
machine(struct scenario *s, char **word)
{
	static const struct {
		const char *name, *how;
		void (*act)(struct world *w, unsigned host);
	} acts[] = {
	    {"old", NULL, install_old},
	    {"new", NULL, install_new},
	    {"boot", NULL, world_boot},
	    {"power-off", NULL, world_power_off},
	    {"power-off", "losing", world_power_off_losing},
	    {"stop", NULL, world_stop},
	    {"kill-engine", NULL, world_kill_engine},
	    {"kill-daemons", NULL, world_kill_daemons},
	    {"kill-master", NULL, world_kill_master},
	    {"reload", NULL, world_reload},
	    {"restore", NULL, world_restore},
	    {"flush", NULL, world_flush},
	};

	if (strcmp(word[0], "haresources") == 0) {
		write_haresources(s, word);
		return true;
	}
	if (strcmp(word[0], "clock") == 0) {
		clock_step(s, word);
		return true;
	}
	for (unsigned i = 0; i < G_N_ELEMENTS(acts); i++) {
		if (strcmp(word[0], acts[i].name) != 0 ||
		    (word[1] != NULL && g_strcmp0(word[2], acts[i].how) != 0))
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
network(struct scenario *s, char **word, unsigned count)
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
	} else if (strcmp(word[0], "corrupt") == 0) {
		world_corruption(s->w, word_number(s, word[1]));
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

static bool
interfaces(struct scenario *s, char **word, unsigned count)
{
	static const struct {
		const char *name;
		enum interface_change change;
	} changes[] = {
	    {"ifdown", INTERFACE_FLUSHED_DOWN},
	    {"linkdown", INTERFACE_DOWN},
	    {"ifup", INTERFACE_UP},
	    {"unplug", INTERFACE_UNPLUGGED},
	    {"plug", INTERFACE_PLUGGED},
	    {"sends-fail", INTERFACE_REFUSES},
	    {"sends-work", INTERFACE_SENDS},
	};
	bool all = g_strcmp0(word[1], "all") == 0;

	for (unsigned i = 0; i < G_N_ELEMENTS(changes); i++) {
		if (strcmp(word[0], changes[i].name) != 0)
			continue;
		unsigned from = all ? 0 : word_host(s, word[1]);
		unsigned to = all ? world_host_count(s->w) : from + 1;

		for (unsigned h = from; s->wrong == NULL && h < to; h++)
			world_interface(s->w, h, count > 2 ? word[2] : NULL, changes[i].change);
		return true;
	}
	return false;
}

static void
script(struct scenario *s, char **word, unsigned count)
{
	struct behaviour b = {0};
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
	else if (strcmp(word[4], "silent") == 0)
		b.silent = true;
	else if (strcmp(word[4], "ok") != 0)
		wrong(s, "exit N, hangs, missing, silent or ok");
	if (next < count && strcmp(word[next], "takes") == 0)
		b.takes = word_span(s, word[next + 1]);
	world_behave(s->w, word_host(s, word[1]), word[2], op, b);
}

static void
ask(struct scenario *s, char **word, unsigned count)
{
	const char *type = count > 2 ? word[2] : "";
	g_autofree char *answer = world_request(s->w, word_host(s, word[1]), type,
	    count > 3 ? "set" : NULL, count > 3 ? word[3] : NULL);

	say(s, "  answer: %s", answer);
}

static void
statement(struct scenario *s, const char *text)
{
	g_auto(GStrv) raw = g_strsplit_set(text, " \t", -1);
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
	if (strcmp(word[0], "run") != 0 && strcmp(word[0], "holders") != 0 &&
	    strcmp(word[0], "clients") != 0)
		say(s, "-- %s", text);
	if (strcmp(word[0], "run") == 0) {
		world_run(s->w, word_span(s, word[1]));
	} else if (strcmp(word[0], "pause") == 0) {
		world_pause(s->w, word_host(s, word[1]), word_span(s, count > 2 ? word[2] : NULL));
	} else if (strcmp(word[0], "suspend") == 0) {
		world_suspend(s->w, word_host(s, word[1]), word_span(s, count > 2 ? word[2] : NULL));
	} else if (strcmp(word[0], "script") == 0) {
		script(s, word, count);
	} else if (count < 3 &&
	    (strcmp(word[0], "running") == 0 || strcmp(word[0], "gone") == 0 ||
		strcmp(word[0], "inject") == 0)) {
		wrong(s, "a word is missing");
	} else if (strcmp(word[0], "running") == 0 || strcmp(word[0], "gone") == 0) {
		world_set_running(
		    s->w, word_host(s, word[1]), word[2], strcmp(word[0], "running") == 0);
	} else if (strcmp(word[0], "ask") == 0) {
		ask(s, word, count);
	} else if (strcmp(word[0], "message") == 0 && count == 3) {
		world_message(s->w, word_host(s, word[1]), word[2]);
	} else if (strcmp(word[0], "holders") == 0) {
		g_autofree char *holders = world_holders(s->w);
		say(s, "== %s", holders);
	} else if (strcmp(word[0], "clients") == 0) {
		g_autofree char *clients = world_clients(s->w);
		say(s, "== %s", clients);
	} else if (!machine(s, word) && !network(s, word, count) && !interfaces(s, word, count)) {
		wrong(s, "unknown statement");
	}
}

struct scenario *
scenario_new(uint64_t seed, enum trace_level verbosity, world_line_fn *line, void *arg)
{
	struct scenario *s = g_new0(struct scenario, 1);

	s->seed = seed;
	s->verbosity = verbosity;
	s->line = line;
	s->line_arg = arg;
	s->hacf = g_string_new("logfacility none\nauto_failback on\n");
	s->haresources = g_string_new(NULL);
	return s;
}

void
scenario_record(struct scenario *s, const struct world_recording *recording)
{
	s->recording = *recording;
}

void
scenario_cluster(struct scenario *s, char *const *nodes, const char *hacf,
    const char *haresources, struct span takes)
{
	s->nodes = g_strdupv((char **)nodes);
	g_string_assign(s->hacf, hacf);
	g_string_assign(s->haresources, haresources);
	s->takes = takes;
	s->whole = true;
}

void
scenario_free(struct scenario *s)
{
	if (s == NULL)
		return;
	if (s->w != NULL)
		world_free(s->w);
	g_strfreev(s->nodes);
	g_string_free(s->hacf, TRUE);
	g_string_free(s->haresources, TRUE);
	g_free(s->wrong);
	g_free(s);
}

char *
scenario_do(struct scenario *s, const char *text)
{
	g_autofree char *clean = g_strdup(text);
	char *comment = strchr(clean, '#');

	if (comment != NULL)
		*comment = '\0';
	g_auto(GStrv) parts = g_strsplit(clean, ";", -1);
	for (char **part = parts; *part != NULL && s->wrong == NULL; part++)
		statement(s, g_strstrip(*part));
	return g_steal_pointer(&s->wrong);
}

struct world *
scenario_world(struct scenario *s)
{
	return s->w;
}
