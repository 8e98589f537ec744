/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pair.h"

static void
test_behaviour(void **state)
{
	static const struct {
		struct behaviour start;
		const char *holders; /* after 10 s */
	} cases[] = {
	    {{.takes = {1000000}}, SHARED},
	    {{.exit_code = 1}, "alpha: nothing | " BETA_ALL},
	    {{.missing = true}, "alpha: nothing | " BETA_ALL},
	    {{.takes = {INT64_C(20000000000)}}, SHARED},
	    /* From its first moment a start may use the data. */
	    {{.hangs = true}, SHARED},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct world *w = make(HACF, GROUPS, 1);

		world_behave(w, ALPHA, "httpd", OP_START, cases[i].start);
		world_boot(w, ALPHA);
		world_boot(w, BETA);
		world_run(w, span_from_ms(10000));
		assert_holders(w, cases[i].holders);
		world_free(w);
	}
}

static void
test_set_running(void **state)
{
	struct world *w = make(HACF, GROUPS, 1);

	(void)state;
	world_boot(w, ALPHA);
	world_set_running(w, ALPHA, "httpd", true);
	assert_holders(w, "alpha: httpd | beta: off");
	world_set_running(w, ALPHA, "httpd", false);
	world_set_running(w, ALPHA, "no such thing", true);
	assert_holders(w, "alpha: nothing | beta: off");
	world_free(w);
}

static void
test_removed_and_restored(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_set_running(w, ALPHA, "httpd", false);
	world_set_running(w, ALPHA, "httpd", false); /* and once more */
	world_set_running(w, BETA, "httpd", false); /* it did not run there */
	assert_int_equal(world_group_removed(w, ALPHA, 0), 1);
	assert_int_equal(world_group_removed(w, BETA, 0), 0);
	assert_int_equal(world_group_runs(w, ALPHA, 0), 1);
	world_restore(w, ALPHA);
	world_restore(w, BETA);
	assert_int_equal(world_group_removed(w, ALPHA, 0), 0);
	assert_holders(w, SHARED);
	/* What was stopped since does not come back. */
	world_set_running(w, ALPHA, "httpd", false);
	g_free(world_request(w, ALPHA, "standby", "set", "all"));
	world_run(w, span_from_ms(1000));
	assert_int_equal(world_group_removed(w, ALPHA, 0), 0);
	world_restore(w, ALPHA);
	assert_holders(w, "alpha: nothing | " BETA_ALL);
	world_free(w);
}

/* What the daemons started runs on without them, and the judge sees it. */
static void
test_doubles_are_counted(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_kill_daemons(w, ALPHA);
	assert_holders(w, SHARED);
	world_run(w, span_from_ms(10000));
	assert_int_equal(world_doubles(w), 2);
	assert_non_null(strstr(said->str, "!! httpd starts while it runs on alpha"));
	world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_behaviour),
	    TEST(test_set_running),
	    TEST(test_removed_and_restored),
	    TEST(test_doubles_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
