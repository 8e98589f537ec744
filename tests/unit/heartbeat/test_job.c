/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the log says of a job, letter by letter: read back from a log file.
 */
#include "job.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "log.h"
#include "scratch.h"

struct case_ {
	enum resource_op op;
	char *args[3];
	struct child_result result;
	const char *log;	/* what follows "heartbeat: [PID]: " in each line */
};

static const struct case_ cases[] = {
    {OP_START, {(char *)"10.0.0.1/24", (char *)"eth0", NULL},
	{.end = CHILD_EXITED, .output = "", .complaint = ""},
	"info: Running /etc/ha.d/resource.d/foo 10.0.0.1/24 eth0 start\n"},
    /* Two blanks where there are no arguments. */
    {OP_STOP, {NULL},
	{.end = CHILD_EXITED, .code = 1, .output = "", .complaint = ""},
	"info: Running /etc/ha.d/resource.d/foo  stop\n"
	"ERROR: Return code 1 from /etc/ha.d/resource.d/foo\n"},
    {OP_START, {NULL},
	{.end = CHILD_EXITED, .output = "one\n\ntwo\n", .complaint = "thr\033ee", .output_bytes = 15},
	"info: Running /etc/ha.d/resource.d/foo  start\n"
	"info: foo start: one\ninfo: foo start: two\ninfo: foo start: thr\\x1bee\n"},
    /* What a status says is for those who look for trouble. */
    {OP_STATUS, {NULL},
	{.end = CHILD_EXITED, .code = 3, .output = "stopped", .complaint = ""}, ""},
    {OP_STOP, {NULL},
	{.end = CHILD_TIMED_OUT, .code = SIGKILL, .output = "", .complaint = "", .stuck = true},
	"info: Running /etc/ha.d/resource.d/foo  stop\n"
	"ERROR: /etc/ha.d/resource.d/foo stop: killed, and still there: is a disk or a server it "
	"waits for dead?\n"
	"ERROR: /etc/ha.d/resource.d/foo stop: timed out after 20s: killed (raise "
	"resource_timeout in ha.cf if it needs longer)\n"},
};

/* The lines of a log file from behind the process number on. */
static char *
log_read(const char *path)
{
	g_autofree char *text = NULL;
	GString *out = g_string_new(NULL);

	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	for (size_t i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++) {
		const char *at = strstr(lines[i], "]: ");

		assert_non_null(at);
		g_string_append_printf(out, "%s\n", at + strlen("]: "));
	}
	return g_string_free(out, FALSE);
}

static void
test_words(void **state)
{
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *path = g_build_filename(*state, "ha-log", NULL);
		const struct conf c = {.logfile = path, .logfacility = (char *)"none",
		    .syslogmsgfmt = true};
		struct case_ now = cases[i];
		const struct job j = {.op = now.op,
		    .timeout = span_from_ms(20000),
		    .resource = {.text = (char *)"foo", .script = (char *)"foo", .args = now.args},
		    .path = (char *)"/etc/ha.d/resource.d/foo"};
		g_autofree char *said = NULL;

		g_remove(path);
		log_open(&c, false);
		job_log_begin(&j, j.path);
		job_log_output(&j, &now.result);
		job_log_end(&j, &now.result);
		log_close();
		said = log_read(path);
		assert_string_equal(said, now.log);
	}
}

static void
test_clients(void **state)
{
	g_autofree char *path = g_build_filename(*state, "ha-log", NULL);
	const struct conf c = {.logfile = path, .logfacility = (char *)"none",
	    .syslogmsgfmt = true};
	const struct job j = {.command = (char *)"/usr/lib/heartbeat/ipfail", .pid = 77};
	g_autofree char *said = NULL;

	log_open(&c, false);
	job_log_client_end(&j, &(struct child_result){.end = CHILD_EXITED, .code = 100});
	job_log_client_end(&j, &(struct child_result){.end = CHILD_SIGNALED, .code = SIGKILL});
	log_close();
	said = log_read(path);
	assert_string_equal(said,
	    "WARN: Managed /usr/lib/heartbeat/ipfail process 77 exited with return code 100.\n"
	    "WARN: Managed /usr/lib/heartbeat/ipfail process 77 killed by signal 9 [Killed].\n");
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, scratch_new, scratch_free)
	const struct CMUnitTest tests[] = {
	    CASE(test_words),
	    CASE(test_clients),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
