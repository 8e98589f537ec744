/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "verdict.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "conf/conf.h"
#include "files.h"
#include "scratch.h"

static void
test_answers(void **state)
{
	g_autofree char *path = g_build_filename(*state, "reload", NULL);
	g_autoptr(GPtrArray) faults = conf_faults_new();
	g_autofree char *none = NULL, *reasons = NULL;
	bool good = false;

	assert_false(verdict_look(path, &good, &none));
	assert_int_equal(verdict_give(path, true, faults), 0);
	assert_true(verdict_look(path, &good, &none));
	assert_true(good);
	assert_string_equal(none, "");

	files_fault(faults, "ha.cf", 3, true, "no such thing");
	assert_int_equal(verdict_give(path, false, faults), 0);
	assert_true(verdict_look(path, &good, &reasons));
	assert_false(good);
	assert_non_null(strstr(reasons, "ha.cf:3"));
	assert_non_null(strstr(reasons, "no such thing\n"));

	verdict_forget(path);
	assert_false(verdict_look(path, &good, &none));
}

static void
test_no_answer(void **state)
{
	g_autofree char *path = scratch_file(state, "reload", "something else\n");
	g_autofree char *nowhere = g_build_filename(*state, "absent", "reload", NULL);
	g_autoptr(GPtrArray) faults = conf_faults_new();
	char *reasons;
	bool good;

	assert_false(verdict_look(path, &good, &reasons));
	assert_true(verdict_give(nowhere, true, faults) < 0);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, scratch_new, scratch_free)
	const struct CMUnitTest tests[] = {
	    CASE(test_answers),
	    CASE(test_no_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
