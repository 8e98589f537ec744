/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/leave.h"

#include "fixture.h"

static void
leave(struct fixture *f)
{
	fixture_step(f, (struct event){.type = EVENT_LEAVE});
}

static void
test_alone_and_idle_at_once(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, "node2 IPaddr::10.0.0.9\n");

	(void)state;
	/* Before communication is complete, too: nobody has to be waited for. */
	leave(f);
	assert_int_equal(fixture_count(f, ACTION_EXIT), 1);
	AUTO_MSG struct msg *m = fixture_sent(f, "shutdone", 0);

	assert_non_null(m);
	assert_string_equal(msg_get(m, "st"), "dead");
	assert_true(moment_is_never(core_deadline(f->c)));
	/* The end is the end. */
	fixture_step(f, (struct event){.type = EVENT_TIMER});
	assert_int_equal(actions_count(f->out), 0);
	fixture_free(f);
}

static void
test_the_peer_has_seen_it(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, "node2 IPaddr::10.0.0.9\n");
	struct peer p = peer_new("node2");

	(void)state;
	peer_status(f, &p, NULL);
	leave(f);
	assert_int_equal(fixture_count(f, ACTION_EXIT), 0);
	AUTO_MSG struct msg *m = fixture_sent(f, "shutdone", 0);

	assert_non_null(m);
	peer_status(f, &p, NULL);
	assert_int_equal(fixture_count(f, ACTION_EXIT), 1);
	assert_true(fixture_said(f, "Giving up all HA resources."));
	assert_true(fixture_said(f, "All HA resources relinquished."));
	fixture_free(f);
}

static void
test_the_peer_does_not_answer(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, "node2 IPaddr::10.0.0.9\n");
	struct peer p = peer_new("node2");

	(void)state;
	peer_status(f, &p, NULL);
	leave(f);
	fixture_pass(f, 1999);
	assert_int_equal(fixture_count(f, ACTION_EXIT), 0);
	fixture_pass(f, 1);
	assert_int_equal(fixture_count(f, ACTION_EXIT), 1);
	fixture_free(f);
}

static void
test_everything_is_stopped_first(void **state)
{
	struct fixture *f =
	    fixture_started(TWO_NODES, "node1 IPaddr::10.0.0.9\nnode2 IPaddr::10.0.0.10\n");

	(void)state;
	fixture_pass(f, 30000);
	fixture_end_all(f);
	leave(f);
	leave(f); /* asked twice */
	assert_int_equal(f->jobs->len, 2);
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
	assert_int_equal(fixture_count(f, ACTION_EXIT), 0);
	fixture_pass(f, 3600 * 1000);
	assert_null(fixture_action(f, ACTION_EXIT, 0));
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
	assert_int_equal(fixture_count(f, ACTION_EXIT), 1);
	assert_int_equal(fixture_times(f, "Giving up all HA resources."), 1);
	fixture_free(f);
}

static void
test_while_finding_out(void **state)
{
	static const struct {
		const char *output;
		bool stops;
	} cases[] = {{"stopped", false}, {"running", true}};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct fixture *f = fixture_new(TWO_NODES, "node1 db\n", 1);

		fixture_start(f, HINT_UNKNOWN);
		leave(f);
		assert_int_equal(fixture_count(f, ACTION_EXIT), 0);
		assert_string_equal(
		    fixture_end(f, AGENT_HEARTBEAT, CHILD_EXITED, 0, cases[i].output),
		    "status 0/0");
		if (cases[i].stops)
			assert_string_equal(
			    fixture_end(f, AGENT_HEARTBEAT, CHILD_EXITED, 0, ""),
			    "stop 0/0");
		assert_int_equal(fixture_count(f, ACTION_EXIT), 1);
		fixture_free(f);
	}
}

/* What runs without our doing and cannot be stopped must not hold up the end for ever. */
static void
test_with_a_broken_leftover(void **state)
{
	struct fixture *f = fixture_new(TWO_NODES, "node1 db httpd\n", 1);

	(void)state;
	fixture_start(f, HINT_UNKNOWN);
	fixture_end(f, AGENT_HEARTBEAT, CHILD_EXITED, 0, "running");
	fixture_end(f, AGENT_HEARTBEAT, CHILD_EXITED, 0, "stopped");
	fixture_end(f, AGENT_HEARTBEAT, CHILD_EXITED, 0, "");
	for (unsigned i = 0; f->c->groups[0].claim->state != CLAIM_BROKEN && i < 50; i++) {
		fixture_end(f, AGENT_HEARTBEAT, CHILD_EXITED, 1, "running");
		fixture_pass(f, 1000);
	}
	assert_int_equal(f->c->groups[0].claim->state, CLAIM_BROKEN);
	leave(f);
	for (unsigned i = 0; fixture_count(f, ACTION_EXIT) == 0 && i < 50; i++) {
		fixture_end(f, AGENT_HEARTBEAT, CHILD_EXITED, 1, "running");
		if (fixture_count(f, ACTION_EXIT) == 0)
			fixture_pass(f, 1000);
	}
	assert_int_equal(fixture_count(f, ACTION_EXIT), 1);
	/* The others must not think that it is free. */
	assert_null(fixture_sent(f, "shutdone", 0));
	fixture_free(f);
}

static void
test_orphaned(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, "node1 IPaddr::10.0.0.9\n");

	(void)state;
	fixture_pass(f, 30000);
	fixture_end_all(f);
	fixture_step(f, (struct event){.type = EVENT_ORPHANED});
	assert_int_equal(fixture_count(f, ACTION_EXIT), 1);
	assert_int_equal(fixture_count(f, ACTION_RUN), 0);
	AUTO_MSG struct msg *m = fixture_sent(f, "status", 0);

	assert_non_null(m);
	assert_string_equal(msg_get(m, "orphan"), "1");
	assert_null(msg_get(m, "leave"));
	assert_true(moment_is_never(core_deadline(f->c)));
	fixture_free(f);
}

/* A client is due to be started again at that very moment: nobody is there to start it. */
static void
test_nothing_behind_the_exit(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES "respawn root /bin/false\n", ONE_GROUP);
	struct event e = {.type = EVENT_CHILD};

	(void)state;
	fixture_end_all(f);
	while (fixture_action(f, ACTION_CLIENT_START, 0) == NULL)
		fixture_pass(f, 1000);
	e.u.child = (struct event_child){fixture_action(f, ACTION_CLIENT_START, 0)->job,
	    AGENT_NONE, CHILD_EXITED, 1, ""};
	fixture_step(f, e);
	fixture_sleep(f, 60000);
	fixture_step(f, (struct event){.type = EVENT_ORPHANED});
	assert_int_equal(
	    actions_get(f->out, actions_count(f->out) - 1)->type, ACTION_EXIT);
	assert_int_equal(fixture_count(f, ACTION_CLIENT_START), 0);
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_alone_and_idle_at_once),
	    cmocka_unit_test(test_the_peer_has_seen_it),
	    cmocka_unit_test(test_the_peer_does_not_answer),
	    cmocka_unit_test(test_everything_is_stopped_first),
	    cmocka_unit_test(test_while_finding_out),
	    cmocka_unit_test(test_with_a_broken_leftover),
	    cmocka_unit_test(test_orphaned),
	    cmocka_unit_test(test_nothing_behind_the_exit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
