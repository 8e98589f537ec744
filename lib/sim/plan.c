/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/plan.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "sim/plan_row.h"

static const char *const kind_titles[] = {
    [PLAN_START] = "Start",
    [PLAN_POWER] = "Power cut of one machine",
    [PLAN_LINK] = "One of the links fails",
    [PLAN_APART] = "The nodes lose each other",
    [PLAN_CARD] = "Network card of one node, and what is behind it",
    [PLAN_PING] = "Ping node lost by one node",
    [PLAN_PING_ALL] = "Ping node lost by all",
    [PLAN_STOP] = "Heartbeat stopped (service heartbeat stop)",
    [PLAN_MOVE] = "Moved by an administrator",
    [PLAN_ENGINE] = "Engine process killed",
    [PLAN_DAEMONS] = "All processes of Heartbeat killed",
    [PLAN_PAUSE] = "Machine frozen, shorter than deadtime",
    [PLAN_PAUSE_LONG] = "Machine frozen, longer than deadtime",
    [PLAN_START_FAILS] = "A script does not start",
    [PLAN_STOP_FAILS] = "A script does not stop",
    [PLAN_STOP_HANGS] = "A script hangs when stopped",
    [PLAN_BOTH] = "Power cut of two machines",
    [PLAN_TWO] = "Two faults",
    [PLAN_DRAWN] = "Drawn at random",
    [PLAN_GIVEN] = "As given",
};
static_assert(G_N_ELEMENTS(kind_titles) == PLAN_KIND_COUNT, "a title for each kind");

const char *
plan_kind_title(enum plan_kind kind)
{
	assert(kind < PLAN_KIND_COUNT);
	return kind_titles[kind];
}

/* -- rows of one node -- */

static void
add_start(struct planner *p)
{
	struct plan_row *row =
	    planner_row(p, PLAN_START, NULL, "all nodes started together");

	row->setup = 0;
	row_say(row, "boot all");
	row_run(row, p->settle);
	for (unsigned i = 0; i < p->nodes; i++) {
		const char *node = p->name[i];

		row = planner_row(p, PLAN_START, node,
		    "%s started alone, the others %s later", node, p->long_text);
		row_say(row, "boot %s", node);
		row_run(row, p->lengthy);
		row_say(row, "boot all");
		row_run(row, p->recover);
	}
}

static void
add_power(struct planner *p, const char *node)
{
	const struct span lengths[] = {p->brief, p->lengthy};
	const char *texts[] = {p->short_text, p->long_text};

	for (unsigned i = 0; i < G_N_ELEMENTS(lengths); i++) {
		struct plan_row *row =
		    planner_row(p, PLAN_POWER, node, "%s off for %s", node, texts[i]);

		row_setup(p, row);
		row_say(row, "power-off %s", node);
		row_run(row, lengths[i]);
		row_say(row, "boot %s", node);
		row_run(row, p->recover);
	}
}

static void
add_stop(struct planner *p, const char *node)
{
	struct plan_row *row =
	    planner_row(p, PLAN_STOP, node, "%s stopped, and started again", node);

	row_setup(p, row);
	row_say(row, "stop %s", node);
	row_run(row, p->recover);
	row_say(row, "boot %s", node);
	row_run(row, p->recover);
}

static void
add_move(struct planner *p, const char *node)
{
	static const char *const words[] = {"standby", "takeover"};

	for (unsigned i = 0; i < G_N_ELEMENTS(words); i++) {
		struct plan_row *row =
		    planner_row(p, PLAN_MOVE, node, "hb_%s on %s", words[i], node);

		row_setup(p, row);
		row_say(row, "ask %s %s all", node, words[i]);
		row_run(row, p->recover);
	}
}

static void
add_engine(struct planner *p, const char *node)
{
	struct plan_row *row =
	    planner_row(p, PLAN_ENGINE, node, "engine of %s killed", node);

	row_setup(p, row);
	row_say(row, "kill-engine %s", node);
	row_run(row, p->recover);
}

static void
add_daemons(struct planner *p, const char *node)
{
	struct plan_row *row = planner_row(
	    p, PLAN_DAEMONS, node, "all killed on %s, systemd restarts after 1s", node);

	row_setup(p, row);
	row_say(row, "kill-daemons %s", node);
	row_run(row, span_from_ms(1000));
	row_say(row, "boot %s", node);
	row_run(row, p->recover);
	row = planner_row(p, PLAN_DAEMONS, node, "all killed on %s, restarted %s later",
	    node, p->long_text);
	row->single = false;
	row_setup(p, row);
	row_say(row, "kill-daemons %s", node);
	row_run(row, p->lengthy);
	row_say(row, "boot %s", node);
	row_run(row, p->recover);
}

static void
add_pause(struct planner *p, const char *node, enum plan_kind kind, struct span length)
{
	g_autofree char *text = text_from_span(length);
	struct plan_row *row = planner_row(p, kind, node, "%s frozen for %s", node, text);

	row->single = kind == PLAN_PAUSE;
	row_setup(p, row);
	row_say(row, "pause %s %s", node, text);
	row_run(row, length);
	row_run(row, p->recover);
}

static void
add_pause_short(struct planner *p, const char *node)
{
	add_pause(p, node, PLAN_PAUSE, p->brief);
}

static void
add_pause_long(struct planner *p, const char *node)
{
	add_pause(p, node, PLAN_PAUSE_LONG, p->over);
}

/* -- rows of the network -- */

/* All nodes, or one node and all others. link NULL: every link. */
static void
row_cut(const struct planner *p, struct plan_row *row, const char *word, int of,
    const char *link)
{
	for (unsigned i = 0; i < p->nodes; i++) {
		for (unsigned k = i + 1; k < p->nodes; k++) {
			if (of < 0 || (int)i == of || (int)k == of)
				row_say(row, "%s %s %s%s%s", word, p->name[i], p->name[k],
				    link != NULL ? " " : "", link != NULL ? link : "");
		}
	}
}

static void
add_cut(struct planner *p, enum plan_kind kind, const char *what, const char *link)
{
	const struct span lengths[] = {p->brief, p->lengthy};
	const char *texts[] = {p->short_text, p->long_text};

	for (unsigned i = 0; i < G_N_ELEMENTS(lengths); i++) {
		struct plan_row *row =
		    planner_row(p, kind, NULL, "%s cut for %s", what, texts[i]);

		row->single = kind == PLAN_LINK || p->links->len == 1;
		row_setup(p, row);
		row_cut(p, row, "cut", -1, link);
		row_run(row, lengths[i]);
		row_cut(p, row, "mend", -1, link);
		row_run(row, p->recover);
	}
}

static void
add_links(struct planner *p)
{
	g_autofree char *all = g_strdup_printf("all %u links", p->links->len);
	bool only = p->links->len == 1;

	for (unsigned i = 0; !only && i < p->links->len; i++)
		add_cut(p, PLAN_LINK, g_ptr_array_index(p->links, i),
		    g_ptr_array_index(p->links, i));
	add_cut(p, PLAN_APART, only ? g_ptr_array_index(p->links, 0) : all, NULL);
}

/* The card of a link in a node fails: the ping nodes behind it are lost, too. */
static void
add_card(struct planner *p, unsigned node, const char *link)
{
	g_autoptr(GPtrArray) behind = g_ptr_array_new();

	for (unsigned i = 0; i < p->pings->len; i++) {
		if (cluster_ping_is_on(p->c, g_ptr_array_index(p->pings, i), link))
			g_ptr_array_add(behind, g_ptr_array_index(p->pings, i));
	}
	if (behind->len == 0 && p->nodes == 2)
		return;
	struct plan_row *row = planner_row(p, PLAN_CARD, p->name[node],
	    "%s of %s fails for %s", link, p->name[node], p->long_text);

	row->single = true;
	row_setup(p, row);
	row_cut(p, row, "cut", (int)node, link);
	for (unsigned i = 0; i < behind->len; i++)
		row_say(row, "ping-lost %s %s", p->name[node],
		    (const char *)g_ptr_array_index(behind, i));
	row_run(row, p->lengthy);
	row_cut(p, row, "mend", (int)node, link);
	for (unsigned i = 0; i < behind->len; i++)
		row_say(row, "ping-back %s %s", p->name[node],
		    (const char *)g_ptr_array_index(behind, i));
	row_run(row, p->recover);
}

static void
add_ping(struct planner *p, const char *ping, int of)
{
	enum plan_kind kind = of < 0 ? PLAN_PING_ALL : PLAN_PING;
	struct plan_row *row = planner_row(p, kind, of < 0 ? NULL : p->name[of],
	    "%s lost by %s for %s", ping, of < 0 ? "all" : p->name[of], p->a_while_text);

	row_setup(p, row);
	for (unsigned i = 0; i < p->nodes; i++) {
		if (of < 0 || (int)i == of)
			row_say(row, "ping-lost %s %s", p->name[i], ping);
	}
	row_run(row, p->a_while);
	for (unsigned i = 0; i < p->nodes; i++) {
		if (of < 0 || (int)i == of)
			row_say(row, "ping-back %s %s", p->name[i], ping);
	}
	row_run(row, p->recover);
}

/* -- rows of a group -- */

/* Its first resource that is a script, or none. A word that means something to scenarios is
 * none. */
static const char *
first_script(const struct conf_group *g)
{
	for (unsigned i = 0; i < g->resource_count; i++) {
		const struct conf_resource *r = &g->resources[i];

		if (r->kind != RESOURCE_ADDRESS && strpbrk(r->text, ";#") == NULL)
			return r->text;
	}
	return NULL;
}

static void
add_start_fails(struct planner *p, const char *node, const char *script)
{
	struct plan_row *row =
	    planner_row(p, PLAN_START_FAILS, node, "%s does not start on %s", script, node);

	row->setup = 0;
	row_say(row, "script %s %s start exit 1", node, script);
	row_say(row, "boot all");
	row_run(row, p->recover);
	row_say(row, "script %s %s start ok", node, script);
	row_say(row, "ask %s retry", node);
	row_run(row, p->recover);
}

static void
add_stop_fails(struct planner *p, enum plan_kind kind, const char *node, const char *script)
{
	bool hangs = kind == PLAN_STOP_HANGS;
	struct plan_row *row = planner_row(p, kind, node, "%s %s on %s, at hb_standby",
	    script, hangs ? "hangs" : "does not stop", node);

	row_setup(p, row);
	row_say(row, "script %s %s stop %s", node, script, hangs ? "hangs" : "exit 1");
	row_say(row, "ask %s standby all", node);
	row_run(row, p->stuck);
	row_say(row, "script %s %s stop ok", node, script);
	row_say(row, "boot all");
	row_say(row, "ask %s retry", node);
	row_run(row, p->recover);
}

static void
add_groups(struct planner *p)
{
	static const enum plan_kind kinds[] = {
	    PLAN_START_FAILS, PLAN_STOP_FAILS, PLAN_STOP_HANGS};

	for (unsigned k = 0; k < G_N_ELEMENTS(kinds); k++) {
		for (unsigned i = 0; i < p->c->conf->group_count; i++) {
			const struct conf_group *g = &p->c->conf->groups[i];
			const char *script = first_script(g);

			if (script == NULL)
				continue;
			if (kinds[k] == PLAN_START_FAILS)
				add_start_fails(p, p->name[g->preferred], script);
			else
				add_stop_fails(p, kinds[k], p->name[g->preferred], script);
		}
	}
}

/* -- two at a time -- */

static void
add_both(struct planner *p, unsigned first, bool back_in_order)
{
	const char *a = p->name[first], *b = p->name[(first + 1) % p->nodes];
	struct plan_row *row =
	    planner_row(p, PLAN_BOTH, NULL, "%s, then %s off; after %s %s is back first", a,
		b, p->dark_text, back_in_order ? a : b);

	row_setup(p, row);
	row_say(row, "power-off %s", a);
	row_run(row, p->recover);
	row_say(row, "power-off %s", b);
	row_run(row, p->dark);
	row_say(row, "boot %s", back_in_order ? a : b);
	row_run(row, p->a_while);
	row_say(row, "boot %s", back_in_order ? b : a);
	row_run(row, p->recover);
}

static void
add_two(struct planner *p, unsigned first)
{
	const char *a = p->name[first], *b = p->name[(first + 1) % p->nodes];
	struct plan_row *row;

	if (p->links->len > 1) {
		const char *link = g_ptr_array_index(p->links, 0);

		row = planner_row(p, PLAN_TWO, a, "%s cut, then %s off", link, a);
		row_setup(p, row);
		row_cut(p, row, "cut", -1, link);
		row_run(row, p->a_while);
		row_say(row, "power-off %s", a);
		row_run(row, p->a_while);
		row_cut(p, row, "mend", -1, link);
		row_say(row, "boot %s", a);
		row_run(row, p->recover);
	}
	row = planner_row(
	    p, PLAN_TWO, b, "hb_standby on %s, and %s off while it moves", a, b);
	row_setup(p, row);
	row_say(row, "ask %s standby all", a);
	row_run(row, p->moment);
	row_say(row, "power-off %s", b);
	row_run(row, p->a_while);
	row_say(row, "boot %s", b);
	row_run(row, p->recover);
	row = planner_row(
	    p, PLAN_TWO, b, "%s off, engine of %s killed while it takes over", a, b);
	row_setup(p, row);
	row_say(row, "power-off %s", a);
	row_run(row, span_add(p->c->conf->deadtime, p->moment));
	row_say(row, "kill-engine %s", b);
	row_run(row, p->a_while);
	row_say(row, "boot %s", a);
	row_run(row, p->recover);
}

static void
add_network(struct planner *p)
{
	add_links(p);
	for (unsigned l = 0; l < p->links->len; l++) {
		for (unsigned i = 0; i < p->nodes; i++)
			add_card(p, i, g_ptr_array_index(p->links, l));
	}
	for (unsigned g = 0; g < p->pings->len; g++) {
		for (unsigned i = 0; i < p->nodes; i++)
			add_ping(p, g_ptr_array_index(p->pings, g), (int)i);
	}
	for (unsigned g = 0; g < p->pings->len; g++)
		add_ping(p, g_ptr_array_index(p->pings, g), -1);
}

static void
each_node(struct planner *p, void (*add)(struct planner *p, const char *node))
{
	for (unsigned i = 0; i < p->nodes; i++)
		add(p, p->name[i]);
}

GPtrArray *
plan_make(const struct cluster *c)
{
	struct planner p;

	planner_init(&p, c);
	add_start(&p);
	each_node(&p, add_power);
	if (p.nodes > 1)
		add_network(&p);
	each_node(&p, add_stop);
	each_node(&p, add_move);
	each_node(&p, add_engine);
	each_node(&p, add_daemons);
	each_node(&p, add_pause_short);
	each_node(&p, add_pause_long);
	add_groups(&p);
	for (unsigned i = 0; p.nodes > 1 && i < p.nodes; i++) {
		add_both(&p, i, true);
		add_both(&p, i, false);
	}
	for (unsigned i = 0; p.nodes > 1 && i < p.nodes; i++)
		add_two(&p, i);
	return planner_done(&p);
}
