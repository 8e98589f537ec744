/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/options.h"

#include <string.h>

#include "base/text.h"
#include "conf/lex.h"

#define NODE_NAME_MAX 255

bool
option_bool(
    struct hacf *h, const struct directive *d, unsigned line, const char *word, bool *out)
{
	if (text_to_bool(word, out))
		return true;
	report_error(&h->report, line, "%s: '%s' is neither on nor off%s", d->name, word,
	    word[0] == '=' ? " (no '=' between a directive and its value)" : "");
	return false;
}

int
option_word(struct hacf *h, const struct directive *d, unsigned line, const char *word,
    const char *const *words)
{
	for (int i = 0; words[i] != NULL; i++)
		if (g_ascii_strcasecmp(words[i], word) == 0)
			return i;
	g_autofree char *all = g_strjoinv(", ", (char **)words);
	report_error(&h->report, line, "%s: '%s' is none of: %s", d->name, word, all);
	return -1;
}

/* The last word counts, as in 3.0.6. */
static const char *
last_word(char **words)
{
	return words[g_strv_length(words) - 1];
}

bool
node_name_ok(const char *name)
{
	size_t len = strlen(name);

	return len <= NODE_NAME_MAX && g_ascii_isalnum(name[0]) &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-_.") == len;
}

void
option_node(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	(void)d;
	(void)rest;
	for (; *words != NULL; words++) {
		g_autofree char *name = g_ascii_strdown(*words, -1);

		if (!node_name_ok(name)) {
			report_error(&h->report, line,
			    "'%s' cannot be the name of a node: if this is a comment, put '#' "
			    "before "
			    "it",
			    *words);
			continue;
		}
		if (g_ptr_array_find_with_equal_func(h->nodes, name, g_str_equal, NULL)) {
			report_hint(&h->report, line,
			    "node '%s' is there already and counts once", name);
			continue;
		}
		if (h->nodes->len == CONF_NODES_MAX) {
			report_error(&h->report, line,
			    "there are more than %d nodes: '%s' and what follows is too "
			    "many",
			    CONF_NODES_MAX, name);
			return;
		}
		g_ptr_array_add(h->nodes, g_steal_pointer(&name));
	}
}

void
option_udpport(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	const char *word = last_word(words);
	uint64_t port;

	(void)rest;
	if (!text_to_u64(word, 1, 65535, &port)) {
		report_error(&h->report, line,
		    "udpport: '%s' is not a port number from 1 to 65535 (3.0.6's own is "
		    "694)",
		    word);
		return;
	}
	if (port > OPTION_PORT_PRIVILEGED_MAX)
		report_hint(&h->report, line, "udpport %s" OPTION_PORT_ANYBODY, word);
	h->udpport = (unsigned)port;
	hacf_note_value(h, d->name, word);
}

void
option_baud(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	static const char *const rates[] = {
	    "9600", "19200", "38400", "57600", "115200", "230400", "460800", NULL};
	const char *word = last_word(words);
	uint64_t baud;

	(void)rest;
	if (option_word(h, d, line, word, rates) < 0 ||
	    !text_to_u64(word, 0, 460800, &baud))
		return;
	h->baud = (unsigned)baud;
	hacf_note_value(h, d->name, word);
}

void
option_logfacility(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	static const char *const names[] = {"none", "auth", "authpriv", "cron", "daemon",
	    "ftp", "kern", "local0", "local1", "local2", "local3", "local4", "local5",
	    "local6", "local7", "lpr", "mail", "news", "security", "syslog", "user", "uucp",
	    NULL};
	int index = option_word(h, d, line, last_word(words), names);

	(void)rest;
	if (index < 0)
		return;
	const char *name = names[index];
	g_clear_pointer(&h->conf->logfacility, g_free);
	if (strcmp(name, "kern") == 0)
		report_hint(&h->report, line,
		    "logfacility kern means no syslog at all, as in 3.0.6: only the kernel "
		    "may "
		    "use it");
	else if (index != 0)
		h->conf->logfacility = g_strdup(name);
	hacf_note_value(h, d->name, name);
}

void
option_use_logd(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	bool on;

	(void)rest;
	if (!option_bool(h, d, line, last_word(words), &on))
		return;
	if (on)
		report_hint(&h->report, line,
		    "use_logd: this version logs by itself and has no ha_logd: the line is "
		    "not "
		    "used");
	hacf_note_value(h, d->name, last_word(words));
}

void
option_use_apphbd(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	bool on;

	(void)rest;
	if (!option_bool(h, d, line, last_word(words), &on))
		return;
	if (on)
		report_hint(&h->report, line,
		    "use_apphbd: this version does not have apphbd: the line is not used");
	hacf_note_value(h, d->name, last_word(words));
}

void
option_auto_failback(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	const char *word = last_word(words);
	bool on;

	(void)rest;
	if (g_ascii_strcasecmp(word, "legacy") == 0) {
		h->conf->auto_failback = FAILBACK_LEGACY;
		report_hint(&h->report, line,
		    "auto_failback legacy: hb_standby and ipfail do not work with it: "
		    "write "
		    "'auto_failback on' or 'auto_failback off'");
	} else if (text_to_bool(word, &on)) {
		h->conf->auto_failback = on ? FAILBACK_ON : FAILBACK_OFF;
	} else {
		report_error(&h->report, line,
		    "auto_failback: '%s' is none of: on, off, legacy", word);
		return;
	}
	hacf_note_value(h, d->name, word);
}

/* As 3.0.6 documents it, not as 3.0.6 does it alone. Whichever line is later counts. */
void
option_nice_failback(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	bool nice;

	(void)rest;
	if (!option_bool(h, d, line, last_word(words), &nice))
		return;
	h->conf->auto_failback = nice ? FAILBACK_OFF : FAILBACK_LEGACY;
	const char *word = auto_failback_name(h->conf->auto_failback);
	report_hint(&h->report, line,
	    "nice_failback is obsolete and is read as 'auto_failback %s': write that",
	    word);
	hacf_note_value(h, "auto_failback", word);
	hacf_note_line(h, "auto_failback", line);
}

void
option_autojoin(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	static const char *const names[] = {"none", "other", "any", NULL};
	int index = option_word(h, d, line, last_word(words), names);

	(void)rest;
	if (index > 0)
		report_error(&h->report, line,
		    "autojoin %s: nodes of a haresources cluster are listed by name: write "
		    "'autojoin none'",
		    names[index]);
	if (index == 0)
		hacf_note_value(h, d->name, names[index]);
}

/* A number of milliseconds, with or without the unit. */
void
option_max_rexmit_delay(struct hacf *h, const struct directive *d, unsigned line,
    char **words, const char *rest)
{
	g_autofree char *whole = g_strjoinv("", words);
	uint64_t ms;
	struct span s;
	const uint64_t max = 3600000;

	(void)rest;
	if (!text_to_u64(last_word(words), 1, max, &ms)) {
		if (!text_to_span(whole, &s) || span_ms(s) < 1 ||
		    span_ms(s) > (int64_t)max) {
			report_error(&h->report, line,
			    "max_rexmit_delay: '%s' is not a number of milliseconds from 1 "
			    "to "
			    "3600000",
			    whole);
			return;
		}
		ms = (uint64_t)span_ms(s);
	}
	h->conf->max_rexmit_delay_ms = (unsigned)ms;
	g_autofree char *text = g_strdup_printf("%u", (unsigned)ms);
	hacf_note_value(h, d->name, text);
}

/* How often an address is announced unasked, or "off". */
void
option_announce(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	g_autofree char *whole = g_strjoinv(" ", words);
	g_autofree char *text = NULL;
	struct span every = {0};
	bool on;

	(void)rest;
	if (!text_to_span(whole, &every)) {
		if (!text_to_bool(whole, &on) || on) {
			report_error(&h->report, line,
			    "announce: '%s' is neither a time, such as 30s, nor 'off'", whole);
			return;
		}
	} else if (span_ms(every) < d->min || span_ms(every) > d->max) {
		g_autofree char *min = text_from_span(span_from_ms(d->min));
		g_autofree char *max = text_from_span(span_from_ms(d->max));

		report_error(&h->report, line,
		    "announce: '%s' is out of range: from %s to %s, or 'off'", whole, min, max);
		return;
	}
	h->conf->announce = every;
	text = every.ns > 0 ? text_from_span(every) : g_strdup("off");
	hacf_note_value(h, d->name, text);
}

void
option_quorum_server(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	(void)rest;
	report_hint(&h->report, line,
	    "quorum_server has no effect in a haresources cluster, as in 3.0.6");
	hacf_note_value(h, d->name, last_word(words));
}

void
option_watchdog(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	const char *device = last_word(words);
	unsigned before = hacf_line(h, d->name);

	(void)rest;
	if (before != 0) {
		report_error(&h->report, line,
		    "watchdog is already set on line %u: keep one of the two lines",
		    before);
		return;
	}
	report_hint(&h->report, line,
	    "watchdog %s is not used by this version; the node is not guarded by it",
	    device);
	h->conf->watchdog = g_strdup(device);
	hacf_note_value(h, d->name, device);
}

void
option_stonith(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	struct hacf_stonith s = {.directive = d->name, .line = line};

	(void)rest;
	if (strcmp(d->name, "stonith") == 0)
		s.host = g_strdup("*");
	else if (words[0] != NULL)
		s.host = g_ascii_strdown(words[0], -1);
	g_array_append_val(h->stonith, s);
}

void
option_stonith_free(struct hacf *h)
{
	for (unsigned i = 0; i < h->stonith->len; i++)
		g_free(g_array_index(h->stonith, struct hacf_stonith, i).host);
	g_array_free(h->stonith, TRUE);
}

void
option_crm(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	const char *word = last_word(words);
	const char *other = strcmp(d->name, "crm") == 0 ? "pacemaker" : "crm";
	unsigned before = MAX(hacf_line(h, d->name), hacf_line(h, other));
	bool on = true;

	(void)rest;
	if (before != 0) {
		report_error(&h->report, line,
		    "'%s' repeats line %u (crm and pacemaker are the same): keep one of "
		    "the two",
		    d->name, before);
		return;
	}
	if (!text_to_bool(word, &on) && g_ascii_strcasecmp(word, "respawn") != 0 &&
	    g_ascii_strcasecmp(word, "manual") != 0) {
		report_error(&h->report, line,
		    "%s: '%s' is not 'off', which is all it can be here", d->name, word);
		return;
	}
	if (on)
		report_error(&h->report, line,
		    "%s %s: this program runs haresources clusters only, without "
		    "Pacemaker: write "
		    "'%s off' or remove the line",
		    d->name, word, d->name);
	hacf_note_value(h, d->name, word);
	hacf_note_value(h, "pacemaker", word);
}

/* Silence would be the worst log: syslog takes what has no other place to go. */
static void
finish_log(struct hacf *h)
{
	struct conf *c = h->conf;

	if (c->logfile != NULL || c->debugfile != NULL || c->logfacility != NULL)
		return;
	if (g_hash_table_contains(h->values, "logfacility"))
		report_hint(&h->report, hacf_line(h, "logfacility"),
		    "there is no logfile either: messages go to syslog, facility daemon");
	c->logfacility = g_strdup("daemon");
	hacf_note_value(h, "logfacility", "daemon");
}

void
option_finish(struct hacf *h)
{
	if (hacf_line(h, "auto_failback") == 0)
		report_hint(&h->report, 0,
		    "auto_failback is missing and means 'legacy', with which hb_standby "
		    "and ipfail "
		    "do not work: write 'auto_failback on' or 'auto_failback off'");
	finish_log(h);
}
