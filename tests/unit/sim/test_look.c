/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pair.h"

static void
test_a_host_is_seen_as_it_is(void **state)
{
	struct world *w = both_up();
	struct world_look look, later;

	(void)state;
	world_look(w, ALPHA, &look);
	assert_true(look.daemon && look.awake && look.active && !look.leaving);
	assert_true(world_is_settled(w, ALPHA));
	assert_int_equal(world_claim(w, ALPHA, 0), CLAIM_RUNNING);
	assert_int_equal(world_claim(w, BETA, 0), CLAIM_IDLE);
	assert_int_equal(world_group_preferred(w, 0), ALPHA);
	assert_int_equal(world_group_preferred(w, 1), BETA);
	assert_string_equal(world_node_name(w, BETA), "beta");
	world_pause(w, ALPHA, span_from_ms(1000));
	world_look(w, ALPHA, &look);
	assert_true(look.daemon && !look.awake);
	assert_false(world_is_settled(w, ALPHA));
	world_run(w, span_from_ms(2000));
	world_kill_engine(w, ALPHA);
	world_look(w, ALPHA, &later);
	assert_true(later.daemon && later.generation > look.generation);
	world_power_off(w, ALPHA);
	world_look(w, ALPHA, &look);
	assert_false(look.daemon || look.awake || look.active);
	assert_int_equal(world_claim(w, ALPHA, 0), CLAIM_IDLE);
	world_free(w);
}

static void
test_who_hears_whom(void **state)
{
	struct world *w = both_up();

	(void)state;
	assert_true(world_hears(w, ALPHA, BETA) && world_hears(w, BETA, ALPHA));
	world_kill_engine(w, ALPHA);
	/* It knows an earlier life of it. */
	assert_true(world_counts_alive(w, BETA, ALPHA));
	assert_false(world_hears(w, BETA, ALPHA));
	world_run(w, span_from_ms(1000));
	assert_true(world_hears(w, BETA, ALPHA));
	world_power_off(w, ALPHA);
	assert_true(world_counts_alive(w, BETA, ALPHA));
	assert_false(world_hears(w, BETA, ALPHA) || world_hears(w, ALPHA, BETA));
	world_run(w, span_from_ms(6000));
	assert_false(world_counts_alive(w, BETA, ALPHA));
	world_free(w);
}

static void
test_clients_write_to_each_other(void **state)
{
	struct world *w = make(HACF "apiauth judge uid=root\n", GROUPS, 1);

	(void)state;
	world_boot(w, ALPHA);
	world_message(w, ALPHA, "1");
	world_boot(w, BETA);
	world_run(w, span_from_ms(2000));
	assert_non_null(strstr(said->str, "alpha: client says 1"));
	assert_null(strstr(said->str, "client hears"));
	world_message(w, ALPHA, "2");
	world_run(w, span_from_ms(1000));
	assert_non_null(strstr(said->str, "beta: client hears 2 from alpha"));
	world_power_off(w, ALPHA);
	world_message(w, ALPHA, "3");
	assert_null(strstr(said->str, "client says 3"));
	world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_a_host_is_seen_as_it_is),
	    TEST(test_who_hears_whom),
	    TEST(test_clients_write_to_each_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
