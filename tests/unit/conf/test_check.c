/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/check.h"

#include "fixture.h"

static void
times(void **state)
{
	static const struct line_case cases[] = {
	    {"deadtime 2", 'e', "deadtime 2s is too small for keepalive 1s (the default)"},
	    {"deadtime 2001ms", '-', NULL},
	    {"keepalive 15", 'e',
		"deadtime 30s (the default) is too small for keepalive 15s"},
	    {"deadping 2", 'e', "deadping 2s is too small for keepalive 1s"},
	    {"initdead 29", 'e', "initdead 29s is smaller than deadtime 30s (the default)"},
	    {"initdead 30", '-', NULL},
	    {"warntime 31", 'h', "warntime 31s is longer than deadtime 30s"},
	    {"warntime 30", '-', NULL},
	};

	(void)state;
	fixture_run_hacf(cases, G_N_ELEMENTS(cases));
}

static void
a_short_initdead_is_worth_a_hint(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = fixture_hacf_line("deadtime 5\ninitdead 9999ms", faults);

	(void)state;
	fixture_expect_only(faults, HACF, 2, false, "may be too short");
	conf_free(c);
}

static void
which_node_we_are(void **state)
{
	static const struct {
		const char *nodes, *name;
		int self;	  /* -1: refused */
		const char *part; /* NULL: nothing to say */
	} cases[] = {
	    {"web1 web2", "web2", 1, NULL},
	    {"WEB1 web2", "Web1", 0, NULL},
	    {"web1.example.com web2.example.com", "web2", 1,
		"taken for 'web2.example.com'"},
	    {"web1 web2", "web1.example.com", 0, "taken for 'web1'"},
	    {"web1.a web1.b", "web1", -1, "the nodes listed are: web1.a, web1.b"},
	    {"www1 web2", "web1", -1, "called 'web1'"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		g_autofree char *hacf = g_strdup_printf(
		    "node %s\nauto_failback on\nbcast eth0\n", cases[i].nodes);
		struct conf_text text = {HACF, hacf, HARESOURCES, "", AUTHKEYS,
		    GOOD_AUTHKEYS, 0, true, cases[i].name};
		struct conf *c = conf_parse(&text, faults);

		if (cases[i].part == NULL)
			fixture_expect_none(faults);
		else
			fixture_expect_only(
			    faults, HACF, 1, cases[i].self < 0, cases[i].part);
		assert_int_equal(c == NULL, cases[i].self < 0);
		if (c != NULL)
			assert_int_equal(c->self, cases[i].self);
		conf_free(c);
	}
}

static void
nodes_and_links_must_be_there(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c =
	    fixture_parse("auto_failback on\nping 10.0.0.254\n", "", GOOD_AUTHKEYS, faults);

	(void)state;
	assert_null(c);
	assert_int_equal(faults->len, 2);
	assert_true(fixture_has(faults, HACF, 0, true, "write a line 'node alpha'"));
	assert_true(fixture_has(faults, HACF, 0, true, "a ping node is none"));
}

static void
keys_of_groups_are_unique(void **state)
{
	static const struct {
		const char *haresources;
		unsigned line;
		const char *part;
	} cases[] = {
	    {"alpha 10.0.0.1 a\nbeta 10.0.0.1 b\n", 2, "lines 1 and 2"},
	    {"alpha 10.0.0.1 httpd mysqld\nbeta mysqld\n", 2, "resource of line 1"},
	    {"alpha mysqld\nbeta 10.0.0.1 mysqld\n", 2, "names the group of line 1"},
	    {"alpha 10.0.0.1 httpd\nbeta 10.0.0.3 httpd\n", 0, NULL},
	    {"alpha c++\nbeta c\n", 0, NULL},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct conf *c = fixture_haresources(cases[i].haresources, faults);

		if (cases[i].part == NULL)
			fixture_expect_none(faults);
		else
			fixture_expect_only(
			    faults, HARESOURCES, cases[i].line, true, cases[i].part);
		conf_free(c);
	}
}

/* Without a node of ours a stonith_host line of the first node is not ours. */
static void
fencing_is_judged_for_our_node(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = fixture_parse("node beta\nbcast eth0\nauto_failback on\n"
				       "stonith_host beta null x\n",
	    "", GOOD_AUTHKEYS, faults);

	(void)state;
	assert_null(c);
	fixture_expect_only(faults, HACF, 1, true, "this node is called 'alpha'");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(times),
	    cmocka_unit_test(a_short_initdead_is_worth_a_hint),
	    cmocka_unit_test(which_node_we_are),
	    cmocka_unit_test(nodes_and_links_must_be_there),
	    cmocka_unit_test(keys_of_groups_are_unique),
	    cmocka_unit_test(fencing_is_judged_for_our_node),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
