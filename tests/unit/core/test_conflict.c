/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/conflict.h"

#include "fixture.h"

#define MAC "52:54:00:aa:bb:cc"
#define OTHER "52:54:00:aa:bb:dd"
#define TWO_ADDRESSES "node1 IPaddr::10.0.0.9 httpd IPv6addr::fd00::9\n"

static void
heard(struct fixture *f, unsigned resource, const char *mac)
{
	fixture_step(f, (struct event){.type = EVENT_CONFLICT, .u.conflict = {0, resource, mac, "eth0"}});
}

static const char *
probe_ends(struct fixture *f)
{
	return fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
}

static enum claim_state
state_of(const struct fixture *f)
{
	return f->c->self->facts.claims[0].state;
}

/* Waiting for node2, and asking the wire meanwhile. */
static struct fixture *
waiting(void)
{
	struct fixture *f = fixture_new(TWO_NODES, TWO_ADDRESSES, 1);

	f->keeps_probes = true;
	fixture_start(f, HINT_STOPPED);
	return f;
}

/* Alone, and the group runs. */
static struct fixture *
running(void)
{
	struct fixture *f = fixture_new(TWO_NODES, TWO_ADDRESSES, 1);

	fixture_start(f, HINT_STOPPED);
	fixture_pass(f, 30000);
	fixture_end_all(f);
	assert_int_equal(state_of(f), CLAIM_RUNNING);
	f->keeps_probes = true;
	fixture_forget(f);
	return f;
}

static void
test_asked_while_we_wait(void **state)
{
	struct fixture *f = waiting();

	(void)state;
	assert_int_equal(f->jobs->len, 2);
	assert_string_equal(probe_ends(f), "probe 0/0");
	fixture_pass(f, 8000);
	/* The round has not ended. */
	assert_string_equal(probe_ends(f), "probe 0/2");
	assert_int_equal(f->jobs->len, 0);
	fixture_pass(f, 4900);
	assert_int_equal(f->jobs->len, 0);
	fixture_pass(f, 200);
	assert_int_equal(f->jobs->len, 2);
	fixture_free(f);
}

static void
test_a_start_waits_for_the_answer(void **state)
{
	struct fixture *f = waiting();

	(void)state;
	fixture_pass(f, 30000);
	assert_int_equal(state_of(f), CLAIM_WANT);
	probe_ends(f);
	assert_int_equal(state_of(f), CLAIM_WANT);
	probe_ends(f);
	assert_int_equal(state_of(f), CLAIM_STARTING);
	assert_false(fixture_said(f, "answer"));
	fixture_free(f);
}

static void
test_a_stranger_delays_and_does_not_forbid(void **state)
{
	struct fixture *f = waiting();

	(void)state;
	fixture_pass(f, 29900);
	heard(f, 2, MAC);
	fixture_end_all(f);
	fixture_pass(f, 200);
	assert_int_equal(state_of(f), CLAIM_FAILED);
	assert_true(fixture_said(f, "IPv6addr::fd00::9 is answered by " MAC " on eth0"));
	assert_true(fixture_said(f, "in 10s"));
	/* Over and over asked for, it is still only that long. */
	for (unsigned i = 0; i < 9; i++) {
		fixture_pass(f, 1000);
		assert_int_equal(state_of(f), CLAIM_FAILED);
		assert_int_equal(f->jobs->len, 0);
	}
	fixture_pass(f, 1100);
	assert_int_equal(state_of(f), CLAIM_WANT);
	assert_int_equal(f->jobs->len, 2);
	heard(f, 0, OTHER);
	heard(f, 2, OTHER);
	probe_ends(f);
	probe_ends(f);
	assert_int_equal(state_of(f), CLAIM_STARTING);
	assert_true(fixture_said(f, "IPaddr::10.0.0.9 is taken although " OTHER));
	assert_true(fixture_said(f, "IPv6addr::fd00::9 is taken although " OTHER));
	fixture_free(f);
}

static void
test_it_gave_the_address_up_meanwhile(void **state)
{
	struct fixture *f = waiting();

	(void)state;
	fixture_pass(f, 29900);
	heard(f, 0, MAC);
	fixture_end_all(f);
	fixture_pass(f, 10300);
	assert_int_equal(state_of(f), CLAIM_WANT);
	fixture_end_all(f);
	assert_false(fixture_said(f, "is taken although"));
	assert_null(conflict_stranger(&f->c->groups[0], 0));
	fixture_free(f);
}

static void
test_a_node_of_ours_is_no_stranger(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
	struct peer p = peer_new("node2");

	(void)state;
	f->keeps_probes = true;
	peer_holds(f, &p, "r:1", NULL);
	assert_false(core_minds_conflict(f->c, 0, 0));
	heard(f, 0, MAC);
	assert_null(f->c->groups[0].resources[0].stranger.mac);
	/* Late: it may be about to be ours. */
	fixture_pass(f, 5100);
	assert_int_equal(f->jobs->len, 1);
	assert_true(core_minds_conflict(f->c, 0, 0));
	heard(f, 0, MAC);
	assert_string_equal(probe_ends(f), "probe 0/0");
	assert_non_null(conflict_stranger(&f->c->groups[0], 0));
	assert_false(fixture_said(f, "answer"));
	/* It was only late. */
	peer_holds(f, &p, "r:1", NULL);
	assert_null(conflict_stranger(&f->c->groups[0], 0));
	/* It dies: nobody waits, and what answered meanwhile is named. */
	fixture_pass(f, 5100);
	heard(f, 0, MAC);
	probe_ends(f);
	fixture_pass(f, 5000);
	assert_int_equal(state_of(f), CLAIM_STARTING);
	assert_true(fixture_said(f, "IPaddr::10.0.0.9 is taken although " MAC));
	fixture_free(f);
}

static void
test_later_it_is_said_and_not_fought(void **state)
{
	struct fixture *f = running();

	(void)state;
	/* A second after the start we ask for ourselves. */
	fixture_pass(f, 1100);
	assert_int_equal(f->jobs->len, 2);
	fixture_end_all(f);
	fixture_pass(f, 20000);
	/* A leftover of a node that has just stopped says it once: asked for, not believed. */
	heard(f, 0, MAC);
	assert_null(conflict_stranger(&f->c->groups[0], 0));
	assert_int_equal(f->jobs->len, 2);
	assert_false(fixture_said(f, "answered"));
	/* At the same moment, even. */
	assert_true(core_minds_conflict(f->c, 0, 0));
	heard(f, 0, MAC);
	assert_true(fixture_said(f, "IPaddr::10.0.0.9 runs here and is answered by " MAC " on eth0 too"));
	assert_false(core_minds_conflict(f->c, 0, 0));
	assert_true(core_minds_conflict(f->c, 0, 2));
	fixture_end_all(f);
	assert_int_equal(state_of(f), CLAIM_RUNNING);
	fixture_forget(f);
	/* Each minute, silently. */
	for (unsigned i = 0; i < 9; i++) {
		fixture_pass(f, 60000);
		assert_int_equal(f->jobs->len, 2);
		heard(f, 0, MAC);
		fixture_end_all(f);
	}
	assert_false(fixture_said(f, "answered"));
	fixture_pass(f, 120000);
	fixture_end_all(f);
	assert_true(fixture_said(f, "is no longer answered by " MAC));
	fixture_free(f);
}

/* It shouts, but does not answer: a server behind a load balancer with wrong settings. */
static void
test_heard_twice(void **state)
{
	struct fixture *f = running();

	(void)state;
	fixture_pass(f, 1100);
	fixture_end_all(f);
	heard(f, 0, MAC);
	fixture_pass(f, 900);
	heard(f, 0, MAC);
	assert_false(fixture_said(f, "answered"));
	fixture_pass(f, 1100);
	heard(f, 0, MAC);
	assert_true(fixture_said(f, "is answered by " MAC));
	fixture_free(f);
}

/* A liar with a new face each time: one line a minute. */
static void
test_the_log_is_not_flooded(void **state)
{
	struct fixture *f = running();
	unsigned lines = 0;

	(void)state;
	for (unsigned i = 0; i < 300; i++) {
		char mac[] = "52:54:00:00:00:00";

		mac[15] = (char)('0' + i % 10);
		fixture_pass(f, 1000);
		heard(f, 0, mac);
		fixture_end_all(f);
		lines += fixture_times(f, "is answered by");
		fixture_forget(f);
	}
	assert_in_range(lines, 1, 6);
	assert_int_equal(state_of(f), CLAIM_RUNNING);
	fixture_free(f);
}

static void
test_words_that_are_none(void **state)
{
	struct fixture *f = running();
	g_autofree char *longest = g_strnfill(CONFLICT_MAC_MAX + 1, 'a');
	const char *const macs[] = {"", "a b", "a\nb", "\xff", longest};

	(void)state;
	fixture_pass(f, 1100);
	assert_int_equal(f->jobs->len, 2);
	for (unsigned i = 0; i < G_N_ELEMENTS(macs); i++)
		heard(f, 0, macs[i]);
	/* A script is nobody's address. */
	heard(f, 1, MAC);
	for (unsigned i = 0; i < 3; i++)
		assert_null(f->c->groups[0].resources[i].stranger.mac);
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_asked_while_we_wait),
	    cmocka_unit_test(test_a_start_waits_for_the_answer),
	    cmocka_unit_test(test_a_stranger_delays_and_does_not_forbid),
	    cmocka_unit_test(test_it_gave_the_address_up_meanwhile),
	    cmocka_unit_test(test_a_node_of_ours_is_no_stranger),
	    cmocka_unit_test(test_later_it_is_said_and_not_fought),
	    cmocka_unit_test(test_heard_twice),
	    cmocka_unit_test(test_the_log_is_not_flooded),
	    cmocka_unit_test(test_words_that_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
