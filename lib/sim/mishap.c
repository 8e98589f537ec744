/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/mishap.h"

#include <string.h>

#include "base/text.h"
#include "sim/draw.h"
#include "sim/world.h"

/* So often within a minute, and the master gives up. */
#define DEATHS_MAX 3
#define DEATHS_MS 61000

struct mishap {
	struct prng *prng;
	struct draw *d;
	GPtrArray *groups;	/* char *: the lines of haresources; borrowed from the setup */
	char **nodes;
	const char *ping;	/* name of a ping node or group; NULL: there is none */
};

static uint64_t
pick(const struct mishap *m, uint64_t low, uint64_t high)
{
	return prng_between(m->prng, low, high);
}

static const char *
any_node(const struct mishap *m)
{
	return m->nodes[pick(m, 0, g_strv_length(m->nodes) - 1)];
}

/* -- what the setup says -- */

static char **
nodes_of(const struct draw *d)
{
	for (unsigned i = 0; i < d->setup->len; i++) {
		const char *line = g_ptr_array_index(d->setup, i);

		if (g_str_has_prefix(line, "nodes "))
			return g_strsplit(line + strlen("nodes "), " ", -1);
	}
	return g_new0(char *, 1);
}

static GPtrArray *
groups_of(const struct draw *d)
{
	GPtrArray *groups = g_ptr_array_new();

	for (unsigned i = 0; i < d->setup->len; i++) {
		char *line = g_ptr_array_index(d->setup, i);

		if (g_str_has_prefix(line, "group "))
			g_ptr_array_add(groups, line + strlen("group "));
	}
	return groups;
}

#define PING_NODE "10.0.9.1"
#define PING_GROUP "far"

static const char *
ping_of(const struct draw *d)
{
	for (unsigned i = 0; i < d->setup->len; i++) {
		const char *line = g_ptr_array_index(d->setup, i);

		if (g_str_has_prefix(line, "conf ping "))
			return PING_NODE;
		if (g_str_has_prefix(line, "conf ping_group "))
			return PING_GROUP;
	}
	return NULL;
}

void
mishap_setup(struct prng *prng, GPtrArray *setup)
{
	switch (prng_between(prng, 0, 5)) {
	case 0:
		draw_put(setup, "conf ping " PING_NODE);
		break;
	case 1:
		draw_put(setup, "conf ping_group " PING_GROUP " " PING_NODE " 10.0.9.2");
		break;
	default:
		break;
	}
}

/* -- in every class: nothing may move -- */

static void
clock_jumps(const struct mishap *m)
{
	static const char *const steps[] = {"-30s", "+30s", "-1h", "+1h", "-2d", "+400d"};

	draw_put(m->d->faults, "clock %s %s", any_node(m), steps[pick(m, 0, G_N_ELEMENTS(steps) - 1)]);
}

static void
ping_node(const struct mishap *m)
{
	if (m->ping != NULL)
		draw_put(m->d->faults, "ping-%s %s %s", pick(m, 0, 2) > 0 ? "lost" : "back", any_node(m),
		    m->ping);
}

static void
bits_change(const struct mishap *m)
{
	draw_put(m->d->faults, "corrupt %u", (unsigned)pick(m, 0, 10));
}

/* Packets overtake others that were sent beats before. */
static void
packets_overtake(const struct mishap *m)
{
	draw_put(m->d->faults, "delay 1ms %lldms", (long long)(2 * m->d->keepalive_ms));
}

static bool
has_two_links(const struct mishap *m)
{
	unsigned links = 0;

	for (unsigned i = 0; i < m->d->setup->len; i++)
		links += g_str_has_prefix(g_ptr_array_index(m->d->setup, i), "conf ucast ") ? 1 : 0;
	return links > 1;
}

/* What runs is put back in place. */
static void
addresses_are_removed(const struct mishap *m)
{
	const char *line = g_ptr_array_index(m->groups, pick(m, 0, m->groups->len - 1));
	g_auto(GStrv) words = g_strsplit(line, " ", -1);
	unsigned count = (unsigned)pick(m, 1, 7);

	if (pick(m, 0, 1) == 0) {
		draw_put(m->d->faults, "flush %s", pick(m, 0, 1) == 0 ? "all" : any_node(m));
		return;
	}
	/* Perhaps again and again. */
	for (unsigned i = 0; i < count; i++) {
		draw_put(m->d->faults, "gone %s %s", words[0], words[1]);
		draw_put(m->d->faults, "run %llums", (unsigned long long)pick(m, 1, 700));
	}
}

static void
fail_and_return(const struct mishap *m, const char *link, int64_t most_ms)
{
	static const char *const ways[][2] = {{"ifdown", "ifup"}, {"linkdown", "ifup"}, {"unplug", "plug"},
	    {"sends-fail", "sends-work"}};
	const unsigned way = (unsigned)pick(m, 0, G_N_ELEMENTS(ways) - 1);
	const char *node = any_node(m);

	draw_put(m->d->faults, "%s %s %s", ways[way][0], node, link);
	draw_put(m->d->faults, "run %llums", (unsigned long long)pick(m, 1, (uint64_t)most_ms));
	draw_put(m->d->faults, "%s %s %s", ways[way][1], node, link);
}

/* One of two: a node is still heard on the other, and keeps what it has. */
static void
card_fails_shortly(const struct mishap *m)
{
	if (has_two_links(m))
		fail_and_return(m, pick(m, 0, 2) > 0 ? "eth0" : "eth1", m->d->deadtime_ms / 3);
}

/* -- in the honest one: nothing may be held twice -- */

static void
card_fails(const struct mishap *m)
{
	if (has_two_links(m))
		fail_and_return(m, pick(m, 0, 2) > 0 ? "eth0" : "eth1", 2 * m->d->deadtime_ms);
}

static void
suspended_shortly(const struct mishap *m)
{
	draw_put(m->d->faults, "suspend %s %lldms", any_node(m),
	    (long long)pick(m, 1, (uint64_t)m->d->deadtime_ms / 3));
}

static void
disk_forgets(const struct mishap *m)
{
	const char *node = any_node(m);

	draw_put(m->d->faults, "power-off %s losing", node);
	/* Sometimes back before anybody missed it. */
	draw_put(m->d->faults, "run %llums",
	    (unsigned long long)pick(m, 1, 2 * (uint64_t)m->d->deadtime_ms));
	draw_put(m->d->faults, "boot %s", node);
}

static void
orders_on_two_nodes(const struct mishap *m)
{
	static const char *const orders[] = {
	    "standby all", "standby local", "standby foreign", "takeover all", "takeover local",
	    "takeover foreign", "standby failback"};

	for (unsigned i = 0; m->nodes[i] != NULL; i++)
		draw_put(m->d->faults, "ask %s %s", m->nodes[i],
		    orders[pick(m, 0, G_N_ELEMENTS(orders) - 1)]);
}

/* What an ipfail would do. */
static void
ping_lost_and_standby(const struct mishap *m)
{
	const char *node = any_node(m);

	if (m->ping == NULL)
		return;
	draw_put(m->d->faults, "ping-lost %s %s", node, m->ping);
	draw_put(m->d->faults, "run %llums",
	    (unsigned long long)pick(m, 1, 2 * (uint64_t)m->d->deadtime_ms));
	draw_put(m->d->faults, "ask %s standby all", node);
}

static void
somebody_removes_it(const struct mishap *m)
{
	const char *line = g_ptr_array_index(m->groups, pick(m, 0, m->groups->len - 1));
	g_auto(GStrv) words = g_strsplit(line, " ", -1);

	for (unsigned i = 0; m->nodes[i] != NULL; i++)
		draw_put(m->d->faults, "gone %s %s", m->nodes[i],
		    words[pick(m, 1, g_strv_length(words) - 1)]);
}

static void
engine_dies_twice(const struct mishap *m)
{
	const char *node = any_node(m);

	draw_put(m->d->faults, "kill-engine %s", node);
	draw_put(m->d->faults, "run %llums", (unsigned long long)pick(m, 1, 3000));
	draw_put(m->d->faults, "kill-engine %s", node);
}

/* Its first word is the node that it prefers. */
static char *
other_line(const struct mishap *m, const char *line)
{
	const char *resources = strchr(line, ' ');

	switch (pick(m, 0, 3)) {
	case 0:
		return NULL;
	case 1:
		return g_strdup_printf("%s more", line);
	default:
		return g_strdup_printf("%s%s", any_node(m), resources);
	}
}

/* One node has another haresources for a while. */
static void
files_differ(const struct mishap *m)
{
	unsigned which = (unsigned)pick(m, 0, m->groups->len - 1);
	g_autoptr(GString) text = g_string_new(NULL);
	const char *node = any_node(m);

	for (unsigned i = 0; i < m->groups->len; i++) {
		const char *line = g_ptr_array_index(m->groups, i);
		g_autofree char *other = i == which ? other_line(m, line) : g_strdup(line);

		if (other != NULL)
			g_string_append_printf(text, " %s%s", text->len > 0 ? "| " : "", other);
	}
	draw_put(m->d->faults, "haresources %s%s", node, text->str);
	if (pick(m, 0, 1) == 0)
		draw_put(m->d->faults, "ask %s standby all", node);
	draw_put(m->d->faults, "run %llums",
	    (unsigned long long)pick(m, 1, 2 * (uint64_t)m->d->deadtime_ms));
	draw_put(m->d->faults, "reload %s", node);
}

/* -- in the harsh one -- */

static void
engine_dies_too_often(const struct mishap *m)
{
	const char *node = any_node(m);

	for (unsigned i = 0; i < DEATHS_MAX; i++) {
		draw_put(m->d->faults, "kill-engine %s", node);
		draw_put(m->d->faults, "run %llums", (unsigned long long)pick(m, 1, 3000));
	}
}

/* The only link as well, or all of them. */
static void
cards_fail(const struct mishap *m)
{
	fail_and_return(m, pick(m, 0, 1) == 0 ? "eth0" : "", 2 * m->d->deadtime_ms);
}

static void
suspended(const struct mishap *m)
{
	draw_put(m->d->faults, "suspend %s %lldms", any_node(m),
	    (long long)pick(m, 1, 2 * (uint64_t)m->d->deadtime_ms));
}

/* So long that the others have just taken over, or are about to. */
static int64_t
about_deadtime(const struct mishap *m)
{
	return m->d->deadtime_ms - m->d->keepalive_ms + (int64_t)pick(m, 0, 2 * (uint64_t)m->d->keepalive_ms + 3000);
}

/* All is well, and whole; sometimes nodes beat at different moments. */
static void
begin_anew(const struct mishap *m)
{
	GPtrArray *f = m->d->faults;

	draw_put(f, "loss 0");
	draw_put(f, "corrupt 0");
	draw_put(f, "delay 1ms 1ms");
	for (unsigned i = 0; m->nodes[i] != NULL; i++) {
		for (unsigned k = i + 1; m->nodes[k] != NULL; k++)
			draw_put(f, "mend %s %s", m->nodes[i], m->nodes[k]);
	}
	draw_put(f, "ifup all");
	draw_put(f, "plug all");
	draw_put(f, "sends-work all");
	draw_put(f, "power-off %s", any_node(m));
	draw_put(f, "run %lldms", (long long)pick(m, 1, (uint64_t)m->d->keepalive_ms));
	draw_put(f, "boot all");
	draw_put(f, "run %lldms", (long long)(m->d->deadtime_ms + 4 * m->d->keepalive_ms));
}

/* Two hold it for a moment: who keeps it, which goes first, and do clients learn of it? */
static void
short_false_death(const struct mishap *m)
{
	const char *line = g_ptr_array_index(m->groups, pick(m, 0, m->groups->len - 1));
	g_auto(GStrv) words = g_strsplit(line, " ", -1);
	const char *resource = words[pick(m, 1, g_strv_length(words) - 1)];
	const char *op = pick(m, 0, 1) == 0 ? "start" : "stop";
	const char *a = m->nodes[0], *b = m->nodes[1];

	begin_anew(m);
	for (unsigned i = 0; m->nodes[i] != NULL; i++)
		draw_put(m->d->faults, "script %s %s %s ok takes %ums", m->nodes[i], resource, op,
		    (unsigned)pick(m, 100, 4 * (uint64_t)m->d->keepalive_ms));
	if (pick(m, 0, 1) == 0) {
		const char *node = any_node(m);
		const int64_t length = about_deadtime(m);

		draw_put(m->d->faults, "suspend %s %lldms", node, (long long)length);
		draw_put(m->d->faults, "run %lldms", (long long)length);
	} else {
		draw_put(m->d->faults, "cut %s %s", a, b);
		draw_put(m->d->faults, "run %lldms", (long long)about_deadtime(m));
		draw_put(m->d->faults, "mend %s %s", a, b);
	}
	draw_put(m->d->faults, "run %lldms", (long long)(3 * m->d->keepalive_ms + 10000));
	for (unsigned i = 0; m->nodes[i] != NULL; i++)
		draw_put(m->d->faults, "script %s %s %s ok", m->nodes[i], resource, op);
}

/* A machine beside the cluster has an address, and some of the nodes hear it. */
static void
stranger(const struct mishap *m)
{
	const char *line = g_ptr_array_index(m->groups, pick(m, 0, m->groups->len - 1));
	g_auto(GStrv) words = g_strsplit(line, " ", -1);

	for (unsigned i = 0; m->nodes[i] != NULL && g_strv_length(words) > 1; i++) {
		if (pick(m, 0, 3) > 0)
			draw_put(m->d->faults, "script %s %s probe exit 1", m->nodes[i], words[1]);
	}
}

void
mishap_draw(struct prng *prng, struct draw *d)
{
	static void (*const all[])(const struct mishap *m) = {
	    clock_jumps, ping_node, bits_change, packets_overtake, addresses_are_removed, card_fails_shortly,
	    stranger, disk_forgets, orders_on_two_nodes, ping_lost_and_standby, somebody_removes_it,
	    engine_dies_twice, files_differ, files_differ, card_fails, suspended_shortly,
	    engine_dies_too_often, cards_fail, suspended, short_false_death, short_false_death};
	static const unsigned char last[DRAW_CLASS_COUNT] = {
	    [DRAW_CALM] = 5, [DRAW_HONEST] = 15, [DRAW_HARSH] = G_N_ELEMENTS(all) - 1};
	g_autoptr(GPtrArray) groups = groups_of(d);
	g_auto(GStrv) nodes = nodes_of(d);
	const struct mishap m = {prng, d, groups, nodes, ping_of(d)};

	all[pick(&m, 0, last[d->class])](&m);
}

/* -- masters -- */

static struct span
pause_of(const char *statement)
{
	struct span length = {0};

	if (g_str_has_prefix(statement, "run "))
		text_to_span(statement + strlen("run "), &length);
	return length;
}

/* Of the statements before that one: how often did it fell that engine within a minute? */
static unsigned
deaths_before(const GPtrArray *faults, unsigned at, const char *statement)
{
	struct span ago = {0};
	unsigned deaths = 0;

	for (unsigned i = at; i-- > 0 && span_ms(ago) < DEATHS_MS;) {
		const char *before = g_ptr_array_index(faults, i);

		ago = span_add(ago, pause_of(before));
		deaths += strcmp(before, statement) == 0 && span_ms(ago) < DEATHS_MS ? 1 : 0;
	}
	return deaths;
}

void
mishap_spare_masters(struct draw *d)
{
	for (unsigned i = 0; i < d->faults->len && d->class != DRAW_HARSH; i++) {
		const char *statement = g_ptr_array_index(d->faults, i);

		if (g_str_has_prefix(statement, "kill-engine ") &&
		    deaths_before(d->faults, i, statement) >= DEATHS_MAX - 1)
			g_ptr_array_remove_index(d->faults, i--);
	}
}

/* -- mending -- */

static bool
happened(const struct draw *d, const char *what)
{
	for (unsigned i = 0; i < d->faults->len; i++) {
		if (g_str_has_prefix(g_ptr_array_index(d->faults, i), what))
			return true;
	}
	return false;
}

void
mishap_mend(const struct draw *d, GPtrArray *healing)
{
	g_autoptr(GPtrArray) groups = groups_of(d);
	g_auto(GStrv) nodes = nodes_of(d);
	const char *ping = ping_of(d);

	if (happened(d, "corrupt "))
		draw_put(healing, "corrupt 0");
	for (unsigned i = 0; nodes[i] != NULL && ping != NULL; i++)
		draw_put(healing, "ping-back %s %s", nodes[i], ping);
	for (unsigned i = 0; i < d->faults->len; i++) {
		const char *statement = g_ptr_array_index(d->faults, i);

		if (g_str_has_suffix(statement, " probe exit 1"))
			draw_put(healing, "%.*sok", (int)(strlen(statement) - strlen("exit 1")), statement);
	}
	if (happened(d, "gone "))
		draw_put(healing, "restore all");
	if (happened(d, "ifdown ") || happened(d, "linkdown "))
		draw_put(healing, "ifup all");
	if (happened(d, "unplug "))
		draw_put(healing, "plug all");
	if (happened(d, "sends-fail "))
		draw_put(healing, "sends-work all");
	if (!happened(d, "haresources "))
		return;
	g_ptr_array_add(groups, NULL);
	g_autofree char *text = g_strjoinv(" | ", (char **)groups->pdata);

	draw_put(healing, "haresources all %s", text);
	draw_put(healing, "reload all");
}

void
mishap_mend_last(const struct draw *d, GPtrArray *healing)
{
	g_auto(GStrv) nodes = nodes_of(d);

	/* Where a changed line runs the reload was refused. */
	for (unsigned i = 0; nodes[i] != NULL && happened(d, "haresources "); i++) {
		draw_put(healing, "stop %s", nodes[i]);
		draw_put(healing, "run %lldms", (long long)(d->deadtime_ms + 60000));
		draw_put(healing, "boot %s", nodes[i]);
		draw_put(healing, "run %lldms", (long long)(d->deadtime_ms + 60000));
	}
}
