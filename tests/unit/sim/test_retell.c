/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/retell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

#include "sim/scenario.h"

static void
ignore_line(void *arg, const char *line)
{
	(void)arg;
	(void)line;
}

static void
tell(struct scenario *s, const char *statements)
{
	g_autofree char *wrong = scenario_do(s, statements);

	if (wrong != NULL)
		fail_msg("%s", wrong);
}

/* Two nodes live long enough for their records to be overwritten; one engine dies meanwhile. */
static void
test_told_again(void **state)
{
	struct scenario *s = scenario_new(1, TRACE_CRITICAL, ignore_line, NULL);
	struct retell r;

	(void)state;
	retell_init(&r);
	const struct world_recording recording = retell_recording(&r, 96 * 1024, 7);

	scenario_record(s, &recording);
	tell(s, "nodes alpha beta; group alpha IPaddr::10.0.0.9; boot alpha; boot beta; run 3000s");
	tell(s, "kill-engine alpha; run 3000s");
	scenario_free(s);
	assert_string_equal(r.wrong->str, "");
	assert_int_equal(r.records, 2);
	assert_int_equal(r.rolled, 2);
	assert_true(r.events > 2000);
	retell_clear(&r);
}

/* It blames: records that are none, and twins that say so. */
static void
test_it_can_fail(void **state)
{
	struct retell r;

	(void)state;
	retell_init(&r);
	const struct world_recording recording = retell_recording(&r, 0, 1);

	recording.done(recording.arg, 0, "garbage", 7);
	assert_non_null(strstr(r.wrong->str, "host 0: its record: this is no flight record"));
	recording.differs(recording.arg, 1, "in a way");
	assert_non_null(strstr(r.wrong->str, "host 1: in a way"));
	retell_clear(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_told_again),
	    cmocka_unit_test(test_it_can_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
