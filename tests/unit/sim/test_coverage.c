/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/coverage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
test_lines_of_the_trace_are_read(void **state)
{
	static const struct {
		const char *line;
		bool good;
		const char *host, *group;
		enum claim_state from, to;
	} cases[] = {
	    {"[   0.003] alpha: group web: starting -> running (it: is -> so)", true, "alpha", "web",
		CLAIM_STARTING, CLAIM_RUNNING},
	    {"[12345.003] beta: group IPaddr::10.0.0.9: running -> offered (hb_standby [all])", true,
		"beta", "IPaddr::10.0.0.9", CLAIM_RUNNING, CLAIM_OFFER},
	    {"[   0.003] alpha: group web: starting -> asleep (never)", false, NULL, NULL, 0, 0},
	    {"[   0.003] alpha: group web: ours alone again, addresses are announced", false, NULL,
		NULL, 0, 0},
	    {"[   0.003] alpha: node beta: is dead (active -> dead: silent)", false, NULL, NULL, 0, 0},
	    {"-- boot all", false, NULL, NULL, 0, 0},
	    {"", false, NULL, NULL, 0, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct transition t;

		assert_int_equal(transition_read(cases[i].line, &t), cases[i].good);
		if (!cases[i].good)
			continue;
		assert_string_equal(t.host, cases[i].host);
		assert_string_equal(t.group, cases[i].group);
		assert_int_equal(t.from, cases[i].from);
		assert_int_equal(t.to, cases[i].to);
	}
}

static void
test_what_was_not_seen_is_named(void **state)
{
	struct coverage c = {0};
	unsigned seen, possible, states, states_possible;

	(void)state;
	coverage_count(&c, &seen, &possible, &states, &states_possible);
	assert_int_equal(seen, 0);
	assert_int_equal(states, 1);
	assert_int_equal(states_possible, CLAIM_STATE_COUNT);
	for (unsigned from = 0; from < CLAIM_STATE_COUNT; from++) {
		for (unsigned to = 0; to < CLAIM_STATE_COUNT; to++) {
			const struct transition t = {.from = from, .to = to};

			if (coverage_is_possible(from, to) &&
			    !(from == CLAIM_BROKEN && to == CLAIM_GIVING))
				coverage_note(&c, &t);
		}
	}
	coverage_count(&c, &seen, &possible, &states, &states_possible);
	assert_int_equal(seen, possible - 1);
	assert_int_equal(states, states_possible);
	g_autofree char *unseen = coverage_unseen(&c);
	assert_string_equal(unseen, "broken -> stopping");
	assert_false(coverage_is_possible(CLAIM_IDLE, CLAIM_OFFER));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_lines_of_the_trace_are_read),
	    cmocka_unit_test(test_what_was_not_seen_is_named),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
