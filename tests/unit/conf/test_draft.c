/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/draft.h"

#include "fixture.h"

/* web1: two cards, the second one with IPv6 too, and a network of point-to-point links. */
static struct draft *
web1(void)
{
	struct draft *d = draft_new("Web1");

	draft_add_net(d, "eth0", "10.0.0.1", 24);
	draft_add_net(d, "eth1", "192.168.7.1", 24);
	draft_add_net(d, "eth1", "fd00::1", 64);
	draft_add_net(d, "eth2", "172.16.0.0", 31);
	return d;
}

typedef char *fault_fn(struct draft *d, const char *answer);

struct answer_case {
	const char *answer;
	const char *part; /* of the reason; NULL: it is right */
};

static void
run(fault_fn *judge, struct draft *(*make)(void), const struct answer_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct draft *d = make();
		g_autofree char *fault = judge(d, cases[i].answer);

		print_message("%s: %s\n", cases[i].answer, fault != NULL ? fault : "right");
		if (cases[i].part == NULL)
			assert_null(fault);
		else if (fault == NULL || strstr(fault, cases[i].part) == NULL)
			fail_msg("'%s' is not in '%s'", cases[i].part, fault);
		/* Sentences are put together by others. */
		assert_true(fault == NULL || !g_str_has_suffix(fault, "."));
		draft_free(d);
	}
}

static void
own_names(void **state)
{
	static const struct {
		const char *name, *part;
	} cases[] = {
	    {"web1", NULL},
	    {"Web1.Example.COM", NULL},
	    {"localhost", "hostnamectl set-hostname"},
	    {"(none)", "hostnamectl set-hostname"},
	    {"-x", "cannot be the name"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct draft *d = draft_new(cases[i].name);
		g_autofree char *fault = draft_node_fault(d);

		if (cases[i].part == NULL)
			assert_null(fault);
		else
			assert_non_null(strstr(fault, cases[i].part));
		draft_free(d);
	}
}

static void
peers(void **state)
{
	static const struct answer_case cases[] = {
	    {"web2", NULL},
	    {"WEB2.example.com", NULL},
	    {"web1", "is this machine"},
	    {"WEB1", "is this machine"},
	    {"web1.example.com", "is this machine"},
	    {"10.0.0.2", "is an address"},
	    {"fd00::2", "is an address"},
	    {"web 2", "cannot be the name"},
	    {"", "cannot be the name"},
	    {"web2;reboot", "cannot be the name"},
	    {"localhost", "any machine"},
	};
	struct draft *d = web1();

	(void)state;
	run(draft_peer_fault, web1, cases, G_N_ELEMENTS(cases));
	assert_null(draft_peer_fault(d, "Web2"));
	assert_string_equal(d->node, "web1");
	assert_string_equal(d->peer, "web2");
	draft_free(d);
}

static char *
path_anywhere(struct draft *d, const char *answer)
{
	return draft_path_fault(d, answer, NULL);
}

static void
paths(void **state)
{
	static const struct answer_case cases[] = {
	    {"10.0.0.2", NULL},
	    {"192.168.7.2", NULL},
	    {"fd00::2", NULL},
	    {"172.16.0.1", NULL},
	    {"web2", "is not an IP address"},
	    {"10.0.0", "is not an IP address"},
	    {"10.0.0.2/24", "is not an IP address"},
	    {"10.0.0.1", "is an address of this machine (eth0)"},
	    {"fd00:0::1", "is an address of this machine (eth1)"},
	    {"10.0.0.0", "is the network address of eth0"},
	    {"10.0.0.255", "is the broadcast address of eth0"},
	    {"0.0.0.0", "is not the address of one machine"},
	    {"127.0.0.1", "is not the address of one machine"},
	    {"::1", "is not the address of one machine"},
	    {"225.0.0.1", "is not the address of one machine"},
	    {"10.0.9.2", "in no network of this machine (eth0 10.0.0.1/24, eth1"},
	};

	(void)state;
	run(path_anywhere, web1, cases, G_N_ELEMENTS(cases));
}

static void
interfaces(void **state)
{
	struct draft *d = web1();
	g_autofree char *missing = draft_path_fault(d, "10.0.0.2", "eth9");
	g_autofree char *family = draft_path_fault(d, "fd00::2", "eth0");

	(void)state;
	assert_non_null(strstr(missing, "there is no interface eth9"));
	assert_non_null(strstr(family, "eth0 has no IPv6 address"));
	assert_int_equal(d->path_count, 0);
	assert_string_equal(draft_interface_of(d, "192.168.7.9"), "eth1");
	assert_null(draft_interface_of(d, "10.0.9.2"));
	assert_null(draft_interface_of(d, "web2"));

	/* Routed: the user knows better. */
	assert_null(draft_path_fault(d, "10.0.9.2", "eth0"));
	assert_string_equal(d->paths[0].ours, "10.0.0.1");
	assert_string_equal(draft_net_without_path(d)->interface, "eth1");
	assert_null(draft_path_fault(d, "fd00::2", NULL));
	assert_string_equal(d->paths[1].interface, "eth1");
	assert_string_equal(d->paths[1].ours, "fd00::1");
	assert_string_equal(draft_net_without_path(d)->interface, "eth2");

	g_autofree char *twice = draft_path_fault(d, "fd00:0::2", NULL);
	assert_non_null(strstr(twice, "on a path already"));
	assert_null(draft_path_fault(d, "172.16.0.1", NULL));
	assert_null(draft_net_without_path(d));
	assert_null(draft_path_fault(d, "10.0.0.3", NULL));
	g_autofree char *many = draft_path_fault(d, "10.0.0.4", NULL);
	assert_non_null(strstr(many, "4 paths already"));
	draft_free(d);
}

/* The longest prefix says where an address belongs, and of two in it the nearer is ours. */
static void
nested_networks(void **state)
{
	struct draft *d = draft_new("web1");

	(void)state;
	draft_add_net(d, "eth0", "10.0.0.1", 8);
	draft_add_net(d, "eth1", "10.9.0.1", 16);
	draft_add_net(d, "eth1", "10.7.0.1", 16);
	draft_add_net(d, "eth3", "10.9.0.2", 32);
	assert_string_equal(draft_interface_of(d, "10.9.1.1"), "eth1");
	assert_string_equal(draft_interface_of(d, "10.8.1.1"), "eth0");
	assert_null(draft_path_fault(d, "10.7.0.2", "eth1"));
	assert_string_equal(d->paths[0].ours, "10.7.0.1");
	draft_free(d);
}

static void
serial_lines(void **state)
{
	static const struct answer_case cases[] = {
	    {"/dev/ttyS0", NULL},
	    {"/dev/serial/by-id/usb-x", NULL},
	    {"ttyS0", "write one such as /dev/ttyS0"},
	    {"/dev/ttyS0 /dev/ttyS1", "write one such as"},
	};

	(void)state;
	run(draft_serial_fault, web1, cases, G_N_ELEMENTS(cases));
}

static struct draft *
with_peer(void)
{
	struct draft *d = web1();

	assert_null(draft_peer_fault(d, "web2"));
	assert_null(draft_path_fault(d, "10.0.0.2", NULL));
	assert_null(draft_address_fault(d, "10.0.0.111"));
	return d;
}

static void
addresses(void **state)
{
	static const struct answer_case cases[] = {
	    {"10.0.0.100", NULL},
	    {"10.0.0.100/24/eth0", NULL},
	    {"10.5.0.100/16/eth0", NULL},
	    {"IPaddr2::10.0.0.100/24/eth0", NULL},
	    {"fd00::100", NULL},
	    {"IPv6addr::fd00::100/64/eth1", NULL},
	    {"10.0.0.1", "this machine's own address (eth0)"},
	    {"10.0.0.1/24/eth0", "this machine's own address (eth0)"},
	    {"10.0.0.2", "the address of web2"},
	    {"10.0.0.255", "is the broadcast address of eth0"},
	    {"10.0.0.111", "is there already"},
	    {"10.5.0.100", "in no network of this machine"},
	    {"10.5.0.100/16", "such as 10.5.0.100/24/eth0"},
	    {"10.0.0.100/33", "neither a number of bits"},
	    {"10.0.0.100/24/a-very-long-interface", "cannot be the name of an interface"},
	    {"10.0.0.300", "is not an IP address"},
	    {"10.0.0.77/24/nope", "no interface nope with an address"},
	    {"10.0.0.77/24/eth0;id", "no interface eth0;id with an address"},
	    {"192.0.2.9/24/10.0.0.255", "is in no network of this machine"},
	    {"web.example.com", "is not an IP address"},
	    {"IPaddr::", "IPaddr takes one argument"},
	    {"IPv6addr::10.0.0.100", "IPv6addr is for IPv6"},
	    {"10.0.0.100 10.0.0.101", "one word"},
	    {"127.0.0.9", "is not the address of one machine"},
	    {"", "one word"},
	    {"httpd", "is not an IP address"},
	};

	(void)state;
	run(draft_address_fault, with_peer, cases, G_N_ELEMENTS(cases));
}

static void
services(void **state)
{
	static const struct answer_case cases[] = {
	    {"httpd", NULL},
	    {"Filesystem::/dev/drbd0::/data::ext4", NULL},
	    {"systemd:mariadb", NULL},
	    {"ocf:heartbeat:Filesystem::device=/dev/sdb1", NULL},
	    {"IPaddr::10.0.0.100", "give it as a service address"},
	    {"10.0.0.100", "give it as a service address"},
	    {"a b", "one word"},
	    {"httpd#", "one word"},
	    {"httpd\\", "one word"},
	    {"", "one word"},
	    {"httpd,mysqld", "blanks, not by commas"},
	    {"systemd:", "the unit is missing"},
	    {"Filesystem::::/data", "argument 1 is empty"},
	};
	struct draft *d = with_peer();

	(void)state;
	run(draft_service_fault, with_peer, cases, G_N_ELEMENTS(cases));
	assert_null(draft_service_fault(d, "httpd"));
	g_autofree char *twice = draft_service_fault(d, "httpd");
	assert_non_null(strstr(twice, "is there already"));
	draft_free(d);
}

static void
something_must_be_there(void **state)
{
	struct draft *d = web1();
	g_autofree char *no_path = draft_whole_fault(d);

	(void)state;
	assert_non_null(strstr(no_path, "no path"));
	assert_null(draft_serial_fault(d, "/dev/ttyS0"));
	g_autofree char *nothing = draft_whole_fault(d);
	assert_non_null(strstr(nothing, "nothing to keep up"));
	assert_null(draft_service_fault(d, "httpd"));
	assert_null(draft_whole_fault(d));
	draft_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(own_names),
	    cmocka_unit_test(peers),
	    cmocka_unit_test(paths),
	    cmocka_unit_test(interfaces),
	    cmocka_unit_test(nested_networks),
	    cmocka_unit_test(serial_lines),
	    cmocka_unit_test(addresses),
	    cmocka_unit_test(services),
	    cmocka_unit_test(something_must_be_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
