/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/status.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "report.h"

static void
the_screen_reads_like_this(void **state)
{
	static const char expected[] =
	    "heartbeat 4.0.0 on web1: active for 3m 12s, holds local\n"
	    "keepalive 1s, warntime 10s, deadtime 30s, initdead 120s, auto_failback on\n"
	    "\nNodes\n"
	    "  web1        active this node   eth0 up\n"
	    "  web2        dead   for 3s (silent 30.0s)\n"
	    "      eth0 dead, eth1 dead, 2 lost, 1 late\n"
	    "  10.0.0.254  ping   for 3m 10s   10.0.0.254 up\n"
	    "\nGroups\n"
	    "  IPaddr::10.0.0.1  running on web1 for 3s: web2 is dead\n"
	    "      its node is web2\n"
	    "      IPaddr::10.0.0.1  running\n"
	    "      httpd             starting\n"
	    "  stranded  held by nobody for 1d 1h\n"
	    "      its node is web1\n"
	    "      could not be started here 3 times; hbctl retry starts again\n"
	    "  twice  HELD TWICE by web1 and web2 for 1s\n"
	    "\nMedia\n"
	    "  ucast       eth0        up      12 sent, 14 received, to 10.0.0.2\n"
	    "  serial      /dev/ttyS0  down    0 sent, 0 received\n"
	    "\nRefused: 2 forged, 1 no-key\n"
	    "\nWarnings\n"
	    "  haresources differs on web2\n";
	g_autofree char *text = status_render(report, false);

	(void)state;
	assert_string_equal(text, expected);
}

/* The screen of one group, with that reason. Owns: the caller's (g_free). */
static char *
screen_of_group(const char *because, bool colour)
{
	g_autofree char *json = g_strdup_printf("{\"groups\": [{\"key\": \"IPaddr::10.0.0.1\", "
	    "\"preferred\": \"web1\", \"holders\": [\"web1\"], \"holder_state\": \"running\", "
	    "\"since_s\": 3, \"because\": \"%s\"}]}", because);

	return status_render(json, colour);
}

static void
a_line_of_81_columns_is_broken(void **state)
{
	/* After 44 columns, 36 and 37 more. */
	static const char fits[] = "d\303\274sseldorf is dead: silent for 30.0s";
	static const char breaks[] = "d\303\274sseldorf is dead: silent for 300.0s";

	(void)state;
	for (int colour = 0; colour < 2; colour++) {
		g_autofree char *whole = screen_of_group(fits, colour);
		g_autofree char *broken = screen_of_group(breaks, colour);

		assert_non_null(strstr(whole, " on web1 for 3s: d\303\274sseldorf"));
		assert_non_null(strstr(broken, " on web1 for 3s\n      d\303\274sseldorf"));
	}
}

static void
the_log_is_the_third_line(void **state)
{
	g_autofree char *whole = status_with_log(report, "/var/log/ha-log");
	g_autofree char *same = status_with_log(report, NULL);
	g_autofree char *wrong = status_with_log("nonsense", "/var/log/ha-log");
	g_autofree char *text = status_render(whole, false);

	(void)state;
	assert_non_null(strstr(whole, "\"log\":\"/var/log/ha-log\""));
	assert_non_null(strstr(text, " auto_failback on\nlog: /var/log/ha-log\n\nNodes\n"));
	assert_string_equal(same, report);
	assert_string_equal(wrong, "nonsense");
}

static void
colour_adds_nothing_but_colour(void **state)
{
	g_autofree char *plain = status_render(report, false);
	g_autofree char *coloured = status_render(report, true);
	g_autoptr(GRegex) escape = g_regex_new("\033\\[[0-9;]*m", 0, 0, NULL);
	g_autofree char *stripped =
	    g_regex_replace_literal(escape, coloured, -1, 0, "", 0, NULL);

	(void)state;
	assert_non_null(strstr(coloured, "\033[31;1mdead\033[0m"));
	assert_string_equal(stripped, plain);
}

static void
what_is_missing_is_left_out_and_what_is_no_report_refused(void **state)
{
	static const char *const wrong[] = {
	    "", "nonsense", "[]", "\"text\"", "{\"node\":", "7"};
	static const char *const odd[] = {
	    "{}",
	    "{\"nodes\":7,\"groups\":\"x\",\"media\":null,\"warnings\":{}}",
	    ("{\"nodes\":[1,null,{}],\"groups\":[{\"holders\":[1]}],\"media\":[[]],"
	     "\"warnings\":[5],\"counters\":{\"a\":\"b\"}}"),
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(wrong); i++)
		assert_null(status_render(wrong[i], true));
	for (size_t i = 0; i < G_N_ELEMENTS(odd); i++) {
		g_autofree char *text = status_render(odd[i], false);

		assert_non_null(text);
		assert_true(g_str_has_prefix(text, "heartbeat ? on ?: ?"));
	}
}

static void
durations_show_their_two_largest_units(void **state)
{
	static const struct {
		double seconds;
		const char *text;
	} cases[] = {
	    {0, "0s"},
	    {-3, "0s"},
	    {59.9, "59s"},
	    {60, "1m 0s"},
	    {3599, "59m 59s"},
	    {3600, "1h 0m"},
	    {86399, "23h 59m"},
	    {86400, "1d 0h"},
	    {400 * 86400.0, "400d 0h"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = status_duration(cases[i].seconds);

		assert_string_equal(text, cases[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_screen_reads_like_this),
	    cmocka_unit_test(a_line_of_81_columns_is_broken),
	    cmocka_unit_test(the_log_is_the_third_line),
	    cmocka_unit_test(colour_adds_nothing_but_colour),
	    cmocka_unit_test(what_is_missing_is_left_out_and_what_is_no_report_refused),
	    cmocka_unit_test(durations_show_their_two_largest_units),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
