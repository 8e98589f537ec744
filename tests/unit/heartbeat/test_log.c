/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

static void
test_formats(void **state)
{
	g_autofree char *first = NULL, *second = NULL;

	(void)state;
	setenv("TZ", "UTC", 1);
	tzset();
	first = log_format(true, 1795314938, "node1", 21, TRACE_INFO, "text");
	assert_string_equal(first, "Nov 22 02:35:38 node1 heartbeat: [21]: info: text\n");
	second = log_format(false, 1795314938, "node1", 21, TRACE_CRITICAL, "text");
	assert_string_equal(second, "heartbeat[21]: 2026/11/22_02:35:38 CRIT: text\n");
}

/* How often does needle stand in the file? */
static unsigned
count(const char *path, const char *needle)
{
	g_autofree char *text = NULL;
	unsigned n = 0;

	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	for (const char *at = text; (at = strstr(at, needle)) != NULL; at += strlen(needle))
		n++;
	return n;
}

static void
test_files(void **state)
{
	g_autofree char *plain = scratch_file(state, "ha-log", NULL);
	g_autofree char *debugging = scratch_file(state, "ha-debug", NULL);
	const struct conf c = {.logfile = plain, .debugfile = debugging, .syslogmsgfmt = true};

	log_open(&c, false);
	log_line(TRACE_INFO, "hello");
	log_line(TRACE_DEBUG, "never");
	assert_int_equal(log_debug_step(-1), 0);
	assert_int_equal(log_debug_step(1), 1);
	log_line(TRACE_DEBUG, "details");
	log_close();
	assert_int_equal(count(plain, ": info: hello\n"), 1);
	assert_int_equal(count(debugging, ": info: hello\n"), 1);
	assert_int_equal(count(debugging, "never"), 0);
	assert_int_equal(count(debugging, ": debug: details\n"), 1);
	assert_int_equal(count(plain, "details"), 0);
}

static void
test_repeats_are_counted(void **state)
{
	g_autofree char *plain = scratch_file(state, "ha-log", NULL);
	const struct conf c = {.logfile = plain, .syslogmsgfmt = true};

	log_open(&c, false);
	for (int i = 0; i < 6; i++)
		log_line(TRACE_WARNING, "again");
	log_line(TRACE_WARNING, "other");
	log_close();
	assert_int_equal(count(plain, "again"), 1);
	assert_int_equal(count(plain, "WARN: last message repeated 5 times"), 1);
	assert_int_equal(count(plain, "other"), 1);
}

static void
test_one_file_for_both(void **state)
{
	g_autofree char *plain = scratch_file(state, "ha-log", NULL);
	const struct conf c = {
	    .logfile = plain, .debugfile = plain, .debug = 1, .syslogmsgfmt = true};

	log_open(&c, false);
	log_line(TRACE_INFO, "once");
	log_line(TRACE_DEBUG, "too");
	log_close();
	assert_int_equal(count(plain, "once"), 1);
	assert_int_equal(count(plain, "too"), 1);
}

static void
test_reopen(void **state)
{
	g_autofree char *plain = scratch_file(state, "ha-log", NULL);
	g_autofree char *rotated = scratch_file(state, "ha-log.1", NULL);
	const struct conf c = {.logfile = plain, .syslogmsgfmt = true};

	log_open(&c, false);
	log_line(TRACE_INFO, "before");
	assert_int_equal(rename(plain, rotated), 0);
	log_reopen();
	log_line(TRACE_INFO, "after");
	log_close();
	assert_int_equal(count(rotated, "after"), 0);
	assert_int_equal(count(plain, "after"), 1);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, scratch_new, scratch_free)
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_formats),
	    CASE(test_files),
	    CASE(test_repeats_are_counted),
	    CASE(test_one_file_for_both),
	    CASE(test_reopen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
