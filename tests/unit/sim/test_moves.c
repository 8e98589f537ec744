/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "bench.h"

static void
change(struct bench *b, unsigned host, enum claim_state from, enum claim_state to)
{
	const struct transition t = {"node", "group", from, to};

	moves_transition(&b->r, host, 0, &t);
}

static void
test_who_gives_has_a_reason(void **state)
{
	static const struct {
		const char *statements;	/* before alpha gives it */
		enum rule rule;
	} cases[] = {
	    {"run 1", RULE_UNASKED},
	    {"ask alpha retry;run 1", RULE_NONE},
	    {"stop alpha", RULE_NONE},
	    {"power-off beta;run 30", RULE_UNASKED},
	};
	struct bench b;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bench_begin(&b, DRAW_HONEST);
		bench_do(&b, cases[i].statements);
		change(&b, ALPHA, CLAIM_RUNNING, CLAIM_OFFER);
		bench_blames(&b, cases[i].rule, NULL);
		bench_end(&b);
	}
}

/* What has no place for its addresses gives it up; it does not offer it. */
static void
test_no_place_is_a_reason(void **state)
{
	struct bench b;

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		bench_begin(&b, DRAW_HONEST);
		bench_do(&b, "ifdown alpha eth0;run 1");
		change(&b, ALPHA, CLAIM_RUNNING, i == 0 ? CLAIM_GIVING : CLAIM_OFFER);
		bench_blames(&b, i == 0 ? RULE_NONE : RULE_UNASKED, NULL);
		bench_end(&b);
	}
	bench_begin(&b, DRAW_HONEST);
	bench_do(&b, "ifdown alpha eth0;run 1;ifup alpha eth0;run 1");
	change(&b, ALPHA, CLAIM_RUNNING, CLAIM_GIVING);
	bench_blames(&b, RULE_UNASKED, NULL);
	bench_end(&b);
}

static void
test_failback_is_a_reason_while_its_node_lives(void **state)
{
	static const struct {
		const char *statements;	/* before beta gives what prefers alpha */
		bool failback;
		enum rule rule;
	} cases[] = {
	    {"run 1", true, RULE_NONE},
	    {"run 1", false, RULE_UNASKED},
	    {"power-off alpha;run 1", true, RULE_NONE},
	    {"power-off alpha;run 60", true, RULE_UNASKED},
	};
	struct bench b;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		bench_begin(&b, DRAW_HONEST);
		b.d.failback = cases[i].failback;
		bench_do(&b, cases[i].statements);
		change(&b, BETA, CLAIM_RUNNING, CLAIM_OFFER);
		bench_blames(&b, cases[i].rule, NULL);
		bench_end(&b);
	}
}

static void
test_who_is_alone_waits_for_nobody(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b, DRAW_HONEST);
	bench_do(&b, "power-off beta;run 30");
	change(&b, ALPHA, CLAIM_IDLE, CLAIM_WANT);
	change(&b, ALPHA, CLAIM_WANT, CLAIM_STARTING);
	bench_blames(&b, RULE_NONE, NULL);
	change(&b, ALPHA, CLAIM_IDLE, CLAIM_WANT);
	bench_do(&b, "run 1");
	change(&b, ALPHA, CLAIM_WANT, CLAIM_STARTING);
	bench_blames(&b, RULE_STUCK, "though it is alone");
	bench_end(&b);
}

static void
test_what_failed_is_left_alone(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b, DRAW_HONEST);
	for (unsigned i = 0; i < 30; i++) {
		change(&b, ALPHA, CLAIM_GIVING, CLAIM_FAILED);
		bench_do(&b, "run 60");
		change(&b, ALPHA, CLAIM_FAILED, CLAIM_IDLE);
	}
	bench_blames(&b, RULE_NONE, NULL);
	for (unsigned i = 0; i < 30; i++) {
		change(&b, ALPHA, CLAIM_GIVING, CLAIM_FAILED);
		bench_do(&b, "run 1");
		change(&b, ALPHA, CLAIM_FAILED, CLAIM_IDLE);
	}
	bench_blames(&b, RULE_UNASKED, "again and again");
	bench_end(&b);
}

static void
test_a_change_that_no_group_can_make(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b, DRAW_HARSH);
	change(&b, ALPHA, CLAIM_IDLE, CLAIM_OFFER);
	bench_blames(&b, RULE_NONE, NULL);
	bench_end(&b);
	bench_begin(&b, DRAW_HONEST);
	change(&b, ALPHA, CLAIM_IDLE, CLAIM_OFFER);
	bench_blames(&b, RULE_UNASKED, "cannot go from stopped to offered");
	bench_end(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_who_gives_has_a_reason),
	    cmocka_unit_test(test_no_place_is_a_reason),
	    cmocka_unit_test(test_failback_is_a_reason_while_its_node_lives),
	    cmocka_unit_test(test_who_is_alone_waits_for_nobody),
	    cmocka_unit_test(test_what_failed_is_left_alone),
	    cmocka_unit_test(test_a_change_that_no_group_can_make),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
