/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "bench.h"

#define ADDRESS "IPaddr::10.0.0.9"

static const struct behaviour fails = {.exit_code = 1};

static void
test_what_runs_has_its_addresses(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b, DRAW_HARSH);
	bench_do(&b, "gone alpha " ADDRESS ";run 5;flush alpha;run 5;ifdown alpha;run 5;ifup alpha;run 5");
	bench_blames(&b, RULE_NONE, NULL);
	world_behave(b.r.w, ALPHA, ADDRESS, OP_START, fails);
	world_set_running(b.r.w, ALPHA, ADDRESS, false);
	bench_do(&b, "run 4");
	bench_blames(&b, RULE_ABSENT, "alpha says that it runs group IPaddr::10.0.0.9, and has had not all of its");
	bench_end(&b);

	/* If it is known that this program fails, the group must be given up by the time others would. */
	bench_begin(&b, DRAW_HARSH);
	bench_do(&b, "script alpha " ADDRESS " start exit 1;gone alpha " ADDRESS ";run 30");
	bench_blames(&b, RULE_NONE, NULL);
	bench_end(&b);
}

static void
test_no_place_for_an_address(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b, DRAW_HARSH);
	bench_do(&b, "ifdown alpha;run 30;ifup alpha;run 30");
	bench_blames(&b, RULE_NONE, NULL);
	/* Its core does not know of it. */
	world_interface(b.r.w, ALPHA, NULL, INTERFACE_DOWN);
	for (unsigned i = 0; i < 30; i++) {
		b.r.hosts[ALPHA].look.awake = true;
		b.r.stands[ALPHA][0].state = CLAIM_RUNNING;
		reach_look(&b.r);
		world_run(b.r.w, span_from_ms(500));
	}
	bench_blames(&b, RULE_ABSENT, "though it could not have its addresses for 12.");
	bench_end(&b);
}

static void
test_clients_go_where_it_is(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b, DRAW_HARSH);
	bench_do(&b, "unplug alpha;run 3;plug alpha;run 30;ask alpha standby all;run 30;power-off beta;run 30;boot beta;run 60");
	bench_blames(&b, RULE_NONE, NULL);
	world_behave(b.r.w, ALPHA, ADDRESS, OP_ANNOUNCE, fails);
	bench_do(&b, "unplug alpha;run 3;plug alpha;run 4");
	bench_blames(&b, RULE_REACH, "a client beside alpha has not reached group IPaddr::10.0.0.9 on alpha for");
	bench_end(&b);

	/* Nobody is blamed for a network that is not whole. */
	bench_begin(&b, DRAW_HARSH);
	world_behave(b.r.w, ALPHA, ADDRESS, OP_ANNOUNCE, fails);
	bench_do(&b, "unplug alpha;run 3;cut-from alpha beta;plug alpha;run 5");
	bench_blames(&b, RULE_NONE, NULL);
	bench_do(&b, "loss 1;mend-from alpha beta;run 5");
	bench_blames(&b, RULE_NONE, NULL);
	bench_do(&b, "loss 0;sends-fail beta;run 5");
	bench_blames(&b, RULE_NONE, NULL);
	bench_do(&b, "sends-work beta;run 5");
	bench_blames(&b, RULE_REACH, NULL);
	bench_end(&b);
}

static void
test_a_doubled_address_heals(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b, DRAW_HARSH);
	bench_do(&b, "cut alpha beta;run 30;mend alpha beta;run 5");
	bench_blames(&b, RULE_NONE, NULL);
	world_set_running(b.r.w, BETA, ADDRESS, true);
	bench_do(&b, "run 4");
	bench_blames(&b, RULE_REACH, "2 nodes that hear each other have had addresses of group IPaddr::10.0.0.9 for");
	bench_end(&b);

	/* Both say so, and the network lets them hear each other. */
	bench_begin(&b, DRAW_HARSH);
	for (unsigned i = 0; i < 4; i++) {
		b.r.stands[ALPHA][0].state = b.r.stands[BETA][0].state = CLAIM_RUNNING;
		reach_look(&b.r);
		world_run(b.r.w, span_from_ms(500));
	}
	bench_blames(&b, RULE_REACH, "has run on several nodes for 1.5s");
	bench_end(&b);

	/* Programs for addresses that hang are no fault of the core's. */
	bench_begin(&b, DRAW_HARSH);
	bench_do(&b, "script beta " ADDRESS " stop exit 1");
	world_set_running(b.r.w, BETA, ADDRESS, true);
	bench_do(&b, "run 10");
	bench_blames(&b, RULE_NONE, NULL);
	bench_end(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_runs_has_its_addresses),
	    cmocka_unit_test(test_no_place_for_an_address),
	    cmocka_unit_test(test_clients_go_where_it_is),
	    cmocka_unit_test(test_a_doubled_address_heals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
