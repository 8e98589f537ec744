/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/hacf.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "conf/check.h"
#include "conf/clients.h"
#include "conf/lex.h"
#include "conf/media.h"
#include "conf/options.h"
#include "conf/values.h"

#define MS 1
#define SECOND 1000
#define DAY (86400 * SECOND)
#define YEAR (INT64_C(365) * DAY)

static const char *const hbgenmethod_words[] = {"file", "time", NULL};
static const char *const uuidfrom_words[] = {"file", "nodename", NULL};
static const char *const msgfmt_words[] = {"classic", "netstring", NULL};
static const char *const compression_words[] = {"zlib", "bz2", NULL};

#define AT(field) .offset = offsetof(struct conf, field)
#define NOWHERE .offset = DIRECTIVE_NOWHERE
#define WHY_PACEMAKER \
	.why = "is for clusters managed by Pacemaker, and this program runs haresources " \
	       "clusters only: remove the line"
#define WHY_MEDIUM \
	.why = "is a kind of link this version does not have: use ucast, bcast, mcast, " \
	       "serial or ping"

/* Sorted as the manual has them. Presets are spelled as 3.0.6 shows them. */
static const struct directive directives[] = {
    {"node", DIRECTIVE_LIST, NOWHERE, .parse = option_node, .is_kept = true},

    {"keepalive", DIRECTIVE_SPAN, "1000ms", AT(keepalive), 1 * MS, YEAR},
    {"deadtime", DIRECTIVE_SPAN, "30000ms", AT(deadtime), 1 * MS, YEAR},
    {"warntime", DIRECTIVE_SPAN, NULL, AT(warntime), 1 * MS, YEAR},
    {"initdead", DIRECTIVE_SPAN, NULL, AT(initdead), 1 * MS, YEAR},
    {"deadping", DIRECTIVE_SPAN, NULL, AT(deadping), 1 * MS, YEAR},
    {"resource_timeout", DIRECTIVE_SPAN, "600s", AT(resource_timeout), 1 * SECOND, 7 * DAY},
    {"status_timeout", DIRECTIVE_SPAN, "20s", AT(status_timeout), 1 * SECOND,
	3600 * SECOND},
    {"announce", DIRECTIVE_OPTION, "30s", NOWHERE, .min = 1 * SECOND, .max = DAY,
	.parse = option_announce, .in_force = true},
    {"hopfudge", DIRECTIVE_NUMBER, "1", AT(hopfudge), 0, 255},

    {"udpport", DIRECTIVE_OPTION, "694", NOWHERE, .parse = option_udpport, .in_force = true},
    {"baud", DIRECTIVE_OPTION, "19200", NOWHERE, .parse = option_baud, .in_force = true},
    {"bcast", DIRECTIVE_LIST, NOWHERE, .parse = media_bcast},
    {"udp", DIRECTIVE_LIST, NOWHERE, .parse = media_bcast},
    {"ucast", DIRECTIVE_LINE, NOWHERE, .parse = media_ucast},
    {"ucast6", DIRECTIVE_LINE, NOWHERE, .parse = media_ucast},
    {"mcast", DIRECTIVE_LINE, NOWHERE, .parse = media_mcast},
    {"mcast6", DIRECTIVE_LINE, NOWHERE, .parse = media_mcast},
    {"serial", DIRECTIVE_LIST, NOWHERE, .parse = media_serial},
    {"ping", DIRECTIVE_LIST, NOWHERE, .parse = media_ping},
    {"ping6", DIRECTIVE_LIST, NOWHERE, .parse = media_ping},
    {"ping_group", DIRECTIVE_LINE, NOWHERE, .parse = media_ping_group},
    {"hbaping", DIRECTIVE_REFUSED, NOWHERE,
	.why = "(fibre channel ping) is not supported: use ping"},
    {"tipc", DIRECTIVE_REFUSED, NOWHERE, WHY_MEDIUM},
    {"rds", DIRECTIVE_REFUSED, NOWHERE, WHY_MEDIUM},
    {"ppp-udp", DIRECTIVE_REFUSED, NOWHERE, WHY_MEDIUM},

    {"logfile", DIRECTIVE_TEXT, NULL, AT(logfile)},
    {"debugfile", DIRECTIVE_TEXT, NULL, AT(debugfile)},
    {"logfacility", DIRECTIVE_OPTION, NOWHERE, .parse = option_logfacility,
	.in_force = true},
    {"use_logd", DIRECTIVE_OPTION, NOWHERE, .parse = option_use_logd},
    {"conn_logd_time", DIRECTIVE_SPAN, "60", NOWHERE, .min = 1 * MS, .max = YEAR},
    {"syslogmsgfmt", DIRECTIVE_BOOL, "true", AT(syslogmsgfmt)},
    {"log_badpack", DIRECTIVE_BOOL, "true", NOWHERE},
    {"debug", DIRECTIVE_NUMBER, "0", AT(debug), 0, 255},

    {"auto_failback", DIRECTIVE_OPTION, "legacy", NOWHERE, .parse = option_auto_failback,
	.in_force = true},
    {"nice_failback", DIRECTIVE_LIST, NOWHERE, .parse = option_nice_failback},
    {"respawn", DIRECTIVE_LINE, NOWHERE, .parse = clients_respawn, .is_kept = true},
    {"failfast", DIRECTIVE_LINE, NOWHERE, .parse = clients_respawn, .is_kept = true},
    {"apiauth", DIRECTIVE_LINE, NOWHERE, .parse = clients_apiauth, .is_kept = true},
    {"watchdog", DIRECTIVE_OPTION, NOWHERE, .parse = option_watchdog},
    {"stonith", DIRECTIVE_LINE, NOWHERE, .parse = option_stonith},
    {"stonith_host", DIRECTIVE_LINE, NOWHERE, .parse = option_stonith},
    {"env", DIRECTIVE_LIST, NOWHERE, .parse = clients_env, .is_kept = true},

    {"realtime", DIRECTIVE_BOOL, "true", AT(realtime)},
    {"rtprio", DIRECTIVE_NUMBER, NULL, AT(rtprio), 1, 99},
    {"memreserve", DIRECTIVE_NUMBER, "6500", AT(memreserve_kb), 1, 1 << 22},
    {"flight_record", DIRECTIVE_NUMBER, "16384", AT(flight_record_kb), 0, 1 << 20},
    {"coredumps", DIRECTIVE_BOOL, "true", AT(coredumps)},
    {"coreroot", DIRECTIVE_TEXT, NULL, AT(coreroot)},
    {"use_apphbd", DIRECTIVE_OPTION, NOWHERE, .parse = option_use_apphbd},
    {"hbgenmethod", DIRECTIVE_SWITCH, "file", AT(generation_by_time),
	.words = hbgenmethod_words},
    {"uuidfrom", DIRECTIVE_SWITCH, "file", AT(uuid_from_name), .words = uuidfrom_words},
    {"autojoin", DIRECTIVE_OPTION, "none", NOWHERE, .parse = option_autojoin},
    {"cluster", DIRECTIVE_TEXT, "linux-ha", AT(cluster)},
    {"msgfmt", DIRECTIVE_WORD, "classic", AT(msgfmt), .words = msgfmt_words},
    {"compression", DIRECTIVE_WORD, "zlib", AT(compression), .words = compression_words},
    {"compression_threshold", DIRECTIVE_NUMBER, "2", AT(compression_threshold_kb), .min = 1,
	.max = 1 << 22},
    {"traditional_compression", DIRECTIVE_BOOL, "no", AT(compress)},
    {"max_rexmit_delay", DIRECTIVE_OPTION, "250", NOWHERE,
	.parse = option_max_rexmit_delay, .in_force = true},
    {"quorum_server", DIRECTIVE_OPTION, NOWHERE, .parse = option_quorum_server},

    {"crm", DIRECTIVE_OPTION, NOWHERE, .parse = option_crm},
    {"pacemaker", DIRECTIVE_OPTION, "false", NOWHERE, .parse = option_crm},
    {"crm_daemon_dir", DIRECTIVE_REFUSED, NOWHERE, WHY_PACEMAKER},
    {"normalpoll", DIRECTIVE_REFUSED, NOWHERE, WHY_PACEMAKER},
    {"crmd_spawns_pengine", DIRECTIVE_TEXT, NULL, NOWHERE},
    {"record_config_changes", DIRECTIVE_BOOL, "on", NOWHERE},
    {"record_pengine_inputs", DIRECTIVE_BOOL, "on", NOWHERE},
    {"enable_config_writes", DIRECTIVE_BOOL, "on", NOWHERE},
};

GPtrArray *
hacf_directive_names(void)
{
	GPtrArray *names = g_ptr_array_new();

	for (size_t i = 0; i < G_N_ELEMENTS(directives); i++)
		g_ptr_array_add(names, (gpointer)directives[i].name);
	return names;
}

unsigned
hacf_line(const struct hacf *h, const char *directive)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(h->lines, directive));
}

void
hacf_note_line(struct hacf *h, const char *directive, unsigned line)
{
	g_hash_table_replace(h->lines, g_strdup(directive), GUINT_TO_POINTER(line));
}

void
hacf_note_value(struct hacf *h, const char *directive, const char *text)
{
	g_hash_table_replace(h->values, g_strdup(directive), g_strdup(text));
}

static const struct directive *
directive_find(const char *name)
{
	for (size_t i = 0; i < G_N_ELEMENTS(directives); i++)
		if (g_ascii_strcasecmp(directives[i].name, name) == 0)
			return &directives[i];
	return NULL;
}

static void
unknown_directive(struct hacf *h, unsigned line, const char *name, const char *rest)
{
	g_autofree char *stem = g_strndup(name, strcspn(name, "=:,;"));
	g_autoptr(GPtrArray) names = hacf_directive_names();

	if (g_str_has_prefix(name, "//") || name[0] == ';') {
		report_error(&h->report, line, "'%s': comments start with '#'", name);
		return;
	}
	if (directive_find(stem) != NULL) {
		const char *value = name + strlen(stem) + (name[strlen(stem)] != '\0');

		report_error(&h->report, line,
		    "'%s': a blank stands between a directive and its value: write '%s %s'",
		    name, stem, *value != '\0' ? value : rest);
		return;
	}
	const char *near =
	    text_nearest(stem, (const char *const *)names->pdata, names->len);
	if (near != NULL)
		report_error(&h->report, line, "unknown directive '%s': did you mean '%s'?",
		    name, near);
	else
		report_error(&h->report, line, "unknown directive '%s'", name);
}

/* What a word that is no value was probably meant to be. */
static const char *
word_advice(const char *word)
{
	if (g_str_has_prefix(word, "//") || word[0] == ';')
		return " (comments start with '#')";
	if (word[0] == '=')
		return " (no '=' between a directive and its value)";
	return "";
}

static bool
set_span(struct hacf *h, const struct directive *d, unsigned line, const char *word)
{
	struct span s;

	if (!text_to_span(word, &s)) {
		report_error(&h->report, line,
		    "%s: '%s' is not a time: write a number and a unit, such as 2, 500ms "
		    "or 1min%s",
		    d->name, word, word_advice(word));
		return false;
	}
	if (span_ms(s) < d->min || span_ms(s) > d->max) {
		g_autofree char *min = text_from_span(span_from_ms(d->min));
		g_autofree char *max = text_from_span(span_from_ms(d->max));

		report_error(&h->report, line, "%s: '%s' is out of range: from %s to %s",
		    d->name, word, min, max);
		return false;
	}
	if (d->offset != DIRECTIVE_NOWHERE)
		G_STRUCT_MEMBER(struct span, h->conf, d->offset) = s;
	return true;
}

static bool
set_number(struct hacf *h, const struct directive *d, unsigned line, const char *word)
{
	uint64_t number;

	if (!text_to_u64(word, (uint64_t)d->min, (uint64_t)d->max, &number)) {
		report_error(&h->report, line,
		    "%s: '%s' is not a number from %" PRId64 " to %" PRId64 "%s", d->name,
		    word, d->min, d->max, word_advice(word));
		return false;
	}
	if (d->offset != DIRECTIVE_NOWHERE)
		G_STRUCT_MEMBER(unsigned, h->conf, d->offset) = (unsigned)number;
	return true;
}

static bool
set_bool(struct hacf *h, const struct directive *d, unsigned line, const char *word)
{
	bool value;

	if (!option_bool(h, d, line, word, &value))
		return false;
	if (d->offset != DIRECTIVE_NOWHERE)
		G_STRUCT_MEMBER(bool, h->conf, d->offset) = value;
	return true;
}

static bool
set_word(struct hacf *h, const struct directive *d, unsigned line, const char *word)
{
	int index = option_word(h, d, line, word, d->words);

	if (index < 0)
		return false;
	if (d->offset != DIRECTIVE_NOWHERE && d->kind == DIRECTIVE_SWITCH)
		G_STRUCT_MEMBER(bool, h->conf, d->offset) = index == 1;
	else if (d->offset != DIRECTIVE_NOWHERE)
		G_STRUCT_MEMBER(unsigned, h->conf, d->offset) = (unsigned)index;
	return true;
}

static bool
set_text(struct hacf *h, const struct directive *d, unsigned line, const char *word)
{
	bool is_path = strcmp(d->name, "cluster") != 0 && d->offset != DIRECTIVE_NOWHERE;

	if (strpbrk(word, "\"'") != NULL) {
		report_error(
		    &h->report, line, "%s: quotes do not match in %s", d->name, word);
		return false;
	}
	if (is_path && word[0] != '/')
		report_hint(&h->report, line, "%s: '%s' is no full path", d->name, word);
	if (d->offset != DIRECTIVE_NOWHERE) {
		char **field = &G_STRUCT_MEMBER(char *, h->conf, d->offset);

		g_free(*field);
		*field = g_strdup(word);
	}
	return true;
}

static bool
set_value(struct hacf *h, const struct directive *d, unsigned line, const char *word)
{
	switch (d->kind) {
	case DIRECTIVE_SPAN:
		return set_span(h, d, line, word);
	case DIRECTIVE_NUMBER:
		return set_number(h, d, line, word);
	case DIRECTIVE_BOOL:
		return set_bool(h, d, line, word);
	case DIRECTIVE_WORD:
	case DIRECTIVE_SWITCH:
		return set_word(h, d, line, word);
	case DIRECTIVE_TEXT:
		return set_text(h, d, line, word);
	case DIRECTIVE_OPTION:
	case DIRECTIVE_LIST:
	case DIRECTIVE_LINE:
	case DIRECTIVE_REFUSED:
		break;
	}
	g_assert_not_reached();
}

/* One value; of several, each is checked and the last one counts, as in 3.0.6. */
static void
set_option(struct hacf *h, const struct directive *d, unsigned line, char **words)
{
	g_autofree char *whole = g_strjoinv(" ", words);
	struct span s;

	if (d->kind == DIRECTIVE_SPAN && words[1] != NULL && text_to_span(whole, &s)) {
		if (set_span(h, d, line, whole))
			hacf_note_value(h, d->name, whole);
		return;
	}
	for (unsigned i = 0; words[i] != NULL; i++) {
		if (!set_value(h, d, line, words[i]))
			return;
		g_autofree char *lower = g_ascii_strdown(words[i], -1);
		bool canonical = d->kind == DIRECTIVE_WORD || d->kind == DIRECTIVE_SWITCH;
		hacf_note_value(h, d->name, canonical ? lower : words[i]);
		if (i > 0 && words[i + 1] == NULL)
			report_hint(&h->report, line,
			    "%s takes one value: the last one, '%s', counts", d->name,
			    words[i]);
	}
}

static void
hacf_directive(struct hacf *h, const struct directive *d, unsigned line, const char *rest)
{
	bool whole_line = d->kind == DIRECTIVE_LINE;
	g_auto(GStrv) words =
	    lex_words(rest, whole_line ? LEX_BLANKS : LEX_BLANKS_AND_COMMAS);

	if (d->kind == DIRECTIVE_REFUSED) {
		report_error(&h->report, line, "'%s' %s", d->name, d->why);
		return;
	}
	if (words[0] == NULL && !whole_line) {
		report_hint(
		    &h->report, line, "'%s' has no value: the line says nothing", d->name);
		return;
	}
	unsigned before = hacf_line(h, d->name);
	if (before != 0 && d->kind <= DIRECTIVE_OPTION && d->parse != option_watchdog &&
	    d->parse != option_crm)
		report_hint(&h->report, line,
		    "'%s' is given in line %u too: this line counts", d->name, before);
	if (d->parse != NULL)
		d->parse(h, d, line, words, rest);
	else
		set_option(h, d, line, words);
	if (d->is_kept)
		values_note(h, d, line, words);
	hacf_note_line(h, d->name, line);
}

static void
hacf_lines(struct hacf *h, const char *text)
{
	g_autoptr(GPtrArray) lines = lex_lines(text, LEX_HACF, &h->report);
	bool continued = false;

	for (unsigned i = 0; i < lines->len; i++) {
		const struct lex_line *l = g_ptr_array_index(lines, i);
		g_autofree char *name = g_strndup(l->text, strcspn(l->text, LEX_BLANKS));
		const struct directive *d = directive_find(name);

		if (l->backslash)
			report_error(&h->report, l->line,
			    "a backslash does not continue a line of ha.cf: write it all "
			    "on one "
			    "line");
		/* The line behind such a backslash is part of the same mistake. */
		if (d == NULL && !continued && *name != '\0')
			unknown_directive(h, l->line, name, lex_rest(l->text, 1));
		else if (d != NULL)
			hacf_directive(h, d, l->line, lex_rest(l->text, 1));
		continued = l->backslash;
	}
}

static void
hacf_presets(struct hacf *h)
{
	struct conf *c = h->conf;

	c->keepalive = span_from_ms(1 * SECOND);
	c->deadtime = span_from_ms(30 * SECOND);
	c->resource_timeout = span_from_ms(600 * SECOND);
	c->status_timeout = span_from_ms(20 * SECOND);
	c->announce = span_from_ms(30 * SECOND);
	c->max_rexmit_delay_ms = 250;
	c->hopfudge = 1;
	c->auto_failback = FAILBACK_LEGACY;
	c->syslogmsgfmt = true;
	c->compression_threshold_kb = 2;
	c->realtime = true;
	c->rtprio = 1;
	c->memreserve_kb = 6500;
	c->flight_record_kb = 16384;
	c->coredumps = true;
	c->coreroot = g_strdup("/var/lib/heartbeat/cores");
	c->cluster = g_strdup("linux-ha");
	h->udpport = 694;
	h->baud = 19200;
}

static void
default_span(struct hacf *h, const char *name, struct span *field, int64_t ms)
{
	if (g_hash_table_contains(h->values, name))
		return;
	g_autofree char *text = g_strdup_printf("%" PRId64 "ms", ms);
	hacf_note_value(h, name, text);
	*field = span_from_ms(ms);
}

/* The times that follow from others. Source: compat config.md 3.1. */
static void
hacf_default_times(struct hacf *h)
{
	struct conf *c = h->conf;
	int64_t dead = span_ms(c->deadtime);
	int64_t init = dead > 10 * SECOND  ? dead
		       : dead < 6 * SECOND ? 12 * SECOND
					   : 2 * dead;

	default_span(h, "warntime", &c->warntime, dead / 2);
	default_span(h, "initdead", &c->initdead, init);
	default_span(h, "deadping", &c->deadping, dead);
}

static int
compare_strings(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static char **
hacf_parameters(struct hacf *h)
{
	GPtrArray *names = g_ptr_array_new();
	GPtrArray *all = g_ptr_array_new();

	for (size_t i = 0; i < G_N_ELEMENTS(directives); i++) {
		const struct directive *d = &directives[i];

		if (d->preset != NULL && !g_hash_table_contains(h->values, d->name))
			hacf_note_value(h, d->name, d->preset);
		if (g_hash_table_contains(h->values, d->name))
			g_ptr_array_add(names, (gpointer)d->name);
	}
	g_ptr_array_sort(names, compare_strings);
	for (unsigned i = 0; i < names->len; i++) {
		const char *name = g_ptr_array_index(names, i);

		g_ptr_array_add(all, g_strdup(name));
		g_ptr_array_add(all, g_strdup(g_hash_table_lookup(h->values, name)));
	}
	g_ptr_array_free(names, TRUE);
	g_ptr_array_add(all, NULL);
	return (char **)g_ptr_array_free(all, FALSE);
}

/* Hand everything that was collected to the configuration. */
static void
hacf_deliver(struct hacf *h)
{
	struct conf *c = h->conf;

	c->parameters = hacf_parameters(h);
	values_finish(h, directives, G_N_ELEMENTS(directives));
	c->node_count = h->nodes->len;
	g_ptr_array_add(h->nodes, NULL);
	c->nodes = (char **)g_ptr_array_free(h->nodes, FALSE);
	g_ptr_array_add(h->environment, NULL);
	c->environment = (char **)g_ptr_array_free(h->environment, FALSE);
	c->media_count = h->media->len;
	c->media = (struct conf_medium *)(void *)g_array_free(h->media, FALSE);
	c->client_count = h->clients->len;
	c->clients = (struct conf_client *)(void *)g_array_free(h->clients, FALSE);
	c->apiauth_count = h->apiauth->len;
	c->apiauth = (struct conf_apiauth *)(void *)g_array_free(h->apiauth, FALSE);
}

void
hacf_parse(
    struct conf *c, const char *text, const char *node_name, const struct report *report)
{
	g_autofree char *name = g_ascii_strdown(node_name, -1);
	struct hacf h = {
	    .conf = c,
	    .report = *report,
	    .node_name = name,
	    .nodes = g_ptr_array_new(),
	    .media = g_array_new(FALSE, FALSE, sizeof(struct conf_medium)),
	    .clients = g_array_new(FALSE, FALSE, sizeof(struct conf_client)),
	    .apiauth = g_array_new(FALSE, FALSE, sizeof(struct conf_apiauth)),
	    .environment = g_ptr_array_new_with_free_func(g_free),
	    .stonith = g_array_new(FALSE, FALSE, sizeof(struct hacf_stonith)),
	    .given = g_array_new(FALSE, FALSE, sizeof(struct conf_value)),
	    .values = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free),
	    .lines = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
	};

	hacf_presets(&h);
	hacf_lines(&h, text);
	hacf_default_times(&h);
	option_finish(&h);
	media_finish(&h);
	clients_finish(&h);
	check_hacf(&h);
	hacf_deliver(&h);
	option_stonith_free(&h);
	g_hash_table_destroy(h.values);
	g_hash_table_destroy(h.lines);
}
