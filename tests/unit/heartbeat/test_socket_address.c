/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "socket_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "netlink.h"

#define INDEX 3

/* "10.0.0.1/24" or "10.0.0.1/24 10.0.0.255", on that interface. */
static void
add(GArray *all, unsigned index, const char *text)
{
	struct netlink_address a = {.index = index, .family = AF_INET};
	g_auto(GStrv) words = g_strsplit_set(text, "/ ", 3);

	assert_int_equal(inet_pton(AF_INET, words[0], a.ip), 1);
	a.prefix_len = (unsigned)g_ascii_strtoull(words[1], NULL, 10);
	if (words[2] != NULL) {
		a.has_broadcast = true;
		assert_int_equal(inet_pton(AF_INET, words[2], a.broadcast), 1);
	}
	g_array_append_val(all, a);
}

static void
test_broadcast(void **state)
{
	static const struct {
		const char *addresses[3];
		const char *expected; /* NULL: none */
	} cases[] = {
	    {{"10.0.0.1/24 10.0.0.255"}, "10.0.0.255"},
	    {{"10.0.0.1/24 10.0.255.255"}, "10.0.255.255"},
	    {{"10.0.0.1/24 255.255.255.255"}, "255.255.255.255"},
	    {{"10.0.0.1/24"}, "10.0.0.255"},
	    {{"10.0.0.1/24 0.0.0.0"}, "10.0.0.255"},
	    {{"10.1.2.3/8"}, "10.255.255.255"},
	    {{"10.1.2.129/25"}, "10.1.2.255"},
	    {{"10.1.2.5/30"}, "10.1.2.7"},
	    {{"10.1.2.3/0"}, "255.255.255.255"},
	    {{"10.1.2.4/31"}, "255.255.255.255"},
	    {{"10.1.2.4/32"}, "255.255.255.255"},
	    /* The first is the node's own, a service address may come first on none. */
	    {{"10.0.0.1/24", "10.9.0.1/16 10.9.255.255"}, "10.0.0.255"},
	    {{"10.0.0.9/32", "10.0.0.1/24"}, "10.0.0.255"},
	    {{"10.0.0.9/32", "10.0.0.8/32"}, "255.255.255.255"},
	    {{NULL}, NULL},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct netlink_address));
		struct netlink_address six = {.index = INDEX, .family = AF_INET6, .prefix_len = 64};
		struct socket_address to;
		char got[INET_ADDRSTRLEN];

		add(all, INDEX + 1, "192.168.0.1/24 192.168.0.255");
		g_array_append_val(all, six);
		for (size_t k = 0; k < 3 && cases[i].addresses[k] != NULL; k++)
			add(all, INDEX, cases[i].addresses[k]);
		if (socket_address_broadcast(all, INDEX, &to) != (cases[i].expected != NULL))
			fail_msg("row %zu", i);
		inet_ntop(AF_INET, &((struct sockaddr_in *)&to.addr)->sin_addr, got, sizeof(got));
		if (cases[i].expected != NULL && strcmp(got, cases[i].expected) != 0)
			fail_msg("row %zu: %s", i, got);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_broadcast)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
