/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/draw.h"

#include <assert.h>
#include <string.h>

#include "base/prng.h"
#include "sim/mishap.h"
#include "sim/race.h"

#define FAULTS_MAX 14

static const char *const class_names[] = {
    [DRAW_CALM] = "calm",
    [DRAW_HONEST] = "honest",
    [DRAW_HARSH] = "harsh",
};
static_assert(G_N_ELEMENTS(class_names) == DRAW_CLASS_COUNT, "a name for each class");

static const char *const node_names[] = {"alpha", "beta", "gamma"};

/* What the schedule is drawn with. */
struct pen {
	struct prng prng;
	struct draw *d;
	unsigned nodes, groups, links;
	unsigned letters;	/* messages of clients, so far */
	bool has_script[4];	/* by group: a second resource that is a script */
};

const char *
draw_class_name(enum draw_class class)
{
	assert(class < DRAW_CLASS_COUNT);
	return class_names[class];
}

static uint64_t
pick(struct pen *p, uint64_t low, uint64_t high)
{
	return prng_between(&p->prng, low, high);
}

void
draw_put(GPtrArray *list, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_ptr_array_add(list, g_strdup_vprintf(format, args));
	va_end(args);
}

static const char *
any_node(struct pen *p)
{
	return node_names[pick(p, 0, p->nodes - 1)];
}

static void
two_nodes(struct pen *p, const char **a, const char **b)
{
	unsigned i = (unsigned)pick(p, 0, p->nodes - 1);
	unsigned k = (unsigned)pick(p, 1, p->nodes - 1);

	*a = node_names[i];
	*b = node_names[(i + k) % p->nodes];
}

static void
draw_setup(struct pen *p)
{
	static const char *const words[] = {"on", "off", "on", "legacy"};
	const char *failback = words[pick(p, 0, 3)];
	GPtrArray *s = p->d->setup;

	p->d->failback = strcmp(failback, "off") != 0;

	draw_put(s, "nodes alpha beta%s", p->nodes > 2 ? " gamma" : "");
	draw_put(s, "conf keepalive %lldms", (long long)p->d->keepalive_ms);
	draw_put(s, "conf deadtime %lldms", (long long)p->d->deadtime_ms);
	draw_put(s, "conf initdead %lldms", (long long)p->d->initdead_ms);
	draw_put(s, "conf resource_timeout 1min");
	draw_put(s, "conf auto_failback %s", failback);
	draw_put(s, "conf apiauth judge uid=root");
	for (unsigned i = 0; i < p->links; i++)
		draw_put(s, "conf ucast eth%u 10.0.%u.1", i, i);
	for (unsigned g = 0; g < p->groups; g++) {
		p->has_script[g] = pick(p, 0, 2) > 0;
		g_autofree char *script = g_strdup_printf(" svc%u", g + 1);
		g_autofree char *ipv6 = g_strdup_printf(" IPv6addr::fd00::%u", 100 + g);

		draw_put(s, "group %s IPaddr::10.0.0.%u%s%s", any_node(p), 100 + g,
		    p->has_script[g] ? script : "", pick(p, 0, 3) == 0 ? ipv6 : "");
	}
	mishap_setup(&p->prng, s);
	draw_put(s, "boot all");
	draw_put(s, "run %lldms", (long long)(p->d->deadtime_ms + 5000));
}

/* Programs on different nodes talk to each other. */
static void
draw_letters(struct pen *p)
{
	unsigned count = (unsigned)pick(p, 1, 5);

	/* Some by a bad line. */
	if (count % 2 == 0)
		draw_put(p->d->faults, "loss 15");
	for (unsigned i = 0; i < count; i++) {
		draw_put(p->d->faults, "message %s %u", any_node(p), ++p->letters);
		draw_put(p->d->faults, "run %llums",
		    (unsigned long long)pick(p, 1, (uint64_t)p->d->keepalive_ms));
	}
}

static void
draw_noise(struct pen *p)
{
	GPtrArray *f = p->d->faults;

	switch (pick(p, 0, 4)) {
	case 0:
		draw_put(f, "loss %u", (unsigned)pick(p, 0, p->d->class == DRAW_HARSH ? 60 : 15));
		break;
	case 1:
		draw_put(f, "duplicate %u", (unsigned)pick(p, 0, 30));
		break;
	case 2:
		draw_put(f, "delay 1ms %lldms", (long long)pick(p, 1, (uint64_t)p->d->keepalive_ms));
		break;
	case 3:
		draw_letters(p);
		break;
	default:
		draw_put(f, "inject %s garbage", any_node(p));
	}
}

/* A program that fails, hangs, is slow or gone; or well again. */
static void
draw_script(struct pen *p)
{
	static const char *const ops[] = {"start", "stop", "start", "status"};
	unsigned g = (unsigned)pick(p, 0, p->groups - 1);
	const char *node = any_node(p), *op = ops[pick(p, 0, 3)];
	GPtrArray *f = p->d->faults;

	if (!p->has_script[g])
		return;
	switch (pick(p, 0, 5)) {
	case 0:
		draw_put(f, "script %s svc%u %s exit %u", node, g + 1, op, (unsigned)pick(p, 1, 5));
		break;
	case 1:
		draw_put(f, "script %s svc%u %s hangs", node, g + 1, op);
		break;
	case 2:
		draw_put(f, "script %s svc%u %s missing", node, g + 1, op);
		break;
	case 3:
		draw_put(f, "script %s svc%u %s ok takes %us", node, g + 1, op, (unsigned)pick(p, 1, 50));
		break;
	default:
		draw_put(f, "script %s svc%u %s ok", node, g + 1, op);
	}
}

static void
draw_machine(struct pen *p)
{
	static const char *const sets[] = {"all", "local", "foreign", "failback"};
	const char *node = any_node(p);
	GPtrArray *f = p->d->faults;

	switch (pick(p, 0, 7)) {
	case 0:
		draw_put(f, "power-off %s", node);
		break;
	case 1:
		draw_put(f, "stop %s", node);
		break;
	case 2:
	case 3:
		draw_put(f, "boot %s", node);
		break;
	case 4:
		draw_put(f, "kill-engine %s", node);
		break;
	case 5:
		draw_put(f, "ask %s standby %s", node, sets[pick(p, 0, 3)]);
		break;
	case 6:
		draw_put(f, "ask %s takeover %s", node, sets[pick(p, 0, 3)]);
		break;
	default:
		draw_put(f, "pause %s %lldms", node, (long long)pick(p, 1, (uint64_t)p->d->deadtime_ms / 3));
	}
}

static void
draw_harsh(struct pen *p)
{
	const char *a, *b;
	GPtrArray *f = p->d->faults;

	two_nodes(p, &a, &b);
	switch (pick(p, 0, 8)) {
	case 0:
	case 1:
		draw_put(f, "cut %s %s", a, b);
		break;
	case 2:
		draw_put(f, "cut-from %s %s", a, b);
		break;
	case 3:
		draw_put(f, "cut %s %s eth%u", a, b, (unsigned)pick(p, 0, p->links - 1));
		break;
	case 4:
		draw_put(f, "mend %s %s", a, b);
		break;
	case 5:
		draw_put(f, "pause %s %lldms", a, (long long)pick(p, 1, 2 * (uint64_t)p->d->deadtime_ms));
		break;
	case 6:
		draw_put(f, "kill-daemons %s", a);
		break;
	case 7:
		/* It sleeps over an offer. */
		draw_put(f, "power-off %s", b);
		draw_put(f, "ask %s standby all", a);
		draw_put(f, "pause %s %lldms", a, (long long)p->d->deadtime_ms + 1000);
		break;
	default:
		draw_put(f, "kill-master %s", a);
	}
}

static void
draw_race(struct pen *p)
{
	const struct race_field field = {
	    .nodes = node_names,
	    .node_count = p->nodes,
	    .group_count = p->groups,
	    .keepalive_ms = p->d->keepalive_ms,
	    .deadtime_ms = p->d->deadtime_ms,
	    .initdead_ms = p->d->initdead_ms,
	    .has_script = p->has_script,
	};

	race_draw(&p->prng, &field, p->d->faults);
}

static void
draw_faults(struct pen *p)
{
	unsigned count = (unsigned)pick(p, 1, FAULTS_MAX);

	for (unsigned i = 0; i < count; i++) {
		unsigned kind = (unsigned)pick(p, 0, 5);

		if (kind == 5)
			mishap_draw(&p->prng, p->d);
		else if (p->d->class == DRAW_CALM || kind == 0)
			draw_noise(p);
		else if (p->d->class == DRAW_HARSH && kind == 1)
			draw_harsh(p);
		else if (kind == 2)
			draw_script(p);
		else if (kind == 3)
			draw_race(p);
		else
			draw_machine(p);
		/* Mostly short, so that faults meet; sometimes so long that all comes to rest. */
		uint64_t most = pick(p, 0, 4) == 0 ? 600000 : 2 * (uint64_t)p->d->deadtime_ms;
		draw_put(p->d->faults, "run %llums", (unsigned long long)pick(p, 1, most));
	}
	mishap_spare_masters(p->d);
}

static void
draw_healing(struct pen *p)
{
	static const char *const ops[] = {"start", "stop", "status"};
	GPtrArray *h = p->d->healing;

	draw_put(h, "loss 0");
	draw_put(h, "duplicate 0");
	draw_put(h, "delay 1ms 1ms");
	for (unsigned i = 0; i < p->nodes; i++) {
		for (unsigned k = i + 1; k < p->nodes; k++)
			draw_put(h, "mend %s %s", node_names[i], node_names[k]);
		for (unsigned g = 0; g < p->groups; g++) {
			for (unsigned o = 0; o < G_N_ELEMENTS(ops); o++) {
				draw_put(h, "script %s svc%u %s ok", node_names[i], g + 1, ops[o]);
				draw_put(h, "script %s IPaddr::10.0.0.%u %s ok", node_names[i], 100 + g,
				    ops[o]);
			}
		}
	}
	mishap_mend(p->d, h);
	/* A machine whose daemon is dead is a fault, too: nobody can tell what still runs there. */
	draw_put(h, "boot all");
	draw_put(h, "run %lldms", (long long)(2 * p->d->deadtime_ms + 60000));
	/* What hangs is over after two timeouts; a node that is leaving has then left. */
	draw_put(h, "run 10min");
	draw_put(h, "boot all");
	draw_put(h, "run %lldms", (long long)(2 * p->d->deadtime_ms + 60000));
	mishap_mend_last(p->d, h);
	for (unsigned i = 0; i < p->nodes; i++)
		draw_put(h, "ask %s retry", node_names[i]);
	draw_put(h, "run %lldms", (long long)(p->d->deadtime_ms + 60000));
}

static void
draw_with(struct pen *p, uint64_t seed, unsigned nodes)
{
	struct draw *d = p->d;

	prng_seed(&p->prng, seed);
	d->setup = g_ptr_array_new_with_free_func(g_free);
	d->faults = g_ptr_array_new_with_free_func(g_free);
	d->healing = g_ptr_array_new_with_free_func(g_free);
	unsigned class = (unsigned)pick(p, 0, 9);

	d->class = class < 1 ? DRAW_CALM : class < 6 ? DRAW_HONEST : DRAW_HARSH;
	p->nodes = pick(p, 0, 3) == 0 ? 3 : 2;
	if (nodes != 0)
		p->nodes = nodes;
	p->groups = (unsigned)pick(p, 1, 4);
	p->links = (unsigned)pick(p, 1, 2);
	d->keepalive_ms = (int64_t[]){2000, 10000, 30000}[pick(p, 0, 2)];
	/* So many beats that noise alone never silences a node. */
	d->deadtime_ms = d->keepalive_ms * (int64_t)pick(p, 15, 30);
	d->initdead_ms = MAX(2 * d->deadtime_ms, 10000);
	draw_setup(p);
	draw_faults(p);
	draw_healing(p);
}

void
draw_scenario(uint64_t seed, struct draw *out)
{
	draw_scenario_of(seed, 0, out);
}

void
draw_scenario_of(uint64_t seed, unsigned nodes, struct draw *out)
{
	struct pen p = {.d = out};

	draw_with(&p, seed, nodes);
}

void
draw_clear(struct draw *d)
{
	g_ptr_array_unref(d->setup);
	g_ptr_array_unref(d->faults);
	g_ptr_array_unref(d->healing);
}
