/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/scenario.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static void
add_line(void *arg, const char *line)
{
	g_string_append_printf(arg, "%s\n", line);
}

static void
test_a_statement_that_makes_no_sense_is_refused(void **state)
{
	static const struct {
		const char *statement, *why;
	} cases[] = {
	    {"dance", "unknown statement"},
	    {"run", "a time is missing"},
	    {"run fast", "a time is missing"},
	    {"boot gamma", "no such node"},
	    {"running alpha", "a word is missing"},
	    {"inject alpha", "a word is missing"},
	    {"loss many", "a number is missing"},
	    {"clock alpha", "clock NODE"},
	    {"clock alpha 1h", "clock NODE"},
	    {"clock gamma +1h", "no such node"},
	    {"clock alpha +soon", "a time is missing"},
	    {"power-off alpha finding", "unknown statement"},
	    {"haresources gamma alpha httpd", "no such node"},
	    {"script alpha httpd", "script NODE RESOURCE OP HOW"},
	    {"script alpha httpd dance ok", "no such operation"},
	    {"script alpha httpd start badly", "exit N, hangs, missing, silent or ok"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) trace = g_string_new(NULL);
		struct scenario *s = scenario_new(1, TRACE_NOTICE, add_line, trace);

		assert_null(scenario_do(s, "nodes alpha beta; group alpha httpd"));
		g_autofree char *why = scenario_do(s, cases[i].statement);
		assert_non_null(why);
		assert_non_null(strstr(why, cases[i].why));
		/* The next one is judged for itself. */
		assert_null(scenario_do(s, "run 1s"));
		scenario_free(s);
	}
}

static void
test_configuration_comes_first(void **state)
{
	g_autoptr(GString) trace = g_string_new(NULL);
	struct scenario *s = scenario_new(1, TRACE_NOTICE, add_line, trace);

	(void)state;
	g_autofree char *no_nodes = scenario_do(s, "boot all");
	assert_string_equal(no_nodes, "nodes come first");
	assert_null(scenario_do(s, "nodes alpha beta # a comment; boot all"));
	assert_null(scenario_world(s));
	assert_null(scenario_do(s, "conf keepalife 1"));
	g_autofree char *refused = scenario_do(s, "boot all");
	assert_string_equal(refused, "the configuration is refused");
	assert_non_null(strstr(trace->str, "keepalife"));
	scenario_free(s);
}

static void
test_several_statements_and_what_they_do(void **state)
{
	g_autoptr(GString) trace = g_string_new(NULL);
	struct scenario *s = scenario_new(1, TRACE_NOTICE, add_line, trace);

	(void)state;
	assert_null(scenario_do(s, "nodes alpha beta; group beta httpd; boot all; run 5s; holders"));
	assert_non_null(strstr(trace->str, "-- boot all\n"));
	assert_non_null(strstr(trace->str, "== alpha: nothing | beta: httpd\n"));
	assert_int_equal(world_group_runs(scenario_world(s), 1, 0), 2);
	assert_null(scenario_do(s, "ask beta standby all; run 5s"));
	assert_non_null(strstr(trace->str, "  answer: ok\n"));
	assert_int_equal(world_group_runs(scenario_world(s), 0, 0), 2);
	scenario_free(s);
}

static void
test_interfaces_and_clients(void **state)
{
	g_autoptr(GString) trace = g_string_new(NULL);
	struct scenario *s = scenario_new(1, TRACE_NOTICE, add_line, trace);

	(void)state;
	assert_null(scenario_do(s, "nodes alpha beta; group alpha IPaddr::10.0.0.9; boot all; run 5s; clients"));
	assert_non_null(strstr(trace->str, "== IPaddr::10.0.0.9: alpha alpha\n"));
	assert_null(scenario_do(s, "linkdown all eth0"));
	assert_false(world_can_have_addresses(scenario_world(s), 0));
	assert_false(world_can_have_addresses(scenario_world(s), 1));
	assert_null(scenario_do(s, "ifup alpha; ifup beta; unplug alpha; plug all; sends-fail beta eth0"));
	assert_false(world_is_whole(scenario_world(s)));
	assert_null(scenario_do(s, "sends-work all"));
	assert_true(world_is_whole(scenario_world(s)));
	assert_null(scenario_do(s, "flush all; holders; suspend beta 2s; run 1s"));
	assert_non_null(strstr(trace->str, "== alpha: nothing | beta: nothing\n"));
	assert_int_equal(world_host_condition(scenario_world(s), 1), HOST_FROZEN);
	scenario_free(s);
	s = scenario_new(1, TRACE_NOTICE, add_line, trace);
	g_autofree char *nobody = scenario_do(s, "nodes alpha beta; boot all; ifdown gamma");

	assert_string_equal(nobody, "no such node");
	scenario_free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_statement_that_makes_no_sense_is_refused),
	    cmocka_unit_test(test_configuration_comes_first),
	    cmocka_unit_test(test_several_statements_and_what_they_do),
	    cmocka_unit_test(test_interfaces_and_clients),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
