/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/media.h"

#include <string.h>

#include "base/text.h"
#include "conf/ip.h"
#include "conf/lex.h"
#include "conf/options.h"

#define UDPPORT_DEFAULT 694

void
conf_medium_clear(struct conf_medium *m)
{
	g_free(m->name);
	g_free(m->device);
	g_strfreev(m->hosts);
	memset(m, 0, sizeof(*m));
}

static bool
same_medium(const struct conf_medium *a, const struct conf_medium *b)
{
	return a->kind == b->kind && a->ipv6 == b->ipv6 && a->port == b->port &&
	       strcmp(a->name, b->name) == 0 &&
	       g_strv_equal((const char *const *)a->hosts, (const char *const *)b->hosts);
}

/* Takes over what m holds. */
static void
media_add(struct hacf *h, struct conf_medium *m)
{
	for (unsigned i = 0; i < h->media->len; i++) {
		struct conf_medium *old = &g_array_index(h->media, struct conf_medium, i);

		if (same_medium(old, m)) {
			report_hint(&h->report, m->line,
			    "%s '%s' is the same as in line %u and is not used twice",
			    medium_kind_name(m->kind), m->name, old->line);
			conf_medium_clear(m);
			return;
		}
		if (medium_is_ping(m->kind) && medium_is_ping(old->kind) &&
		    strcmp(m->name, old->name) == 0) {
			report_error(&h->report, m->line,
			    "the ping node '%s' is already there (line %u): use another "
			    "name",
			    m->name, old->line);
			conf_medium_clear(m);
			return;
		}
	}
	if (h->media->len == CONF_MEDIA_MAX)
		report_error(&h->report, m->line,
		    "there are more than %d links and ping nodes: take some away",
		    CONF_MEDIA_MAX);
	if (h->media->len >= CONF_MEDIA_MAX) {
		conf_medium_clear(m);
		return;
	}
	g_array_append_val(h->media, *m);
}

static char **
one_host(const char *host)
{
	const char *const hosts[] = {host, NULL};

	return g_strdupv((char **)hosts);
}

static bool
wants_ipv6(const struct directive *d)
{
	return g_str_has_suffix(d->name, "6");
}

static bool
device_ok(struct hacf *h, const struct directive *d, unsigned line, const char *device)
{
	if (ip_family(device) != IP_NONE) {
		report_error(&h->report, line,
		    "%s: the interface comes first, and '%s' is an address", d->name,
		    device);
		return false;
	}
	if (!ip_interface_valid(device)) {
		report_error(&h->report, line,
		    "%s: '%s' cannot be the name of an interface", d->name, device);
		return false;
	}
	return true;
}

void
media_bcast(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	(void)rest;
	if (strcmp(d->name, "udp") == 0)
		report_hint(
		    &h->report, line, "'udp' is the old name: write 'bcast %s'", words[0]);
	for (; *words != NULL; words++) {
		if (!device_ok(h, d, line, *words))
			continue;
		struct conf_medium m = {.kind = MEDIUM_BCAST,
		    .name = g_strdup(*words),
		    .device = g_strdup(*words),
		    .hosts = g_new0(char *, 1),
		    .line = line};
		media_add(h, &m);
	}
}

void
media_ucast(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	(void)rest;
	if (g_strv_length(words) < 2) {
		report_error(&h->report, line,
		    "%s needs an interface and an address: write '%s %s ADDRESS'", d->name,
		    d->name, words[0] != NULL ? words[0] : "eth0");
		return;
	}
	if (!device_ok(h, d, line, words[0]))
		return;
	enum ip_family family = ip_family(words[1]);
	if (wants_ipv6(d) && family != IP_V6) {
		report_error(&h->report, line,
		    "ucast6: '%s' is not an IPv6 address: for IPv4 and names write 'ucast "
		    "%s %s'",
		    words[1], words[0], words[1]);
		return;
	}
	if (!wants_ipv6(d) && family == IP_V6)
		report_hint(&h->report, line,
		    "'%s' is an IPv6 address: 3.0.6 wants 'ucast6 %s %s' for it", words[1],
		    words[0], words[1]);
	if (ip_is_multicast(words[1])) {
		report_error(&h->report, line,
		    "%s: '%s' is a multicast address: write 'mcast %s %s 694 1 0'", d->name,
		    words[1], words[0], words[1]);
		return;
	}
	if (words[2] != NULL)
		report_hint(&h->report, line,
		    "%s takes one address, so '%s' is not used: give it a line of its own",
		    d->name, words[2]);
	struct conf_medium m = {.kind = MEDIUM_UCAST,
	    .name = g_strdup(words[0]),
	    .device = g_strdup(words[0]),
	    .hosts = one_host(words[1]),
	    .ipv6 = family == IP_V6,
	    .line = line};
	media_add(h, &m);
}

/* A number of an mcast line, or a fault that names it. */
static bool
mcast_number(struct hacf *h, const struct directive *d, unsigned line, const char *what,
    const char *text, unsigned min, unsigned max, unsigned *out)
{
	uint64_t number;

	if (!text_to_u64(text, min, max, &number)) {
		report_error(&h->report, line,
		    "%s: '%s' is no %s: write a number from %u to %u", d->name, text, what,
		    min, max);
		return false;
	}
	*out = (unsigned)number;
	return true;
}

void
media_mcast(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	unsigned port = 0, ttl = 0, loop = 0;
	bool six = wants_ipv6(d);

	(void)rest;
	if (g_strv_length(words) < 5) {
		report_error(&h->report, line,
		    "%s needs five words: write '%s INTERFACE GROUP PORT TTL LOOP', such "
		    "as "
		    "'%s eth0 %s 694 1 0'",
		    d->name, d->name, d->name, six ? "ff15::694" : "225.0.0.1");
		return;
	}
	bool ok = device_ok(h, d, line, words[0]);
	if (ip_family(words[1]) != (six ? IP_V6 : IP_V4) || !ip_is_multicast(words[1])) {
		report_error(&h->report, line,
		    "%s: '%s' is not a multicast group: they are %s", d->name, words[1],
		    six ? "in ff00::/8" : "224.0.0.0 to 239.255.255.255");
		ok = false;
	}
	ok = mcast_number(h, d, line, "port", words[2], 1, 65535, &port) && ok;
	ok = mcast_number(h, d, line, "TTL", words[3], 0, 4, &ttl) && ok;
	ok = mcast_number(h, d, line, "loop setting", words[4], 0, 1, &loop) && ok;
	if (!ok)
		return;
	if (port > OPTION_PORT_PRIVILEGED_MAX)
		report_hint(&h->report, line, "%s: port %u" OPTION_PORT_ANYBODY, d->name, port);
	if (words[5] != NULL)
		report_hint(&h->report, line, "%s takes five words, so '%s' is not used",
		    d->name, words[5]);
	struct conf_medium m = {.kind = MEDIUM_MCAST,
	    .name = g_strdup(words[0]),
	    .device = g_strdup(words[0]),
	    .hosts = one_host(words[1]),
	    .ipv6 = six,
	    .port = port,
	    .ttl = ttl,
	    .loop = loop == 1,
	    .line = line};
	media_add(h, &m);
}

void
media_serial(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	(void)rest;
	for (; *words != NULL; words++) {
		if ((*words)[0] != '/') {
			report_error(&h->report, line,
			    "%s: '%s' is no full path: write '/dev/%s'", d->name, *words,
			    *words);
			continue;
		}
		struct conf_medium m = {.kind = MEDIUM_SERIAL,
		    .name = g_strdup(*words),
		    .device = g_strdup(*words),
		    .hosts = g_new0(char *, 1),
		    .line = line};
		media_add(h, &m);
	}
}

/* Whether the name exists is asked later, and again: name service may be down at boot. */
static bool
ping_host_ok(struct hacf *h, const struct directive *d, unsigned line, const char *host)
{
	if (wants_ipv6(d) && ip_family(host) == IP_V4) {
		report_error(&h->report, line,
		    "ping6: '%s' is an IPv4 address: write 'ping %s'", host, host);
		return false;
	}
	/* Digits and dots that are no address would be asked of the name service for ever.
	 */
	if (ip_family(host) == IP_NONE && strspn(host, "0123456789.") == strlen(host)) {
		report_error(
		    &h->report, line, "%s: '%s' is not an IP address", d->name, host);
		return false;
	}
	return true;
}

void
media_ping(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	(void)rest;
	for (; *words != NULL; words++) {
		if (!ping_host_ok(h, d, line, *words))
			continue;
		struct conf_medium m = {.kind = MEDIUM_PING,
		    .name = g_strdup(*words),
		    .hosts = one_host(*words),
		    .ipv6 = wants_ipv6(d) || ip_family(*words) == IP_V6,
		    .line = line};
		media_add(h, &m);
	}
}

void
media_ping_group(struct hacf *h, const struct directive *d, unsigned line, char **words,
    const char *rest)
{
	g_auto(GStrv) hosts = lex_words(lex_rest(rest, 1), LEX_BLANKS_AND_COMMAS);
	bool ok = true;

	if (words[0] == NULL || hosts[0] == NULL) {
		report_error(&h->report, line,
		    "ping_group needs a name and its hosts: write 'ping_group %s HOST "
		    "HOST'",
		    words[0] != NULL ? words[0] : "NAME");
		return;
	}
	if (strchr(lex_rest(rest, 1), ',') != NULL)
		report_hint(&h->report, line,
		    "ping_group: the commas are read as blanks; 3.0.6 wants blanks");
	for (char **host = hosts; *host != NULL; host++)
		ok = ping_host_ok(h, d, line, *host) && ok;
	if (!ok)
		return;
	struct conf_medium m = {.kind = MEDIUM_PING_GROUP,
	    .name = g_strdup(words[0]),
	    .hosts = g_steal_pointer(&hosts),
	    .line = line};
	media_add(h, &m);
}

void
media_finish(struct hacf *h)
{
	unsigned port_line = hacf_line(h, "udpport");
	bool told = h->udpport == UDPPORT_DEFAULT;

	for (unsigned i = 0; i < h->media->len; i++) {
		struct conf_medium *m = &g_array_index(h->media, struct conf_medium, i);

		if (m->kind == MEDIUM_SERIAL)
			m->baud = h->baud;
		if (m->kind != MEDIUM_UCAST && m->kind != MEDIUM_BCAST)
			continue;
		m->port = h->udpport;
		if (!told && m->line < port_line) {
			report_hint(&h->report, port_line,
			    "udpport %u is used for every link; 3.0.6 keeps %d for those "
			    "above "
			    "this line",
			    h->udpport, UDPPORT_DEFAULT);
			told = true;
		}
	}
}
