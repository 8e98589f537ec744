/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/monotime.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void
test_spans(void **state)
{
	(void)state;
	assert_int_equal(span_from_ms(1500).ns, INT64_C(1500000000));
	assert_int_equal(span_ms((struct span){1999999}), 1);
	assert_int_equal(span_ms((struct span){-1999999}), -1);
	assert_true(span_seconds(span_from_ms(1500)) == 1.5);
	assert_int_equal(span_ms(span_add(span_from_ms(2), span_from_ms(3))), 5);
	assert_true(span_exceeds(span_from_ms(3), span_from_ms(2)));
	assert_false(span_exceeds(span_from_ms(2), span_from_ms(2)));
}

static void
test_moments(void **state)
{
	struct moment one = {1000000};
	struct moment two = {2000000};

	(void)state;
	assert_int_equal(moment_add(one, span_from_ms(1)).ns, two.ns);
	assert_int_equal(span_ms(moment_since(two, one)), 1);
	assert_int_equal(span_ms(moment_since(one, two)), -1);
	assert_true(moment_before(one, two));
	assert_false(moment_before(one, one));
	assert_true(moment_reached(one, one));
	assert_false(moment_reached(one, two));
	assert_int_equal(moment_min(one, two).ns, one.ns);
	assert_int_equal(moment_min(two, one).ns, one.ns);
	assert_int_equal(moment_max(one, two).ns, two.ns);
	assert_int_equal(moment_max(two, one).ns, two.ns);
}

static void
test_never(void **state)
{
	struct moment now = {INT64_MAX - 1};

	(void)state;
	assert_true(moment_is_never(MOMENT_NEVER));
	assert_true(moment_is_never(moment_add(MOMENT_NEVER, span_from_ms(1000))));
	assert_false(moment_is_never(now));
	assert_false(moment_reached(now, MOMENT_NEVER));
	assert_int_equal(moment_min(MOMENT_NEVER, now).ns, now.ns);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_spans),
	    cmocka_unit_test(test_moments),
	    cmocka_unit_test(test_never),
	};

	return cmocka_run_group_tests_name("base/monotime", tests, NULL, NULL);
}
