/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pair.h"

static void
test_cut_of_one_way_and_one_link(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_cut(w, ALPHA, BETA, "eth1", true);
	world_run(w, span_from_ms(10000));
	assert_non_null(strstr(said->str, "beta: Link alpha:eth1 dead."));
	assert_null(strstr(said->str, "alpha: Link beta:eth1 dead."));
	assert_null(strstr(said->str, "is dead"));
	world_cut(w, ALPHA, BETA, "eth1", false);
	g_string_truncate(said, 0);
	world_run(w, span_from_ms(2000));
	assert_non_null(strstr(said->str, "beta: Link alpha:eth1 up."));
	world_free(w);
}

static void
test_pings(void **state)
{
	struct world *w = both_up();

	(void)state;
	assert_non_null(strstr(said->str, "Link 10.0.0.254:10.0.0.254 up."));
	world_ping_reach(w, ALPHA, "10.0.0.254", false);
	world_run(w, span_from_ms(10000));
	assert_non_null(strstr(said->str, "alpha: node 10.0.0.254: is dead"));
	assert_null(strstr(said->str, "beta: node 10.0.0.254: is dead"));
	world_free(w);
}

static void
test_corrupted_packets_count_as_lost(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_corruption(w, 20);
	world_run(w, span_from_ms(120000));
	assert_non_null(strstr(said->str, "dropped: forged"));
	assert_null(strstr(said->str, "is dead"));
	world_corruption(w, 100);
	world_run(w, span_from_ms(10000));
	assert_non_null(strstr(said->str, "alpha: node beta: is dead"));
	assert_non_null(strstr(said->str, "beta: node alpha: is dead"));
	world_free(w);
}

static void
test_strangers(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_inject(w, ALPHA, "hello", 5);
	world_run(w, span_from_ms(2000));
	assert_non_null(
	    strstr(said->str, "packet from stranger on eth0 dropped: bad-frame"));
	world_power_off(w, BETA);
	world_inject(w, BETA, "hello", 5);
	world_run(w, span_from_ms(10));
	assert_null(strstr(said->str, "beta: packet from stranger"));
	world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_cut_of_one_way_and_one_link),
	    TEST(test_pings),
	    TEST(test_corrupted_packets_count_as_lost),
	    TEST(test_strangers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
