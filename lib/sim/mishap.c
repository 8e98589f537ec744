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

/* -- in the honest one: nothing may be held twice -- */

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
	    clock_jumps, ping_node, bits_change, packets_overtake,
	    stranger, disk_forgets, orders_on_two_nodes, ping_lost_and_standby, somebody_removes_it,
	    engine_dies_twice, files_differ, files_differ, engine_dies_too_often};
	static const unsigned char last[DRAW_CLASS_COUNT] = {
	    [DRAW_CALM] = 3, [DRAW_HONEST] = 11, [DRAW_HARSH] = G_N_ELEMENTS(all) - 1};
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
