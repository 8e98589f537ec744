/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/hacf.h"

#include "fixture.h"

static void
lines(void **state)
{
	static const struct line_case cases[] = {
	    {"keepalve 2", 'e', "unknown directive 'keepalve': did you mean 'keepalive'?"},
	    {"zzzzzz 2", 'e', "unknown directive 'zzzzzz'"},
	    {"KeepAlive 2", '-', NULL},
	    {"keepalive=2", 'e', "write 'keepalive 2'"},
	    {"keepalive: 2", 'e', "write 'keepalive 2'"},
	    {"keepalive = 2", 'e', "no '=' between"},
	    {"keepalive 2 // seconds", 'e', "comments start with '#'"},
	    {"// keepalive 2", 'e', "comments start with '#'"},
	    {"keepalive", 'h', "no value"},
	    {"keepalive 2s", '-', NULL},
	    {"keepalive 500 ms", '-', NULL},
	    {"keepalive .5", '-', NULL},
	    {"keepalive \"2\"", '-', NULL},
	    {"keepalive -1", 'e', "'-1' is not a time"},
	    {"keepalive 0", 'e', "out of range: from 1ms to 365d"},
	    {"keepalive 1 2", 'h', "the last one, '2', counts"},
	    {"keepalive 1 x 2", 'e', "'x' is not a time"},
	    {"hopfudge 256", 'e', "not a number from 0 to 255"},
	    {"hopfudge 255", '-', NULL},
	    {"rtprio 0", 'e', "from 1 to 99"},
	    {"rtprio 99", '-', NULL},
	    {"debug many", 'e', "from 0 to 255"},
	    {"memreserve 0", 'e', "memreserve"},
	    {"flight_record 0", '-', NULL},
	    {"flight_record 1048577", 'e', "from 0 to 1048576"},
	    {"realtime OFF", '-', NULL},
	    {"realtime maybe", 'e', "neither on nor off"},
	    {"realtime = off", 'e', "no '='"},
	    {"hbgenmethod TIME", '-', NULL},
	    {"hbgenmethod clock", 'e', "none of: file, time"},
	    {"msgfmt netstring", '-', NULL},
	    {"compression bz2", '-', NULL},
	    {"compression lzo", 'e', "zlib, bz2"},
	    {"logfile /var/log/ha-log", '-', NULL},
	    {"logfile \"/var/log/ha-log\"", '-', NULL},
	    {"logfile ha-log", 'h', "no full path"},
	    {"logfile \"/var/log/ha log\"", 'e', "quotes do not match"},
	    {"resource_timeout 7d", '-', NULL},
	    {"resource_timeout 8d", 'e', "from 1s to 7d"},
	    {"status_timeout 500ms", 'e', "from 1s to 1h"},
	    {"announce off", '-', NULL},
	    {"announce NO", '-', NULL},
	    {"announce 1s", '-', NULL},
	    {"announce 2 min", '-', NULL},
	    {"announce 1d", '-', NULL},
	    {"announce on", 'e', "'on' is neither a time, such as 30s, nor 'off'"},
	    {"announce 1 2", 'e', "'1 2' is neither a time"},
	    {"announce 0", 'e', "'0' is out of range: from 1s to 1d, or 'off'"},
	    {"announce 500ms", 'e', "from 1s to 1d, or 'off'"},
	    {"announce 25h", 'e', "from 1s to 1d, or 'off'"},
	    {"hbaping fc0", 'e', "'hbaping' (fibre channel ping) is not supported"},
	    {"tipc x", 'e', "a kind of link this version does not have"},
	    {"rds", 'e', "a kind of link this version does not have"},
	    {"crm_daemon_dir /x", 'e', "Pacemaker"},
	    {"record_config_changes off", '-', NULL},
	    {"crmd_spawns_pengine yes", '-', NULL},
	};

	(void)state;
	fixture_run_hacf(cases, G_N_ELEMENTS(cases));
}

static void
a_repeated_option_counts_last(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c =
	    fixture_hacf_line("deadtime 10\nlogfile /a\nDeadTime 20\nlogfile /b", faults);

	(void)state;
	assert_non_null(c);
	assert_int_equal(faults->len, 2);
	assert_true(fixture_has(faults, HACF, 3, false, "line 1"));
	assert_true(fixture_has(faults, HACF, 4, false, "line 2"));
	assert_int_equal(span_ms(c->deadtime), 20000);
	assert_string_equal(c->logfile, "/b");
	assert_string_equal(conf_parameter(c, "deadtime"), "20");
	conf_free(c);
}

static void
a_backslash_is_explained_once(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = fixture_hacf_line("node alpha \\\n   delta", faults);

	(void)state;
	assert_null(c);
	assert_true(fixture_has(faults, HACF, 1, true, "backslash"));
	for (unsigned i = 0; i < faults->len; i++)
		assert_int_not_equal(((struct fault *)faults->pdata[i])->line, 2);
}

static void
defaults_are_those_of_3_0_6(void **state)
{
	static const char *const expected[] = {"announce", "30s", "auto_failback", "on", "autojoin", "none",
	    "baud", "19200", "cluster", "linux-ha", "compression", "zlib",
	    "compression_threshold", "2", "conn_logd_time", "60", "coredumps", "true",
	    "deadping", "30000ms", "deadtime", "30000ms", "debug", "0",
	    "enable_config_writes", "on", "flight_record", "16384", "hbgenmethod", "file", "hopfudge", "1",
	    "initdead", "30000ms", "keepalive", "1000ms", "log_badpack", "true",
	    "logfacility", "daemon", "max_rexmit_delay", "250", "memreserve", "6500",
	    "msgfmt", "classic", "pacemaker", "false", "realtime", "true",
	    "record_config_changes", "on", "record_pengine_inputs", "on",
	    "resource_timeout", "600s", "status_timeout", "20s", "syslogmsgfmt", "true",
	    "traditional_compression", "no", "udpport", "694", "uuidfrom", "file",
	    "warntime", "15000ms", NULL};
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = fixture_parse(GOOD_TAIL, "", GOOD_AUTHKEYS, faults);

	(void)state;
	fixture_expect_none(faults);
	assert_non_null(c);
	for (size_t i = 0; expected[i] != NULL; i++)
		assert_string_equal(c->parameters[i], expected[i]);
	assert_int_equal(g_strv_length(c->parameters), G_N_ELEMENTS(expected) - 1);
	assert_int_equal(span_ms(c->keepalive), 1000);
	assert_int_equal(span_ms(c->deadtime), 30000);
	assert_int_equal(span_ms(c->warntime), 15000);
	assert_int_equal(span_ms(c->resource_timeout), 600000);
	assert_int_equal(span_ms(c->status_timeout), 20000);
	assert_int_equal(span_ms(c->announce), 30000);
	assert_int_equal(c->max_rexmit_delay_ms, 250);
	assert_int_equal(c->hopfudge, 1);
	assert_int_equal(c->rtprio, 1);
	assert_true(c->realtime);
	assert_true(c->coredumps);
	assert_false(c->generation_by_time);
	assert_int_equal(c->msgfmt, MSGFMT_CLASSIC);
	assert_string_equal(c->coreroot, "/var/lib/heartbeat/cores");
	conf_free(c);
}

static void
initdead_follows_deadtime(void **state)
{
	static const struct {
		const char *line;
		int initdead_ms;
	} cases[] = {
	    {"deadtime 5", 12000},
	    {"deadtime 6", 12000},
	    {"deadtime 10", 20000},
	    {"deadtime 10001ms", 10001},
	    {"deadtime 30", 30000},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct conf *c = fixture_hacf_line(cases[i].line, faults);

		fixture_expect_none(faults);
		assert_int_equal(span_ms(c->initdead), cases[i].initdead_ms);
		conf_free(c);
	}
}

/* Words that 3.0.6 knows in one spelling only are handed on in that spelling. */
static void
parameters_show_values_as_written(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c =
	    fixture_hacf_line("INITDEAD 40000MS\nhbgenmethod TIME\nmsgfmt Netstring\n"
			      "uuidfrom nodename\nkeepalive 500 ms",
		faults);

	(void)state;
	fixture_expect_none(faults);
	assert_string_equal(conf_parameter(c, "initdead"), "40000MS");
	assert_string_equal(conf_parameter(c, "hbgenmethod"), "time");
	assert_string_equal(conf_parameter(c, "keepalive"), "500 ms");
	assert_null(conf_parameter(c, "node"));
	assert_null(conf_parameter(c, "watchdog"));
	assert_true(c->generation_by_time);
	assert_true(c->uuid_from_name);
	assert_int_equal(c->msgfmt, MSGFMT_NETSTRING);
	assert_int_equal(span_ms(c->keepalive), 500);
	conf_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lines),
	    cmocka_unit_test(a_repeated_option_counts_last),
	    cmocka_unit_test(a_backslash_is_explained_once),
	    cmocka_unit_test(defaults_are_those_of_3_0_6),
	    cmocka_unit_test(initdead_follows_deadtime),
	    cmocka_unit_test(parameters_show_values_as_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
