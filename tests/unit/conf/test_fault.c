/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/fault.h"

#include "fixture.h"

static void
faults_say_file_line_and_level(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct report r = {.faults = faults, .file = "ha.cf"};

	(void)state;
	report_error(&r, 12, "wrong: %d", 7);
	report_hint(&r, 0, "as a whole");
	g_autofree char *all = fixture_text(faults);
	assert_string_equal(all, "ha.cf:12: error: wrong: 7\nha.cf: hint: as a whole\n");
}

static void
what_was_read_cannot_disturb_the_terminal(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct report r = {.faults = faults, .file = "ha.cf"};

	(void)state;
	report_error(&r, 1, "unknown '%s'", "\033[2Jx\n");
	g_autofree char *all = fixture_text(faults);
	assert_string_equal(all, "ha.cf:1: error: unknown '\\x1b[2Jx\\x0a'\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(faults_say_file_line_and_level),
	    cmocka_unit_test(what_was_read_cannot_disturb_the_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
