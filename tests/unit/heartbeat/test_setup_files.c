/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/setup_files.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

static const struct setup_file files[] = {
    {"authkeys", "auth 1\n", 0600},
    {"haresources", "web1 httpd\n", 0644},
    {"ha.cf", "node web1\n", 0644},
};
#define COUNT (sizeof(files) / sizeof(files[0]))

static unsigned
entries(const char *directory)
{
	g_autoptr(GDir) d = g_dir_open(directory, 0, NULL);
	unsigned n = 0;

	assert_non_null(d);
	while (g_dir_read_name(d) != NULL)
		n++;
	return n;
}

static void
expect_all(const char *directory)
{
	assert_int_equal(entries(directory), COUNT);
	for (size_t i = 0; i < COUNT; i++) {
		g_autofree char *path = g_build_filename(directory, files[i].name, NULL);
		g_autofree char *text = NULL;
		struct stat status;

		assert_true(g_file_get_contents(path, &text, NULL, NULL));
		assert_string_equal(text, files[i].text);
		assert_int_equal(stat(path, &status), 0);
		assert_int_equal(status.st_mode & 07777, files[i].mode);
		assert_int_equal(status.st_nlink, 1);
	}
}

/* Whatever the umask is. */
static void
all_are_written(void **state)
{
	static const mode_t masks[] = {022, 077, 0};

	for (size_t i = 0; i < 3; i++) {
		g_autofree char *directory = g_strdup_printf("%s/new%zu", (char *)*state, i);
		const mode_t before = umask(masks[i]);
		g_autofree char *place = setup_files_place_fault(directory);
		g_autofree char *fault = setup_files_write(directory, files, COUNT);

		umask(before);
		assert_null(place);
		assert_null(fault);
		expect_all(directory);
		for (size_t k = 0; k < COUNT; k++) {
			g_autofree char *path =
			    g_build_filename(directory, files[k].name, NULL);
			assert_int_equal(unlink(path), 0);
		}
		rmdir(directory);
	}
}

/* The last of them is there: the others must not stay, and it stays as it is. */
static void
none_in_the_place_of_another(void **state)
{
	g_autofree char *mine = scratch_file(state, "ha.cf", "mine\n");
	g_autofree char *text = NULL;
	g_autofree char *there = setup_files_there(*state, files, COUNT);
	g_autofree char *fault = setup_files_write(*state, files, COUNT);

	assert_string_equal(there, "ha.cf");
	assert_non_null(strstr(fault, "ha.cf has come to be there"));
	assert_int_equal(entries(*state), 1);
	assert_true(g_file_get_contents(mine, &text, NULL, NULL));
	assert_string_equal(text, "mine\n");
}

static void
a_link_to_nowhere_is_there(void **state)
{
	g_autofree char *link = scratch_file(state, "authkeys", NULL);
	g_autofree char *fault = NULL;

	assert_int_equal(symlink("/nowhere/at/all", link), 0);
	g_autofree char *there = setup_files_there(*state, files, COUNT);
	assert_string_equal(there, "authkeys");
	fault = setup_files_write(*state, files, COUNT);
	assert_non_null(strstr(fault, "authkeys has come to be there"));
	assert_int_equal(entries(*state), 1);
	assert_int_equal(access("/nowhere", F_OK), -1);
}

static void
nothing_is_there(void **state)
{
	g_autofree char *none = g_build_filename(*state, "none", NULL);

	assert_null(setup_files_there(*state, files, COUNT));
	assert_null(setup_files_there(none, files, COUNT));
}

static void
places_that_cannot_be(void **state)
{
	g_autofree char *file = scratch_file(state, "file", "");
	g_autofree char *deep = g_build_filename(*state, "no", "where", NULL);
	g_autofree char *not_directory = setup_files_place_fault(file);
	g_autofree char *no_parent = setup_files_place_fault(deep);
	g_autofree char *fault = setup_files_write(deep, files, COUNT);

	assert_non_null(strstr(not_directory, "is not a directory"));
	assert_non_null(strstr(no_parent, "no file can be made in"));
	assert_non_null(strstr(fault, "No such file"));
}

/* Told to end while it writes, a process leaves nothing; here it was told just before. */
static void
a_signal_undoes_it(void **state)
{
	g_autofree char *directory = g_build_filename(*state, "new", NULL);
	const pid_t pid = fork();
	int status;

	if (pid == 0) {
		sigset_t set;

		/* Made pending in a way that the wait in setup_files_write() sees. */
		sigemptyset(&set);
		sigaddset(&set, SIGINT);
		signal(SIGINT, SIG_DFL);
		sigprocmask(SIG_BLOCK, &set, NULL);
		raise(SIGINT);
		char *fault = setup_files_write(directory, files, COUNT);
		_exit(fault != NULL && strcmp(fault, "interrupted") == 0 ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(access(directory, F_OK), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(all_are_written, scratch_new, scratch_free),
	    cmocka_unit_test_setup_teardown(
		none_in_the_place_of_another, scratch_new, scratch_free),
	    cmocka_unit_test_setup_teardown(
		a_link_to_nowhere_is_there, scratch_new, scratch_free),
	    cmocka_unit_test_setup_teardown(nothing_is_there, scratch_new, scratch_free),
	    cmocka_unit_test_setup_teardown(places_that_cannot_be, scratch_new, scratch_free),
	    cmocka_unit_test_setup_teardown(a_signal_undoes_it, scratch_new, scratch_free),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
