/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/prng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <cmocka.h>
#include <glib.h>

/* The published numbers of splitmix64. */
static void
test_reference(void **state)
{
	static const uint64_t from_zero[] = {UINT64_C(0xe220a8397b1dcdaf),
	    UINT64_C(0x6e789e6aa1b965f4), UINT64_C(0x06c45d188009454f)};
	static const uint64_t from_1234567[] = {UINT64_C(6457827717110365317),
	    UINT64_C(3203168211198807973), UINT64_C(9817491932198370423),
	    UINT64_C(4593380528125082431), UINT64_C(16408922859458223821)};
	struct prng p;

	(void)state;
	prng_seed(&p, 0);
	for (size_t i = 0; i < G_N_ELEMENTS(from_zero); i++)
		assert_true(prng_next(&p) == from_zero[i]);
	prng_seed(&p, 1234567);
	for (size_t i = 0; i < G_N_ELEMENTS(from_1234567); i++)
		assert_true(prng_next(&p) == from_1234567[i]);
}

static void
test_between(void **state)
{
	bool seen[10] = {false};
	struct prng p;

	(void)state;
	prng_seed(&p, 42);
	for (int i = 0; i < 1000; i++) {
		uint64_t n = prng_between(&p, 50, 59);

		assert_in_range(n, 50, 59);
		seen[n - 50] = true;
	}
	for (size_t i = 0; i < G_N_ELEMENTS(seen); i++)
		assert_true(seen[i]);
}

static void
test_between_edges(void **state)
{
	struct prng p, q;

	(void)state;
	prng_seed(&p, 7);
	assert_true(prng_between(&p, 3, 3) == 3);
	assert_true(prng_between(&p, UINT64_MAX, UINT64_MAX) == UINT64_MAX);
	/* The whole range has no width that fits: every number is right. */
	q = p;
	assert_true(prng_between(&p, 0, UINT64_MAX) == prng_next(&q));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_reference),
	    cmocka_unit_test(test_between),
	    cmocka_unit_test(test_between_edges),
	};

	return cmocka_run_group_tests_name("base/prng", tests, NULL, NULL);
}
