/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "lineage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void
test_parent(void **state)
{
	(void)state;
	assert_int_equal(lineage_parent(getpid()), getppid());
	assert_int_equal(lineage_parent(1), 0);
	assert_int_equal(lineage_parent(INT32_MAX), 0);
}

/* What the child of a child says of us, under a name that is made to mislead. */
static void
test_descent(void **state)
{
	const pid_t us = getpid();
	int status;
	pid_t child = fork();

	(void)state;
	if (child == 0) {
		const pid_t grandchild = fork();

		if (grandchild == 0) {
			prctl(PR_SET_NAME, ") R 1 (", 0, 0, 0);
			_exit(lineage_descends_from(getpid(), us) &&
					lineage_descends_from(getpid(), getppid()) &&
					!lineage_descends_from(us, getpid()) ?
				7 :
				8);
		}
		waitpid(grandchild, &status, 0);
		_exit(WEXITSTATUS(status));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(WEXITSTATUS(status), 7);
	assert_false(lineage_descends_from(us, us));
	assert_false(lineage_descends_from(us, 0));
	assert_false(lineage_descends_from(us, -1));
}

static void
test_no_child_of_the_kernel(void **state)
{
	(void)state;
	assert_false(lineage_of_kernel(getpid()));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_parent),
	    cmocka_unit_test(test_descent),
	    cmocka_unit_test(test_no_child_of_the_kernel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
