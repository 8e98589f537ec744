/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/trace.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <glib.h>

static void
collect(void *arg, enum trace_level level, const char *line)
{
	g_string_append_printf(arg, "%s: %s\n", trace_level_name(level), line);
}

static void
test_lines(void **state)
{
	g_autoptr(GString) story = g_string_new(NULL);
	struct trace t = {collect, story};

	(void)state;
	trace(&t, TRACE_NOTICE, "node %s: %s -> %s", "beta", "up", "dead");
	trace(&t, TRACE_DEBUG, "%d%%", 100);
	assert_string_equal(story->str, "notice: node beta: up -> dead\ndebug: 100%\n");
}

static void
test_nobody_listens(void **state)
{
	struct trace deaf = {NULL, NULL};
	g_autoptr(GString) story = g_string_new(NULL);
	struct trace t = {collect, story};

	(void)state;
	trace(NULL, TRACE_ERROR, "unheard %d", 1);
	trace(&deaf, TRACE_ERROR, "unheard %d", 2);
	trace(&t, TRACE_ERROR, "heard %d", 3);
	assert_string_equal(story->str, "ERROR: heard 3\n");
}

/* The words that scripts grep for. */
static void
test_names(void **state)
{
	static const char *const names[] = {
	    "CRIT", "ERROR", "WARN", "notice", "info", "debug"};

	(void)state;
	assert_int_equal(G_N_ELEMENTS(names), TRACE_LEVEL_COUNT);
	for (int i = 0; i < TRACE_LEVEL_COUNT; i++)
		assert_string_equal(trace_level_name((enum trace_level)i), names[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_lines),
	    cmocka_unit_test(test_nobody_listens),
	    cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests_name("base/trace", tests, NULL, NULL);
}
