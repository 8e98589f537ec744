/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/race.h"

#include <stdbool.h>

#include "sim/draw.h"

struct racer {
	struct prng *prng;
	const struct race_field *field;
	GPtrArray *faults;
};

static int64_t
pick(const struct racer *r, int64_t low, int64_t high)
{
	return low + (int64_t)prng_between(r->prng, 0, (uint64_t)(MAX(high, low) - low));
}

static void
wait_for(const struct racer *r, int64_t low_ms, int64_t high_ms)
{
	draw_put(r->faults, "run %lldms", (long long)pick(r, MAX(low_ms, 1), MAX(high_ms, 1)));
}

/* So short that what was said before is still on its way. */
static void
gap(const struct racer *r)
{
	static const unsigned char parts[] = {0, 1, 4, 8, 16};

	wait_for(r, 1, r->field->keepalive_ms * parts[pick(r, 0, 4)] / 8);
}

static void
slow_network(const struct racer *r)
{
	int64_t keepalive = r->field->keepalive_ms;

	draw_put(r->faults, "delay 1ms %lldms", (long long)(int64_t[]){20, keepalive / 4, keepalive}[pick(r, 0, 2)]);
}

static void
two(const struct racer *r, const char **a, const char **b)
{
	unsigned i = (unsigned)pick(r, 0, r->field->node_count - 1);
	unsigned k = (unsigned)pick(r, 1, r->field->node_count - 1);

	*a = r->field->nodes[i];
	*b = r->field->nodes[(i + k) % r->field->node_count];
}

static const char *
set(const struct racer *r)
{
	return (const char *[]){"all", "all", "local", "foreign"}[pick(r, 0, 3)];
}

/* Until what was drawn before has come to rest: nodes that were cut off are dead by then. */
static void
settle(const struct racer *r)
{
	draw_put(r->faults, "run %lldms", (long long)(r->field->deadtime_ms + 4 * r->field->keepalive_ms));
}

/* A node returns at the moment at which it is given up. */
static void
return_at_deadtime(const struct racer *r)
{
	const char *a, *b;

	two(r, &a, &b);
	/* Its first word must still be on its way when the verdict falls. */
	draw_put(r->faults, "delay 1ms %lldms", (long long)r->field->keepalive_ms);
	draw_put(r->faults, "power-off %s", a);
	wait_for(r, r->field->deadtime_ms - 3 * r->field->keepalive_ms / 2,
	    r->field->deadtime_ms + r->field->keepalive_ms / 2);
	draw_put(r->faults, "boot %s", a);
}

/* A node comes when the other has just stopped waiting for it. */
static void
come_at_initdead(const struct racer *r)
{
	const char *a, *b;

	two(r, &a, &b);
	slow_network(r);
	draw_put(r->faults, "power-off %s", a);
	draw_put(r->faults, "power-off %s", b);
	gap(r);
	draw_put(r->faults, "boot %s", a);
	wait_for(r, r->field->initdead_ms - 3 * r->field->keepalive_ms,
	    r->field->initdead_ms + 2 * r->field->keepalive_ms);
	draw_put(r->faults, "boot %s", b);
}

static void
double_power_cut(const struct racer *r)
{
	const char *a, *b;

	two(r, &a, &b);
	slow_network(r);
	draw_put(r->faults, "power-off %s", a);
	gap(r);
	draw_put(r->faults, "power-off %s", b);
	gap(r);
	draw_put(r->faults, "boot %s", pick(r, 0, 1) == 0 ? a : b);
	gap(r);
	draw_put(r->faults, "boot all");
}

static int
any_script(const struct racer *r)
{
	unsigned first = (unsigned)pick(r, 0, r->field->group_count - 1);

	for (unsigned i = 0; i < r->field->group_count; i++) {
		unsigned g = (first + i) % r->field->group_count;

		if (r->field->has_script[g])
			return (int)g + 1;
	}
	return -1;
}

/* It failed everywhere, was repaired, and all are told at once to try again. */
static void
retry_together(const struct racer *r)
{
	int svc = any_script(r);
	unsigned first = (unsigned)pick(r, 0, r->field->node_count - 1);

	if (svc < 0)
		return;
	draw_put(r->faults, "loss 0");
	draw_put(r->faults, "delay 1ms 1ms");
	draw_put(r->faults, "boot all");
	settle(r);
	for (unsigned i = 0; i < r->field->node_count; i++)
		draw_put(r->faults, "script %s svc%d start exit 1", r->field->nodes[i], svc);
	/* Each has its turn, and fails. */
	draw_put(r->faults, "ask alpha takeover all");
	draw_put(r->faults, "run 5s");
	draw_put(r->faults, "ask beta takeover all");
	draw_put(r->faults, "run 5s");
	draw_put(r->faults, "power-off alpha");
	settle(r);
	draw_put(r->faults, "boot alpha");
	draw_put(r->faults, "run 10s");
	for (unsigned i = 0; i < r->field->node_count; i++)
		draw_put(r->faults, "script %s svc%d start ok", r->field->nodes[i], svc);
	slow_network(r);
	for (unsigned i = 0; i < r->field->node_count; i++) {
		draw_put(r->faults, "ask %s retry", r->field->nodes[(first + i) % r->field->node_count]);
		if (pick(r, 0, 2) > 0)
			gap(r);
	}
}

static void
strike(const struct racer *r, const char *node)
{
	switch (pick(r, 0, 5)) {
	case 0:
	case 1:
		draw_put(r->faults, "kill-engine %s", node);
		break;
	case 2:
		draw_put(r->faults, "power-off %s", node);
		break;
	case 3:
		draw_put(r->faults, "stop %s", node);
		break;
	case 4:
		draw_put(r->faults, "ask %s standby %s", node, set(r));
		break;
	default:
		draw_put(r->faults, "ask %s takeover %s", node, set(r));
	}
}

/* Something breaks off in the middle of a start or a stop. */
static void
strike_in_the_middle(const struct racer *r)
{
	static const char *const ops[] = {"start", "stop", "start", "stop", "status"};
	const char *a, *b, *op = ops[pick(r, 0, 4)];
	unsigned g = (unsigned)pick(r, 0, r->field->group_count - 1);
	unsigned seconds = (unsigned)pick(r, 2, 15);
	g_autofree char *resource = r->field->has_script[g] && pick(r, 0, 2) > 0
	    ? g_strdup_printf("svc%u", g + 1)
	    : g_strdup_printf("IPaddr::10.0.0.%u", 100 + g);

	two(r, &a, &b);
	slow_network(r);
	for (unsigned i = 0; i < r->field->node_count; i++)
		draw_put(r->faults, "script %s %s %s ok takes %us", r->field->nodes[i], resource, op, seconds);
	switch (pick(r, 0, 4)) {
	case 0:
		draw_put(r->faults, "ask %s standby %s", a, set(r));
		break;
	case 1:
		draw_put(r->faults, "ask %s takeover %s", b, set(r));
		break;
	case 2:
		draw_put(r->faults, "stop %s", a);
		break;
	case 3:
		draw_put(r->faults, "power-off %s", b);
		gap(r);
		draw_put(r->faults, "boot %s", b);
		break;
	default:
		draw_put(r->faults, "power-off %s", b);
		settle(r);
	}
	wait_for(r, 1, 1000 * (int64_t)seconds);
	strike(r, a);
	gap(r);
	if (pick(r, 0, 1) == 0)
		strike(r, b);
	wait_for(r, 1, 30000);
	for (unsigned i = 0; i < r->field->node_count; i++)
		draw_put(r->faults, "script %s %s %s ok", r->field->nodes[i], resource, op);
}

/* A part is stopped, the rest cannot be, and the engine dies while nothing is under way. */
static void
die_between_attempts(const struct racer *r)
{
	unsigned address = 100 + (unsigned)pick(r, 0, r->field->group_count - 1);
	const char *a, *b;

	two(r, &a, &b);
	draw_put(r->faults, "script %s IPaddr::10.0.0.%u stop exit 1", a, address);
	draw_put(r->faults, pick(r, 0, 1) == 0 ? "ask %s standby all" : "stop %s", a);
	wait_for(r, 100, 10000);
	draw_put(r->faults, "kill-engine %s", a);
	gap(r);
	draw_put(r->faults, "script %s IPaddr::10.0.0.%u stop ok", a, address);
}

/* An offer that its target cannot take up in time. */
static void
offer_to_the_absent(const struct racer *r)
{
	const char *a, *b;

	two(r, &a, &b);
	settle(r);
	if (r->field->deadtime_ms / 3 > 12000 && pick(r, 0, 2) == 0)
		draw_put(r->faults, "pause %s %lldms", b, (long long)pick(r, 11000, r->field->deadtime_ms / 3));
	else
		draw_put(r->faults, "power-off %s", b);
	/* Some targets die while it waits. */
	if (pick(r, 0, 1) == 0)
		wait_for(r, r->field->deadtime_ms - r->field->keepalive_ms - 10000,
		    r->field->deadtime_ms);
	else
		gap(r);
	draw_put(r->faults, "ask %s standby %s", a, set(r));
	wait_for(r, 10000, 20000);
}

/* Two administrators. */
static void
ask_together(const struct racer *r)
{
	const char *a, *b;

	two(r, &a, &b);
	slow_network(r);
	strike(r, a);
	gap(r);
	strike(r, b);
	if (pick(r, 0, 1) == 0)
		return;
	gap(r);
	strike(r, a);
}

void
race_draw(struct prng *prng, const struct race_field *field, GPtrArray *faults)
{
	static void (*const races[])(const struct racer *) = {
	    return_at_deadtime,
	    come_at_initdead,
	    double_power_cut,
	    retry_together,
	    strike_in_the_middle,
	    strike_in_the_middle,
	    die_between_attempts,
	    offer_to_the_absent,
	    ask_together,
	};
	const struct racer r = {prng, field, faults};

	races[pick(&r, 0, G_N_ELEMENTS(races) - 1)](&r);
}
