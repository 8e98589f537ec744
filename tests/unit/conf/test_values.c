/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/values.h"

#include "fixture.h"

/* "ha.cf:1 deadtime 10s|..." of what starts with one of the words; all of it without words. */
static char *
values_of(const char *hacf, const char *const *words)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = fixture_parse(hacf, "", GOOD_AUTHKEYS, faults);
	GString *all = g_string_new(NULL);

	assert_non_null(c);
	for (unsigned i = 0; i < c->value_count; i++) {
		const struct conf_value *v = &c->values[i];
		g_autofree char *name = g_strndup(v->text, strcspn(v->text, " "));

		if (words != NULL && !g_strv_contains(words, name))
			continue;
		if (v->line != 0)
			g_string_append_printf(all, "%u %s|", v->line, v->text);
		else
			g_string_append_printf(
			    all, "%s: %s|", v->from != NULL ? v->from : "default", v->text);
	}
	conf_free(c);
	return g_string_free(all, FALSE);
}

#define TAIL "bcast eth0\nnode alpha beta\nauto_failback on\n"

static void
times_say_what_they_follow_from(void **state)
{
	static const char *const words[] = {
	    "keepalive", "deadtime", "warntime", "initdead", "deadping", NULL};
	static const struct {
		const char *hacf, *values;
	} cases[] = {
	    {TAIL, "deadtime: initdead 30s|deadtime: deadping 30s|half of deadtime: "
		   "warntime 15s|default: keepalive 1s|default: deadtime 30s|"},
	    {"deadtime 8\n" TAIL, "1 deadtime 8s|deadtime: deadping 8s|half of deadtime: "
				  "warntime 4s|twice deadtime: initdead 16s|"
				  "default: keepalive 1s|"},
	    {"deadtime 3\n" TAIL, "1 deadtime 3s|deadtime: deadping 3s|half of deadtime: "
				  "warntime 1.5s|default: keepalive 1s|"
				  "default: initdead 12s|"},
	    {"initdead 60\nwarntime 9\ndeadping 10\nkeepalive 2 s\ndeadtime 20\ndeadtime "
	     "10\n" TAIL,
		"1 initdead 60s|2 warntime 9s|3 deadping 10s|4 keepalive 2s|"
		"6 deadtime 10s|"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *got = values_of(cases[i].hacf, words);

		assert_string_equal(got, cases[i].values);
	}
}

static void
each_kind_is_shown_as_it_is_written(void **state)
{
	static const struct {
		const char *line, *value;
	} cases[] = {
	    {"udpport 695", "1 udpport 695|"},
	    {"hopfudge 2", "1 hopfudge 2|"},
	    {"realtime no", "1 realtime off|"},
	    {"uuidfrom NodeName", "1 uuidfrom nodename|"},
	    {"msgfmt netstring", "1 msgfmt netstring|"},
	    {"max_rexmit_delay 300 ms", "1 max_rexmit_delay 300|"},
	    {"logfile /var/log/ha", "1 logfile /var/log/ha|"},
	    {"logfacility LOCAL0", "1 logfacility local0|"},
	    {"nice_failback on\nbcast eth0\nnode alpha", "1 auto_failback off|"},
	    {"respawn  root\t/bin/true  x", "1 respawn root /bin/true x|"},
	    {"env A=b C=d", "1 env A=b C=d|"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *hacf =
		    g_strdup_printf("%s\nbcast eth0\nnode alpha beta\n", cases[i].line);
		g_autofree char *want = g_strconcat("|", cases[i].value, NULL);
		g_autofree char *got = values_of(hacf, NULL);
		g_autofree char *all = g_strconcat("|", got, NULL);

		if (strstr(all, want) == NULL)
			fail_msg("no '%s' in:\n%s", cases[i].value, all);
	}
}

/* What is written but changes nothing would only be in the way. */
static void
only_what_has_an_effect(void **state)
{
	static const char *const words[] = {"rtprio", "coreroot", "compression",
	    "compression_threshold", "baud", "use_logd", "crm", "watchdog", NULL};
	g_autofree char *none = values_of("realtime off\nrtprio 5\ncoredumps off\nbaud 9600\n"
					  "crm off\nuse_logd off\n" TAIL,
	    words);
	g_autofree char *all = values_of("traditional_compression on\nrtprio 5\n"
					 "serial /dev/ttyS0\n" TAIL,
	    words);

	(void)state;
	assert_string_equal(none, "");
	assert_string_equal(all, "2 rtprio 5|default: baud 19200|"
				 "default: coreroot /var/lib/heartbeat/cores|"
				 "default: compression zlib|default: compression_threshold 2|");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(times_say_what_they_follow_from),
	    cmocka_unit_test(each_kind_is_shown_as_it_is_written),
	    cmocka_unit_test(only_what_has_an_effect),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
