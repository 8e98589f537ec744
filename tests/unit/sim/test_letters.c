/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "bench.h"

static void
test_each_message_comes_once(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b, DRAW_HONEST);
	bench_do(&b, "message alpha 1;run 1;message beta 2;message beta 3;run 60");
	assert_int_equal(b.r.letters->len, 3);
	assert_int_equal(g_array_index(b.r.letters, struct letter, 0).heard[BETA], 1);
	assert_int_equal(g_array_index(b.r.letters, struct letter, 2).heard[ALPHA], 1);
	bench_blames(&b, RULE_NONE, NULL);
	letters_line(&b.r, ALPHA, "hears 2 from beta");
	bench_blames(&b, RULE_MESSAGE, "message 2 came to alpha twice");
	bench_end(&b);
}

static void
test_a_message_that_does_not_come(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b, DRAW_HONEST);
	letters_line(&b.r, ALPHA, "says 7");
	bench_do(&b, "run 10");
	bench_blames(&b, RULE_NONE, NULL);
	bench_do(&b, "run 20");
	bench_blames(&b, RULE_MESSAGE, "message 7 did not come to beta");
	bench_end(&b);

	/* Who is not there any more is owed nothing. */
	bench_begin(&b, DRAW_HONEST);
	letters_line(&b.r, ALPHA, "says 7");
	bench_do(&b, "kill-engine beta;run 60");
	bench_blames(&b, RULE_NONE, NULL);
	bench_end(&b);
}

static void
test_order_is_kept_by_an_orderly_network(void **state)
{
	struct bench b;

	(void)state;
	for (unsigned disorder = 0; disorder < 2; disorder++) {
		bench_begin(&b, DRAW_HONEST);
		if (disorder)
			bench_do(&b, "delay 1ms 50ms");
		letters_line(&b.r, ALPHA, "says 1");
		letters_line(&b.r, ALPHA, "says 2");
		letters_line(&b.r, BETA, "hears 2 from alpha");
		letters_line(&b.r, BETA, "hears 1 from alpha");
		bench_blames(&b, disorder ? RULE_NONE : RULE_MESSAGE, NULL);
		bench_end(&b);
	}
}

/* Lost packets are asked for again, so that nothing is missing in the end. */
static void
test_loss_loses_no_message(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b, DRAW_HONEST);
	bench_do(&b, "loss 20;duplicate 30;delay 1ms 900ms");
	for (unsigned i = 1; i <= 40; i++) {
		g_autofree char *statement = g_strdup_printf("message alpha %u;run 1", i);
		bench_do(&b, statement);
	}
	bench_do(&b, "run 60");
	bench_blames(&b, RULE_NONE, NULL);
	for (unsigned i = 0; i < 40; i++)
		assert_int_equal(g_array_index(b.r.letters, struct letter, i).heard[BETA], 1);
	bench_end(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_message_comes_once),
	    cmocka_unit_test(test_a_message_that_does_not_come),
	    cmocka_unit_test(test_order_is_kept_by_an_orderly_network),
	    cmocka_unit_test(test_loss_loses_no_message),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
