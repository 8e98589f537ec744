/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pair.h"

#define WITH_IPFAIL HACF "deadping 5\nrespawn hacluster /usr/lib/heartbeat/ipfail\n"

static struct world *
up(const char *hacf)
{
	struct world *w = make(hacf, GROUPS, 1);

	assert_non_null(w);
	world_boot(w, ALPHA);
	world_boot(w, BETA);
	world_run(w, span_from_ms(20000));
	return w;
}

static void
lose_ping(struct world *w, unsigned host, int64_t seconds)
{
	world_ping_reach(w, host, "10.0.0.254", false);
	world_run(w, span_from_ms(seconds * 1000));
}

static void
test_who_reaches_fewer_ping_nodes_gives_all_away(void **state)
{
	struct world *w = up(WITH_IPFAIL);

	(void)state;
	lose_ping(w, ALPHA, 60);
	assert_holders(w, "alpha: nothing | " BETA_ALL);
	assert_int_equal(world_doubles(w), 0);
	assert_non_null(strstr(said->str, "alpha ipfail: Giving up because we"));
	world_free(w);
}

static void
test_what_is_lost_by_both_moves_nothing(void **state)
{
	struct world *w = up(WITH_IPFAIL);

	(void)state;
	world_ping_reach(w, BETA, "10.0.0.254", false);
	lose_ping(w, ALPHA, 60);
	assert_holders(w, SHARED);
	world_free(w);
}

static void
test_without_a_respawn_line_nothing_moves(void **state)
{
	static const char *const confs[] = {
	    HACF "deadping 5\n", HACF "deadping 5\nrespawn root /usr/local/bin/other\n"};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(confs); i++) {
		struct world *w = up(confs[i]);

		lose_ping(w, ALPHA, 60);
		assert_holders(w, SHARED);
		assert_null(strstr(said->str, "ipfail:"));
		world_free(w);
	}
}

/* A new engine starts a new ipfail, and the old one's words are not heard any more. */
static void
test_it_ends_and_begins_with_its_daemon(void **state)
{
	struct world *w = up(WITH_IPFAIL);

	(void)state;
	lose_ping(w, ALPHA, 4);
	world_kill_engine(w, ALPHA);
	world_run(w, span_from_ms(60000));
	assert_holders(w, "alpha: nothing | " BETA_ALL);
	world_power_off(w, BETA);
	world_run(w, span_from_ms(30000));
	world_boot(w, BETA);
	world_ping_reach(w, ALPHA, "10.0.0.254", true);
	world_run(w, span_from_ms(120000));
	assert_holders(w, SHARED);
	lose_ping(w, BETA, 60);
	assert_holders(
	    w, "alpha: IPaddr::10.0.0.9 httpd IPaddr::10.0.0.10 | beta: nothing");
	world_free(w);
}

static void
test_with_auto_failback_legacy_it_ends_for_good(void **state)
{
	static const char hacf[] =
	    "logfacility none\nkeepalive 1\ndeadtime 5\ninitdead 10\nauto_failback legacy\n"
	    "ucast eth0 10.0.0.1\nping 10.0.0.254\nrespawn hacluster "
	    "/usr/lib/heartbeat/ipfail\n";
	struct world *w = up(hacf);

	(void)state;
	assert_non_null(strstr(said->str, "exited with return code 100"));
	lose_ping(w, ALPHA, 60);
	assert_holders(w, SHARED);
	world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_who_reaches_fewer_ping_nodes_gives_all_away),
	    TEST(test_what_is_lost_by_both_moves_nothing),
	    TEST(test_without_a_respawn_line_nothing_moves),
	    TEST(test_it_ends_and_begins_with_its_daemon),
	    TEST(test_with_auto_failback_legacy_it_ends_for_good),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
