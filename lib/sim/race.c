/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/race.h"

#include <stdbool.h>

struct racer {
	struct prng *prng;
	const struct race_field *field;
	GPtrArray *faults;
};

static void
put(const struct racer *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void
put(const struct racer *r, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	g_ptr_array_add(r->faults, g_strdup_vprintf(format, args));
	va_end(args);
}

static int64_t
pick(const struct racer *r, int64_t low, int64_t high)
{
	return low + (int64_t)prng_between(r->prng, 0, (uint64_t)(MAX(high, low) - low));
}

static void
wait_for(const struct racer *r, int64_t low_ms, int64_t high_ms)
{
	put(r, "run %lldms", (long long)pick(r, MAX(low_ms, 1), MAX(high_ms, 1)));
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

	put(r, "delay 1ms %lldms", (long long)(int64_t[]){20, keepalive / 4, keepalive}[pick(r, 0, 2)]);
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
	put(r, "run %lldms", (long long)(r->field->deadtime_ms + 4 * r->field->keepalive_ms));
}

/* A node returns at the moment at which it is given up. */
static void
return_at_deadtime(const struct racer *r)
{
	const char *a, *b;

	two(r, &a, &b);
	/* Its first word must still be on its way when the verdict falls. */
	put(r, "delay 1ms %lldms", (long long)r->field->keepalive_ms);
	put(r, "power-off %s", a);
	wait_for(r, r->field->deadtime_ms - 3 * r->field->keepalive_ms / 2,
	    r->field->deadtime_ms + r->field->keepalive_ms / 2);
	put(r, "boot %s", a);
}

/* A node comes when the other has just stopped waiting for it. */
static void
come_at_initdead(const struct racer *r)
{
	const char *a, *b;

	two(r, &a, &b);
	slow_network(r);
	put(r, "power-off %s", a);
	put(r, "power-off %s", b);
	gap(r);
	put(r, "boot %s", a);
	wait_for(r, r->field->initdead_ms - 3 * r->field->keepalive_ms,
	    r->field->initdead_ms + 2 * r->field->keepalive_ms);
	put(r, "boot %s", b);
}

static void
double_power_cut(const struct racer *r)
{
	const char *a, *b;

	two(r, &a, &b);
	slow_network(r);
	put(r, "power-off %s", a);
	gap(r);
	put(r, "power-off %s", b);
	gap(r);
	put(r, "boot %s", pick(r, 0, 1) == 0 ? a : b);
	gap(r);
	put(r, "boot all");
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
	put(r, "loss 0");
	put(r, "delay 1ms 1ms");
	put(r, "boot all");
	settle(r);
	for (unsigned i = 0; i < r->field->node_count; i++)
		put(r, "script %s svc%d start exit 1", r->field->nodes[i], svc);
	/* Each has its turn, and fails. */
	put(r, "ask alpha takeover all");
	put(r, "run 5s");
	put(r, "ask beta takeover all");
	put(r, "run 5s");
	put(r, "power-off alpha");
	settle(r);
	put(r, "boot alpha");
	put(r, "run 10s");
	for (unsigned i = 0; i < r->field->node_count; i++)
		put(r, "script %s svc%d start ok", r->field->nodes[i], svc);
	slow_network(r);
	for (unsigned i = 0; i < r->field->node_count; i++) {
		put(r, "ask %s retry", r->field->nodes[(first + i) % r->field->node_count]);
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
		put(r, "kill-engine %s", node);
		break;
	case 2:
		put(r, "power-off %s", node);
		break;
	case 3:
		put(r, "stop %s", node);
		break;
	case 4:
		put(r, "ask %s standby %s", node, set(r));
		break;
	default:
		put(r, "ask %s takeover %s", node, set(r));
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
		put(r, "script %s %s %s ok takes %us", r->field->nodes[i], resource, op, seconds);
	switch (pick(r, 0, 4)) {
	case 0:
		put(r, "ask %s standby %s", a, set(r));
		break;
	case 1:
		put(r, "ask %s takeover %s", b, set(r));
		break;
	case 2:
		put(r, "stop %s", a);
		break;
	case 3:
		put(r, "power-off %s", b);
		gap(r);
		put(r, "boot %s", b);
		break;
	default:
		put(r, "power-off %s", b);
		settle(r);
	}
	wait_for(r, 1, 1000 * (int64_t)seconds);
	strike(r, a);
	gap(r);
	if (pick(r, 0, 1) == 0)
		strike(r, b);
	wait_for(r, 1, 30000);
	for (unsigned i = 0; i < r->field->node_count; i++)
		put(r, "script %s %s %s ok", r->field->nodes[i], resource, op);
}

/* A part is stopped, the rest cannot be, and the engine dies while nothing is under way. */
static void
die_between_attempts(const struct racer *r)
{
	unsigned address = 100 + (unsigned)pick(r, 0, r->field->group_count - 1);
	const char *a, *b;

	two(r, &a, &b);
	put(r, "script %s IPaddr::10.0.0.%u stop exit 1", a, address);
	put(r, pick(r, 0, 1) == 0 ? "ask %s standby all" : "stop %s", a);
	wait_for(r, 100, 10000);
	put(r, "kill-engine %s", a);
	gap(r);
	put(r, "script %s IPaddr::10.0.0.%u stop ok", a, address);
}

/* An offer that its target cannot take up in time. */
static void
offer_to_the_absent(const struct racer *r)
{
	const char *a, *b;

	two(r, &a, &b);
	settle(r);
	if (r->field->deadtime_ms / 3 > 12000 && pick(r, 0, 2) == 0)
		put(r, "pause %s %lldms", b, (long long)pick(r, 11000, r->field->deadtime_ms / 3));
	else
		put(r, "power-off %s", b);
	/* Some targets die while it waits. */
	if (pick(r, 0, 1) == 0)
		wait_for(r, r->field->deadtime_ms - r->field->keepalive_ms - 10000,
		    r->field->deadtime_ms);
	else
		gap(r);
	put(r, "ask %s standby %s", a, set(r));
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
