/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/shrink.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

#include "trial.h"

static void
replace(GPtrArray **list, const char *text)
{
	g_ptr_array_unref(*list);
	*list = trial_list(text);
}

static char *
joined(const GPtrArray *list)
{
	GString *out = g_string_new(NULL);

	for (unsigned i = 0; i < list->len; i++)
		g_string_append_printf(out, "%s;", (char *)g_ptr_array_index(list, i));
	return g_string_free(out, FALSE);
}

static void
test_only_what_matters_is_left(void **state)
{
	struct draw d = trial_draw(DRAW_HONEST,
	    "duplicate 10;run 5s;kill-engine beta;run 5s;cut alpha beta;run 60s;ask alpha retry;loss 1",
	    "mend alpha beta;run 60s");

	(void)state;
	shrink_draw(&d, 1, RULE_TWO);
	g_autofree char *faults = joined(d.faults);

	/* The line with deadtime is not needed either; without it half of the pause is too short. */
	assert_string_equal(faults, "cut alpha beta;run 60s;");
	draw_clear(&d);
}

static void
test_a_node_and_groups_go_too(void **state)
{
	struct draw d = trial_draw(DRAW_HONEST, "boot gamma;cut alpha beta;run 60s",
	    "mend alpha beta;mend beta gamma;run 60s");

	(void)state;
	replace(&d.setup,
	    "nodes alpha beta gamma;conf keepalive 1;conf deadtime 10;conf initdead 20;"
	    "group alpha svc1;group gamma svc2;group beta svc3;boot all;run 30s");
	shrink_draw(&d, 1, RULE_TWO);
	g_autofree char *setup = joined(d.setup);
	g_autofree char *healing = joined(d.healing);

	assert_null(strstr(setup, "gamma"));
	assert_ptr_equal(strstr(setup, "group "), g_strrstr(setup, "group "));
	assert_string_equal(healing, "mend alpha beta;run 60s;");
	draw_clear(&d);
}

/* Another rule that is violated on the way is not what is looked for. */
static void
test_it_stays_with_its_rule(void **state)
{
	struct draw d = trial_draw(DRAW_HONEST, "power-off alpha;gone beta svc1;run 60s", "run 1s");

	(void)state;
	shrink_draw(&d, 1, RULE_TWO);
	assert_int_equal(d.faults->len, 3);
	draw_clear(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_only_what_matters_is_left),
	    cmocka_unit_test(test_a_node_and_groups_go_too),
	    cmocka_unit_test(test_it_stays_with_its_rule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
