/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

static char *
explain(const char *hacf, const char *haresources)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = fixture_parse(hacf, haresources, GOOD_AUTHKEYS, faults);

	assert_non_null(c);
	char *text = conf_explain(c);
	conf_free(c);
	return text;
}

static void
two_nodes(void **state)
{
	g_autofree char *text =
	    explain("auto_failback on\n"
		    "keepalive 1\ndeadtime 10\ninitdead 30\nwarntime 5\n"
		    "node alpha beta\n"
		    "ucast eth0 10.0.0.2\nserial /dev/ttyS0\n"
		    "ping 10.0.0.254\nmcast eth1 225.0.0.1 694 1 0\n"
		    "ping_group up 10.1.0.1 10.1.0.2\n",
		"alpha 10.0.0.9/24 Filesystem::/dev/sdb1::/srv httpd\n");

	(void)state;
	assert_string_equal(text,
	    "This node is alpha. The cluster has 2 nodes: alpha, beta.\n"
	    "\n"
	    "Heartbeats go over:\n"
	    "  ucast eth0 to 10.0.0.2, UDP port 694 (ha.cf:7)\n"
	    "  serial /dev/ttyS0, 19200 baud (ha.cf:8)\n"
	    "  mcast eth1, group 225.0.0.1, UDP port 694, TTL 1 (ha.cf:10)\n"
	    "Pinged, to judge our own connection: 10.0.0.254 (ha.cf:9), 10.1.0.1 or 10.1.0.2\n"
	    "(ha.cf:11).\n"
	    "\n"
	    "A heartbeat is sent every 1s; after 5s of silence a node is late, after 10s it\n"
	    "is dead (deadtime).\n"
	    "At start, a node that stays silent is waited for 30s (initdead).\n"
	    "Worst outage after a crash of a node: 10s (deadtime) plus the time its services\n"
	    "take to start.\n"
	    "A start or stop that takes longer than 10m (resource_timeout) has failed.\n"
	    "\n"
	    "Group 10.0.0.9/24 (haresources:1)\n"
	    "  starts in this order, stops in reverse: IPaddr 10.0.0.9/24, Filesystem\n"
	    "    /dev/sdb1 /srv, httpd\n"
	    "  runs on alpha, if that fails on beta, and goes back when that returns\n"
	    "    (auto_failback on).\n"
	    "\n"
	    "There is no fencing. If the nodes lose each other for 10s (deadtime), both will\n"
	    "run the services: shared data is not protected. More links make that less\n"
	    "likely, a longer deadtime only later.\n"
	    "\n"
	    "In force, and where it comes from:\n"
	    "  ha.cf:1   auto_failback on\n"
	    "  ha.cf:2   keepalive 1s\n"
	    "  ha.cf:3   deadtime 10s\n"
	    "  ha.cf:4   initdead 30s\n"
	    "  ha.cf:5   warntime 5s\n"
	    "  ha.cf:6   node alpha beta\n"
	    "  deadtime  deadping 10s\n"
	    "  default   resource_timeout 10m, status_timeout 20s, announce 30s, hopfudge 1,\n"
	    "            udpport 694, baud 19200, logfacility daemon, syslogmsgfmt on, debug\n"
	    "            0, realtime on, rtprio 1, memreserve 6500, flight_record 16384,\n"
	    "            coredumps on, coreroot /var/lib/heartbeat/cores, hbgenmethod file,\n"
	    "            uuidfrom file, cluster linux-ha, msgfmt classic,\n"
	    "            traditional_compression off, max_rexmit_delay 250\n");
}

static void
what_else_is_said(void **state)
{
	static const struct {
		const char *hacf, *haresources, *part;
	} cases[] = {
	    {"node alpha\nbcast eth0\n", "alpha x\n", "It is alone"},
	    {"node alpha beta\nbcast eth0\nucast eth0 10.0.0.2\n", "alpha x\n",
		"one way between the nodes"},
	    {"node alpha beta gamma\nbcast eth0\n", "alpha,gamma x\n",
		"runs on alpha, if that fails on gamma, then beta"},
	    {"node alpha beta gamma\nbcast eth0\n", "alpha x\n", "each part will run"},
	    {"node alpha beta\nbcast eth0\n", "alpha x\n", "auto_failback legacy"},
	    {"node alpha beta\nbcast eth0\nauto_failback off\n", "alpha x\n",
		"stays where it is"},
	    {"node alpha beta\nbcast eth0\n", "", "No group is configured"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = explain(cases[i].hacf, cases[i].haresources);

		/* Wherever the lines are broken. */
		g_auto(GStrv) words = g_strsplit_set(text, " \n", -1);
		g_autoptr(GString) line = g_string_new(NULL);
		for (char **word = words; *word != NULL; word++)
			if (**word != '\0')
				g_string_append_printf(line, "%s ", *word);
		if (strstr(line->str, cases[i].part) == NULL)
			fail_msg("no '%s' in:\n%s", cases[i].part, text);
	}
}

/* Whatever there is in the files. */
static void
no_line_is_longer_than_a_terminal(void **state)
{
	g_autoptr(GString) hacf = g_string_new("bcast eth0\nnode alpha beta\n");
	g_autoptr(GString) haresources = g_string_new("alpha");
	size_t longest = 0;

	(void)state;
	for (unsigned i = 0; i < 40; i++) {
		g_string_append_printf(hacf, "respawn root /opt/clients/%u -x -y -z\n", i);
		g_string_append_printf(haresources, " IPaddr2::10.80.0.%u/20/eth0", i + 1);
	}
	g_string_append(hacf, "respawn root /opt/a/path/of/one/word/that/is/longer/than/the/"
			      "width/of/a/terminal/with/eighty/columns and more\n");
	g_autofree char *text = explain(hacf->str, haresources->str);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	unsigned long_lines = 0;
	for (char **line = lines; *line != NULL; line++) {
		long_lines += strlen(*line) > 80;
		if (strstr(*line, "/of/one/word") == NULL)
			longest = MAX(longest, strlen(*line));
	}
	assert_true(longest > 60 && longest <= 80);
	assert_int_equal(long_lines, 1);
	assert_non_null(strstr(text, "IPaddr2 10.80.0.40/20/eth0\n"));
	assert_non_null(strstr(text, "\n                    and more\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(two_nodes),
	    cmocka_unit_test(what_else_is_said),
	    cmocka_unit_test(no_line_is_longer_than_a_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
