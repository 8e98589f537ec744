/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "listener.h"
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

/* Moved or removed by hand or by logrotate, without a word to us: the next line is in the new one. */
static void
test_noticed_at_the_next_line(void **state)
{
	g_autofree char *plain = scratch_file(state, "ha-log", NULL);
	g_autofree char *rotated = scratch_file(state, "ha-log.1", NULL);
	const struct conf c = {.logfile = plain, .syslogmsgfmt = true};

	log_open(&c, false);
	log_line(TRACE_INFO, "first");
	assert_int_equal(rename(plain, rotated), 0);
	log_line(TRACE_INFO, "second");
	assert_int_equal(count(rotated, "second"), 0);
	assert_int_equal(count(plain, "second"), 1);
	assert_int_equal(count(plain, "log-rotate detected on logfile"), 1);
	assert_int_equal(unlink(plain), 0);
	log_line(TRACE_INFO, "third");
	assert_int_equal(count(plain, "third"), 1);
	/* As copytruncate does. */
	assert_int_equal(truncate(plain, 0), 0);
	log_line(TRACE_INFO, "fourth");
	log_close();
	assert_int_equal(count(plain, "third"), 0);
	assert_int_equal(count(plain, "fourth"), 1);
	g_autofree char *text = NULL;
	gsize len;
	assert_true(g_file_get_contents(plain, &text, &len, NULL));
	assert_int_equal(strlen(text), len);
}

/* In a directory where others may put things, what they put there is not followed; that they cannot
 * remove what is there does not help. */
static void
planted(void **state, mode_t mode)
{
	g_autofree char *plain = scratch_file(state, "ha-log", NULL);
	g_autofree char *secret = scratch_file(state, "secret", "x\n");
	const struct conf c = {.logfile = plain, .syslogmsgfmt = true};

	assert_int_equal(chmod(*state, mode), 0);
	assert_int_equal(symlink(secret, plain), 0);
	log_open(&c, false);
	log_line(TRACE_INFO, "for the link");
	assert_int_equal(count(secret, "for the link"), 0);
	assert_int_equal(unlink(plain), 0);
	assert_int_equal(link(secret, plain), 0);
	log_line(TRACE_INFO, "for the second name");
	assert_int_equal(count(secret, "for the second name"), 0);
	/* Where the planted thing is gone, there is a log again. */
	assert_int_equal(unlink(plain), 0);
	log_line(TRACE_INFO, "for the log");
	assert_int_equal(count(plain, "for the log"), 1);
	/* A link of root's, where only root can make one, is root's will. */
	assert_int_equal(chmod(*state, 0755), 0);
	assert_int_equal(unlink(plain), 0);
	assert_int_equal(symlink(secret, plain), 0);
	log_line(TRACE_INFO, "by the link");
	log_close();
	assert_int_equal(count(secret, "by the link"), 1);
}

static void
test_planted(void **state)
{
	planted(state, 0777);
}

static void
test_planted_in_a_sticky_directory(void **state)
{
	planted(state, 01777);
}

/* --- the journal ------------------------------------------------------------------------ */

static int
journal_new(void **state)
{
	g_autofree char *journal = NULL;

	if (scratch_new(state) != 0)
		return -1;
	journal = g_build_filename(*state, "run/systemd/journal", NULL);
	log_root(*state);
	return g_mkdir_with_parents(journal, 0755);
}

static int
journal_free(void **state)
{
	char *argv[] = {"rm", "-rf", *state, NULL};

	log_root("");
	g_spawn_sync(NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
	g_free(*state);
	return 0;
}

static void
test_journal(void **state)
{
	g_autofree char *path = g_build_filename(*state, "run/systemd/journal/socket", NULL);
	char *nodes[] = {"alpha", "beta", NULL};
	const struct conf c = {
	    .nodes = nodes, .node_count = 2, .logfacility = "local0", .syslogmsgfmt = true};
	g_autofree char *wanted = g_strdup_printf(
	    "MESSAGE=WARN: node beta: is dead (active -> dead: x)\nPRIORITY=4\nSYSLOG_FACILITY=16\n"
	    "SYSLOG_IDENTIFIER=heartbeat\nSYSLOG_PID=%ld\nEVENT=node-dead\nNODE=beta\n",
	    (long)getpid());
	int listener = listener_new(path);
	char text[512];

	log_open(&c, false);
	assert_string_equal(log_where(), "journalctl -t heartbeat");
	log_line(TRACE_WARNING, "node beta: is dead (active -> dead: x)");
	assert_true(listener_read(listener, text, sizeof(text)));
	assert_string_equal(text, wanted);
	assert_false(listener_read(listener, text, sizeof(text)));
	/* Of a group: the caller knows which. */
	log_about("web", TRACE_INFO, "Running httpd  start");
	assert_true(listener_read(listener, text, sizeof(text)));
	assert_non_null(strstr(text, "EVENT=resource-start\nNODE=alpha\nGROUP=web\n"));
	/* journald was restarted. */
	close(listener);
	assert_int_equal(unlink(path), 0);
	log_line(TRACE_INFO, "to nobody");
	listener = listener_new(path);
	log_line(TRACE_INFO, "to the new one");
	assert_true(listener_read(listener, text, sizeof(text)));
	assert_non_null(strstr(text, "MESSAGE=WARN: 1 log lines lost"));
	assert_true(listener_read(listener, text, sizeof(text)));
	assert_non_null(strstr(text, "MESSAGE=info: to the new one\n"));
	log_close();
	close(listener);
}

/* A full queue takes none of our time; what it missed is told. */
static void
test_journal_full(void **state)
{
	g_autofree char *path = g_build_filename(*state, "run/systemd/journal/socket", NULL);
	char *nodes[] = {"alpha", NULL};
	const struct conf c = {.nodes = nodes, .node_count = 1, .logfacility = "local0"};
	const int listener = listener_new(path);
	char text[512];
	unsigned taken = 0, lost = 0;

	log_open(&c, false);
	for (int i = 0; i < 1000; i++)
		log_write(TRACE_INFO, "line %d", i);
	while (listener_read(listener, text, sizeof(text)))
		taken++;
	assert_in_range(taken, 1, 999);
	log_line(TRACE_INFO, "after");
	assert_true(listener_read(listener, text, sizeof(text)));
	assert_int_equal(sscanf(text, "MESSAGE=WARN: %u log lines lost", &lost), 1);
	assert_int_equal(lost + taken, 1000);
	log_close();
	close(listener);
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
	    CASE(test_noticed_at_the_next_line),
	    CASE(test_planted),
	    CASE(test_planted_in_a_sticky_directory),
	    cmocka_unit_test_setup_teardown(test_journal, journal_new, journal_free),
	    cmocka_unit_test_setup_teardown(test_journal_full, journal_new, journal_free),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
