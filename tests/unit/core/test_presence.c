/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/presence.h"

#include "core/group.h"
#include "fixture.h"

#define THREE "node1 IPaddr::10.0.0.9 db IPaddr::10.0.0.10\n"

/* Alone, active, and the group runs. */
static struct fixture *
running(void)
{
	struct fixture *f = fixture_new(TWO_NODES, THREE, 1);

	fixture_start(f, HINT_STOPPED);
	fixture_pass(f, 30000);
	fixture_end_all(f);
	assert_int_equal(f->c->self->facts.claims[0].state, CLAIM_RUNNING);
	fixture_forget(f);
	return f;
}

static void
address(struct fixture *f, unsigned resource, enum address_state state, bool shaken)
{
	fixture_step(f, (struct event){.type = EVENT_ADDRESS,
			    .u.address = {0, resource, state, shaken, "eth0 is down"}});
}

static const char *
ends_well(struct fixture *f)
{
	return fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
}

static void
test_what_is_gone_is_put_back(void **state)
{
	struct fixture *f = running();

	(void)state;
	address(f, 2, ADDRESS_GONE, false);
	assert_int_equal(fixture_count(f, ACTION_RUN), 1);
	/* Not twice at a time. */
	address(f, 2, ADDRESS_GONE, false);
	assert_int_equal(fixture_count(f, ACTION_RUN), 0);
	assert_string_equal(ends_well(f), "start 0/2");
	address(f, 2, ADDRESS_HERE, false);
	assert_int_equal(f->jobs->len, 0);
	assert_int_equal(f->c->self->facts.claims[0].state, CLAIM_RUNNING);
	/* A script is nobody's address. */
	address(f, 1, ADDRESS_GONE, false);
	assert_int_equal(f->jobs->len, 0);
	fixture_free(f);
}

static void
test_a_stop_waits_for_what_is_being_put_back(void **state)
{
	struct fixture *f = running();

	(void)state;
	address(f, 2, ADDRESS_GONE, false);
	fixture_step(f, (struct event){.type = EVENT_LEAVE});
	assert_string_equal(ends_well(f), "start 0/2");
	assert_string_equal(ends_well(f), "stop 0/2");
	assert_string_equal(ends_well(f), "stop 0/1");
	assert_string_equal(ends_well(f), "stop 0/0");
	assert_int_equal(f->jobs->len, 0);
	fixture_free(f);
}

static void
test_neighbours_that_may_not_know_are_told(void **state)
{
	struct fixture *f = running();

	(void)state;
	address(f, 2, ADDRESS_HERE, false);
	assert_int_equal(fixture_count(f, ACTION_RUN), 0);
	address(f, 2, ADDRESS_HERE, true);
	assert_int_equal(fixture_count(f, ACTION_RUN), 1);
	assert_int_equal(fixture_action(f, ACTION_RUN, 0)->op, OP_ANNOUNCE);
	assert_int_equal(fixture_action(f, ACTION_RUN, 0)->resource, 2);
	fixture_free(f);
}

/* After a doubt too only what is there; the rest is announced when it is put back. */
static void
test_what_has_no_place_is_not_announced(void **state)
{
	struct fixture *f = running();

	(void)state;
	address(f, 0, ADDRESS_NOWHERE, false);
	group_doubt(f->c, &f->c->groups[0], "a test");
	/* The next step, of no consequence itself. */
	address(f, 1, ADDRESS_HERE, false);
	assert_int_equal(fixture_count(f, ACTION_RUN), 1);
	assert_int_equal(fixture_action(f, ACTION_RUN, 0)->op, OP_ANNOUNCE);
	assert_int_equal(fixture_action(f, ACTION_RUN, 0)->resource, 2);
	fixture_free(f);
}

static void
test_one_attempt_at_a_time(void **state)
{
	struct fixture *f = running();

	(void)state;
	address(f, 2, ADDRESS_GONE, false);
	address(f, 2, ADDRESS_NOWHERE, false);
	address(f, 2, ADDRESS_GONE, false);
	assert_int_equal(f->jobs->len, 1);
	/* That one found no place; now there is one. */
	assert_string_equal(fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 1, ""), "start 0/2");
	assert_int_equal(f->jobs->len, 1);
	assert_string_equal(ends_well(f), "start 0/2");
	assert_int_equal(f->jobs->len, 0);
	fixture_free(f);
}

static void
test_what_cannot_be_put_back_is_given_up(void **state)
{
	struct fixture *f = running();

	(void)state;
	address(f, 0, ADDRESS_GONE, false);
	for (unsigned i = 0; i < 9; i++) {
		assert_string_equal(
		    fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 1, ""), "start 0/0");
		assert_int_equal(f->c->self->facts.claims[0].state, CLAIM_RUNNING);
		fixture_pass(f, 1000);
	}
	/* deadtime less a keepalive */
	assert_true(fixture_said(f, "running -> stopping (IPaddr::10.0.0.9 cannot be put back)"));
	fixture_end_all(f);
	assert_int_equal(f->c->self->facts.claims[0].state, CLAIM_FAILED);
	fixture_pass(f, 50000);
	assert_int_equal(f->jobs->len, 0);
	fixture_pass(f, 15000);
	assert_int_equal(f->jobs->len, 1);
	fixture_free(f);
}

static void
test_a_start_that_fails_without_a_place_has_no_pause(void **state)
{
	struct fixture *f = fixture_new(TWO_NODES, THREE, 1);

	(void)state;
	fixture_start(f, HINT_STOPPED);
	fixture_pass(f, 30000);
	address(f, 0, ADDRESS_NOWHERE, false);
	assert_string_equal(fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 1, ""), "start 0/0");
	fixture_end_all(f);
	assert_int_equal(f->c->self->facts.claims[0].state, CLAIM_FAILED);
	fixture_pass(f, 120000);
	assert_int_equal(f->jobs->len, 0);
	address(f, 0, ADDRESS_GONE, false);
	fixture_pass(f, 299);
	assert_int_equal(f->jobs->len, 0);
	fixture_pass(f, 1);
	assert_string_equal(ends_well(f), "start 0/0");
	fixture_free(f);
}

static void
test_what_was_given_away_stays_so(void **state)
{
	struct fixture *f = fixture_new(TWO_NODES, THREE, 1);

	(void)state;
	fixture_start(f, HINT_AWAY);
	address(f, 0, ADDRESS_NOWHERE, false);
	assert_int_equal(f->c->self->facts.claims[0].state, CLAIM_FAILED);
	address(f, 0, ADDRESS_HERE, false);
	fixture_pass(f, 300);
	assert_int_equal(f->c->self->facts.claims[0].state, CLAIM_AWAY);
	fixture_free(f);
}

static void
test_one_that_is_taken_again_and_again_is_put_back_once_a_second(void **state)
{
	struct fixture *f = running();
	unsigned put = 0;

	(void)state;
	for (unsigned i = 0; i < 1000; i++) {
		address(f, 0, ADDRESS_GONE, false);
		for (; f->jobs->len > 0; put++)
			ends_well(f);
		fixture_pass(f, 10);
		for (; f->jobs->len > 0; put++)
			ends_well(f);
	}
	assert_in_range(put, PRESENCE_AT_ONCE + 9, PRESENCE_AT_ONCE + 10);
	assert_int_equal(fixture_times(f, "put back"), PRESENCE_AT_ONCE);
	fixture_pass(f, 2000);
	fixture_end_all(f);
	fixture_pass(f, PRESENCE_ROW_MS);
	address(f, 0, ADDRESS_GONE, false);
	assert_int_equal(f->jobs->len, 1);
	fixture_free(f);
}

/* The pause is longer than deadtime less a keepalive. */
static void
test_what_waits_for_its_turn_is_not_given_up(void **state)
{
	struct fixture *f = fixture_new(
	    "logfacility none\nkeepalive 100ms\nwarntime 500ms\ndeadtime 1\ninitdead 4\n"
	    "auto_failback on\nucast eth0 10.0.0.1\nnode node1 node2\n", THREE, 1);

	(void)state;
	fixture_start(f, HINT_STOPPED);
	fixture_pass(f, 6000);
	fixture_end_all(f);
	for (unsigned i = 0; i < PRESENCE_AT_ONCE + 3; i++) {
		address(f, 0, ADDRESS_GONE, false);
		if (i >= PRESENCE_AT_ONCE)
			fixture_pass(f, PRESENCE_PAUSE_MS);
		assert_string_equal(ends_well(f), "start 0/0");
		assert_int_equal(f->c->self->facts.claims[0].state, CLAIM_RUNNING);
	}
	/* What was tried in vain is. */
	address(f, 0, ADDRESS_GONE, false);
	fixture_pass(f, PRESENCE_PAUSE_MS);
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 1, "");
	fixture_pass(f, 899);
	assert_int_equal(f->c->self->facts.claims[0].state, CLAIM_RUNNING);
	fixture_pass(f, 1);
	assert_true(fixture_said(f, "running -> stopping (IPaddr::10.0.0.9 cannot be put back)"));
	fixture_free(f);
}

/* Somebody who takes it away and puts it back himself does not use up the turns of a minute. */
static void
test_turns_that_were_not_taken_do_not_add_up(void **state)
{
	struct fixture *f = running();

	(void)state;
	for (unsigned i = 0; i < 100; i++) {
		address(f, 0, ADDRESS_GONE, false);
		fixture_end_all(f);
		address(f, 0, ADDRESS_HERE, false);
		fixture_end_all(f);
		fixture_pass(f, 20);
	}
	address(f, 0, ADDRESS_GONE, false);
	fixture_pass(f, PRESENCE_PAUSE_MS);
	assert_string_equal(ends_well(f), "start 0/0");
	fixture_free(f);
}

static void
test_an_interface_that_goes_and_comes_takes_no_address_away(void **state)
{
	struct fixture *f = running();

	(void)state;
	for (unsigned i = 0; i < 2 * PRESENCE_AT_ONCE; i++) {
		/* As ifdown: the address first, then the interface. */
		address(f, 0, ADDRESS_GONE, false);
		fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
		address(f, 0, ADDRESS_NOWHERE, false);
		fixture_pass(f, 100);
		address(f, 0, ADDRESS_GONE, false);
		assert_int_equal(f->jobs->len, 1);
		fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
		assert_int_equal(fixture_times(f, "put back"), 2 * i + 2);
	}
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_has_no_place_is_not_announced),
	    cmocka_unit_test(test_one_attempt_at_a_time),
	    cmocka_unit_test(test_what_cannot_be_put_back_is_given_up),
	    cmocka_unit_test(test_a_start_that_fails_without_a_place_has_no_pause),
	    cmocka_unit_test(test_what_was_given_away_stays_so),
	    cmocka_unit_test(test_one_that_is_taken_again_and_again_is_put_back_once_a_second),
	    cmocka_unit_test(test_what_waits_for_its_turn_is_not_given_up),
	    cmocka_unit_test(test_turns_that_were_not_taken_do_not_add_up),
	    cmocka_unit_test(test_what_is_gone_is_put_back),
	    cmocka_unit_test(test_an_interface_that_goes_and_comes_takes_no_address_away),
	    cmocka_unit_test(test_a_stop_waits_for_what_is_being_put_back),
	    cmocka_unit_test(test_neighbours_that_may_not_know_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
