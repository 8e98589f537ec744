/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A judge that never blames is worth nothing: each rule is broken here on purpose. */
#include "sim/judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

#include "trial.h"

static void
test_each_rule_is_held_to(void **state)
{
	static const struct {
		enum draw_class class;
		const char *faults, *healing;
		enum rule rule;
		const char *blame;
	} cases[] = {
	    {DRAW_CALM, "run 60s", "run 60s", RULE_NONE, NULL},
	    {DRAW_CALM, "ask alpha standby all;run 60s", "run 60s", RULE_UNASKED, "nobody had failed"},
	    {DRAW_HONEST, "power-off alpha;run 60s", "boot all;run 60s", RULE_NONE, NULL},
	    {DRAW_HONEST, "cut alpha beta;run 60s;mend alpha beta", "run 60s", RULE_TWO, "ran elsewhere"},
	    {DRAW_HARSH, "cut alpha beta;run 60s;mend alpha beta", "run 60s;run 60s", RULE_NONE, NULL},
	    {DRAW_HARSH, "run 1s", "run 1s;cut alpha beta;run 60s;mend alpha beta;run 60s", RULE_TWO,
		"ran elsewhere"},
	    {DRAW_HONEST, "power-off alpha;run 60s", "run 60s", RULE_END, "not settled"},
	    {DRAW_HONEST, "gone alpha svc1", "run 60s", RULE_END, "in part"},
	    {DRAW_HONEST, "dance", "run 60s", RULE_SCENARIO, "the scenario itself is wrong"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct draw d = trial_draw(cases[i].class, cases[i].faults, cases[i].healing);
		struct verdict v;

		judge_run(&d, 1, NULL, NULL, &v);
		if (cases[i].blame == NULL && v.violation != NULL)
			fail_msg("row %zu: %s", i, v.violation);
		if (cases[i].blame != NULL &&
		    (v.violation == NULL || strstr(v.violation, cases[i].blame) == NULL))
			fail_msg("row %zu: %s", i, v.violation != NULL ? v.violation : "no blame");
		assert_int_equal(v.rule, cases[i].rule);
		verdict_clear(&v);
		draw_clear(&d);
	}
}

static void
test_equal_seeds_give_equal_traces(void **state)
{
	struct draw d = trial_draw(DRAW_HARSH,
	    "loss 40;delay 1ms 500ms;run 300s;pause beta 30s;run 100s", "loss 0;run 300s");
	struct verdict a, b, other;

	(void)state;
	judge_run(&d, 7, NULL, NULL, &a);
	judge_run(&d, 7, NULL, NULL, &b);
	judge_run(&d, 8, NULL, NULL, &other);
	assert_true(a.fingerprint == b.fingerprint);
	assert_true(a.fingerprint != other.fingerprint);
	assert_true(a.steps == b.steps && a.simulated_ms == b.simulated_ms);
	verdict_clear(&a);
	verdict_clear(&b);
	verdict_clear(&other);
	draw_clear(&d);
}

static void
test_what_was_reached_is_counted(void **state)
{
	struct draw d = trial_draw(DRAW_HONEST, "ask alpha standby all;run 10s", "run 10s");
	g_autoptr(GString) trace = g_string_new(NULL);
	struct coverage c = {0};
	struct verdict v;

	(void)state;
	judge_run(&d, 1, &c, trace, &v);
	assert_null(v.violation);
	assert_int_equal(c.seen[CLAIM_RUNNING][CLAIM_OFFER], 1);
	assert_int_equal(c.seen[CLAIM_GIVING][CLAIM_AWAY], 1);
	assert_int_equal(c.seen[CLAIM_GIVING][CLAIM_FAILED], 0);
	assert_non_null(strstr(trace->str, "-- ask alpha standby all\n"));
	assert_int_equal(v.simulated_ms, 30000 + 10000 + 10000 + 600000);
	draw_clear(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_rule_is_held_to),
	    cmocka_unit_test(test_equal_seeds_give_equal_traces),
	    cmocka_unit_test(test_what_was_reached_is_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
