/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/presence.h"

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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_is_gone_is_put_back),
	    cmocka_unit_test(test_a_stop_waits_for_what_is_being_put_back),
	    cmocka_unit_test(test_neighbours_that_may_not_know_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
