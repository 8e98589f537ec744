/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/mixed.h"

#include <string.h>

#include "base/prng.h"
#include "sim/draw.h"
#include "sim/scenario.h"

#define FAULTS_MAX 14
#define GROUPS_MAX 3

#define PING "10.9.9.9"
/* A conversation waits 10 s for an answer, and both have to send what was lost again. */
#define CUT_MAX_MS 4000

static const char *const nodes[] = {"alpha", "beta"};

/* What a schedule is drawn with. */
struct pen {
	struct prng prng;
	struct mixed *m;
	unsigned old;	/* index of the node that is a 3.0.6 */
	unsigned groups;
	unsigned links;
	bool legacy, pings;
	int64_t keepalive_ms, deadtime_ms;
};

static uint64_t
pick(struct pen *p, uint64_t low, uint64_t high)
{
	return prng_between(&p->prng, low, high);
}

static const char *
any_node(struct pen *p)
{
	return nodes[pick(p, 0, 1)];
}

static const char *
ours(const struct pen *p)
{
	return nodes[1 - p->old];
}

static void
draw_setup(struct pen *p)
{
	static const char *const failback[] = {"on", "off", "legacy"};
	GPtrArray *s = p->m->setup;
	unsigned way = (unsigned)pick(p, 0, 2);

	p->links = (unsigned)pick(p, 1, 2);
	p->pings = pick(p, 0, 1) == 0;
	draw_put(s, "nodes alpha beta");
	draw_put(s, "conf keepalive %lldms", (long long)p->keepalive_ms);
	draw_put(s, "conf deadtime %lldms", (long long)p->deadtime_ms);
	draw_put(s, "conf initdead %lldms", (long long)(2 * p->deadtime_ms));
	draw_put(s, "conf resource_timeout 1min");
	draw_put(s, "conf auto_failback %s", failback[way]);
	p->legacy = way == 2;
	for (unsigned i = 0; i < p->links; i++)
		draw_put(s, "conf ucast eth%u 10.0.%u.1", i, i);
	if (p->pings)
		draw_put(s, "conf ping " PING);
	if (p->pings && !p->legacy && pick(p, 0, 1) == 0)
		draw_put(s, "conf respawn hacluster /usr/lib/heartbeat/ipfail");
	for (unsigned g = 0; g < p->groups; g++)
		draw_put(s, "group %s IPaddr::10.0.0.%u svc%u", any_node(p), 100 + g, g);
	draw_put(s, "old %s", nodes[p->old]);
	if (pick(p, 0, 2) == 0) {
		draw_put(s, "boot %s", any_node(p));
		draw_put(s, "run %llums", (unsigned long long)pick(p, 1, 90000));
	}
	draw_put(s, "boot all");
	draw_put(s, "run %llums", (unsigned long long)pick(p, 1, 90000));
}

static void
draw_noise(struct pen *p)
{
	GPtrArray *f = p->m->faults;

	switch (pick(p, 0, 4)) {
	case 0:
		draw_put(f, "loss %u", (unsigned)pick(p, 0, 15));
		break;
	case 1:
		draw_put(f, "corrupt %u", (unsigned)pick(p, 0, 5));
		break;
	case 2:
		draw_put(f, "duplicate %u", (unsigned)pick(p, 0, 30));
		break;
	case 3:
		draw_put(f, "delay 1ms %lldms", (long long)pick(p, 1, (uint64_t)p->keepalive_ms));
		break;
	default:
		draw_put(f, "inject %s garbage", any_node(p));
	}
}

/* Never for so long, nor so much, that anybody could be taken for dead. */
static void
draw_network(struct pen *p)
{
	GPtrArray *f = p->m->faults;
	const char *a = any_node(p), *b = a == nodes[0] ? nodes[1] : nodes[0];
	uint64_t ms = pick(p, 1, MIN(CUT_MAX_MS, (uint64_t)p->deadtime_ms / 4));

	switch (pick(p, 0, 4)) {
	case 0:
		draw_put(f, "cut %s %s; run %llums; mend %s %s", a, b, (unsigned long long)ms, a, b);
		break;
	case 1:
		draw_put(f, "cut-from %s %s; run %llums; mend-from %s %s", a, b,
		    (unsigned long long)ms, a, b);
		break;
	case 2:
		if (p->links > 1)
			draw_put(f, "%s alpha beta eth1", pick(p, 0, 2) > 0 ? "cut" : "mend");
		break;
	case 3:
		draw_put(f, "clock %s %c%llus", a, pick(p, 0, 1) == 0 ? '+' : '-',
		    (unsigned long long)pick(p, 1, 100000));
		break;
	default:
		if (p->pings)
			draw_put(f, "ping-%s %s " PING, pick(p, 0, 2) > 0 ? "lost" : "back", a);
	}
}

static void
draw_script(struct pen *p)
{
	static const char *const ops[] = {"start", "stop", "status"};
	const char *op = ops[pick(p, 0, 2)];
	unsigned g = (unsigned)pick(p, 0, p->groups - 1);
	GPtrArray *f = p->m->faults;

	switch (pick(p, 0, 4)) {
	case 0:
		draw_put(f, "script %s svc%u %s exit 1", ours(p), g, op);
		break;
	case 1:
		draw_put(f, "script %s svc%u %s hangs", ours(p), g, op);
		break;
	case 2:
		draw_put(f, "script %s svc%u %s ok", ours(p), g, op);
		break;
	default:
		draw_put(f, "script %s svc%u %s ok takes %llums", any_node(p), g, op,
		    (unsigned long long)pick(p, 1, 20000));
	}
}

/* Our life ends, and another begins. */
static void
draw_death(struct pen *p)
{
	GPtrArray *f = p->m->faults;

	if (!p->legacy && pick(p, 0, 1) == 0) {
		draw_put(f, "kill-engine %s", ours(p));
		return;
	}
	draw_put(f, "power-off %s", ours(p));
	if (p->legacy)
		draw_put(f, "run %lldms", (long long)(p->deadtime_ms + 3 * p->keepalive_ms));
}

static void
draw_machine(struct pen *p)
{
	static const char *const sets[] = {"all", "local", "foreign", "failback"};
	const char *node = any_node(p);
	GPtrArray *f = p->m->faults;

	switch (pick(p, 0, 9)) {
	case 0:
		draw_put(f, "power-off %s", nodes[p->old]);
		break;
	case 1:
		draw_put(f, "stop %s", node);
		break;
	case 2:
	case 3:
		draw_put(f, "boot %s", node);
		break;
	case 4:
		draw_death(p);
		break;
	case 5:
	case 6:
		draw_put(f, "ask %s standby %s", node, sets[pick(p, 0, 3)]);
		break;
	case 7:
		draw_put(f, "ask %s takeover %s", node, sets[pick(p, 0, 3)]);
		break;
	case 8:
		draw_put(f, "ask %s reload", nodes[p->old]);
		break;
	default:
		draw_put(f, "pause %s %lldms", node, (long long)pick(p, 1, (uint64_t)p->deadtime_ms / 3));
	}
}

static void
draw_faults(struct pen *p)
{
	unsigned count = (unsigned)pick(p, 1, FAULTS_MAX);

	for (unsigned i = 0; i < count; i++) {
		unsigned kind = (unsigned)pick(p, 0, 6);

		if (kind == 0)
			draw_noise(p);
		else if (kind == 1)
			draw_script(p);
		else if (kind == 2)
			draw_network(p);
		else
			draw_machine(p);
		/* Mostly short, so that faults meet; sometimes so long that all comes to rest. */
		uint64_t most = pick(p, 0, 4) == 0 ? 120000 : (uint64_t)p->deadtime_ms;
		draw_put(p->m->faults, "run %llums", (unsigned long long)pick(p, 1, most));
	}
}

static void
draw_healing(struct pen *p)
{
	static const char *const ops[] = {"start", "stop", "status"};
	GPtrArray *h = p->m->healing;

	draw_put(h, "loss 0");
	draw_put(h, "duplicate 0");
	draw_put(h, "corrupt 0");
	draw_put(h, "mend alpha beta");
	draw_put(h, "delay 1ms 1ms");
	for (unsigned i = 0; i < G_N_ELEMENTS(nodes); i++) {
		if (p->pings)
			draw_put(h, "ping-back %s " PING, nodes[i]);
		for (unsigned g = 0; g < p->groups; g++) {
			for (unsigned o = 0; o < G_N_ELEMENTS(ops); o++)
				draw_put(h, "script %s svc%u %s ok", nodes[i], g, ops[o]);
		}
	}
	draw_put(h, "boot all");
	/* What hangs is over after two timeouts; a node that is leaving has then left. */
	draw_put(h, "run 5min");
	draw_put(h, "boot all");
	draw_put(h, "run 5min");
	draw_put(h, "ask %s retry", ours(p));
	draw_put(h, "run 5min");
}

void
mixed_draw(uint64_t seed, struct mixed *out)
{
	struct pen p = {.m = out};

	prng_seed(&p.prng, seed);
	out->setup = g_ptr_array_new_with_free_func(g_free);
	out->faults = g_ptr_array_new_with_free_func(g_free);
	out->healing = g_ptr_array_new_with_free_func(g_free);
	p.old = (unsigned)pick(&p, 0, 1);
	p.groups = (unsigned)pick(&p, 1, GROUPS_MAX);
	p.keepalive_ms = (int64_t[]){500, 1000, 2000}[pick(&p, 0, 2)];
	/* So many beats that noise alone never silences a node. */
	p.deadtime_ms = p.keepalive_ms * (int64_t)pick(&p, 15, 30);
	draw_setup(&p);
	draw_faults(&p);
	draw_healing(&p);
}

void
mixed_clear(struct mixed *m)
{
	g_ptr_array_unref(m->setup);
	g_ptr_array_unref(m->faults);
	g_ptr_array_unref(m->healing);
}

/* -- the judge -- */

static void
hear_line(void *arg, const char *line)
{
	GString *trace = arg;

	if (trace != NULL)
		g_string_append_printf(trace, "%s\n", line);
}

static char *
tell(struct scenario *s, const char *statement)
{
	g_autofree char *wrong = scenario_do(s, statement);

	return wrong == NULL ?
	    NULL :
	    g_strdup_printf("the scenario itself is wrong: %s: %s", statement, wrong);
}

static char *
tell_all(struct scenario *s, const GPtrArray *statements, const bool *left_out)
{
	char *wrong = NULL;

	for (unsigned i = 0; i < statements->len && wrong == NULL; i++) {
		if (left_out == NULL || !left_out[i])
			wrong = tell(s, g_ptr_array_index(statements, i));
	}
	return wrong;
}

static char *
judge_doubles(const struct world *w)
{
	return world_doubles(w) == 0 ? NULL :
				       g_strdup("a resource was started while it ran elsewhere");
}

static char *
judge_end(const struct world *w)
{
	for (unsigned g = 0; g < world_group_count(w); g++) {
		unsigned whole = 0, parts = 0;

		for (unsigned h = 0; h < world_host_count(w); h++) {
			unsigned runs = world_group_runs(w, h, g);

			whole += runs == 2 ? 1 : 0;
			parts += runs == 1 ? 1 : 0;
		}
		if (whole != 1 || parts != 0)
			return g_strdup_printf(
			    "group %s runs whole on %u nodes and in part on %u, in the end",
			    world_group_key(w, g), whole, parts);
	}
	for (unsigned h = 0; h < world_host_count(w); h++) {
		if (!world_is_settled(w, h))
			return g_strdup_printf("node number %u is not settled in the end", h + 1);
	}
	return NULL;
}

static bool
an_old_one_waits(const struct world *w)
{
	for (unsigned h = 0; h < world_host_count(w); h++) {
		if (world_is_old(w, h) && !world_is_settled(w, h))
			return true;
	}
	return false;
}

static char *
judge_rest(struct scenario *s)
{
	g_autofree char *before = world_holders(scenario_world(s));
	char *wrong = tell(s, "run 10min");
	g_autofree char *after = world_holders(scenario_world(s));

	if (wrong == NULL && strcmp(before, after) != 0)
		wrong = g_strdup("something moved long after all was well");
	return wrong;
}

char *
mixed_run(const struct mixed *m, uint64_t seed, const bool *left_out, GString *trace,
    int64_t *simulated_ms)
{
	struct scenario *s = scenario_new(seed, TRACE_INFO, hear_line, trace);
	char *wrong = tell_all(s, m->setup, NULL);

	if (wrong == NULL)
		wrong = tell_all(s, m->faults, left_out);
	if (wrong == NULL)
		wrong = judge_doubles(scenario_world(s));
	if (wrong == NULL)
		wrong = tell_all(s, m->healing, NULL);
	/* Its partner restarted in the middle of a conversation: it waits on, for an hour. */
	if (wrong == NULL && an_old_one_waits(scenario_world(s)))
		wrong = tell(s, "run 70min");
	if (wrong == NULL)
		wrong = judge_end(scenario_world(s));
	if (wrong == NULL)
		wrong = judge_rest(s);
	if (wrong == NULL)
		wrong = judge_doubles(scenario_world(s));
	const struct world *w = scenario_world(s);
	if (simulated_ms != NULL && w != NULL)
		*simulated_ms += span_ms(moment_since(world_now(w), world_began(w)));
	scenario_free(s);
	return wrong;
}

static bool
still_fails(const struct mixed *m, uint64_t seed, const bool *left_out)
{
	g_autofree char *wrong = mixed_run(m, seed, left_out, NULL, NULL);

	return wrong != NULL;
}

void
mixed_shrink(const struct mixed *m, uint64_t seed, bool *left_out)
{
	bool smaller = true;

	while (smaller) {
		smaller = false;
		for (unsigned i = 0; i < m->faults->len; i++) {
			if (left_out[i])
				continue;
			left_out[i] = true;
			if (still_fails(m, seed, left_out))
				smaller = true;
			else
				left_out[i] = false;
		}
	}
}
