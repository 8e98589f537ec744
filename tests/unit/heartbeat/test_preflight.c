/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "preflight.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"

/* What preflight() says of a configuration with that line, all faults in one text. */
static char *
faults_of(void **state, const char *line)
{
	g_autofree char *hacf = g_strdup_printf(
	    "node alpha\nnode beta\nbcast lo\nauto_failback on\n%s\n", line);
	char *paths[] = {scratch_file(state, "authkeys", "auth 1\n1 sha1 secret\n"),
	    scratch_file(state, "ha.cf", hacf), scratch_file(state, "haresources", ""),
	    scratch_file(state, "nodeinfo", "alpha\n")};
	g_autoptr(GPtrArray) faults = conf_faults_new();
	GString *text = g_string_new(NULL);
	struct files *files;

	assert_int_equal(g_chmod(paths[0], 0600), 0);
	for (size_t i = 0; i < G_N_ELEMENTS(paths); i++)
		g_free(paths[i]);
	files = files_read(*state, faults);
	conf_free(preflight(files, faults));
	for (guint i = 0; i < faults->len; i++) {
		const struct fault *f = g_ptr_array_index(faults, i);
		g_autofree char *one = fault_text(f);

		g_string_append_printf(text, "%s %s\n", f->is_error ? "E" : "W", one);
	}
	files_free(files);
	return g_string_free(text, FALSE);
}

static void
test_what_this_machine_has_not(void **state)
{
	static const struct {
		const char *line, *word;
		bool is_error;
	} cases[] = {
	    {"bcast no0", "there is no interface no0", false},
	    {"ucast no0 10.0.0.1", "down until there is one", false},
	    {"bcast eth0/1", "'eth0/1' cannot be the name of an interface", true},
	    {"ucast interface-number-0 10.0.0.1", "cannot be the name of an interface", true},
	    {"serial /dev/null", "this is not a serial line", true},
	    {"serial /nonexistent/ttyS0", "No such file", false},
	    {"respawn no-such-user /bin/true", "no user no-such-user", true},
	    {"respawn root /nonexistent/client", "No such file", true},
	    {"respawn root /etc/passwd", "is not a program", true},
	    {"apiauth pager uid=root,no-such-user", "no user no-such-user", true},
	    {"apiauth pager uid=0,4242 gid=no-such-group", "no group no-such-group", true},
	    {"logfile /tmp", "this is a directory", true},
	    {"logfile /nonexistent/ha-log", "there is no directory /nonexistent", false},
	    {"debugfile /nonexistent/ha-debug", "there is no directory /nonexistent", false},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = faults_of(state, cases[i].line);
		g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
		const char *line = NULL;

		for (size_t k = 0; lines[k] != NULL; k++) {
			if (strstr(lines[k], cases[i].word) != NULL)
				line = lines[k];
		}
		assert_non_null(line);
		assert_int_equal(line[0], cases[i].is_error ? 'E' : 'W');
	}
}

static void
test_names_and_numbers_of_apiauth(void **state)
{
	g_autofree char *text =
	    faults_of(state, "apiauth pager uid=root,0,4242 gid=root,4242\napiauth default gid=0");

	assert_null(strstr(text, "apiauth"));
}

/* One fault does not hide the next. */
static void
test_all_in_one_go(void **state)
{
	g_autofree char *text =
	    faults_of(state, "keepalife 1\nbcast no0\nserial /dev/null\nrespawn root /etc/passwd");

	assert_non_null(strstr(text, "keepalife"));
	assert_non_null(strstr(text, "no0"));
	assert_non_null(strstr(text, "/dev/null"));
	assert_non_null(strstr(text, "/etc/passwd"));
}

static void
test_programs_that_are_gone(void **state)
{
	g_autofree char *text = faults_of(state, "respawn root /usr/lib/heartbeat/apphbd -d");
	g_autofree char *ours = faults_of(state, "respawn root /usr/lib64/heartbeat/hb_delnode");

	assert_non_null(strstr(text, "/usr/lib/heartbeat/apphbd is not part of this version: "));
	assert_null(strstr(text, "No such file"));
	/* Ours by its old path: at most it is not installed where the test runs. */
	assert_null(strstr(ours, "/usr/lib64/"));
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, scratch_new, scratch_free)
	const struct CMUnitTest tests[] = {
	    CASE(test_programs_that_are_gone),
	    CASE(test_what_this_machine_has_not),
	    CASE(test_names_and_numbers_of_apiauth),
	    CASE(test_all_in_one_go),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
