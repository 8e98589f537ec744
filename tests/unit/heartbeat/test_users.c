/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "users.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static char *
file_with(const char *text)
{
	char *path = NULL;
	int fd = g_file_open_tmp("hb-users-XXXXXX", &path, NULL);

	assert_true(fd >= 0);
	g_close(fd, NULL);
	assert_true(g_file_set_contents(path, text, -1, NULL));
	return path;
}

static void
names_and_groups_come_from_the_files(void **state)
{
	static const struct {
		uint32_t uid, gid;
		const char *name, *groups;
	} cases[] = {
	    {0, 0, "root", "root"},
	    {90, 90, "hacluster", "haclient"},
	    {1000, 1000, "alice", "alice haclient"},
	    {1000, 90, "alice", "haclient alice"}, /* by a set-group-ID program */
	    {1001, 1001, "bob", "1001"},
	    {4711, 90, "4711", "haclient"},
	    {4711, 4712, "4711", "4712"},
	};
	g_autofree char *passwd =
	    file_with("root:x:0:0:root:/root:/bin/sh\n"
		      "hacluster:x:90:90::/:/bin/false\n"
		      "alice:x:1000:1000::/:/bin/sh\nbob:x:1001:1001::/:/bin/sh\n");
	g_autofree char *group =
	    file_with("root:x:0:\nhaclient:x:90:alice,carol\nalice:x:1000:\n");
	struct users *u = users_new(passwd, group);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *name = users_name(u, cases[i].uid);
		g_auto(GStrv) groups = users_groups(u, cases[i].uid, cases[i].gid);
		g_autofree char *joined = g_strjoinv(" ", groups);

		assert_string_equal(name, cases[i].name);
		assert_string_equal(joined, cases[i].groups);
	}
	users_free(u);
	g_unlink(passwd);
	g_unlink(group);
}

static void
a_missing_file_counts_as_empty_and_a_new_one_is_noticed(void **state)
{
	g_autofree char *passwd = file_with("");
	g_unlink(passwd);
	struct users *u = users_new(passwd, "/nonexistent/group");
	g_autofree char *before = users_name(u, 7);

	(void)state;
	assert_string_equal(before, "7");
	assert_true(g_file_set_contents(passwd, "seven:x:7:7::/:/bin/sh\n", -1, NULL));
	users_refresh(u);
	g_autofree char *after = users_name(u, 7);
	assert_string_equal(after, "seven");
	users_free(u);
	g_unlink(passwd);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_and_groups_come_from_the_files),
	    cmocka_unit_test(a_missing_file_counts_as_empty_and_a_new_one_is_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
