/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/draw.h"

#include <assert.h>
#include <stdbool.h>

#include "base/prng.h"

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
	int64_t keepalive_ms;
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

static void
put(GPtrArray *list, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void
put(GPtrArray *list, const char *format, ...)
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
	static const char *const failback[] = {"on", "off", "on", "legacy"};
	GPtrArray *s = p->d->setup;
	int64_t keepalive = p->keepalive_ms;

	put(s, "nodes alpha beta%s", p->nodes > 2 ? " gamma" : "");
	put(s, "conf keepalive %lldms", (long long)keepalive);
	put(s, "conf deadtime %lldms", (long long)p->d->deadtime_ms);
	put(s, "conf initdead %lldms", (long long)MAX(2 * p->d->deadtime_ms, 10000));
	put(s, "conf resource_timeout 1min");
	put(s, "conf auto_failback %s", failback[pick(p, 0, 3)]);
	for (unsigned i = 0; i < p->links; i++)
		put(s, "conf ucast eth%u 10.0.%u.1", i, i);
	for (unsigned g = 0; g < p->groups; g++) {
		p->has_script[g] = pick(p, 0, 2) > 0;
		if (p->has_script[g])
			put(s, "group %s IPaddr::10.0.0.%u svc%u", any_node(p), 100 + g, g + 1);
		else
			put(s, "group %s IPaddr::10.0.0.%u", any_node(p), 100 + g);
	}
	put(s, "boot all");
	put(s, "run %lldms", (long long)(p->d->deadtime_ms + 5000));
}

static void
draw_noise(struct pen *p)
{
	GPtrArray *f = p->d->faults;

	switch (pick(p, 0, 3)) {
	case 0:
		put(f, "loss %u", (unsigned)pick(p, 0, p->d->class == DRAW_HARSH ? 60 : 15));
		break;
	case 1:
		put(f, "duplicate %u", (unsigned)pick(p, 0, 30));
		break;
	case 2:
		put(f, "delay 1ms %lldms", (long long)pick(p, 1, (uint64_t)p->keepalive_ms));
		break;
	default:
		put(f, "inject %s garbage", any_node(p));
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
		put(f, "script %s svc%u %s exit %u", node, g + 1, op, (unsigned)pick(p, 1, 5));
		break;
	case 1:
		put(f, "script %s svc%u %s hangs", node, g + 1, op);
		break;
	case 2:
		put(f, "script %s svc%u %s missing", node, g + 1, op);
		break;
	case 3:
		put(f, "script %s svc%u %s ok takes %us", node, g + 1, op, (unsigned)pick(p, 1, 50));
		break;
	default:
		put(f, "script %s svc%u %s ok", node, g + 1, op);
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
		put(f, "power-off %s", node);
		break;
	case 1:
		put(f, "stop %s", node);
		break;
	case 2:
	case 3:
		put(f, "boot %s", node);
		break;
	case 4:
		put(f, "kill-engine %s", node);
		break;
	case 5:
		put(f, "ask %s standby %s", node, sets[pick(p, 0, 3)]);
		break;
	case 6:
		put(f, "ask %s takeover %s", node, sets[pick(p, 0, 3)]);
		break;
	default:
		put(f, "pause %s %lldms", node, (long long)pick(p, 1, (uint64_t)p->d->deadtime_ms / 3));
	}
}

static void
draw_harsh(struct pen *p)
{
	const char *a, *b;
	GPtrArray *f = p->d->faults;

	two_nodes(p, &a, &b);
	switch (pick(p, 0, 7)) {
	case 0:
	case 1:
		put(f, "cut %s %s", a, b);
		break;
	case 2:
		put(f, "cut-from %s %s", a, b);
		break;
	case 3:
		put(f, "cut %s %s eth%u", a, b, (unsigned)pick(p, 0, p->links - 1));
		break;
	case 4:
		put(f, "mend %s %s", a, b);
		break;
	case 5:
		put(f, "pause %s %lldms", a, (long long)pick(p, 1, 4 * (uint64_t)p->d->deadtime_ms));
		break;
	case 6:
		put(f, "kill-daemons %s", a);
		break;
	default:
		put(f, "kill-master %s", a);
	}
}

static void
draw_faults(struct pen *p)
{
	unsigned count = (unsigned)pick(p, 1, FAULTS_MAX);

	for (unsigned i = 0; i < count; i++) {
		unsigned kind = (unsigned)pick(p, 0, 3);

		if (p->d->class == DRAW_CALM || kind == 0)
			draw_noise(p);
		else if (p->d->class == DRAW_HARSH && kind == 1)
			draw_harsh(p);
		else if (kind == 2)
			draw_script(p);
		else
			draw_machine(p);
		/* Mostly short, so that faults meet; sometimes so long that all comes to rest. */
		uint64_t most = pick(p, 0, 4) == 0 ? 600000 : 2 * (uint64_t)p->d->deadtime_ms;
		put(p->d->faults, "run %llums", (unsigned long long)pick(p, 1, most));
	}
}

static void
draw_healing(struct pen *p)
{
	static const char *const ops[] = {"start", "stop", "status"};
	GPtrArray *h = p->d->healing;

	put(h, "loss 0");
	put(h, "duplicate 0");
	put(h, "delay 1ms 1ms");
	for (unsigned i = 0; i < p->nodes; i++) {
		for (unsigned k = i + 1; k < p->nodes; k++)
			put(h, "mend %s %s", node_names[i], node_names[k]);
		for (unsigned g = 0; g < p->groups; g++) {
			for (unsigned o = 0; o < G_N_ELEMENTS(ops); o++)
				put(h, "script %s svc%u %s ok", node_names[i], g + 1, ops[o]);
		}
	}
	/* A machine whose daemon is dead is a fault, too: nobody can tell what still runs there. */
	put(h, "boot all");
	put(h, "run %lldms", (long long)(2 * p->d->deadtime_ms + 120000));
	/* What hangs is over after two timeouts; a node that is leaving has then left. */
	put(h, "run 1h");
	put(h, "boot all");
	put(h, "run 1h");
	for (unsigned i = 0; i < p->nodes; i++)
		put(h, "ask %s retry", node_names[i]);
	put(h, "run 10min");
}

void
draw_scenario(uint64_t seed, struct draw *out)
{
	struct pen p = {.d = out};

	prng_seed(&p.prng, seed);
	out->setup = g_ptr_array_new_with_free_func(g_free);
	out->faults = g_ptr_array_new_with_free_func(g_free);
	out->healing = g_ptr_array_new_with_free_func(g_free);
	unsigned class = (unsigned)pick(&p, 0, 9);

	out->class = class < 2 ? DRAW_CALM : class < 6 ? DRAW_HONEST : DRAW_HARSH;
	p.nodes = pick(&p, 0, 3) == 0 ? 3 : 2;
	p.groups = (unsigned)pick(&p, 1, 4);
	p.links = (unsigned)pick(&p, 1, 2);
	p.keepalive_ms = (int64_t[]){2000, 10000, 30000}[pick(&p, 0, 2)];
	/* So many beats that noise alone never silences a node. */
	out->deadtime_ms = p.keepalive_ms * (int64_t)pick(&p, 15, 30);
	draw_setup(&p);
	draw_faults(&p);
	draw_healing(&p);
}

void
draw_clear(struct draw *d)
{
	g_ptr_array_unref(d->setup);
	g_ptr_array_unref(d->faults);
	g_ptr_array_unref(d->healing);
}
