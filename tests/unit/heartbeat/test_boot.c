/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "boot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "scratch.h"

/* A link in a directory below the scratch one, both made. */
static void
put_link(void **state, const char *directory, const char *name, const char *target)
{
	g_autofree char *dir = g_build_filename(*state, directory, NULL);
	g_autofree char *path = g_build_filename(dir, name, NULL);

	assert_int_equal(g_mkdir_with_parents(dir, 0755), 0);
	assert_int_equal(symlink(target, path), 0);
}

static void
units_that_a_target_wants(void **state)
{
	g_autofree char *etc = g_build_filename(*state, "etc", NULL);
	g_autofree char *lib = g_build_filename(*state, "lib", NULL);
	const char *const dirs[] = {etc, "/nonexistent", lib, NULL};
	static const struct {
		const char *unit;
		bool starts;
	} cases[] = {
	    {"apache2.service", true},
	    {"mariadb.service", true},
	    {"vz@1.service", true},
	    {"nginx.service", true},
	    {"cron.service", false},
	    {"udev.service", false},
	    {"mysql.service", true},
	    {"apache", false},
	};

	assert_int_equal(g_mkdir_with_parents(lib, 0755), 0);
	g_free(scratch_file(state, "lib/mariadb.service", "[Service]\n"));
	put_link(state, "etc/multi-user.target.wants", "apache2.service", "/nowhere/a.service");
	put_link(state, "etc/multi-user.target.wants", "vz@1.service", "/nowhere/vz@.service");
	/* Enabled by its alias. */
	put_link(state, "etc/multi-user.target.wants", "mysql.service",
	    "../../lib/mariadb.service");
	put_link(state, "lib/graphical.target.requires", "nginx.service", "../nginx.service");
	put_link(state, "lib/initrd.target.wants", "udev.service", "../udev.service");
	put_link(state, "etc", "cron.service", "/lib/systemd/system/cron.service");
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		print_message("%s\n", cases[i].unit);
		assert_int_equal(boot_starts_unit(dirs, cases[i].unit), cases[i].starts);
	}
}

static void
links_of_runlevels(void **state)
{
	g_autofree char *rc2 = g_build_filename(*state, "rc2.d", NULL);
	const char *const dirs[] = {"/nonexistent", rc2, NULL};

	put_link(state, "rc2.d", "S20apache2", "../init.d/apache2");
	put_link(state, "rc2.d", "K01mysql", "../init.d/mysql");
	assert_true(boot_starts_script(dirs, "apache2"));
	assert_false(boot_starts_script(dirs, "apache"));
	assert_false(boot_starts_script(dirs, "mysql"));
	assert_false(boot_starts_script(dirs, "0apache2"));
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, scratch_new, scratch_free)
	const struct CMUnitTest tests[] = {
	    CASE(units_that_a_target_wants),
	    CASE(links_of_runlevels),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
