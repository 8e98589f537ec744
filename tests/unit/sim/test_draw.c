/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/draw.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

#include "sim/scenario.h"

static void
ignore_line(void *arg, const char *line)
{
	(void)arg;
	(void)line;
}

static bool
same(const GPtrArray *a, const GPtrArray *b)
{
	if (a->len != b->len)
		return false;
	for (unsigned i = 0; i < a->len; i++) {
		if (strcmp(g_ptr_array_index(a, i), g_ptr_array_index(b, i)) != 0)
			return false;
	}
	return true;
}

static void
test_equal_seeds_draw_equal_scenarios(void **state)
{
	unsigned different = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 50; seed++) {
		struct draw a, b, next;

		draw_scenario(seed, &a);
		draw_scenario(seed, &b);
		draw_scenario(seed + 1, &next);
		assert_true(same(a.setup, b.setup) && same(a.faults, b.faults) &&
		    same(a.healing, b.healing));
		different += same(a.faults, next.faults) ? 0 : 1;
		draw_clear(&a);
		draw_clear(&b);
		draw_clear(&next);
	}
	assert_true(different > 45);
}

/* Every statement is one: the cluster is made, and each fault is carried out. */
static void
test_what_is_drawn_can_be_played(void **state)
{
	unsigned classes[DRAW_CLASS_COUNT] = {0};

	(void)state;
	for (uint64_t seed = 0; seed < 60; seed++) {
		struct scenario *s = scenario_new(seed, TRACE_CRITICAL, ignore_line, NULL);
		struct draw d;

		draw_scenario(seed, &d);
		classes[d.class]++;
		assert_true(d.faults->len >= 1);
		for (unsigned i = 0; i < d.setup->len; i++)
			assert_null(scenario_do(s, g_ptr_array_index(d.setup, i)));
		for (unsigned i = 0; i < d.faults->len; i++) {
			const char *fault = g_ptr_array_index(d.faults, i);

			assert_null(scenario_do(s, g_str_has_prefix(fault, "run ") ? "run 1s" : fault));
		}
		draw_clear(&d);
		scenario_free(s);
	}
	for (unsigned i = 0; i < DRAW_CLASS_COUNT; i++)
		assert_true(classes[i] > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_equal_seeds_draw_equal_scenarios),
	    cmocka_unit_test(test_what_is_drawn_can_be_played),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
