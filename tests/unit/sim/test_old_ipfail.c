/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "old_pair.h"

#define PINGED \
	"ping 10.0.0.254\nrespawn hacluster /usr/lib/heartbeat/ipfail\n"

/* compat resources.md 11.13: node1 loses its ping node */
static const struct line lost[] = {
    SAYS_WITHIN(3002, 1, "num_ping_nodes dest=node2 0", 1000),
    SAYS_WITHIN(4025, 2, "you_are_dead dest=node1", 1500),
    SAYS_WITHIN(5507, 1, "ask_resources all me", 1800),
    SAYS_WITHIN(5535, 2, "ask_resources all other", 2400),
    SAYS_WITHIN(6008, 1, "resource none 0 standby", 2700),
    SAYS_WITHIN(6669, 1, "ask_resources all done", 2700),
    SAYS_WITHIN(7363, 2, "resource all 1", 2700),
    SAYS_WITHIN(7363, 2, "ask_resources all done", 2700),
    SAYS_WITHIN(7509, 1, "resource none 1", 2700),
    SAYS_WITHIN(7509, 1, "resource none 1", 2700),
    SAYS_WITHIN(7513, 2, "resource all 1", 2700),
    SAYS_WITHIN(17486, 1, "num_ping_nodes dest=node2 1", 1000),
    SAYS_WITHIN(17547, 2, "abort_giveup dest=node1", 1500),
};

static struct pair *
make(uint64_t seed, const char *failback)
{
	g_autofree char *more = g_strdup_printf("%sauto_failback %s\n", PINGED, failback);
	struct pair *p = pair_new(seed, more);

	pair_both_up(p);
	assert_true(p->node[0]->ipfail.runs == (strcmp(failback, "legacy") != 0));
	return p;
}

static void
test_one_loses_its_ping_node(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		struct pair *p = make(i, "off");

		p->ping_lost[0] = true;
		pair_run_until(p, 37000);
		pair_holds(p, "node1: node2: rA rB");
		p->ping_lost[0] = false;
		pair_run_until(p, 45000);
		PAIR_CHART(p, 20000, lost);
		pair_free(p);
	}
}

/* Both lose it: nothing moves that counts, and it ends. */
static void
test_both_lose_it(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		struct pair *p = make(i, i % 2 == 0 ? "on" : "off");

		p->ping_lost[0] = p->ping_lost[1] = true;
		pair_run_until(p, 60000);
		pair_holds(p, "node1: rA node2: rB");
		assert_int_equal(p->doubles, 0);
		pair_free(p);
	}
}

static void
test_legacy_has_none(void **state)
{
	struct pair *p = make(1, "legacy");

	(void)state;
	p->ping_lost[0] = true;
	pair_run_until(p, 40000);
	pair_holds(p, "node1: rA node2: rB");
	assert_false(pair_said(p, 0, "num_ping_nodes dest=node2 0"));
	pair_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_one_loses_its_ping_node),
	    cmocka_unit_test(test_both_lose_it),
	    cmocka_unit_test(test_legacy_has_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
