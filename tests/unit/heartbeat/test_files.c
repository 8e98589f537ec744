/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#include <cmocka.h>

#include "scratch.h"

static void
test_all_there(void **state)
{
	g_autofree char *cf = scratch_file(state, "ha.cf", "node a b\n");
	g_autofree char *rs = scratch_file(state, "haresources", "a httpd\n");
	g_autofree char *keys = scratch_file(state, "authkeys", "auth 1\n1 crc\n");
	g_free(scratch_file(state, "nodeinfo", "Other-Name \r\nsecond line\n"));
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct files *f, *again;
	struct conf_text t;

	assert_int_equal(chmod(keys, 0640), 0);
	f = files_read(*state, faults);
	t = files_text(f);
	assert_int_equal(faults->len, 0);
	assert_string_equal(t.hacf, "node a b\n");
	assert_string_equal(t.haresources, "a httpd\n");
	assert_string_equal(t.authkeys, "auth 1\n1 crc\n");
	assert_string_equal(t.hacf_path, cf);
	assert_int_equal(t.authkeys_mode, 0640);
	assert_true(t.authkeys_owner_ok);
	assert_string_equal(t.node_name, "Other-Name");

	again = files_read(*state, faults);
	assert_true(files_equal(f, again));
	files_free(again);
	assert_true(g_file_set_contents(rs, "b httpd\n", -1, NULL));
	again = files_read(*state, faults);
	assert_false(files_equal(f, again));
	files_free(again);
	files_free(f);
}

static void
test_absent(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct files *f = files_read(*state, faults);
	struct utsname host;

	assert_int_equal(uname(&host), 0);
	assert_int_equal(faults->len, 0);
	assert_null(f->hacf);
	assert_null(f->haresources);
	assert_null(f->authkeys);
	assert_string_equal(f->node_name, host.nodename);
	files_free(f);
}

/* A FIFO would hang whoever reads it; a huge file is no configuration. */
static void
test_not_a_file(void **state)
{
	g_autofree char *cf = scratch_file(state, "ha.cf", NULL);
	g_autofree char *rs = scratch_file(state, "haresources", NULL);
	g_autofree char *large = g_strnfill(FILES_SIZE_MAX + 1, '#');
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct files *f;

	assert_int_equal(mkfifo(cf, 0600), 0);
	assert_true(g_file_set_contents(rs, large, -1, NULL));
	f = files_read(*state, faults);
	assert_null(f->hacf);
	assert_null(f->haresources);
	assert_int_equal(faults->len, 2);
	assert_true(files_faulty(faults));
	files_free(f);
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, scratch_new, scratch_free)
	const struct CMUnitTest tests[] = {
	    CASE(test_all_there),
	    CASE(test_absent),
	    CASE(test_not_a_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
