/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/media.h"

#include "fixture.h"

static void
lines(void **state)
{
	static const struct line_case cases[] = {
	    {"bcast eth0 eth1,eth2", '-', NULL},
	    {"udp eth0", 'h', "write 'bcast eth0'"},
	    {"bcast 10.0.0.1", 'e', "the interface comes first"},
	    {"bcast an-interface-too-long", 'e', "cannot be the name of an interface"},
	    {"ucast", 'e', "write 'ucast eth0 ADDRESS'"},
	    {"ucast eth3", 'e', "write 'ucast eth3 ADDRESS'"},
	    {"ucast 10.0.0.3 eth0", 'e', "the interface comes first"},
	    {"ucast eth0 fd00::2", 'h', "ucast6"},
	    {"ucast eth0 peer", '-', NULL},
	    {"ucast eth0 10.0.0.3 10.0.0.4", 'h', "'10.0.0.4' is not used"},
	    {"ucast eth0 225.0.0.1", 'e', "write 'mcast"},
	    {"ucast6 eth0 fd00::2", '-', NULL},
	    {"ucast6 eth0 10.0.0.3", 'e', "write 'ucast eth0 10.0.0.3'"},
	    {"mcast", 'e', "mcast INTERFACE GROUP PORT TTL LOOP"},
	    {"mcast eth0 225.0.0.1 694 1", 'e', "five words"},
	    {"mcast eth0 225.0.0.1 694 1 0", '-', NULL},
	    {"mcast eth0 10.0.0.255 694 1 0", 'e', "224.0.0.0 to 239.255.255.255"},
	    {"mcast eth0 225.0.0.1 70000 1 0", 'e', "'70000' is no port"},
	    {"mcast eth0 225.0.0.1 1694 1 0", 'h', "port 1694: any local user"},
	    {"mcast eth0 225.0.0.1 694 5 0", 'e',
		"'5' is no TTL: write a number from 0 to 4"},
	    {"mcast eth0 225.0.0.1 694 1 2", 'e', "from 0 to 1"},
	    {"mcast6 eth0 ff15::694 694 1 0", '-', NULL},
	    {"mcast6 eth0 fd00::1 694 1 0", 'e', "ff00::/8"},
	    {"serial /dev/ttyS0,/dev/ttyS1", '-', NULL},
	    {"serial ttyS0", 'e', "write '/dev/ttyS0'"},
	    {"ping 10.0.0.254 gateway", '-', NULL},
	    {"ping 10.0.0.300", 'e', "not an IP address"},
	    {"ping 10.0.0.254 10.0.0.254", 'h', "same as in line 1"},
	    {"ping beta", 'e', "has the name of a node"},
	    {"ping6 fd00::1", '-', NULL},
	    {"ping6 10.0.0.254", 'e', "write 'ping 10.0.0.254'"},
	    {"ping_group up 10.0.0.254 10.0.0.253", '-', NULL},
	    {"ping_group up 10.0.0.254,10.0.0.253", 'h', "commas"},
	    {"ping_group up", 'e', "write 'ping_group up HOST HOST'"},
	    {"ping_group", 'e', "write 'ping_group NAME HOST HOST'"},
	};

	(void)state;
	fixture_run_hacf(cases, G_N_ELEMENTS(cases));
}

static void
a_link_twice_is_one_link(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = fixture_hacf_line("ucast eth0 10.0.0.2", faults);

	(void)state;
	fixture_expect_only(faults, HACF, 3, false, "the same as in line 1");
	assert_int_equal(c->media_count, 1);
	conf_free(c);
}

static void
media_arrive_in_order(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = fixture_parse("mcast eth0 225.0.0.1 700 2 1\n"
				       "serial /dev/ttyS0\n"
				       "ping_group up 10.0.0.254 gw\n"
				       "ping6 fd00::1\n"
				       "ucast6 eth1 fd00::2\n"
				       "baud 9600\n"
				       "udpport 695\n" GOOD_TAIL,
	    "", GOOD_AUTHKEYS, faults);

	(void)state;
	fixture_expect_only(faults, HACF, 7, false, "3.0.6 keeps 694 for those above");
	assert_non_null(c);
	assert_int_equal(c->media_count, 6);
	const struct conf_medium *m = c->media;
	assert_int_equal(m[0].kind, MEDIUM_MCAST);
	assert_string_equal(m[0].hosts[0], "225.0.0.1");
	assert_int_equal(m[0].port, 700);
	assert_int_equal(m[0].ttl, 2);
	assert_true(m[0].loop);
	assert_int_equal(m[1].kind, MEDIUM_SERIAL);
	assert_string_equal(m[1].device, "/dev/ttyS0");
	assert_int_equal(m[1].baud, 9600);
	assert_int_equal(m[2].kind, MEDIUM_PING_GROUP);
	assert_string_equal(m[2].name, "up");
	assert_null(m[2].device);
	assert_string_equal(m[2].hosts[1], "gw");
	assert_null(m[2].hosts[2]);
	assert_int_equal(m[3].kind, MEDIUM_PING);
	assert_true(m[3].ipv6);
	assert_int_equal(m[4].kind, MEDIUM_UCAST);
	assert_true(m[4].ipv6);
	assert_int_equal(m[4].port, 695);
	assert_int_equal(m[4].line, 5);
	assert_int_equal(m[5].port, 695);
	assert_string_equal(m[5].name, "eth0");
	conf_free(c);
}

static void
sixty_four_media_and_not_one_more(void **state)
{
	for (unsigned n = 64; n <= 65; n++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		g_autoptr(GString) hacf =
		    g_string_new("auto_failback on\nnode alpha\nbcast");

		for (unsigned i = 1; i <= n; i++)
			g_string_append_printf(hacf, " eth%u", i);
		struct conf *c = fixture_parse(hacf->str, "", GOOD_AUTHKEYS, faults);
		if (n == 64)
			fixture_expect_none(faults);
		else
			fixture_expect_only(faults, HACF, 3, true, "more than 64 links");
		assert_int_equal(c != NULL, n == 64);
		conf_free(c);
	}
	(void)state;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lines),
	    cmocka_unit_test(a_link_twice_is_one_link),
	    cmocka_unit_test(media_arrive_in_order),
	    cmocka_unit_test(sixty_four_media_and_not_one_more),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
