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
	    "  ucast eth0 to 10.0.0.2, UDP port 694\n"
	    "  serial /dev/ttyS0, 19200 baud\n"
	    "  mcast eth1, group 225.0.0.1, UDP port 694, TTL 1\n"
	    "Pinged, to judge our own connection: 10.0.0.254, 10.1.0.1 or 10.1.0.2.\n"
	    "\n"
	    "A heartbeat is sent every 1s; after 5s of silence a node is late, after 10s "
	    "it is "
	    "dead (deadtime).\n"
	    "At start, a node that stays silent is waited for 30s (initdead).\n"
	    "Worst outage after a crash of a node: 10s (deadtime) plus the time its "
	    "services take "
	    "to start.\n"
	    "A start or stop that takes longer than 10m (resource_timeout) has failed.\n"
	    "\n"
	    "Group 10.0.0.9/24 (line 1 of haresources)\n"
	    "  starts in this order, stops in reverse: IPaddr 10.0.0.9/24, Filesystem "
	    "/dev/sdb1 "
	    "/srv, httpd\n"
	    "  runs on alpha, if that fails on beta, and goes back when that returns "
	    "(auto_failback on).\n"
	    "\n"
	    "There is no fencing. If the nodes lose each other for 10s (deadtime), both "
	    "will run "
	    "the services: shared data is not protected. More links make that less likely, "
	    "a "
	    "longer deadtime only later.\n");
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

		if (strstr(text, cases[i].part) == NULL)
			fail_msg("no '%s' in:\n%s", cases[i].part, text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(two_nodes),
	    cmocka_unit_test(what_else_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
