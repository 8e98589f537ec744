/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "init.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

/* What process 1 does is tried in tests/system/43-container.sh; here we are not number 1. */
static void
test_any_other_process(void **state)
{
	const pid_t before = getpid();

	(void)state;
	assert_int_equal(init_begin("title"), 0);
	assert_int_equal(getpid(), before);
	assert_false(init_is_parent());
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_any_other_process),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
