/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pair.h"

static void
test_groups_and_their_parts(void **state)
{
	struct world *w = both_up();

	(void)state;
	assert_int_equal(world_group_count(w), 2);
	assert_string_equal(world_group_key(w, 1), "IPaddr::10.0.0.10");
	assert_int_equal(world_group_runs(w, ALPHA, 0), 2);
	assert_int_equal(world_group_runs(w, BETA, 0), 0);
	world_set_running(w, ALPHA, "httpd", false);
	assert_int_equal(world_group_runs(w, ALPHA, 0), 1);
	assert_int_equal(world_group_removed(w, ALPHA, 0), 1);
	assert_holders(w, "alpha: IPaddr::10.0.0.9 | beta: IPaddr::10.0.0.10");
	world_free(w);
}

static void
test_phases(void **state)
{
	struct world *w = both_up();

	(void)state;
	assert_int_equal(world_group_phase(w, ALPHA, 0), PHASE_SERVING);
	assert_int_equal(world_group_phase(w, BETA, 0), PHASE_NOTHING);
	world_behave(w, ALPHA, "httpd", OP_STOP, (struct behaviour){.takes = span_from_ms(2000)});
	world_behave(w, BETA, "httpd", OP_START, (struct behaviour){.takes = span_from_ms(2000)});
	g_free(world_request(w, ALPHA, "standby", "set", "all"));
	world_run(w, span_from_ms(1000));
	assert_int_equal(world_group_phase(w, ALPHA, 0), PHASE_STOPPING);
	assert_int_equal(world_group_phase(w, BETA, 0), PHASE_NOTHING);
	world_run(w, span_from_ms(2000));
	assert_int_equal(world_group_phase(w, ALPHA, 0), PHASE_NOTHING);
	assert_int_equal(world_group_phase(w, BETA, 0), PHASE_STARTING);
	world_run(w, span_from_ms(2000));
	assert_int_equal(world_group_phase(w, BETA, 0), PHASE_SERVING);
	world_set_running(w, BETA, "httpd", false);
	assert_int_equal(world_group_phase(w, BETA, 0), PHASE_PARTLY);
	/* What was under way when the power went is not. */
	g_free(world_request(w, BETA, "standby", "set", "all"));
	world_run(w, span_from_ms(1));
	world_power_off(w, BETA);
	assert_int_equal(world_group_phase(w, BETA, 0), PHASE_NOTHING);
	world_free(w);
}

/* What another file of that host lists is seen too; the groups stay those of the beginning. */
static void
test_after_a_reload(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_write_haresources(w, ALPHA, GROUPS "alpha db\n");
	world_reload(w, ALPHA);
	world_run(w, span_from_ms(5000));
	assert_holders(w, "alpha: IPaddr::10.0.0.9 httpd db | beta: IPaddr::10.0.0.10");
	assert_int_equal(world_group_count(w), 2);
	world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_groups_and_their_parts),
	    TEST(test_phases),
	    TEST(test_after_a_reload),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
