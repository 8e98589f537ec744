/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/plan_row.h"

#include "howto.h"

static void
test_times_fit_the_cluster(void **state)
{
	struct cluster *c = howto_a();
	struct planner p;

	(void)state;
	planner_init(&p, c);
	assert_true(p.brief.ns < c->conf->deadtime.ns);
	assert_true(p.over.ns > c->conf->deadtime.ns);
	assert_true(span_ms(p.lengthy) > 3600000);
	assert_true(p.a_while.ns > c->conf->initdead.ns + c->conf->deadtime.ns);
	/* Stopped and started one after the other, and the rest. */
	assert_true(
	    span_ms(p.recover) > span_ms(c->conf->deadtime) + 2 * 5 * span_ms(c->takes));
	assert_true(p.stuck.ns > 2 * c->conf->resource_timeout.ns);
	g_ptr_array_unref(planner_done(&p));
	cluster_free(c);
}

static void
test_rows_are_numbered_by_kind(void **state)
{
	struct cluster *c = howto_a();
	struct planner p;

	(void)state;
	planner_init(&p, c);
	planner_row(&p, PLAN_POWER, "web1", "%s off", "web1");
	planner_row(&p, PLAN_LINK, NULL, "a link");
	struct plan_row *row = planner_row(&p, PLAN_POWER, NULL, "again");

	row_setup(&p, row);
	row_say(row, "stop %s", "web1");
	row_run(row, span_from_ms(90000));
	g_autoptr(GPtrArray) rows = planner_done(&p);
	const struct plan_row *first = g_ptr_array_index(rows, 0);

	assert_string_equal(first->id, "P1");
	assert_string_equal(first->title, "web1 off");
	assert_string_equal(((struct plan_row *)g_ptr_array_index(rows, 1))->id, "L1");
	assert_string_equal(row->id, "P2");
	assert_int_equal(row->setup, 2);
	assert_string_equal(g_ptr_array_index(row->statements, 0), "boot all");
	assert_string_equal(g_ptr_array_index(row->statements, 2), "stop web1");
	assert_string_equal(g_ptr_array_index(row->statements, 3), "run 90s");
	cluster_free(c);
}

static void
test_a_scenario_of_the_user_is_booted_unless_it_begins_with_that(void **state)
{
	static const struct {
		const char *text;
		unsigned statements, setup;
	} cases[] = {
	    {"power-off web1\nrun 1min\n", 4, 2},
	    {"  # all at once\nboot all; run 20s # up\n\npower-off web1 ;run 1min", 4, 0},
	    {"power-off web1; run 1s; boot web1", 5, 2},
	    {"script web1 httpd start hangs; boot all", 2, 0},
	    {"boot web2\r\nrun 5min\r\n", 2, 0},
	    {"", 2, 2},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct cluster *c = howto_a();
		struct plan_row *row = plan_given(c, "mine", cases[i].text);

		assert_int_equal(row->kind, PLAN_GIVEN);
		assert_string_equal(row->title, "mine");
		assert_int_equal(row->statements->len, cases[i].statements);
		assert_int_equal(row->setup, cases[i].setup);
		plan_row_free(row);
		cluster_free(c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_times_fit_the_cluster),
	    cmocka_unit_test(test_rows_are_numbered_by_kind),
	    cmocka_unit_test(
		test_a_scenario_of_the_user_is_booted_unless_it_begins_with_that),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
