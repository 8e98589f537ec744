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

static void
one_cause_is_said_once(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct report r = {.faults = faults, .file = "haresources"};
	struct report other = {.faults = faults, .file = "ha.cf"};

	(void)state;
	for (unsigned i = 1; i <= 220; i++)
		report_hint(&r, 1, "IPaddr2::10.0.0.%u: there is no interface eth9", i);
	report_error(&r, 1, "IPaddr2::10.0.0.1: there is no interface eth9");
	report_hint(&r, 2, "10.0.1.1/24/eth8: there is no interface eth8");
	report_hint(&other, 3, "ucast: there is no interface eth9");
	report_error(&other, 4, "a control character");
	report_error(&other, 5, "ucast: there is no interface eth9");
	report_error(&other, 6, "ucast: there is no interface eth9");
	report_error(&other, 7, "bcast: there is no interface eth9");
	report_error(&other, 9, "a control character");
	report_error(&other, 10, "a control character");
	report_error(&other, 11, "a control character");
	report_error(&other, 11, "a control character");
	report_error(&other, 12, "a control character");
	faults_fold(faults);
	g_autofree char *all = fixture_text(faults);
	assert_string_equal(all,
	    "haresources:1: hint: IPaddr2::10.0.0.1, IPaddr2::10.0.0.2, IPaddr2::10.0.0.3 and "
	    "217 more: there is no interface eth9\n"
	    "haresources:1: error: IPaddr2::10.0.0.1: there is no interface eth9\n"
	    "haresources:2: hint: 10.0.1.1/24/eth8: there is no interface eth8\n"
	    "ha.cf:3: hint: ucast: there is no interface eth9\n"
	    "ha.cf:4: error: a control character (lines 4, 9, 10 and 2 more)\n"
	    "ha.cf:5: error: ucast, bcast: there is no interface eth9 (lines 5, 6, 7)\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(faults_say_file_line_and_level),
	    cmocka_unit_test(what_was_read_cannot_disturb_the_terminal),
	    cmocka_unit_test(one_cause_is_said_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
