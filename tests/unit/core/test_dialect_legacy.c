/* SPDX-License-Identifier: GPL-2.0-or-later */
/* auto_failback legacy: chart 11.10 of compat resources.md. */

#define BESIDE_HACF \
	"logfacility none\nkeepalive 1\ndeadtime 10\ninitdead 30\nauto_failback legacy\n" \
	"ucast eth0 10.0.0.1\nnode node1 node2\n"

#include "beside.h"

/* What is ours may run there: we ask, and wait for the answer for as long as it takes. */
static void
test_we_ask(void **state)
{
	(void)state;
	peer_old_status(f, &p);
	assert_int_equal(ours(0), CLAIM_WANT);
	assert_int_equal(f->jobs->len, 0);
	for (unsigned i = 0; i < 6; i++) {
		fixture_pass(f, 1000);
		peer_old_status(f, &p);
	}
	assert_int_equal(ours(0), CLAIM_WANT);
	peer_old_says(f, &p, "ip-request-resp dest=node1 ipaddr=IPaddr::10.0.0.9 weown=yes ok=OK");
	assert_int_equal(ours(0), CLAIM_STARTING);
	assert_int_equal(ours(1), CLAIM_IDLE);
}

/* It may have asked an earlier life of ours for its group, and waits: it is answered unasked. */
static void
test_asked_before_our_time(void **state)
{
	(void)state;
	peer_old_status(f, &p);
	fixture_expect_old_words(f, "ip-request ipaddr=IPaddr::10.0.0.9; "
	    "ip-request-resp dest=node2 ipaddr=IPaddr::10.0.0.10 weown=no");
	/* Once. */
	peer_old_status(f, &p);
	fixture_expect_old_words(f, "");
}

/* And what runs here it gets: it would have kept its own. */
static void
test_asked_for_what_runs_here(void **state)
{
	(void)state;
	fixture_pass(f, 30000);
	fixture_end_all(f);
	assert_int_equal(ours(1), CLAIM_RUNNING);
	peer_old_status(f, &p);
	assert_int_equal(ours(1), CLAIM_GIVING);
	assert_int_equal(f->c->nodes[1].dialect.legacy[1], LEGACY_THEY_TAKE);
	fixture_end_all(f);
	assert_int_equal(ours(1), CLAIM_IDLE);
	assert_int_equal(f->c->nodes[1].dialect.legacy[1], LEGACY_QUIET);
}

/* It took us for dead: nothing else says that it runs what is ours. */
static void
test_its_verdict(void **state)
{
	(void)state;
	peer_old_status(f, &p);
	peer_old_says(f, &p, "ip-request-resp dest=node1 ipaddr=IPaddr::10.0.0.9 weown=no ok=OK");
	fixture_end_all(f);
	assert_int_equal(ours(0), CLAIM_RUNNING);
	peer_old_says(f, &p, "stonith node=node1 result=unneeded");
	assert_int_equal(ours(0), CLAIM_RUNNING);
	peer_old_says(f, &p, "stonith node=node1 result=n_stnth");
	assert_int_equal(ours(0), CLAIM_GIVING);
}

/* One that starts after us will ask by itself. */
static void
test_not_asked_yet(void **state)
{
	(void)state;
	starts();
	fixture_expect_old_words(f, "ip-request ipaddr=IPaddr::10.0.0.9");
}

/* It comes back and asks for its group: stopped here first, then answered. */
static void
test_they_ask(void **state)
{
	(void)state;
	fixture_pass(f, 30000);
	fixture_end_all(f);
	assert_int_equal(ours(1), CLAIM_RUNNING);
	peer_old_status(f, &p);
	peer_old_says(f, &p, "ip-request ipaddr=IPaddr::10.0.0.10");
	assert_int_equal(ours(1), CLAIM_GIVING);
	fixture_expect_old_words(f, "");
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
	fixture_expect_old_words(f, "ip-request-resp dest=node2 ipaddr=IPaddr::10.0.0.10 weown=yes");
	assert_int_equal(ours(0), CLAIM_RUNNING);
	assert_int_equal(f->c->nodes[1].facts.claims[1].state, CLAIM_RUNNING);
}

/* Its request overtakes the status by which it becomes active. */
static void
test_they_ask_too_early(void **state)
{
	(void)state;
	fixture_pass(f, 30000);
	fixture_end_all(f);
	p.st = "up";
	peer_old_status(f, &p);
	peer_old_says(f, &p, "ip-request ipaddr=IPaddr::10.0.0.10");
	assert_int_equal(ours(1), CLAIM_RUNNING);
	p.st = "active";
	peer_old_status(f, &p);
	assert_int_equal(ours(1), CLAIM_GIVING);
	fixture_end_all(f);
	fixture_expect_old_words(f, "ip-request-resp dest=node2 ipaddr=IPaddr::10.0.0.10 weown=yes");
}

static void
test_they_ask_for_what_we_do_not_run(void **state)
{
	(void)state;
	peer_old_status(f, &p);
	peer_old_says(f, &p, "ip-request ipaddr=IPaddr::10.0.0.10");
	fixture_expect_old_words(f, "ip-request-resp dest=node2 ipaddr=IPaddr::10.0.0.10 weown=no");
	peer_old_says(f, &p, "ip-request ipaddr=IPaddr::10.9.9.9");
	fixture_expect_old_words(f, "");
	assert_true(fixture_said(f, "does not name"));
}

static void
test_their_death(void **state)
{
	(void)state;
	peer_old_status(f, &p);
	peer_old_says(f, &p, "ip-request-resp dest=node1 ipaddr=IPaddr::10.0.0.9 weown=no ok=OK");
	fixture_end_all(f);
	fixture_pass(f, 10000);
	assert_int_equal(ours(1), CLAIM_STARTING);
}

/* Having heard nobody it takes its group without a question: we give ours up. */
static void
test_they_just_take(void **state)
{
	(void)state;
	fixture_pass(f, 30000);
	fixture_end_all(f);
	peer_old_status(f, &p);
	peer_old_says(f, &p, "ip-request-resp dest=node2 ipaddr=IPaddr::10.0.0.10 weown=yes ok=OK");
	assert_int_equal(ours(1), CLAIM_GIVING);
	fixture_end_all(f);
	assert_int_equal(ours(1), CLAIM_IDLE);
	assert_int_equal(ours(0), CLAIM_RUNNING);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_we_ask, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_asked_before_our_time, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_asked_for_what_runs_here, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_its_verdict, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_not_asked_yet, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_they_ask, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_they_ask_too_early, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_they_ask_for_what_we_do_not_run, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_they_just_take, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_their_death, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
