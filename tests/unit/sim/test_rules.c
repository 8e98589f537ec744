/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "bench.h"

static void
test_programs_are_followed(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b, DRAW_HONEST);
	bench_do(&b, "script alpha svc1 stop hangs;script alpha svc1 stop exit 1");
	assert_int_equal(b.r.stands[ALPHA][0].bad_programs, 1);
	bench_do(&b, "script alpha svc1 start ok takes 5s;script alpha svc1 status ok");
	assert_int_equal(b.r.stands[ALPHA][0].bad_programs, 2);
	assert_int_equal(b.r.stands[BETA][0].bad_programs, 0);
	bench_do(&b, "run 3;script alpha svc1 stop ok;script alpha svc1 start ok");
	assert_int_equal(b.r.stands[ALPHA][0].bad_programs, 0);
	assert_int_equal(b.r.stands[ALPHA][0].good_since.ns, world_now(b.r.w).ns);
	bench_end(&b);
}

static void
test_hosts_are_followed(void **state)
{
	struct bench b;
	struct moment before;

	(void)state;
	bench_begin(&b, DRAW_HONEST);
	assert_true(b.r.hosts[ALPHA].look.awake && b.r.hosts[ALPHA].look.active);
	before = rules_known_at(&b.r, ALPHA);
	assert_true(moment_before(before, world_now(b.r.w)));
	bench_do(&b, "power-off alpha;run 1");
	assert_false(b.r.hosts[ALPHA].look.daemon);
	/* Deadtime or initdead, whichever somebody waits for. */
	assert_true(moment_before(moment_add(world_now(b.r.w), span_from_ms(19000)),
	    rules_known_at(&b.r, ALPHA)));
	bench_do(&b, "boot alpha;run 1");
	assert_true(moment_before(before, b.r.hosts[ALPHA].born));
	bench_do(&b, "pause beta 3s;run 1");
	assert_true(b.r.hosts[BETA].look.daemon && !b.r.hosts[BETA].look.awake);
	bench_do(&b, "run 5;stop beta");
	world_run(b.r.w, span_from_ms(0));
	rules_look(&b.r);
	assert_true(b.r.hosts[BETA].look.leaving);
	bench_end(&b);
}

static void
test_requests_are_noted(void **state)
{
	struct bench b;

	(void)state;
	bench_begin(&b, DRAW_HONEST);
	assert_true(b.r.asked_at.ns < 0 && b.r.orderly);
	bench_do(&b, "ask alpha standby all;loss 0;delay 1ms 1ms");
	assert_int_equal(b.r.asked_at.ns, world_now(b.r.w).ns);
	assert_true(b.r.orderly);
	bench_do(&b, "loss 1");
	assert_false(b.r.orderly);
	bench_end(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_programs_are_followed),
	    cmocka_unit_test(test_hosts_are_followed),
	    cmocka_unit_test(test_requests_are_noted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
