/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Conversations with a 3.0.6, word for word, as in the charts of compat resources.md 11.
 */
#include "beside.h"

static void
setup_again(void)
{
	fixture_free(f);
	setup(NULL);
}

/* It need not wait for ten seconds: as soon as it told, we take what is ours and say so. */
static void
test_start_together(void **state)
{
	(void)state;
	peer_old_status(f, &p);
	fixture_expect_old_words(f, "starting");
	peer_old_says(f, &p, "starting");
	fixture_expect_old_words(f, "resource rsc_hold=none isstable=0");
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=0");
	assert_int_equal(ours(0), CLAIM_STARTING);
	assert_int_equal(ours(1), CLAIM_IDLE);
	fixture_expect_old_words(f, "resource rsc_hold=local isstable=0");
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
	assert_int_equal(ours(0), CLAIM_RUNNING);
	fixture_expect_old_words(f, "resource rsc_hold=local isstable=1");
}

static void
test_greets_until_told(void **state)
{
	unsigned said = 0;

	(void)state;
	peer_old_status(f, &p);
	for (unsigned i = 0; i < 12; i++) {
		fixture_pass(f, 1000);
		g_autofree char *words = fixture_old_words(f);
		said += strstr(words, "starting") != NULL ? 1 : 0;
		peer_old_status(f, &p);
	}
	assert_int_equal(said, 2);
	peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=1");
	fixture_end_all(f);
	fixture_pass(f, 3000);
	fixture_expect_old_words(f, "");
}

/* Chart 11.5, we give. */
static void
test_standby_of_ours(void **state)
{
	(void)state;
	both_run();
	standby("all");
	fixture_expect_old_words(f, "ask_resources rsc_hold=local info=me");
	peer_old_says(f, &p, "ask_resources rsc_hold=local info=other");
	assert_int_equal(ours(0), CLAIM_GIVING);
	fixture_expect_old_words(f, "resource rsc_hold=local isstable=0 info=standby");
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
	assert_int_equal(ours(0), CLAIM_AWAY);
	fixture_expect_old_words(f, "resource rsc_hold=none isstable=0; ask_resources rsc_hold=local info=done");
	assert_int_equal(f->c->nodes[1].facts.claims[0].state, CLAIM_STARTING);
	peer_old_says(f, &p, "resource rsc_hold=all rtype=full isstable=1");
	peer_old_says(f, &p, "ask_resources rsc_hold=local info=done");
	fixture_expect_old_words(f, "resource rsc_hold=none isstable=1");
	assert_int_equal(f->c->nodes[1].facts.claims[0].state, CLAIM_RUNNING);
	assert_int_equal(ours(0), CLAIM_AWAY);
}

/* It was there before us, and says that it holds nothing: it may be stopping all it had. */
static void
test_unstable_before_our_time(void **state)
{
	(void)state;
	peer_old_status(f, &p);
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=0");
	quiet(60000);
	assert_int_equal(f->jobs->len, 0);
	assert_int_equal(ours(0), CLAIM_IDLE);
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=1");
	assert_int_equal(ours(0), CLAIM_STARTING);
}

/* One that starts says so, whatever status we hear first. */
static void
test_unstable_as_it_starts(void **state)
{
	static const char *const signs[] = {"reqnodes", "starting"};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
		setup_again();
		if (i == 0)
			peer_old_says(f, &p, signs[i]);
		peer_old_status(f, &p);
		if (i == 1)
			peer_old_says(f, &p, signs[i]);
		peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=0");
		assert_int_equal(ours(0), CLAIM_STARTING);
	}
}

/* Chart 11.5, it gives; and 11.3, where it gives back what is ours. */
static void
test_standby_of_theirs(void **state)
{
	(void)state;
	both_run();
	peer_old_says(f, &p, "ask_resources rsc_hold=all info=me");
	assert_int_equal(ours(1), CLAIM_WANT);
	fixture_expect_old_words(f, "ask_resources rsc_hold=all info=other");
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=0 info=standby");
	assert_int_equal(f->jobs->len, 0);
	peer_old_says(f, &p, "ask_resources rsc_hold=all info=done");
	assert_int_equal(ours(1), CLAIM_STARTING);
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
	fixture_expect_old_words(f, "resource rsc_hold=all isstable=1; ask_resources rsc_hold=all info=done");
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=1");
	fixture_expect_old_words(f, "resource rsc_hold=all isstable=1");
	/* It sent its own away: no failback. */
	fixture_pass(f, 5000);
	assert_int_equal(ours(1), CLAIM_RUNNING);
}

/* Our words may have arrived in another order: the last one is repeated, once. */
static void
test_the_last_word_is_repeated(void **state)
{
	(void)state;
	both_run();
	assert_int_equal(quiet(4000), 0);
	assert_int_equal(quiet(2000), 1);
	assert_int_equal(quiet(20000), 0);
}

/* It says "me" to itself too, and does not listen while it believes us unstable. */
static void
test_offers_in_flux(void **state)
{
	(void)state;
	peer_old_status(f, &p);
	peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=1");
	assert_int_equal(ours(0), CLAIM_STARTING);
	fixture_expect_old_words(f, "resource rsc_hold=local isstable=0");
	peer_old_says(f, &p, "ask_resources rsc_hold=all info=me");
	fixture_expect_old_words(f, "");
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
	fixture_expect_old_words(f, "resource rsc_hold=local isstable=1");
	/* That word was under way: we take it up, and nothing comes of it. */
	peer_old_says(f, &p, "ask_resources rsc_hold=all info=me");
	fixture_expect_old_words(f, "ask_resources rsc_hold=all info=other");
	assert_int_equal(ours(1), CLAIM_WANT);
	quiet(21000);
	assert_int_equal(ours(1), CLAIM_IDLE);
	assert_true(fixture_said(f, "does not give its all groups after all"));
	/* Once it has begun it takes as long as its programs do. */
	peer_old_says(f, &p, "ask_resources rsc_hold=all info=me");
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=0 info=standby");
	quiet(600000);
	assert_int_equal(ours(1), CLAIM_WANT);
	peer_old_says(f, &p, "ask_resources rsc_hold=all info=done");
	assert_int_equal(ours(1), CLAIM_STARTING);
}

static void
only_groups(const char *haresources)
{
	fixture_free(f);
	f = fixture_started(BESIDE_HACF, haresources);
	p = peer_new("node2");
	fixture_end_all(f);
}

/* No group prefers us: of two that say that they hold ours, one is wrong. It counts that, too. */
static void
test_our_set_is_empty(void **state)
{
	(void)state;
	only_groups("node2 IPaddr::10.0.0.9\n");
	peer_old_status(f, &p);
	fixture_expect_old_words(f, "starting");
	peer_old_says(f, &p, "resource rsc_hold=all rtype=full isstable=1");
	fixture_expect_old_words(f, "resource rsc_hold=none isstable=1");
	/* auto_failback */
	peer_old_says(f, &p, "ask_resources rsc_hold=foreign info=me");
	fixture_expect_old_words(f, "ask_resources rsc_hold=foreign info=other");
	peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=0 info=standby");
	peer_old_says(f, &p, "ask_resources rsc_hold=foreign info=done");
	fixture_expect_old_words(f,
	    "resource rsc_hold=local isstable=1; ask_resources rsc_hold=foreign info=done");
	/* It took us for dead, and has all again. */
	peer_old_says(f, &p, "resource rsc_hold=all rtype=full isstable=1");
	fixture_expect_old_words(f, "resource rsc_hold=none isstable=1");
}

/* One that is given all says "all", as people expect, and not only what has groups. */
static void
test_all_is_more_than_its_groups(void **state)
{
	static const struct {
		const char *set, *given;
	} cases[] = {{"all", "all"}, {"local", "local"}};

	(void)state;
	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		only_groups("node1 IPaddr::10.0.0.9\n");
		peer_old_status(f, &p);
		peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=1");
		fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
		fixture_expect_old_words(f, "resource rsc_hold=all isstable=1");
		standby(cases[i].set);
		g_autofree char *me = g_strdup_printf("ask_resources rsc_hold=%s info=me", cases[i].given);
		fixture_expect_old_words(f, me);
	}
	/* What is given we hold no more, before it says that it has it. */
	only_groups("node1 IPaddr::10.0.0.9\n");
	peer_old_status(f, &p);
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=1");
	fixture_end_all(f);
	standby("all");
	peer_old_says(f, &p, "ask_resources rsc_hold=all info=other");
	fixture_expect_old_words(f, "resource rsc_hold=local isstable=0 info=standby");
	fixture_end_all(f);
	fixture_expect_old_words(f, "resource rsc_hold=none isstable=0; ask_resources rsc_hold=all info=done");
}

/* No group prefers it: what it has given it asks for again, and misses. */
static void
test_its_set_is_empty(void **state)
{
	(void)state;
	only_groups("node1 IPaddr::10.0.0.9\n");
	starts();
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=0");
	fixture_end_all(f);
	peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=1");
	fixture_expect_old_words(f, "resource rsc_hold=local isstable=1");
	peer_old_says(f, &p, "ask_resources rsc_hold=all info=me");
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=0 info=standby");
	peer_old_says(f, &p, "ask_resources rsc_hold=all info=done");
	fixture_expect_old_words(f,
	    "resource rsc_hold=all isstable=1; ask_resources rsc_hold=all info=done");
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=1");
	fixture_expect_old_words(f, "resource rsc_hold=all isstable=1");
	peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=1");
	fixture_expect_old_words(f, "resource rsc_hold=local isstable=1");
}

static void
test_failback_to_theirs(void **state)
{
	(void)state;
	fixture_pass(f, 30000);
	fixture_end_all(f);
	assert_int_equal(ours(1), CLAIM_RUNNING);
	starts();
	peer_old_says(f, &p, "starting");
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=0");
	assert_int_equal(ours(1), CLAIM_OFFER);
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=1");
	fixture_expect_old_words(f,
	    "resource rsc_hold=all isstable=1; ask_resources rsc_hold=foreign info=me");
	peer_old_says(f, &p, "ask_resources rsc_hold=foreign info=other");
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
	fixture_expect_old_words(f,
	    "resource rsc_hold=local isstable=0; ask_resources rsc_hold=foreign info=done");
	assert_int_equal(ours(1), CLAIM_IDLE);
}

/* A 3.0.6 takes nothing by itself: it must be given what cannot run here. */
static void
test_failed_start_is_pushed_once(void **state)
{
	(void)state;
	starts();
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=0");
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 1, "");
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
	assert_int_equal(ours(0), CLAIM_FAILED);
	peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=1");
	fixture_expect_old_words(f, "resource rsc_hold=none isstable=1; ask_resources rsc_hold=local info=me");
	peer_old_says(f, &p, "ask_resources rsc_hold=local info=other");
	fixture_expect_old_words(f, "resource rsc_hold=none isstable=0 info=standby; ask_resources rsc_hold=local info=done");
	peer_old_says(f, &p, "resource rsc_hold=all rtype=full isstable=1");
	peer_old_says(f, &p, "ask_resources rsc_hold=local info=done");
	/* It fails there too and comes back: not pushed again. */
	peer_old_says(f, &p, "ask_resources rsc_hold=foreign info=me");
	fixture_expect_old_words(f, "");
	peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=1");
	fixture_pass(f, 5000);
	fixture_expect_old_words(f, "");
}

/* It was killed and is back at once: what it held may still run, though it does not say so. */
static void
test_ghosts_are_given_back(void **state)
{
	(void)state;
	peer_old_status(f, &p);
	peer_old_says(f, &p, "resource rsc_hold=all rtype=full isstable=1");
	fixture_end_all(f);
	assert_int_equal(ours(0), CLAIM_IDLE);
	p.generation++;
	p.seq = 0;
	peer_old_status(f, &p);
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=0");
	assert_int_equal(f->jobs->len, 0);
	assert_int_equal(ours(0), CLAIM_IDLE);
	peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=1");
	assert_int_equal(f->jobs->len, 0);
	fixture_expect_old_words(f, "resource rsc_hold=none isstable=1; ask_resources rsc_hold=local info=me");
	peer_old_says(f, &p, "ask_resources rsc_hold=local info=other");
	fixture_expect_old_words(f, "resource rsc_hold=none isstable=0 info=standby; ask_resources rsc_hold=local info=done");
	peer_old_says(f, &p, "resource rsc_hold=all rtype=full isstable=1");
	peer_old_says(f, &p, "ask_resources rsc_hold=local info=done");
	assert_int_equal(ours(0), CLAIM_IDLE);
	assert_int_equal(f->jobs->len, 0);
	assert_int_equal(f->c->nodes[1].dialect.ghost, SIDE_NONE);
}

/*
 * We came back while it took over as from the dead: it looks whether to give back only when we come
 * to be stable, and looked too soon.
 */
static void
test_back_during_takeover(void **state)
{
	(void)state;
	peer_old_status(f, &p);
	peer_old_says(f, &p, "resource rsc_hold=all rtype=full isstable=1");
	fixture_expect_old_words(f, "resource rsc_hold=none isstable=1");
	peer_old_says(f, &p, "resource rsc_hold=foreign info=mach_down");
	fixture_expect_old_words(
	    f, "resource rsc_hold=none isstable=0; resource rsc_hold=none isstable=1");
	peer_old_says(f, &p, "ask_resources rsc_hold=foreign info=me");
	fixture_expect_old_words(f, "ask_resources rsc_hold=foreign info=other");
}

/* A farewell before it can hear us would leave it waiting for our word: it would not end. */
static void
test_leaving_a_node_that_starts(void **state)
{
	struct event e = {.type = EVENT_LEAVE};

	(void)state;
	p.st = "up";
	peer_old_status(f, &p);
	fixture_step(f, e);
	fixture_end_all(f);
	for (unsigned i = 0; i < 6; i++) {
		fixture_pass(f, 1000);
		peer_old_status(f, &p);
	}
	assert_false(fixture_said(f, "All HA resources relinquished"));
	p.st = "active";
	peer_old_status(f, &p);
	assert_true(fixture_said(f, "All HA resources relinquished"));
}

/* But it need not come that far. */
static void
test_leaving_a_node_that_never_starts(void **state)
{
	struct event e = {.type = EVENT_LEAVE};

	(void)state;
	p.st = "up";
	peer_old_status(f, &p);
	fixture_step(f, e);
	fixture_end_all(f);
	for (unsigned i = 0; i < 14; i++) {
		peer_old_status(f, &p);
		fixture_pass(f, 1000);
	}
	assert_true(f->c->exiting);
}

/* Our end: what runs is said until it is stopped, then the farewell. */
static void
test_leaving(void **state)
{
	struct event e = {.type = EVENT_LEAVE};

	(void)state;
	both_run();
	fixture_step(f, e);
	fixture_expect_old_words(f, "resource rsc_hold=local isstable=0 info=shutdown");
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
	fixture_expect_old_words(f, "shutdone");
	assert_false(f->c->exiting);
	unsigned statuses[2] = {0, 0};
	for (unsigned i = 0; i < 19; i++) {
		peer_old_status(f, &p);
		fixture_pass(f, 100);
		struct msg *status = fixture_sent(f, "status", 0);
		statuses[i / 10] += status != NULL ? 1 : 0;
		msg_free(status);
	}
	assert_false(f->c->exiting);
	/* Silent in the last second: a next life may begin at once. */
	assert_int_equal(statuses[0], 1);
	assert_int_equal(statuses[1], 0);
	fixture_pass(f, 1000);
	assert_true(f->c->exiting);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_start_together, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_greets_until_told, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_standby_of_ours, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_back_during_takeover, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_leaving_a_node_that_starts, setup, teardown),
	    cmocka_unit_test_setup_teardown(
		test_leaving_a_node_that_never_starts, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_unstable_before_our_time, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_unstable_as_it_starts, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_standby_of_theirs, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_the_last_word_is_repeated, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_offers_in_flux, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_our_set_is_empty, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_its_set_is_empty, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_all_is_more_than_its_groups, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_failback_to_theirs, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_failed_start_is_pushed_once, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_ghosts_are_given_back, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_leaving, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
