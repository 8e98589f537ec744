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
test_an_engine_that_dies_too_often(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_behave(w, ALPHA, "httpd", OP_STOP, (struct behaviour){.takes = span_from_ms(2000)});
	for (unsigned i = 0; i < 3; i++) {
		world_kill_engine(w, ALPHA);
		world_run(w, span_from_ms(100));
	}
	/* Still being stopped, and a master is there. */
	assert_holders(w, SHARED);
	world_boot(w, ALPHA);
	world_run(w, span_from_ms(2000));
	assert_holders(w, "alpha: nothing | beta: IPaddr::10.0.0.10");
	world_run(w, span_from_ms(10000));
	assert_holders(w, "alpha: nothing | " BETA_ALL);
	assert_int_equal(world_doubles(w), 0);
	world_boot(w, ALPHA);
	world_run(w, span_from_ms(10000));
	assert_holders(w, SHARED);
	world_free(w);
}

/* What its master was about to stop is not stopped by nobody. */
static void
test_a_master_killed_while_it_releases(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_behave(w, ALPHA, "httpd", OP_STOP, (struct behaviour){.takes = span_from_ms(2000)});
	for (unsigned i = 0; i < 3; i++)
		world_kill_engine(w, ALPHA);
	world_kill_daemons(w, ALPHA);
	world_boot(w, ALPHA);
	world_run(w, span_from_ms(4000));
	assert_holders(w, SHARED);
	world_free(w);
}

static void
test_a_disk_that_loses_writes(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_kill_engine(w, ALPHA);
	world_run(w, span_from_ms(60000));
	world_power_off_losing(w, ALPHA);
	world_boot(w, ALPHA);
	world_run(w, span_from_ms(60000));
	assert_non_null(strstr(said->str,
	    "node beta has heard a later life of ours (generation 1002, this is 1001)"));
	assert_holders(w, SHARED);
	/* An honest disk. */
	g_string_truncate(said, 0);
	world_power_off(w, ALPHA);
	world_boot(w, ALPHA);
	world_run(w, span_from_ms(60000));
	assert_null(strstr(said->str, "later life"));
	assert_holders(w, SHARED);
	world_free(w);
}

#define ONLY_ONE "alpha IPaddr::10.0.0.9\nbeta IPaddr::10.0.0.10\n"

static void
test_reload(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_reload(w, ALPHA); /* nothing new */
	world_write_haresources(w, BETA, ONLY_ONE);
	world_reload(w, BETA);
	assert_non_null(strstr(said->str, "beta: !! has read haresources again"));
	world_write_haresources(w, ALPHA, ONLY_ONE);
	world_reload(w, ALPHA);
	assert_non_null(strstr(said->str, "alpha: !! refuses the new haresources"));
	world_run(w, span_from_ms(5000));
	assert_holders(w, SHARED);
	/* One that starts reads what is there. */
	world_stop(w, ALPHA);
	world_run(w, span_from_ms(5000));
	world_boot(w, ALPHA);
	world_run(w, span_from_ms(10000));
	assert_holders(w, "alpha: IPaddr::10.0.0.9 | beta: IPaddr::10.0.0.10");
	assert_int_equal(world_group_runs(w, ALPHA, 0), 1);
	world_write_haresources(w, ALPHA, "alpha IPaddr::10.0.0.9\nalpha db\n");
	world_reload(w, ALPHA);
	world_run(w, span_from_ms(5000));
	assert_holders(w, "alpha: IPaddr::10.0.0.9 db | beta: IPaddr::10.0.0.10");
	world_write_haresources(w, BETA, "nonsense");
	world_reload(w, BETA);
	assert_non_null(strstr(said->str, "haresources:1:"));
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
	    TEST(test_an_engine_that_dies_too_often),
	    TEST(test_a_master_killed_while_it_releases),
	    TEST(test_a_disk_that_loses_writes),
	    TEST(test_reload),
	    TEST(test_requests),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
