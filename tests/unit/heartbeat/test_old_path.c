/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "old_path.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

static void
test_commands(void **state)
{
	static const struct {
		const char *line, *command;
	} cases[] = {
	    {"/usr/lib/heartbeat/ipfail", HB_LIBEXECDIR "/ipfail"},
	    {"/usr/lib64/heartbeat/ipfail -x", HB_LIBEXECDIR "/ipfail -x"},
	    {"/usr/libexec/heartbeat/ipfail\t-x", HB_LIBEXECDIR "/ipfail\t-x"},
	    {"/usr/local/lib/heartbeat/ipfail", HB_LIBEXECDIR "/ipfail"},
	    {"/usr/lib64/heartbeat/hb_standby local", HB_SHAREDIR "/hb_standby local"},
	    {"/usr/lib/heartbeat/ResourceManager allkeys", HB_LIBEXECDIR "/ResourceManager allkeys"},
	    {"/usr/lib/heartbeat/ipfail2", "/usr/lib/heartbeat/ipfail2"},
	    {"/usr/lib/heartbeat/ipfai", "/usr/lib/heartbeat/ipfai"},
	    {"/usr/lib/heartbeat/", "/usr/lib/heartbeat/"},
	    {"/usr/lib/heartbeat/own/ipfail", "/usr/lib/heartbeat/own/ipfail"},
	    {"/opt/own/client /usr/lib/heartbeat/ipfail", "/opt/own/client /usr/lib/heartbeat/ipfail"},
	    {"", ""},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *command = old_path_command(cases[i].line);

		assert_string_equal(command, cases[i].command);
	}
}

static void
test_what_is_gone(void **state)
{
	(void)state;
	assert_non_null(strstr(old_path_replacement("/usr/lib/heartbeat/apphbd"), "WatchdogSec"));
	assert_non_null(strstr(old_path_replacement("/usr/lib64/heartbeat/dopd"), "outdate-peer.sh"));
	assert_non_null(strstr(old_path_replacement("/usr/bin/cl_respawn"), "respawn"));
	assert_null(old_path_replacement("/usr/lib/heartbeat/ipfail"));
	assert_null(old_path_replacement("/usr/lib/heartbeat/apphbd2"));
	assert_null(old_path_replacement("/opt/own/apphbd"));
	assert_null(old_path_replacement(""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_commands),
	    cmocka_unit_test(test_what_is_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
