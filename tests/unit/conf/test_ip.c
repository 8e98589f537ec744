/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/ip.h"

#include "fixture.h"

static void
families(void **state)
{
	static const struct {
		const char *text;
		enum ip_family family;
		bool multicast;
	} cases[] = {
	    {"10.0.0.1", IP_V4, false},
	    {"223.255.255.255", IP_V4, false},
	    {"224.0.0.0", IP_V4, true},
	    {"239.255.255.255", IP_V4, true},
	    {"240.0.0.0", IP_V4, false},
	    {"10.0.0.256", IP_NONE, false},
	    {"10.0.0", IP_NONE, false},
	    {"10.0.0.1 ", IP_NONE, false},
	    {"", IP_NONE, false},
	    {"web1", IP_NONE, false},
	    {"2001:db8::10", IP_V6, false},
	    {"ff15::77:694", IP_V6, true},
	    {"2001:db8:::10", IP_NONE, false},
	    {"::1", IP_V6, false},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		assert_int_equal(ip_family(cases[i].text), cases[i].family);
		assert_int_equal(ip_is_multicast(cases[i].text), cases[i].multicast);
	}
}

static void
prefixes(void **state)
{
	static const struct {
		const char *text;
		enum ip_family family;
		unsigned bits; /* 0: refused */
	} cases[] = {
	    {"1", IP_V4, 1},
	    {"32", IP_V4, 32},
	    {"33", IP_V4, 0},
	    {"0", IP_V4, 0},
	    {"128", IP_V6, 128},
	    {"129", IP_V6, 0},
	    {"255.255.255.0", IP_V4, 24},
	    {"255.255.255.255", IP_V4, 32},
	    {"255.0.255.0", IP_V4, 0},
	    {"0.0.0.0", IP_V4, 0},
	    {"255.255.255.0", IP_V6, 0},
	    {"-1", IP_V4, 0},
	    {"", IP_V4, 0},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		unsigned bits = 99;

		assert_int_equal(
		    ip_prefix(cases[i].text, cases[i].family, &bits), cases[i].bits != 0);
		assert_int_equal(bits, cases[i].bits != 0 ? cases[i].bits : 99);
	}
}

static void
interfaces(void **state)
{
	(void)state;
	assert_true(ip_interface_valid("bond0.210"));
	assert_true(ip_interface_valid("fifteen-letters"));
	assert_false(ip_interface_valid("sixteen-letters-"));
	assert_false(ip_interface_valid(""));
	assert_false(ip_interface_valid("eth/0"));
}

static void
service_addresses(void **state)
{
	static const struct {
		const char *script, *words, *fault; /* NULL: right */
	} cases[] = {
	    {"IPaddr", "10.0.0.9", NULL},
	    {"IPaddr", "10.0.0.9/24/eth0:3", NULL},
	    {"IPaddr", "10.0.0.9/24/10.0.0.255", NULL},
	    {"IPaddr", "10.0.0.9/255.255.255.0/eth0/10.0.0.255", NULL},
	    {"IPaddr", "10.0.0.9/24/eth0:a-label-too-long", NULL},
	    {"IPaddr2", "10.0.0.9/24/eth0:a-label-too-long", "longer than the 15"},
	    {"IPaddr2", "2001:db8::9/64/eth0", NULL},
	    {"IPv6addr", "2001:db8::9", NULL},
	    {"IPaddr", "10.0.0.300/24", "'10.0.0.300' is not an IP address"},
	    {"IPaddr", "10.0.0.9,httpd", "blanks"},
	    {"IPaddr", "", "not an IP address"},
	    {"IPaddr", "10.0.0.9/33", "'33' is neither a number of bits from 1 to 32 nor"},
	    {"IPaddr", "10.0.0.9/255.0.255.0", "nor a netmask"},
	    {"IPv6addr", "2001:db8::9/129", "from 1 to 128"},
	    {"IPaddr", "10.0.0.9/24/an-interface-too-long", "cannot be the name"},
	    {"IPaddr", "10.0.0.9/24/eth0/eth1", "'eth1' is not a broadcast address"},
	    {"IPaddr", "10.0.0.9/24/eth0/10.0.0.255/x", "leave out '/x'"},
	    {"IPv6addr", "2001:db8::9/64/eth0/x", "no broadcast"},
	    {"IPaddr", "2001:db8::9", "write IPv6addr::"},
	    {"IPv6addr", "10.0.0.9", "write IPaddr::"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *fault = ip_service_fault(cases[i].script, cases[i].words);

		print_message("%s %s: %s\n", cases[i].script, cases[i].words, fault);
		assert_int_equal(fault == NULL, cases[i].fault == NULL);
		if (fault != NULL)
			assert_non_null(strstr(fault, cases[i].fault));
	}
}

static void
shortest_form(void **state)
{
	static const struct {
		const char *text, *shortest;
	} cases[] = {
	    {"10.0.0.1", "10.0.0.1"},
	    {"2001:DB8:0:0:0:0:0:1", "2001:db8::1"},
	    {"::FFFF:10.0.0.1", "::ffff:10.0.0.1"},
	    {"10.0.0.256", NULL},
	    {"alpha", NULL},
	    {"", NULL},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *got = ip_shortest(cases[i].text);

		assert_true(g_strcmp0(got, cases[i].shortest) == 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(shortest_form),
cmocka_unit_test(families),
	    cmocka_unit_test(prefixes),
	    cmocka_unit_test(interfaces),
	    cmocka_unit_test(service_addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
