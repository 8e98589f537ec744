/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/clients.h"

#include "fixture.h"

#define LONG_NAME "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"

static void
lines(void **state)
{
	static const struct line_case cases[] = {
	    {"respawn hacluster /usr/lib64/heartbeat/ipfail", '-', NULL},
	    {"respawn hacluster ipfail", 'e', "write 'respawn hacluster /PATH/ipfail'"},
	    {"respawn hacluster", 'e', "/PATH/COMMAND"},
	    {"respawn /usr/lib/x -v", 'e', "write 'respawn hacluster /usr/lib/x -v'"},
	    {"failfast", 'e', "write 'failfast hacluster"},
	    {"apiauth dopd gid=haclient uid=hacluster,0", '-', NULL},
	    {"apiauth", 'e', "apiauth ipfail uid=hacluster"},
	    {"apiauth dopd", 'e', "who may?"},
	    {"apiauth dopd uid= hacluster", 'e', "nothing behind 'uid='"},
	    {"apiauth dopd uid=a uid=b", 'e', "uid= is given twice"},
	    {"apiauth dopd hacluster", 'e', "neither uid=... nor gid=..."},
	    {"apiauth dopd uid=a\napiauth x uid=b", '-', NULL},
	    {"apiauth " LONG_NAME " uid=a", 'e', "longer than 64"},
	    {"env A=1 B=2,C=3", '-', NULL},
	    {"env A", 'e', "'A' is not NAME=value"},
	    {"env =1", 'e', "'=1' is not NAME=value"},
	};

	(void)state;
	fixture_run_hacf(cases, G_N_ELEMENTS(cases));
}

static void
a_service_has_one_line(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = fixture_hacf_line("apiauth x uid=a\n\napiauth x gid=b", faults);

	(void)state;
	assert_null(c);
	fixture_expect_only(faults, HACF, 3, true, "already in line 1");
}

static void
commands_are_kept_as_written(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c =
	    fixture_hacf_line("respawn hacluster \t/usr/lib/heartbeat/ipfail \n"
			      "failfast root /bin/x --name=\"a  b\", c",
		faults);

	(void)state;
	fixture_expect_none(faults);
	assert_int_equal(c->client_count, 2);
	assert_string_equal(c->clients[0].user, "hacluster");
	assert_string_equal(c->clients[0].command, "/usr/lib/heartbeat/ipfail");
	assert_false(c->clients[0].failfast);
	assert_string_equal(c->clients[1].command, "/bin/x --name=\"a  b\", c");
	assert_true(c->clients[1].failfast);
	assert_int_equal(c->clients[1].line, 2);
	conf_free(c);
}

/* A line replaces the built-in entry of its service, and only that. */
static void
built_in_entries_follow(void **state)
{
	static const struct {
		const char *service, *uids, *gids;
	} expected[] = {
	    {"ping", "alice,7", ""},
	    {"default", "", "haclient"},
	    {"ipfail", "hacluster", ""},
	    {"ccm", "hacluster", ""},
	    {"lha-snmpagent", "root", ""},
	    {"anon", "root", "haclient"},
	};
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = fixture_hacf_line(
	    "apiauth ping uid=alice,7\napiauth default gid=haclient", faults);

	(void)state;
	fixture_expect_none(faults);
	assert_int_equal(c->apiauth_count, G_N_ELEMENTS(expected));
	for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
		g_autofree char *uids = g_strjoinv(",", c->apiauth[i].uids);
		g_autofree char *gids = g_strjoinv(",", c->apiauth[i].gids);

		assert_string_equal(c->apiauth[i].service, expected[i].service);
		assert_string_equal(uids, expected[i].uids);
		assert_string_equal(gids, expected[i].gids);
	}
	conf_free(c);
}

static void
a_later_environment_value_counts(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = fixture_hacf_line("env A=1 AB=2\nenv A=3", faults);

	(void)state;
	fixture_expect_none(faults);
	assert_string_equal(c->environment[0], "AB=2");
	assert_string_equal(c->environment[1], "A=3");
	assert_null(c->environment[2]);
	conf_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lines),
	    cmocka_unit_test(a_service_has_one_line),
	    cmocka_unit_test(commands_are_kept_as_written),
	    cmocka_unit_test(built_in_entries_follow),
	    cmocka_unit_test(a_later_environment_value_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
