/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/options.h"

#include "fixture.h"

static void
lines(void **state)
{
	static const struct line_case cases[] = {
	    {"node delta, Epsilon", '-', NULL},
	    {"node delta <==primary", 'e', "'<==primary' cannot be the name of a node"},
	    {"node \\backslash", 'e', "cannot be the name"},
	    {"udpport 1023", '-', NULL},
	    {"udpport 1024", 'h', "any local user"},
	    {"udpport 65535", 'h', "any local user"},
	    {"udpport 65536", 'e', "1 to 65535"},
	    {"udpport 0", 'e', "1 to 65535"},
	    {"udpport ha-cluster", 'e', "not a port number"},
	    {"baud 115200", '-', NULL},
	    {"baud 4800", 'e', "none of: 9600, 19200"},
	    {"logfacility LOCAL0", '-', NULL},
	    {"logfacility local8", 'e', "none of: none, auth"},
	    {"logfacility kern\nlogfile /a", 'h', "no syslog"},
	    {"use_logd on", 'h', "has no ha_logd"},
	    {"use_logd off", '-', NULL},
	    {"use_logd perhaps", 'e', "neither on nor off"},
	    {"use_apphbd yes", 'h', "apphbd"},
	    {"autojoin NONE", '-', NULL},
	    {"autojoin any", 'e', "write 'autojoin none'"},
	    {"autojoin other", 'e', "write 'autojoin none'"},
	    {"autojoin x", 'e', "none of: none, other, any"},
	    {"max_rexmit_delay 500", '-', NULL},
	    {"max_rexmit_delay 500ms", '-', NULL},
	    {"max_rexmit_delay 0", 'e', "milliseconds"},
	    {"quorum_server qs", 'h', "no effect"},
	    {"watchdog /dev/watchdog", 'h', "the node is not guarded"},
	    {"crm off", '-', NULL},
	    {"pacemaker no", '-', NULL},
	    {"crm yes", 'e', "haresources clusters only"},
	    {"crm respawn", 'e', "haresources clusters only"},
	    {"pacemaker sometimes", 'e', "not 'off'"},
	    {"stonith_host beta null alpha", '-', NULL},
	    {"stonith_host alpha null beta", 'e', "fencing is not available"},
	    {"stonith_host ALPHA null beta", 'e', "fencing is not available"},
	    {"stonith_host * null beta", 'e', "fencing is not available"},
	    {"stonith_host", 'e', "fencing is not available"},
	    {"stonith null /etc/ha.d/stonith.cfg", 'e', "fencing is not available"},
	};

	(void)state;
	fixture_run_hacf(cases, G_N_ELEMENTS(cases));
}

static void
failback(void **state)
{
	static const struct {
		const char *lines;
		enum auto_failback expected;
		const char *shown, *hint;
	} cases[] = {
	    {"auto_failback ON", FAILBACK_ON, "ON", NULL},
	    {"auto_failback \"off\"", FAILBACK_OFF, "off", NULL},
	    {"auto_failback legacy", FAILBACK_LEGACY, "legacy", "hb_standby and ipfail"},
	    {"", FAILBACK_LEGACY, "legacy", "auto_failback is missing"},
	    {"nice_failback on", FAILBACK_OFF, "off", "read as 'auto_failback off'"},
	    {"nice_failback off", FAILBACK_LEGACY, "legacy",
		"read as 'auto_failback legacy'"},
	    {"auto_failback on\nnice_failback on", FAILBACK_OFF, "off",
		"auto_failback off"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		g_autofree char *hacf =
		    g_strconcat(cases[i].lines, "\nnode alpha beta\nbcast eth0\n", NULL);
		struct conf *c = fixture_parse(hacf, "", GOOD_AUTHKEYS, faults);

		assert_non_null(c);
		assert_int_equal(c->auto_failback, cases[i].expected);
		assert_string_equal(conf_parameter(c, "auto_failback"), cases[i].shown);
		assert_int_equal(faults->len, cases[i].hint != NULL ? 1 : 0);
		g_autofree char *all = fixture_text(faults);
		if (cases[i].hint != NULL)
			assert_non_null(strstr(all, cases[i].hint));
		conf_free(c);
	}
}

static void
the_log_always_goes_somewhere(void **state)
{
	static const struct {
		const char *lines, *facility;
		unsigned faults;
	} cases[] = {
	    {"", "daemon", 0},
	    {"use_logd off", "daemon", 0},
	    {"logfacility none", "daemon", 1},
	    {"logfacility none\nlogfile /var/log/ha-log", NULL, 0},
	    {"logfile /var/log/ha-log", NULL, 0},
	    {"logfacility Local3", "local3", 0},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct conf *c = fixture_hacf_line(cases[i].lines, faults);

		assert_non_null(c);
		assert_int_equal(faults->len, cases[i].faults);
		if (cases[i].facility != NULL)
			assert_string_equal(c->logfacility, cases[i].facility);
		else
			assert_null(c->logfacility);
		conf_free(c);
	}
}

static void
only_one_watchdog_and_one_crm(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = fixture_hacf_line(
	    "watchdog /dev/w0\nwatchdog /dev/w1\ncrm off\npacemaker off", faults);

	(void)state;
	assert_null(c);
	assert_int_equal(faults->len, 3);
	assert_true(fixture_has(faults, HACF, 2, true, "line 1"));
	assert_true(fixture_has(faults, HACF, 4, true, "line 3"));
}

static void
a_hundred_nodes_and_not_one_more(void **state)
{
	for (unsigned n = 100; n <= 101; n++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		g_autoptr(GString) hacf =
		    g_string_new("auto_failback on\nbcast eth0\nnode alpha\nnode");

		for (unsigned i = 2; i <= n; i++)
			g_string_append_printf(hacf, " n%u", i);
		struct conf *c = fixture_parse(hacf->str, "", GOOD_AUTHKEYS, faults);
		if (n == 100) {
			fixture_expect_none(faults);
			assert_int_equal(c->node_count, 100);
		} else {
			fixture_expect_only(
			    faults, HACF, 4, true, "more than 100 nodes: 'n101'");
		}
		conf_free(c);
	}
	(void)state;
}

static void
values_arrive(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c =
	    fixture_hacf_line("max_rexmit_delay 1s\nnode Delta\nnode delta", faults);

	(void)state;
	fixture_expect_only(faults, HACF, 3, false, "counts once");
	assert_int_equal(c->max_rexmit_delay_ms, 1000);
	assert_string_equal(conf_parameter(c, "max_rexmit_delay"), "1000");
	assert_int_equal(c->node_count, 4);
	assert_string_equal(c->nodes[0], "delta");
	assert_int_equal(c->self, 1);
	conf_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lines),
	    cmocka_unit_test(failback),
	    cmocka_unit_test(the_log_always_goes_somewhere),
	    cmocka_unit_test(only_one_watchdog_and_one_crm),
	    cmocka_unit_test(a_hundred_nodes_and_not_one_more),
	    cmocka_unit_test(values_arrive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
