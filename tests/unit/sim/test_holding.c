/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "bench.h"

static void
test_what_is_told_must_be_so(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b, DRAW_HONEST);
	world_set_running(b.r.w, ALPHA, "svc1", false);
	bench_do(&b, "run 1");
	bench_blames(&b, RULE_UNTRUE, "does not run on alpha, which calls it running");
	bench_end(&b);

	bench_begin(&b, DRAW_HONEST);
	world_set_running(b.r.w, BETA, "svc1", true);
	bench_do(&b, "run 1");
	bench_blames(&b, RULE_UNTRUE, "runs on beta, which calls it stopped");
	bench_end(&b);

	/* The scenario's own doing is nobody's lie. */
	bench_begin(&b, DRAW_HONEST);
	bench_do(&b, "gone alpha svc1;run 10");
	bench_blames(&b, RULE_NONE, NULL);
	bench_end(&b);
}

static void
test_no_state_is_for_ever(void **state)
{
	const struct behaviour hangs = {.hangs = true};
	struct bench b;

	(void)state;
	bench_begin(&b, DRAW_HONEST);
	bench_do(&b, "run 400");
	world_behave(b.r.w, ALPHA, "svc1", OP_STOP, hangs);
	bench_do(&b, "ask alpha standby all;run 30");
	bench_blames(&b, RULE_STUCK, "has been stopping on alpha");
	bench_end(&b);

	/* If it is known that the program hangs, there is more patience. */
	bench_begin(&b, DRAW_HONEST);
	bench_do(&b, "run 400;script alpha svc1 stop hangs;ask alpha standby all;run 30");
	bench_blames(&b, RULE_NONE, NULL);
	bench_end(&b);
}

static void
test_an_offer_ends_with_its_target(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b, DRAW_HONEST);
	/* beta is silent for most of deadtime, then alpha offers; the offer ends with beta. */
	bench_do(&b, "power-off beta;run 7;ask alpha standby all;run 2");
	assert_int_equal(b.r.stands[ALPHA][0].state, CLAIM_OFFER);
	assert_false(world_offers_in_vain(b.r.w, ALPHA, 0));
	bench_do(&b, "run 10");
	bench_blames(&b, RULE_NONE, NULL);
	assert_int_equal(b.r.stands[ALPHA][0].state, CLAIM_RUNNING);
	assert_false(world_offers_in_vain(b.r.w, ALPHA, 0));
	bench_end(&b);
}

static void
test_nodes_come_and_go_in_time(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b, DRAW_HONEST);
	bench_do(&b, "power-off alpha;power-off beta;run 1");
	b.d.initdead_ms = 1000;
	b.d.keepalive_ms = 10;
	bench_do(&b, "boot alpha;run 15");
	bench_blames(&b, RULE_STUCK, "node alpha has not become active");
	bench_end(&b);

	bench_begin(&b, DRAW_HONEST);
	bench_do(&b, "run 400");
	world_behave(b.r.w, ALPHA, "svc1", OP_STOP, (struct behaviour){.takes = span_from_ms(30000)});
	/* So long that the group alone is not what is blamed. */
	b.r.stands[ALPHA][0].bad_programs = 0;
	bench_do(&b, "stop alpha;run 20");
	bench_blames(&b, RULE_STUCK, NULL);
	bench_end(&b);
}

/* The cluster needs its deadtime of 10 s; a judge who was told of 1 s must complain. */
static void
test_nobody_is_blamed_only_when_time_is_up(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b, DRAW_HONEST);
	bench_do(&b, "power-off alpha;run 60");
	bench_blames(&b, RULE_NONE, NULL);
	bench_end(&b);

	bench_begin(&b, DRAW_HONEST);
	b.d.deadtime_ms = b.d.initdead_ms = 1000;
	b.d.keepalive_ms = 10;
	bench_do(&b, "power-off alpha;run 60");
	bench_blames(&b, RULE_ABSENT, "nobody has taken group IPaddr::10.0.0.9");
	bench_end(&b);
}

static void
test_never_two(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b, DRAW_HONEST);
	bench_do(&b, "cut alpha beta;run 20");
	bench_blames(&b, RULE_TWO, NULL);
	bench_end(&b);

	/* In the harsh class only what happens after the faults ceased counts. */
	bench_begin(&b, DRAW_HARSH);
	bench_do(&b, "cut alpha beta;run 20;mend alpha beta;run 20");
	rules_be_strict(&b.r);
	bench_do(&b, "run 60");
	bench_blames(&b, RULE_NONE, NULL);
	bench_do(&b, "cut alpha beta;run 20");
	bench_blames(&b, RULE_TWO, NULL);
	bench_end(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_is_told_must_be_so),
	    cmocka_unit_test(test_no_state_is_for_ever),
	    cmocka_unit_test(test_an_offer_ends_with_its_target),
	    cmocka_unit_test(test_nodes_come_and_go_in_time),
	    cmocka_unit_test(test_nobody_is_blamed_only_when_time_is_up),
	    cmocka_unit_test(test_never_two),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
