/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/subject.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/scenario.h"

static struct subject_names *names;
static GPtrArray *faults;
static struct conf *conf;

static int
names_setup(void **state)
{
	const struct conf_text text = {
	    .hacf_path = "ha.cf",
	    .hacf = "node web web1\nbcast eth0\nping 10.0.0.254 fd00::1\nping_group both 10.0.0.3 10.0.0.4\n"
		    "auto_failback on\nkeepalive 1\ndeadtime 10\n",
	    .haresources_path = "haresources",
	    .haresources = "web IPaddr::10.0.0.5 httpd\nweb1 IPaddr::10.0.0.55/24 mysqld::a\n",
	    .authkeys_path = "authkeys",
	    .authkeys = "auth 1\n1 sha1 agoodenoughkeyforatest\n",
	    .authkeys_mode = 0600,
	    .authkeys_owner_ok = true,
	    .node_name = "web",
	};

	(void)state;
	faults = conf_faults_new();
	conf = conf_parse(&text, faults);
	if (conf == NULL)
		return -1;
	names = subject_names_new(conf);
	return 0;
}

static int
names_teardown(void **state)
{
	(void)state;
	subject_names_free(names);
	conf_free(conf);
	g_ptr_array_unref(faults);
	return 0;
}

static void
test_lines(void **state)
{
	static const struct {
		const char *line, *event, *node, *group;
	} cases[] = {
	    {"group IPaddr::10.0.0.5: waiting -> starting (web1 is dead)", "group-starting", "web",
		"IPaddr::10.0.0.5"},
	    {"group IPaddr::10.0.0.55/24: running -> failed (no)", "group-failed", "web",
		"IPaddr::10.0.0.55/24"},
	    {"group IPaddr::10.0.0.5: ours alone again, addresses are announced", "", "web",
		"IPaddr::10.0.0.5"},
	    /* Not one of ours. */
	    {"group nobody: a -> running (x)", "", NULL, NULL},
	    {"Local status now set to: 'active' (up -> active: x)", "node-active", "web", NULL},
	    {"Status update for node web1: status up (dead -> up: x)", "node-up", "web1", NULL},
	    {"Status update for node web1: status up", "node-up", "web1", NULL},
	    {"node web1: is dead (active -> dead: silent 2.0s, deadtime 2s)", "node-dead", "web1",
		NULL},
	    {"node web: is dead (active -> dead: x)", "node-dead", "web", NULL},
	    {"node web2: is dead (active -> dead: x)", "", NULL, NULL},
	    {"node web.example.org: is dead (active -> dead: x)", "", NULL, NULL},
	    {"node web1 has heard a later life of ours", "", "web1", NULL},
	    {"Link web1:eth0 up.", "link-up", "web1", NULL},
	    {"Link fd00::1:fd00::1 dead.", "link-dead", "fd00::1", NULL},
	    {"Link both:both dead. (up -> dead: silent 3.0s)", "link-dead", "both", NULL},
	    {"Taking over resource group IPaddr::10.0.0.55/24", "takeover", "web",
		"IPaddr::10.0.0.55/24"},
	    {"Acquiring resource group: web1 IPaddr::10.0.0.55/24 mysqld::a", "", "web",
		"IPaddr::10.0.0.55/24"},
	    {"Late heartbeat: Node web1: interval 2530 ms", "node-late", "web1", NULL},
	    {"Both machines own our resources! (group IPaddr::10.0.0.5: web keeps it)", "partition",
		"web", "IPaddr::10.0.0.5"},
	    {"web1 wants to go standby [foreign]", "standby", "web1", NULL},
	    {"standby: acquire [foreign] resources from web1", "standby", "web1", NULL},
	    {"Running /etc/ha.d/resource.d/IPaddr 10.0.0.5 start", "resource-start", "web", NULL},
	    {"Running httpd  stop", "resource-stop", "web", NULL},
	    {"Return code 1 from /etc/ha.d/resource.d/httpd", "resource-failed", "web", NULL},
	    {"Return code 1 from /etc/ha.d/rc.d/status", "hook-failed", "web", NULL},
	    {"Giving up resources due to failure of httpd (exit code 1)", "resource-failed", "web",
		"IPaddr::10.0.0.5"},
	    {"stop of mysqld::a failed: exit code 1 (attempt 1 of 11)", "resource-failed", "web",
		"IPaddr::10.0.0.55/24"},
	    {"IPaddr::10.0.0.5: was gone from eth0; put back (1 time so far)", "address-back", "web",
		"IPaddr::10.0.0.5"},
	    {"IPaddr::10.0.0.5: eth0 is down: given up unless that changes within 9s", "address-lost",
		"web", "IPaddr::10.0.0.5"},
	    {"IPaddr::10.0.0.5 runs here and is answered by 52:54:00:aa:bb:cc on eth0 too: two", "address-conflict",
		"web", "IPaddr::10.0.0.5"},
	    {"IPaddr::10.0.0.5 is taken although 52:54:00:aa:bb:cc answers for it on eth0", "address-conflict",
		"web", "IPaddr::10.0.0.5"},
	    {"IPaddr::10.0.0.5 is no longer answered by 52:54:00:aa:bb:cc on eth0", "address-alone",
		"web", "IPaddr::10.0.0.5"},
	    {"IPaddr::10.0.0.5: of use again after 1s: announced", "address-back", "web",
		"IPaddr::10.0.0.5"},
	    {"mysqld::a start: node web1: is dead (by its own word)", "resource-output", "web",
		"IPaddr::10.0.0.55/24"},
	    {"/x/httpd start: timed out after 10min: killed (raise it)", "resource-failed", "web",
		NULL},
	    {"Heartbeat shutdown in progress. (21)", "stopping", "web", NULL},
	    {"web Heartbeat shutdown complete.", "stopped", "web", NULL},
	    {"ucast eth0: down -> up (sending works again: nothing lost)", "medium-up", "web", NULL},
	    {"write failure on ucast eth0.: No route (up -> down)", "medium-down", "web", NULL},
	    {"packet from 10.0.0.9:694 on eth0 dropped: forged: x", "packet-dropped", "web", NULL},
	    {"debug now set to 1 [pid 21]", "", NULL, NULL},
	    {"", "", NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const struct subject s = subject_read(names, cases[i].line);

		if (strcmp(s.event, cases[i].event) != 0 || g_strcmp0(s.node, cases[i].node) != 0 ||
		    g_strcmp0(s.group, cases[i].group) != 0)
			fail_msg("%s: event \"%s\" node %s group %s", cases[i].line, s.event,
			    s.node != NULL ? s.node : "-", s.group != NULL ? s.group : "-");
	}
}

/* A program that writes much must not hold up the log. */
static void
test_long_lines(void **state)
{
	g_autofree char *blanks = g_strnfill(8000, ' ');
	g_autofree char *line = g_strconcat("group ", blanks, ": -> running (", NULL);

	(void)state;
	assert_string_equal(subject_read(names, line).event, "");
	assert_string_equal(subject_read(names, blanks).event, "");
}

/* Every event is in the manual. */
static void
test_manual(void **state)
{
	g_autofree char *manual = NULL;

	(void)state;
	assert_true(g_file_get_contents(TEST_SRCDIR "/../doc/heartbeat.8", &manual, NULL, NULL));
	for (unsigned i = 0; subject_event(i) != NULL; i++) {
		const char *event = subject_event(i);
		g_autofree char *item = g_strdup_printf("(?m)^\\.It Li (.* )?%.*s( |$)",
		    (int)strcspn(event, "*"), event);

		assert_true(strlen(event) < SUBJECT_EVENT_MAX - 10);
		if (event[0] != '\0' && !g_regex_match_simple(item, manual, 0, 0))
			fail_msg("heartbeat(8) does not tell of %s", event);
	}
}

struct read_events {
	struct subject_names *names;
	GHashTable *events;
};

static void
see(void *arg, const char *line)
{
	struct read_events *seen = arg;
	/* "[  1.0] alpha: text" */
	const char *text = strstr(line, ": ");
	struct subject s;

	if (text == NULL)
		return;
	s = subject_read(seen->names, text + 2);
	if (s.event[0] != '\0')
		g_hash_table_add(seen->events, g_strdup(s.event));
}

/* The words are those that the core really says. */
static void
test_a_real_trace(void **state)
{
	static const char *const wanted[] = {"group-starting", "group-running", "group-stopping",
	    "node-up", "node-active", "node-dead", "link-up", "link-dead", "takeover", "standby",
	    "node-leaving", "node-restart"};
	const struct conf_text text = {
	    .hacf_path = "ha.cf",
	    .hacf = "node alpha beta\nbcast eth0\nauto_failback on\n",
	    .haresources_path = "haresources",
	    .haresources = "alpha httpd\n",
	    .authkeys_path = "authkeys",
	    .authkeys = "auth 1\n1 sha1 agoodenoughkeyforatest\n",
	    .authkeys_mode = 0600,
	    .authkeys_owner_ok = true,
	    .node_name = "alpha",
	};
	g_autoptr(GPtrArray) ignored = conf_faults_new();
	struct conf *c = conf_parse(&text, ignored);
	struct read_events seen = {subject_names_new(c),
	    g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
	struct scenario *s = scenario_new(1, TRACE_INFO, see, &seen);
	g_autofree char *wrong = scenario_do(s,
	    "nodes alpha beta;group alpha httpd;boot all;run 5s;ask alpha standby all;run 5s;"
	    "ask alpha takeover all;run 5s;power-off alpha;run 60s;boot alpha;run 60s;stop beta;run 10s");

	(void)state;
	if (wrong != NULL)
		fail_msg("%s", wrong);
	for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
		if (!g_hash_table_contains(seen.events, wanted[i]))
			fail_msg("no line of a run is about %s", wanted[i]);
	}
	scenario_free(s);
	g_hash_table_unref(seen.events);
	subject_names_free(seen.names);
	conf_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_lines),
	    cmocka_unit_test(test_long_lines),
	    cmocka_unit_test(test_manual),
	    cmocka_unit_test(test_a_real_trace),
	};

	return cmocka_run_group_tests(tests, names_setup, names_teardown);
}
