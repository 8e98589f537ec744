/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/words.h"

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

/* Played once, the trace must hold these lines in this order. */
static void
assert_said(const char *statements, const char *const *lines)
{
	g_autoptr(GString) trace = g_string_new(NULL);
	struct scenario *s = scenario_new(1, TRACE_INFO, add_line, trace);
	g_autofree char *wrong = scenario_do(s, statements);
	const char *at = trace->str;

	assert_null(wrong);
	for (; *lines != NULL; lines++) {
		at = strstr(at, *lines);
		if (at == NULL)
			fail_msg("not said, or not in order: %s\n%s", *lines, trace->str);
	}
	scenario_free(s);
}

static void
test_a_start(void **state)
{
	static const char *const lines[] = {
	    "glib: ucast: started on port 694 interface eth0 to 10.0.0.1",
	    "glib: UDP Broadcast heartbeat started on port 694 (694) interface eth1",
	    "glib: ping heartbeat started. (10.0.0.254)",
	    "beta: No local resources [haresources names none for beta] to acquire.",
	    "beta: Local Resource acquisition completed. (none)",
	    "alpha: remote resource transition completed.",
	    "alpha: local resource transition completed.",
	    "alpha: Initial resource acquisition complete",
	    "alpha: Local Resource acquisition completed.\n",
	    NULL,
	};

	(void)state;
	assert_said("nodes alpha beta;conf ucast eth0 10.0.0.1;conf bcast eth1;conf ping 10.0.0.254;"
		    "group alpha httpd;boot all;run 5s",
	    lines);
}

static void
test_a_standby(void **state)
{
	static const char *const lines[] = {
	    "-- ask alpha standby local",
	    "alpha: Going standby [local].",
	    "alpha: alpha wants to go standby [local]",
	    "beta: alpha wants to go standby [local]",
	    "beta: standby: acquire [local] resources from alpha",
	    "beta: acquire foreign HA resources (standby).",
	    "alpha: standby: beta can take our local resources",
	    "alpha: give up local HA resources (standby).",
	    "alpha: local HA resource release completed (standby).",
	    "alpha: Local standby process completed [local].",
	    "beta: foreign HA resource acquisition completed (standby).",
	    "beta: Standby resource acquisition done [local].",
	    "alpha: Other node completed standby takeover of local resources.",
	    NULL,
	};

	(void)state;
	assert_said("nodes alpha beta;group alpha httpd;boot all;run 5s;ask alpha standby local;run 5s",
	    lines);
}

/* What came to nothing is not called complete. */
static void
test_a_standby_that_is_cancelled(void **state)
{
	g_autoptr(GString) trace = g_string_new(NULL);
	struct scenario *s = scenario_new(1, TRACE_INFO, add_line, trace);

	(void)state;
	g_autofree char *wrong = scenario_do(s,
	    "nodes alpha beta;conf deadtime 30;group alpha httpd;boot all;run 5s;cut alpha beta;"
	    "ask alpha standby all;run 15s");
	assert_null(wrong);
	assert_non_null(strstr(trace->str, "No reply to standby request.  Standby request cancelled."));
	assert_null(strstr(trace->str, "standby process completed"));
	assert_null(strstr(trace->str, "release completed"));
	scenario_free(s);
}

static void
test_a_takeover(void **state)
{
	static const char *const lines[] = {
	    "beta: Resources being acquired from alpha.",
	    "beta: Taking over resource group httpd",
	    "beta: mach_down: nice_failback: foreign resources acquired",
	    "beta: mach_down takeover complete for node alpha.",
	    NULL,
	};

	(void)state;
	assert_said("nodes alpha beta;conf deadtime 10;group alpha httpd;boot all;run 5s;"
		    "power-off alpha;run 15s",
	    lines);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_start),
	    cmocka_unit_test(test_a_standby),
	    cmocka_unit_test(test_a_standby_that_is_cancelled),
	    cmocka_unit_test(test_a_takeover),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
