/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/finding_advice.h"

#include "base/text.h"

/* Below these a setting is as good as any. */
#define DEADTIME_GOOD_MS 10000
#define INITDEAD_GOOD_MS 30000
#define TIMEOUT_GOOD_MS 60000

#define IPFAIL_LINE "hacluster /usr/lib/heartbeat/ipfail"

static void
advice_free(gpointer data)
{
	struct advice *a = data;

	g_free(a->text);
	g_free(a->value);
	g_free(a);
}

GPtrArray *
advices_new(void)
{
	return g_ptr_array_new_with_free_func(advice_free);
}

static struct advice *
say(GPtrArray *list, const char *key, const char *text, ...)
    __attribute__((format(printf, 3, 4)));

static struct advice *
say(GPtrArray *list, const char *key, const char *text, ...)
{
	struct advice *a = g_new0(struct advice, 1);
	va_list args;

	va_start(args, text);
	a->text = g_strdup_vprintf(text, args);
	va_end(args);
	a->key = key;
	g_ptr_array_add(list, a);
	return a;
}

static void
raise_to(struct finding *f, enum finding_level level)
{
	f->level = MAX(f->level, level);
}

/* Another value of a time that is set too long. */
static void
shorten(struct finding *f, const char *directive, struct span now, int64_t ms, const char *why)
{
	g_autofree char *before = text_from_span(now);
	g_autofree char *after = text_from_span(span_from_ms(ms));
	struct advice *a = say(f->advices, directive, "%s %s instead of %s%s", directive, after,
	    before, why);

	a->directive = directive;
	a->value = g_steal_pointer(&after);
	raise_to(f, FINDING_NOTE);
}

/* -- held twice -- */

static void
advise_apart(const struct cluster *c, const struct plan_row *row, struct finding *f)
{
	g_autoptr(GPtrArray) links = cluster_links(c);

	if (links->len == 1)
		say(f->advices, "second-link",
		    "%s is the only link: add another path that shares nothing with it (a cable on "
		    "a second card: ucast eth1 ADDRESS; a serial line: serial /dev/ttyS0)",
		    (const char *)g_ptr_array_index(links, 0));
	else if (row->kind == PLAN_APART)
		say(f->advices, "apart",
		    "only if all %u links fail at once: let them share no switch, card or power. "
		    "No setting prevents it: there is no fencing", links->len);
	else
		say(f->advices, "apart-too",
		    "the nodes could not hear each other; no setting prevents that both serve then: "
		    "there is no fencing");
}

static void
advise_twice(const struct cluster *c, const struct plan_row *row, struct finding *f)
{
	g_autofree char *dead = text_from_span(c->conf->deadtime);

	switch (row->kind) {
	case PLAN_LINK:
	case PLAN_APART:
	case PLAN_CARD:
		advise_apart(c, row, f);
		break;
	case PLAN_PAUSE:
	case PLAN_PAUSE_LONG:
		say(f->advices, "pause",
		    "a machine that freezes longer than deadtime %s is taken for dead, wakes, and "
		    "stops what it ran: deadtime must exceed the longest pause (snapshots, live "
		    "migration)", dead);
		break;
	case PLAN_DAEMONS:
		say(f->advices, "restart",
		    "what runs stays when all of Heartbeat is killed, and after deadtime %s others "
		    "start it too: something must restart Heartbeat before, as its systemd unit does",
		    dead);
		break;
	default:
		say(f->advices, "apart-too",
		    "a node fell silent and went on running: no setting prevents that, and there is "
		    "no fencing");
	}
}

/* -- not served for long -- */

static bool
about(struct span length, struct span setting)
{
	return span_ms(length) >= span_ms(setting) * 8 / 10;
}

static bool
waits_for_initdead(const struct cluster *c, const struct plan_row *row, const struct finding *f)
{
	bool alone = (row->kind == PLAN_START && row->node != NULL) || row->kind == PLAN_BOTH ||
	    row->kind == PLAN_TWO;

	return alone && about(f->longest, c->conf->initdead);
}

static bool
waits_for_deadtime(const struct cluster *c, const struct plan_row *row, const struct finding *f)
{
	bool silent = row->kind == PLAN_POWER || row->kind == PLAN_PAUSE_LONG ||
	    row->kind == PLAN_TWO;

	/* Who was given up too early is no reason to be given up earlier. */
	return f->twice.ns == 0 && silent && about(f->longest, c->conf->deadtime) && !waits_for_initdead(c, row, f);
}

static void
advise_times(const struct cluster *c, const struct plan_row *row, struct finding *f)
{
	const struct conf *conf = c->conf;
	const int64_t dead = MAX(DEADTIME_GOOD_MS, 5 * span_ms(conf->keepalive));
	const int64_t init = MAX(INITDEAD_GOOD_MS, 2 * span_ms(conf->deadtime));
	const int64_t stuck = MAX(TIMEOUT_GOOD_MS, 10 * span_ms(c->takes));

	if (waits_for_deadtime(c, row, f) && span_ms(conf->deadtime) > dead * 3 / 2)
		shorten(f, "deadtime", conf->deadtime, dead,
		    ", if no machine ever pauses that long");
	if (waits_for_initdead(c, row, f) && span_ms(conf->initdead) > init * 3 / 2)
		shorten(f, "initdead", conf->initdead, init,
		    ", if the network is there that soon after a boot");
	if (row->kind == PLAN_STOP_HANGS && about(f->longest, conf->resource_timeout) &&
	    span_ms(conf->resource_timeout) > stuck * 3 / 2)
		shorten(f, "resource_timeout", conf->resource_timeout, stuck * 2,
		    ", if no script ever needs that long");
}

/* A group that was away for good reason went home, and that was seen. */
static void
advise_failback(const struct cluster *c, const struct plan_row *row, const struct play *p,
    struct finding *f)
{
	if (c->conf->auto_failback == FAILBACK_OFF ||
	    (row->kind != PLAN_POWER && row->kind != PLAN_STOP))
		return;
	for (unsigned g = 0; g < c->conf->group_count; g++) {
		g_autoptr(GArray) servers = outage_servers(p->outage, g);
		const GArray *gaps = outage_gaps(p->outage, g);

		if (servers->len != 3 || gaps->len < 2)
			continue;
		const struct stretch *last = &g_array_index(gaps, struct stretch, gaps->len - 1);
		const struct span length = moment_since(last->to, last->from);
		g_autofree char *text = finding_span(length);

		/* What no client notices is no reason. */
		if (span_ms(length) < 500)
			continue;
		struct advice *a = say(f->advices, "auto_failback",
		    "auto_failback off instead of %s: going home is a second outage of %s",
		    auto_failback_name(c->conf->auto_failback), text);

		a->directive = "auto_failback";
		a->value = g_strdup("off");
		raise_to(f, FINDING_NOTE);
		return;
	}
}

/* -- ping nodes -- */

/* The node of the row holds a group at home that does not leave it. */
static bool
stays_behind(const struct cluster *c, const struct plan_row *row, const struct play *p)
{
	for (unsigned g = 0; g < c->conf->group_count; g++) {
		g_autoptr(GArray) servers = outage_servers(p->outage, g);

		if (servers->len == 1 &&
		    g_strcmp0(c->conf->nodes[g_array_index(servers, unsigned, 0)], row->node) == 0)
			return true;
	}
	return false;
}

static void
advise_ping(const struct cluster *c, const struct plan_row *row, const struct play *p,
    struct finding *f)
{
	struct advice *a = NULL;

	if ((row->kind != PLAN_PING && row->kind != PLAN_CARD) || f->twice.ns > 0 ||
	    !stays_behind(c, row, p))
		return;
	if (!cluster_has_ipfail(c)) {
		a = say(f->advices, "ipfail",
		    "%s is cut off from its clients and keeps what it runs: "
		    "respawn " IPFAIL_LINE, row->node);
		a->directive = "respawn";
		a->value = g_strdup(IPFAIL_LINE);
	} else if (c->conf->auto_failback == FAILBACK_LEGACY) {
		a = say(f->advices, "legacy",
		    "%s is cut off from its clients and keeps what it runs: ipfail does not work "
		    "with auto_failback legacy: auto_failback off, or on", row->node);
	}
	if (a != NULL)
		raise_to(f, FINDING_BAD);
}

/* -- what need not be noticed at all -- */

static void
advise_calm(const struct plan_row *row, struct finding *f)
{
	bool calm = row->kind == PLAN_LINK || row->kind == PLAN_PING_ALL || row->kind == PLAN_ENGINE;

	if (!calm || f->sum.ns == 0 || f->twice.ns > 0)
		return;
	say(f->advices, "calm", "nothing should move here: please report it with hbctl record");
	raise_to(f, FINDING_BAD);
}

void
advise(const struct cluster *c, const struct plan_row *row, const struct play *p,
    struct finding *f)
{
	if (!f->served)
		say(f->advices, "unserved",
		    "in the end, with everything mended, a group does not run: look at it with "
		    "hbctl simulate --row %s", row->id);
	if (f->twice.ns > 0)
		advise_twice(c, row, f);
	advise_times(c, row, f);
	advise_failback(c, row, p, f);
	advise_ping(c, row, p, f);
	advise_calm(row, f);
}

GPtrArray *
finding_general(const struct cluster *c)
{
	GPtrArray *list = advices_new();
	g_autoptr(GPtrArray) pings = cluster_pings(c);

	if (c->conf->node_count == 1)
		say(list, "alone", "there is one node only: nobody takes over");
	if (c->conf->node_count > 1 && pings->len == 0)
		say(list, "ping",
		    "no ping node: a node that loses its network towards the clients, and not the "
		    "other node, keeps what it runs. Add: ping GATEWAY%s", cluster_has_ipfail(c) ? ""
			: ", and respawn " IPFAIL_LINE);
	if (c->conf->group_count == 0)
		say(list, "empty", "haresources has no group: there is nothing to be served");
	return list;
}
