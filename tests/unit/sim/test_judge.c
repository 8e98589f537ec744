/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A judge that never blames is worth nothing: each rule is broken here on purpose. */
#include "sim/judge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

static GPtrArray *
list_of(const char *text)
{
	GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
	g_auto(GStrv) words = g_strsplit(text, ";", -1);

	for (char **w = words; *w != NULL; w++) {
		if (**w != '\0')
			g_ptr_array_add(list, g_strdup(*w));
	}
	return list;
}

static struct draw
draw_of(enum draw_class class, const char *faults, const char *healing)
{
	return (struct draw){
	    .class = class,
	    .setup = list_of("nodes alpha beta;conf deadtime 10;conf initdead 20;"
			     "group alpha IPaddr::10.0.0.9 svc1;boot all;run 30s"),
	    .faults = list_of(faults),
	    .healing = list_of(healing),
	    .deadtime_ms = 10000,
	};
}

static void
test_each_rule_is_held_to(void **state)
{
	static const struct {
		enum draw_class class;
		const char *faults, *healing, *blame;
	} cases[] = {
	    {DRAW_CALM, "run 60s", "run 60s", NULL},
	    {DRAW_CALM, "ask alpha standby all;run 60s", "run 60s", "nobody had failed"},
	    {DRAW_HONEST, "power-off alpha;run 60s", "boot all;run 60s", NULL},
	    {DRAW_HONEST, "cut alpha beta;run 60s;mend alpha beta", "run 60s", "ran elsewhere"},
	    {DRAW_HARSH, "cut alpha beta;run 60s;mend alpha beta", "run 60s;run 60s", NULL},
	    {DRAW_HARSH, "run 1s", "run 1s;cut alpha beta;run 60s;mend alpha beta;run 60s",
		"after the faults had ceased"},
	    {DRAW_HONEST, "power-off alpha;run 60s", "run 60s", "not settled"},
	    {DRAW_HONEST, "gone alpha svc1", "run 60s", "in part"},
	    {DRAW_HONEST, "dance", "run 60s", "the scenario itself is wrong"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct draw d = draw_of(cases[i].class, cases[i].faults, cases[i].healing);
		struct verdict v;

		judge_run(&d, 1, NULL, NULL, NULL, &v);
		if (cases[i].blame == NULL && v.violation != NULL)
			fail_msg("row %zu: %s", i, v.violation);
		if (cases[i].blame != NULL &&
		    (v.violation == NULL || strstr(v.violation, cases[i].blame) == NULL))
			fail_msg("row %zu: %s", i, v.violation != NULL ? v.violation : "no blame");
		g_free(v.violation);
		draw_clear(&d);
	}
}

static void
test_equal_seeds_give_equal_traces(void **state)
{
	struct draw d = draw_of(DRAW_HARSH,
	    "loss 40;delay 1ms 500ms;run 300s;pause beta 30s;run 100s", "loss 0;run 300s");
	struct verdict a, b, other;

	(void)state;
	judge_run(&d, 7, NULL, NULL, NULL, &a);
	judge_run(&d, 7, NULL, NULL, NULL, &b);
	judge_run(&d, 8, NULL, NULL, NULL, &other);
	assert_true(a.fingerprint == b.fingerprint);
	assert_true(a.fingerprint != other.fingerprint);
	assert_true(a.steps == b.steps && a.simulated_ms == b.simulated_ms);
	g_free(a.violation);
	g_free(b.violation);
	g_free(other.violation);
	draw_clear(&d);
}

static void
test_only_what_matters_is_left(void **state)
{
	struct draw d = draw_of(DRAW_HONEST,
	    "duplicate 10;run 5s;kill-engine beta;run 5s;cut alpha beta;run 60s;ask alpha retry;loss 1",
	    "mend alpha beta;run 60s");
	bool left_out[8] = {false};

	(void)state;
	judge_shrink(&d, 1, left_out);
	for (unsigned i = 0; i < 8; i++) {
		bool needed = strcmp(g_ptr_array_index(d.faults, i), "cut alpha beta") == 0 ||
		    strcmp(g_ptr_array_index(d.faults, i), "run 60s") == 0;

		assert_int_equal(left_out[i], !needed);
	}
	draw_clear(&d);
}

static void
test_coverage_counts_changes_of_state(void **state)
{
	struct draw d = draw_of(DRAW_HONEST, "ask alpha standby all;run 10s", "run 10s");
	struct coverage c = {0};
	struct verdict v;
	unsigned seen, possible;

	(void)state;
	judge_run(&d, 1, NULL, &c, NULL, &v);
	assert_null(v.violation);
	assert_int_equal(c.seen[CLAIM_RUNNING][CLAIM_OFFER], 1);
	assert_int_equal(c.seen[CLAIM_GIVING][CLAIM_AWAY], 1);
	assert_int_equal(c.seen[CLAIM_GIVING][CLAIM_FAILED], 0);
	coverage_count(&c, &seen, &possible);
	assert_true(seen >= 7 && seen < possible);
	draw_clear(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_rule_is_held_to),
	    cmocka_unit_test(test_equal_seeds_give_equal_traces),
	    cmocka_unit_test(test_only_what_matters_is_left),
	    cmocka_unit_test(test_coverage_counts_changes_of_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
