/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pair.h"

static void
test_power(void **state)
{
	struct world *w = both_up();

	(void)state;
	assert_holders(w, SHARED);
	world_power_off(w, ALPHA);
	assert_holders(w, "alpha: off | beta: IPaddr::10.0.0.10");
	world_run(w, span_from_ms(10000));
	assert_holders(w, "alpha: off | " BETA_ALL);
	world_boot(w, ALPHA);
	world_boot(w, ALPHA); /* it runs already */
	world_run(w, span_from_ms(10000));
	assert_holders(w, SHARED);
	assert_int_equal(world_doubles(w), 0);
	world_free(w);
}

static void
test_stop(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_stop(w, ALPHA);
	world_run(w, span_from_ms(1000));
	assert_holders(w, "alpha: nothing | " BETA_ALL);
	world_stop(w, ALPHA); /* nobody there to be told */
	world_free(w);
}

static void
test_an_engine_is_replaced_at_once(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_kill_engine(w, ALPHA);
	world_run(w, span_from_ms(5000));
	assert_holders(w, SHARED);
	assert_null(strstr(said->str, "is dead"));
	world_power_off(w, ALPHA);
	world_kill_engine(w, ALPHA);
	world_free(w);
}

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

static void
test_requests(void **state)
{
	struct world *w = both_up();
	g_autofree char *json = world_request(w, BETA, "status", NULL, NULL);
	g_autofree char *wrong = world_request(w, BETA, "standby", "set", "some");
	g_autofree char *ok = world_request(w, BETA, "standby", "set", "all");

	(void)state;
	assert_int_equal(json[0], '{');
	assert_string_equal(wrong, "set must be one of all, local, foreign, failback");
	assert_string_equal(ok, "ok");
	world_power_off(w, BETA);
	g_autofree char *off = world_request(w, BETA, "status", NULL, NULL);

	assert_string_equal(off, "no answer");
	world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_power),
	    TEST(test_stop),
	    TEST(test_an_engine_is_replaced_at_once),
	    TEST(test_pause),
	    TEST(test_requests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
