/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/verdict.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void
test_the_first_violation_counts(void **state)
{
	struct verdict v = {0};

	(void)state;
	assert_int_equal(v.rule, RULE_NONE);
	verdict_blame(&v, RULE_TWO, "%s runs %u times", "web", 2u);
	verdict_blame(&v, RULE_END, "and is gone");
	assert_int_equal(v.rule, RULE_TWO);
	assert_string_equal(v.violation, "web runs 2 times");
	verdict_clear(&v);
	assert_int_equal(v.rule, RULE_NONE);
	assert_null(v.violation);
}

static void
test_rules_have_names(void **state)
{
	(void)state;
	for (unsigned i = 0; i < RULE_COUNT; i++)
		assert_true(rule_name(i)[0] != '\0');
	assert_string_equal(rule_name(RULE_STUCK), "stuck");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_first_violation_counts),
	    cmocka_unit_test(test_rules_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
