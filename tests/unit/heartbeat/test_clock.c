/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#define S 1000000000LL

static void
a_stamp_becomes_a_moment_not_after_now(void **state)
{
	static const struct {
		const char *what;
		int64_t real, stamp, expected;
	} cases[] = {
	    {"none: now", 5000 * S, 0, 4000 * S},
	    {"just now", 5000 * S, 5000 * S, 4000 * S},
	    {"a quarter of a second ago", 5000 * S, 5000 * S - S / 4, 4000 * S - S / 4},
	    {"one nanosecond ago", 5000 * S, 5000 * S - 1, 4000 * S - 1},
	    {"in the future (the clock was set back): now", 5000 * S, 6000 * S, 4000 * S},
	    {"an hour ago", 5000 * S, 1400 * S, 400 * S},
	    {"longer ago (the clock was set forward): an hour", 5000 * S, 1, 400 * S},
	    {"negative: now", 5000 * S, -5, 4000 * S},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct clock_reading c = {.now = {4000 * S}, .real_ns = cases[i].real};
		int64_t got = clock_received(&c, cases[i].stamp).ns;

		if (got != cases[i].expected)
			print_error("%s\n", cases[i].what);
		assert_int_equal(got, cases[i].expected);
	}
}

static void
readings_do_not_go_back(void **state)
{
	struct clock_reading a = clock_read();
	struct clock_reading b = clock_read();

	(void)state;
	assert_false(moment_before(b.now, a.now));
	assert_true(b.real_ns > 1500000000 * S);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_stamp_becomes_a_moment_not_after_now),
	    cmocka_unit_test(readings_do_not_go_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
