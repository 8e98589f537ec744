/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/race.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/text.h"
#include "sim/scenario.h"

static void
ignore_line(void *arg, const char *line)
{
	(void)arg;
	(void)line;
}

/* Whatever the size of the cluster, each statement is one. */
static void
test_races_can_be_played(void **state)
{
	static const char *const nodes[] = {"alpha", "beta", "gamma"};
	static const bool scripts[][2] = {{false, false}, {true, false}, {true, true}};
	unsigned statements = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 200; seed++) {
		struct race_field field = {
		    .nodes = nodes,
		    .node_count = 2 + seed % 2,
		    .group_count = 2,
		    .keepalive_ms = 1000,
		    .deadtime_ms = 20000 + 1000 * (int64_t)(seed % 40),
		    .initdead_ms = 60000,
		    .has_script = scripts[seed % 3],
		};
		g_autoptr(GPtrArray) faults = g_ptr_array_new_with_free_func(g_free);
		struct scenario *s = scenario_new(seed, TRACE_CRITICAL, ignore_line, NULL);
		struct prng prng;

		assert_null(scenario_do(s, field.node_count == 2 ? "nodes alpha beta"
								 : "nodes alpha beta gamma"));
		assert_null(scenario_do(s, "group alpha svc1; group beta svc2; boot all"));
		prng_seed(&prng, seed);
		race_draw(&prng, &field, faults);
		for (unsigned i = 0; i < faults->len; i++) {
			const char *fault = g_ptr_array_index(faults, i);
			struct span length;

			statements++;
			if (g_str_has_prefix(fault, "run "))
				assert_true(text_to_span(fault + 4, &length));
			else
				assert_null(scenario_do(s, fault));
		}
		scenario_free(s);
	}
	assert_true(statements > 1000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_races_can_be_played),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
