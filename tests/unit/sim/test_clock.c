/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pair.h"

static void
test_pause(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_pause(w, ALPHA, span_from_ms(4000));
	g_autofree char *answer = world_request(w, ALPHA, "status", NULL, NULL);

	assert_string_equal(answer, "no answer");
	world_run(w, span_from_ms(10000));
	assert_non_null(strstr(said->str, "alpha: we did not run for"));
	assert_null(strstr(said->str, "is dead"));
	assert_holders(w, SHARED);
	world_free(w);
}

/* The wall clock is told to the core, and moves nothing. */
static void
test_clock(void **state)
{
	struct world *w = both_up();

	(void)state;
	g_string_truncate(said, 0);
	world_clock_step(w, ALPHA, 3600);
	world_run(w, span_from_ms(60000));
	world_clock_step(w, ALPHA, -7200);
	world_clock_step(w, BETA, -30);
	world_run(w, span_from_ms(60000));
	assert_holders(w, SHARED);
	assert_string_equal(said->str, "");
	world_free(w);
}

/* Its own clock shows no gap, and what was sent to it meanwhile is lost: only the other one knows. */
static void
test_suspended(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_suspend(w, ALPHA, span_from_ms(4000));
	world_run(w, span_from_ms(8000));
	assert_non_null(strstr(said->str, "beta: Late heartbeat: Node alpha"));
	assert_null(strstr(said->str, "alpha: Late heartbeat"));
	assert_holders(w, SHARED);
	g_string_truncate(said, 0);
	world_suspend(w, ALPHA, span_from_ms(8000));
	assert_int_equal(world_host_condition(w, ALPHA), HOST_FROZEN);
	world_run(w, span_from_ms(7000));
	assert_non_null(strstr(said->str, "beta: node alpha: is dead"));
	world_run(w, span_from_ms(5000));
	assert_null(strstr(said->str, "alpha: node beta: is dead"));
	assert_null(strstr(said->str, "did not run for"));
	assert_holders(w, SHARED);
	world_free(w);
}

/* However they overlap, the clock of the host never goes back: its core would not survive it. */
static void
test_pauses_overlap(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_suspend(w, ALPHA, span_from_ms(3000));
	world_pause(w, ALPHA, span_from_ms(10));
	world_run(w, span_from_ms(100));
	assert_int_equal(world_host_condition(w, ALPHA), HOST_FROZEN);
	world_suspend(w, ALPHA, span_from_ms(1000));
	world_run(w, span_from_ms(3800));
	assert_int_equal(world_host_condition(w, ALPHA), HOST_FROZEN);
	world_run(w, span_from_ms(200));
	assert_int_equal(world_host_condition(w, ALPHA), HOST_UP);
	world_pause(w, ALPHA, span_from_ms(2000));
	world_suspend(w, ALPHA, span_from_ms(1000));
	world_kill_engine(w, ALPHA);
	world_run(w, span_from_ms(2900));
	assert_int_equal(world_host_condition(w, ALPHA), HOST_FROZEN);
	world_run(w, span_from_ms(5000));
	assert_holders(w, SHARED);
	world_suspend(w, ALPHA, span_from_ms(60000));
	world_power_off(w, ALPHA);
	world_boot(w, ALPHA);
	assert_int_equal(world_host_condition(w, ALPHA), HOST_UP);
	world_run(w, span_from_ms(15000));
	assert_holders(w, SHARED);
	world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_pause),
	    TEST(test_clock),
	    TEST(test_suspended),
	    TEST(test_pauses_overlap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
