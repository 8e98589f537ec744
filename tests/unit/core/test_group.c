/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/group.h"

#include "fixture.h"

#define THREE "node1 IPaddr::10.0.0.9 db httpd\n"

/* Alone and active: node2 was never heard. */
static struct fixture *
alone(enum group_hint hint)
{
	struct fixture *f = fixture_new(TWO_NODES, THREE, 1);

	fixture_start(f, hint);
	fixture_pass(f, 30000);
	assert_int_equal(f->c->self->status, NODE_ACTIVE);
	return f;
}

static void
ends(struct fixture *f, const char *job, enum child_end end, int code, const char *output)
{
	assert_string_equal(fixture_end(f, AGENT_HEARTBEAT, end, code, output), job);
}

static void
well(struct fixture *f, const char *job)
{
	ends(f, job, CHILD_EXITED, 0, "stopped");
}

static struct fixture *
running(void)
{
	struct fixture *f = alone(HINT_STOPPED);

	fixture_end_all(f);
	assert_int_equal(f->c->groups[0].claim->state, CLAIM_RUNNING);
	return f;
}

static struct fixture *
stopping(void)
{
	struct fixture *f = running();

	fixture_step(f, (struct event){.type = EVENT_LEAVE});
	return f;
}

/* -- what a status means -- */

static void
test_output_rule(void **state)
{
	static const struct {
		const char *output;
		bool runs;
	} cases[] = {
	    /* compat config.md 5.3 */
	    {"stopped", false},
	    {"unused", false},
	    {"dead but pid file exists", false},
	    {"RUNNING", false},
	    {"ok", false},
	    {"not running", false},
	    {"is running...", true},
	    {"Active: active (running)", true},
	    {"OK", true},
	    {"isn't running", true},
	    {"not-running", true},
	    {"running: no", true},
	    /* and around it */
	    {"", false},
	    {NULL, false},
	    {"Running", true},
	    {"NOT running", false},
	    {"Not Running", false},
	    {"not RUNNING but OK", true},
	    {"it is not now, nor was it ever, running", false},
	    {"cannot say: running", false},
	    {"cannot tell whether it is running", false},
	    {"not\trunning", false},
	    {"running, not stopped", true},
	    {"not OK", true},
	    {"notnot running", false},
	    {"line one\nnot up\nrunning", false},
	    {"httpd (pid 123) is running...\n", true},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct event_child e = {
		    .agent = AGENT_HEARTBEAT, .output = cases[i].output};

		for (unsigned code = 0; code < 4; code++) {
			e.code = (int)code;
			if (group_status_runs(&e) != cases[i].runs)
				fail_msg("'%s' with code %u", cases[i].output, code);
		}
	}
}

static void
test_codes(void **state)
{
	static const struct {
		enum agent_class agent;
		enum child_end end;
		int code;
		bool runs;
	} cases[] = {
	    {AGENT_NATIVE, CHILD_EXITED, 0, true},
	    {AGENT_NATIVE, CHILD_EXITED, 7, false},
	    {AGENT_NATIVE, CHILD_EXITED, 1, true},
	    {AGENT_NATIVE, CHILD_EXITED, 4, true},
	    {AGENT_SYSTEMD, CHILD_EXITED, 0, true},
	    {AGENT_SYSTEMD, CHILD_EXITED, 3, false},
	    {AGENT_SYSTEMD, CHILD_SIGNALED, 9, false},
	    {AGENT_OCF, CHILD_EXITED, 0, true},
	    {AGENT_OCF, CHILD_EXITED, 7, false},
	    /* An agent that fails has not said that nothing runs. */
	    {AGENT_OCF, CHILD_EXITED, 1, true},
	    {AGENT_OCF, CHILD_SIGNALED, 7, true},
	    {AGENT_HEARTBEAT, CHILD_NOT_FOUND, 0, false},
	    {AGENT_OCF, CHILD_NOT_FOUND, 0, false},
	    {AGENT_HEARTBEAT, CHILD_TIMED_OUT, 0, true},
	    {AGENT_NATIVE, CHILD_KILLED, 7, true},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct event_child e = {.agent = cases[i].agent,
		    .end = cases[i].end,
		    .code = cases[i].code,
		    .output = "OK running"};

		if (cases[i].agent == AGENT_HEARTBEAT && cases[i].end == CHILD_NOT_FOUND)
			assert_false(group_status_runs(&e));
		if (group_status_runs(&e) != cases[i].runs)
			fail_msg("row %zu", i);
	}
}

/* -- start -- */

static void
test_start_left_to_right(void **state)
{
	struct fixture *f = alone(HINT_STOPPED);

	(void)state;
	/* An address looks for itself; scripts are asked first, and not started if they
	 * run. */
	well(f, "start 0/0");
	well(f, "status 0/1");
	well(f, "start 0/1");
	ends(f, "status 0/2", CHILD_EXITED, 3, "is running");
	assert_int_equal(f->jobs->len, 0);
	assert_int_equal(f->c->groups[0].claim->state, CLAIM_RUNNING);
	assert_int_equal(f->c->groups[0].claim->epoch, 1);
	fixture_free(f);
}

static void
test_time_limits(void **state)
{
	struct fixture *f =
	    fixture_new(TWO_NODES "resource_timeout 90\nstatus_timeout 5\n", THREE, 1);
	const struct action *a;

	(void)state;
	fixture_start(f, HINT_STOPPED);
	fixture_pass(f, 30000);
	a = fixture_action(f, ACTION_RUN, 0);
	assert_non_null(a);
	assert_int_equal(span_ms(a->timeout), 90000);
	well(f, "start 0/0");
	a = fixture_action(f, ACTION_RUN, 0);
	assert_int_equal(a->op, OP_STATUS);
	assert_int_equal(span_ms(a->timeout), 5000);
	fixture_free(f);
}

static void
test_failed_starts(void **state)
{
	static const struct {
		enum child_end end;
		int code;
		const char *how;
	} cases[] = {
	    {CHILD_EXITED, 1, "exit code 1"},
	    {CHILD_EXITED, 255, "exit code 255"},
	    {CHILD_SIGNALED, 9, "killed by signal 9"},
	    {CHILD_TIMED_OUT, 0, "timed out"},
	    {CHILD_KILLED, 0, "given up"},
	    {CHILD_NOT_FOUND, 0, "not found"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct fixture *f = alone(HINT_STOPPED);
		g_autofree char *text = g_strdup_printf(
		    "Giving up resources due to failure of db (%s)", cases[i].how);

		well(f, "start 0/0");
		well(f, "status 0/1");
		ends(f, "start 0/1", cases[i].end, cases[i].code, "");
		assert_true(fixture_said(f, text));
		/* All of it is stopped, also what was never started. */
		well(f, "stop 0/2");
		well(f, "stop 0/1");
		well(f, "stop 0/0");
		assert_int_equal(f->c->groups[0].claim->state, CLAIM_FAILED);
		assert_int_equal(f->jobs->len, 0);
		fixture_free(f);
	}
}

/* The only node tries again after 1 min, 2, 4 ... at most an hour. */
static void
test_pauses_between_failed_starts(void **state)
{
	static const int64_t pauses_s[] = {60, 120, 240, 480, 960, 1920, 3600, 3600};
	struct fixture *f = alone(HINT_STOPPED);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(pauses_s); i++) {
		ends(f, "start 0/0", CHILD_EXITED, 1, "");
		fixture_end_all(f);
		assert_int_equal(f->c->groups[0].claim->state, CLAIM_FAILED);
		fixture_pass(f, pauses_s[i] * 1000 - 1);
		assert_int_equal(f->jobs->len, 0);
		fixture_pass(f, 1);
		assert_int_equal(f->jobs->len, 1);
	}
	/* A start that succeeds wipes the slate. */
	fixture_end_all(f);
	assert_int_equal(f->c->groups[0].claim->state, CLAIM_RUNNING);
	assert_int_equal(f->c->groups[0].failures, 0);
	fixture_free(f);
}

/* -- stop -- */

static void
test_stop_right_to_left(void **state)
{
	struct fixture *f = stopping();

	(void)state;
	well(f, "stop 0/2");
	well(f, "stop 0/1");
	well(f, "stop 0/0");
	assert_int_equal(fixture_count(f, ACTION_EXIT), 1);
	fixture_free(f);
}

static void
test_stop_is_tried_eleven_times(void **state)
{
	struct fixture *f = stopping();

	(void)state;
	for (unsigned i = 1; i <= GROUP_STOP_TRIES; i++) {
		ends(f, "stop 0/2", CHILD_EXITED, 1, "");
		if (i == GROUP_STOP_TRIES)
			break;
		assert_int_equal(f->jobs->len, 0);
		fixture_pass(f, 999);
		assert_int_equal(f->jobs->len, 0);
		fixture_pass(f, 1);
		assert_int_equal(f->jobs->len, 1);
	}
	assert_int_equal(fixture_times(f, "Retrying failed stop operation [httpd]"), 10);
	/* The last word is its status. */
	ends(f, "status 0/2", CHILD_EXITED, 0, "running");
	assert_int_equal(fixture_count(f, ACTION_REBOOT), 1);
	assert_string_equal(
	    fixture_action(f, ACTION_REBOOT, 0)->reason, "httpd could not be stopped");
	assert_int_equal(f->c->groups[0].claim->state, CLAIM_BROKEN);
	assert_int_equal(f->jobs->len, 0);
	fixture_free(f);
}

static void
test_failed_stop_of_what_does_not_run(void **state)
{
	struct fixture *f = stopping();

	(void)state;
	for (unsigned i = 1; i <= GROUP_STOP_TRIES; i++) {
		ends(f, "stop 0/2", CHILD_EXITED, 1, "");
		fixture_pass(f, 1000);
	}
	ends(f, "status 0/2", CHILD_EXITED, 3, "stopped");
	assert_true(fixture_said(f, "Machine reboot narrowly avoided!"));
	assert_int_equal(fixture_count(f, ACTION_REBOOT), 0);
	/* The next one has all its tries. */
	assert_int_equal(f->c->groups[0].attempts, 1);
	well(f, "stop 0/1");
	well(f, "stop 0/0");
	assert_int_equal(fixture_count(f, ACTION_EXIT), 1);
	fixture_free(f);
}

static void
test_a_stop_that_hangs_is_tried_twice(void **state)
{
	struct fixture *f = stopping();

	(void)state;
	ends(f, "stop 0/2", CHILD_TIMED_OUT, 0, "");
	fixture_pass(f, 1000);
	ends(f, "stop 0/2", CHILD_TIMED_OUT, 0, "");
	/* A status that hangs too counts as running. */
	ends(f, "status 0/2", CHILD_TIMED_OUT, 0, "");
	assert_int_equal(fixture_count(f, ACTION_REBOOT), 1);
	fixture_free(f);
}

static void
test_a_stop_that_succeeds_at_last(void **state)
{
	struct fixture *f = stopping();

	(void)state;
	ends(f, "stop 0/2", CHILD_SIGNALED, 11, "");
	fixture_pass(f, 1000);
	ends(f, "stop 0/2", CHILD_TIMED_OUT, 0, "");
	ends(f, "status 0/2", CHILD_EXITED, 0, "stopped");
	ends(f, "stop 0/1", CHILD_EXITED, 7, "");
	fixture_pass(f, 1000);
	well(f, "stop 0/1");
	well(f, "stop 0/0");
	assert_int_equal(fixture_count(f, ACTION_EXIT), 1);
	fixture_free(f);
}

/* Its script is gone while it runs: that is no success. */
static void
test_a_missing_script_of_what_runs(void **state)
{
	struct fixture *f = stopping();

	(void)state;
	for (unsigned i = 1; i <= GROUP_STOP_TRIES; i++) {
		ends(f, "stop 0/2", CHILD_NOT_FOUND, 0, "");
		fixture_pass(f, 1000);
	}
	/* It cannot say that what it started is gone. */
	ends(f, "status 0/2", CHILD_NOT_FOUND, 0, "");
	assert_int_equal(f->c->groups[0].claim->state, CLAIM_BROKEN);
	assert_int_equal(fixture_count(f, ACTION_REBOOT), 1);
	fixture_free(f);
}

/* Never started and nowhere to be found: nothing to stop. */
static void
test_a_missing_script_of_what_never_ran(void **state)
{
	struct fixture *f = alone(HINT_STOPPED);

	(void)state;
	well(f, "start 0/0");
	ends(f, "status 0/1", CHILD_NOT_FOUND, 0, "");
	well(f, "stop 0/2");
	ends(f, "stop 0/1", CHILD_NOT_FOUND, 0, "");
	well(f, "stop 0/0");
	assert_int_equal(f->c->groups[0].claim->state, CLAIM_FAILED);
	fixture_free(f);
}

/* The same when the start is given up just then. */
static void
test_a_missing_script_when_the_start_is_given_up(void **state)
{
	struct fixture *f = alone(HINT_STOPPED);

	(void)state;
	well(f, "start 0/0");
	fixture_step(f, (struct event){.type = EVENT_LEAVE});
	ends(f, "status 0/1", CHILD_NOT_FOUND, 0, "");
	well(f, "stop 0/2");
	ends(f, "stop 0/1", CHILD_NOT_FOUND, 0, "");
	well(f, "stop 0/0");
	assert_int_equal(fixture_count(f, ACTION_EXIT), 1);
	fixture_free(f);
}

static void
test_a_start_is_given_up_after_the_operation_at_hand(void **state)
{
	struct fixture *f = alone(HINT_STOPPED);

	(void)state;
	well(f, "start 0/0");
	well(f, "status 0/1");
	fixture_step(f, (struct event){.type = EVENT_LEAVE});
	assert_int_equal(f->jobs->len, 1);
	assert_int_equal(f->c->groups[0].claim->state, CLAIM_GIVING);
	/* It even failed: nobody cares any more. */
	ends(f, "start 0/1", CHILD_EXITED, 1, "");
	well(f, "stop 0/2");
	well(f, "stop 0/1");
	well(f, "stop 0/0");
	assert_int_equal(fixture_count(f, ACTION_EXIT), 1);
	fixture_free(f);
}

/* -- what the master knows -- */

static void
test_hints(void **state)
{
	static const struct {
		enum group_hint hint;
		enum claim_state state;
		unsigned jobs;
	} cases[] = {
	    {HINT_UNKNOWN, CLAIM_PROBING, 1},
	    {HINT_STOPPED, CLAIM_IDLE, 0},
	    {HINT_RUNNING, CLAIM_RUNNING, 0},
	    {HINT_PARTLY, CLAIM_PROBING, 1},
	    {HINT_AWAY, CLAIM_AWAY, 0},
	    {HINT_COUNT, CLAIM_PROBING, 1},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct fixture *f = fixture_new(TWO_NODES, THREE, 1);

		fixture_start(f, cases[i].hint);
		if (f->c->groups[0].claim->state != cases[i].state ||
		    f->jobs->len != cases[i].jobs)
			fail_msg("hint %d", (int)cases[i].hint);
		fixture_free(f);
	}
}

static void
test_the_master_is_told(void **state)
{
	struct fixture *f = alone(HINT_STOPPED);

	(void)state;
	assert_int_equal(fixture_action(f, ACTION_GROUP, 0)->hint, HINT_PARTLY);
	/* Before anything of it is run. */
	for (size_t i = 0; i < actions_count(f->out); i++) {
		if (actions_get(f->out, i)->type == ACTION_GROUP)
			break;
		assert_int_not_equal(actions_get(f->out, i)->type, ACTION_RUN);
	}
	fixture_end_all(f);
	assert_int_equal(fixture_action(f, ACTION_GROUP, 0)->hint, HINT_RUNNING);
	fixture_step(f, (struct event){.type = EVENT_LEAVE});
	assert_int_equal(fixture_action(f, ACTION_GROUP, 0)->hint, HINT_PARTLY);
	fixture_end_all(f);
	assert_int_equal(fixture_action(f, ACTION_GROUP, 0)->hint, HINT_STOPPED);
	fixture_free(f);
}

static void
test_probe(void **state)
{
	static const struct {
		const char *outputs[3];
		enum claim_state after; /* while node2 is still awaited */
	} cases[] = {
	    {{"stopped", "stopped", "stopped"}, CLAIM_IDLE},
	    {{"running", "running", "running"}, CLAIM_LEFTOVER},
	    {{"stopped", "running", "stopped"}, CLAIM_GIVING},
	    {{"running", "running", "stopped"}, CLAIM_GIVING},
	    /* What says nothing about itself was started before what runs after it. */
	    {{"", "running", "running"}, CLAIM_LEFTOVER},
	    {{"", "", "running"}, CLAIM_LEFTOVER},
	    {{"running", "Usage: db {start|stop}", "running"}, CLAIM_LEFTOVER},
	    {{"running", "running", ""}, CLAIM_LEFTOVER},
	    {{"running", "", ""}, CLAIM_LEFTOVER},
	    {{"", "", ""}, CLAIM_IDLE},
	    {{"", "", "stopped"}, CLAIM_IDLE},
	    {{"", "running", "stopped"}, CLAIM_GIVING},
	    {{"stopped", "", "running"}, CLAIM_GIVING},
	    {{"running", "", "stopped"}, CLAIM_GIVING},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct fixture *f = fixture_new(TWO_NODES, THREE, 1);

		fixture_start(f, HINT_UNKNOWN);
		ends(f, "status 0/0", CHILD_EXITED, 0, cases[i].outputs[0]);
		ends(f, "status 0/1", CHILD_EXITED, 0, cases[i].outputs[1]);
		ends(f, "status 0/2", CHILD_EXITED, 0, cases[i].outputs[2]);
		if (f->c->groups[0].claim->state != cases[i].after)
			fail_msg("row %zu", i);
		if (cases[i].after == CLAIM_GIVING)
			assert_true(fixture_said(f, "is active, and should not be!"));
		fixture_free(f);
	}
}

/* Of what was found running nothing is started once more; what may not run is, as 3.0.6 would. */
static void
test_a_leftover_with_silent_scripts(void **state)
{
	struct fixture *f = fixture_new(TWO_NODES, "node1 a b c d\n", 1);

	(void)state;
	fixture_start(f, HINT_UNKNOWN);
	ends(f, "status 0/0", CHILD_EXITED, 1, "Usage: a start|stop");
	ends(f, "status 0/1", CHILD_EXITED, 0, "running");
	ends(f, "status 0/2", CHILD_EXITED, 0, "running");
	ends(f, "status 0/3", CHILD_EXITED, 1, "");
	assert_true(fixture_said(f, "status of a says nothing: it counts as running, since b after it runs"));
	fixture_pass(f, 30000);
	ends(f, "status 0/0", CHILD_EXITED, 1, "Usage: a start|stop");
	ends(f, "status 0/1", CHILD_EXITED, 0, "running");
	/* Meanwhile this one stopped, and says so. */
	ends(f, "status 0/2", CHILD_EXITED, 3, "stopped");
	ends(f, "start 0/2", CHILD_EXITED, 0, "");
	ends(f, "status 0/3", CHILD_EXITED, 1, "");
	ends(f, "start 0/3", CHILD_EXITED, 0, "");
	assert_int_equal(f->c->groups[0].claim->state, CLAIM_RUNNING);
	fixture_free(f);
}

/* A status that was given up, or killed: nobody knows, so it counts as running, and what is before it too. */
static void
test_unknown_after_silent(void **state)
{
	struct fixture *f = fixture_new(TWO_NODES, "node1 a b\n", 1);

	(void)state;
	fixture_start(f, HINT_UNKNOWN);
	ends(f, "status 0/0", CHILD_EXITED, 0, "");
	ends(f, "status 0/1", CHILD_TIMED_OUT, 0, "");
	assert_int_equal(f->c->groups[0].claim->state, CLAIM_LEFTOVER);
	fixture_free(f);
}

static void
test_silent(void **state)
{
	static const struct {
		const char *output;
		bool silent;
	} cases[] = {
	    {"", true},
	    {NULL, true},
	    {"\n", true},
	    {"Usage: x {start|stop|restart}", true},
	    {"usage: stopped|running", false}, /* "running" counts first, as in 3.0.6 */
	    {"usage: up|down", true},
	    {"x: unrecognized service", true},
	    {"RUNNING", true},
	    {"\xff\xfe", true},
	    {"running", false},
	    {"OK", false},
	    {"stopped", false},
	    {"STOPPED", false},
	    {"not running", false},
	    {"x is not mounted", false},
	    {"no process in pid file", false},
	    {"dead but pid file exists", false},
	    {"unused", false},
	    {"inactive", false},
	    {"shutdown is not supported", true},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct event_child e = {
		    .agent = AGENT_HEARTBEAT, .end = CHILD_EXITED, .output = cases[i].output};

		if (group_status_silent(&e) != cases[i].silent)
			fail_msg("row %zu", i);
		e.agent = AGENT_OCF;
		assert_false(group_status_silent(&e));
		e.agent = AGENT_HEARTBEAT;
		e.end = CHILD_TIMED_OUT;
		assert_false(group_status_silent(&e));
		e.end = CHILD_NOT_FOUND;
		assert_false(group_status_silent(&e));
	}
}

/* What we did not start does not restart the machine if it cannot be stopped. */
static void
test_a_leftover_that_does_not_stop(void **state)
{
	struct fixture *f = fixture_new(TWO_NODES, THREE, 1);

	(void)state;
	fixture_start(f, HINT_UNKNOWN);
	well(f, "status 0/0");
	ends(f, "status 0/1", CHILD_EXITED, 0, "running");
	well(f, "status 0/2");
	well(f, "stop 0/2");
	for (unsigned i = 1; i <= GROUP_STOP_TRIES; i++) {
		ends(f, "stop 0/1", CHILD_EXITED, 1, "");
		fixture_pass(f, 1000);
	}
	ends(f, "status 0/1", CHILD_EXITED, 0, "running");
	assert_int_equal(fixture_count(f, ACTION_REBOOT), 0);
	assert_int_equal(f->c->groups[0].claim->state, CLAIM_BROKEN);
	assert_true(fixture_said(f, "stop it by hand"));
	fixture_free(f);
}

static void
test_jobs_of_others(void **state)
{
	struct fixture *f = alone(HINT_STOPPED);
	struct event_child e = {.job = 12345};

	(void)state;
	f->c->out = f->out;
	assert_false(group_child(f->c, &f->c->groups[0], &e));
	e.job = 0;
	assert_false(group_child(f->c, &f->c->groups[0], &e));
	uint64_t job = f->c->groups[0].job;

	fixture_end_all(f);
	/* Twice the same end. */
	e.job = job;
	assert_false(group_child(f->c, &f->c->groups[0], &e));
	fixture_free(f);
}

static void
test_announce(void **state)
{
	struct fixture *f = fixture_started(
	    TWO_NODES, "node1 IPaddr::10.0.0.9 db IPaddr::10.0.0.10 10.0.0.11\n");

	(void)state;
	/* What does not run here is not announced. */
	actions_clear(f->out);
	f->c->out = f->out;
	group_announce(f->c, &f->c->groups[0]);
	assert_int_equal(fixture_count(f, ACTION_RUN), 0);
	fixture_pass(f, 30000);
	fixture_end_all(f);
	actions_clear(f->out);
	f->c->out = f->out;
	group_announce(f->c, &f->c->groups[0]);
	assert_int_equal(fixture_count(f, ACTION_RUN), 3);
	for (unsigned i = 0; i < 3; i++) {
		const struct action *a = fixture_action(f, ACTION_RUN, i);

		assert_int_equal(a->op, OP_ANNOUNCE);
		assert_int_equal(a->resource, i == 0 ? 0 : i + 1);
	}
	fixture_free(f);
}

/* The addresses from right to left, whatever is under way; then the rest. */
static void
test_yield(void **state)
{
	static const char groups[] = "node1 IPaddr::10.0.0.9 db IPaddr::10.0.0.10 web IPaddr::10.0.0.11\n";
	struct fixture *f = fixture_started(TWO_NODES, groups);
	struct group *g = &f->c->groups[0];

	(void)state;
	fixture_pass(f, 30000);
	assert_string_equal(fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, ""), "start 0/0");
	assert_string_equal(fixture_end(f, AGENT_HEARTBEAT, CHILD_EXITED, 3, "stopped"), "status 0/1");
	assert_string_equal(fixture_end(f, AGENT_HEARTBEAT, CHILD_EXITED, 0, ""), "start 0/1");
	assert_string_equal(fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, ""), "start 0/2");
	/* web is being looked at. */
	f->c->out = f->out;
	actions_clear(f->out);
	group_yield(f->c, g, &f->c->nodes[1], "node2 runs it");
	assert_int_equal(fixture_count(f, ACTION_RUN), 2);
	assert_int_equal(fixture_action(f, ACTION_RUN, 0)->op, OP_STOP);
	assert_int_equal(fixture_action(f, ACTION_RUN, 0)->resource, 2);
	assert_int_equal(fixture_action(f, ACTION_RUN, 1)->resource, 0);
	assert_int_equal(fixture_action(f, ACTION_GROUP, 0)->hint, HINT_PARTLY);
	assert_int_equal(g->claim->state, CLAIM_STARTING);
	assert_true(group_is_sound(g));
	const uint64_t jobs[] = {g->resources[2].yielding, g->resources[0].yielding};
	struct event e = {.type = EVENT_CHILD};
	const uint64_t script = g->job;

	/* The script ends first: nothing is started behind it. */
	e.u.child = (struct event_child){script, AGENT_HEARTBEAT, CHILD_EXITED, 3, "stopped"};
	fixture_step(f, e);
	assert_int_equal(fixture_count(f, ACTION_RUN), 0);
	assert_true(group_is_sound(g));
	e.u.child = (struct event_child){jobs[0], AGENT_NATIVE, CHILD_EXITED, 0, ""};
	fixture_step(f, e);
	assert_int_equal(g->claim->state, CLAIM_STARTING);
	/* One that does not go is said, and does not keep the others. */
	e.u.child = (struct event_child){jobs[1], AGENT_NATIVE, CHILD_EXITED, 1, ""};
	fixture_step(f, e);
	assert_true(fixture_said(f, "ERROR IPaddr::10.0.0.9 does not go: exit code 1"));
	assert_int_equal(g->claim->state, CLAIM_GIVING);
	assert_false(g->yields);
	assert_int_equal(fixture_action(f, ACTION_RUN, 0)->op, OP_STOP);
	assert_int_equal(fixture_action(f, ACTION_RUN, 0)->resource, 4);
	fixture_free(f);
}

static void
test_yield_without_addresses(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, "node1 db\n");
	struct group *g = &f->c->groups[0];

	(void)state;
	fixture_pass(f, 30000);
	fixture_end_all(f);
	assert_int_equal(g->claim->state, CLAIM_RUNNING);
	f->c->out = f->out;
	group_yield(f->c, g, &f->c->nodes[1], "node2 runs it");
	assert_int_equal(g->claim->state, CLAIM_GIVING);
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_output_rule),
	    cmocka_unit_test(test_codes),
	    cmocka_unit_test(test_start_left_to_right),
	    cmocka_unit_test(test_time_limits),
	    cmocka_unit_test(test_failed_starts),
	    cmocka_unit_test(test_pauses_between_failed_starts),
	    cmocka_unit_test(test_stop_right_to_left),
	    cmocka_unit_test(test_stop_is_tried_eleven_times),
	    cmocka_unit_test(test_failed_stop_of_what_does_not_run),
	    cmocka_unit_test(test_a_stop_that_hangs_is_tried_twice),
	    cmocka_unit_test(test_a_stop_that_succeeds_at_last),
	    cmocka_unit_test(test_a_missing_script_of_what_runs),
	    cmocka_unit_test(test_a_missing_script_of_what_never_ran),
	    cmocka_unit_test(test_a_missing_script_when_the_start_is_given_up),
	    cmocka_unit_test(test_a_start_is_given_up_after_the_operation_at_hand),
	    cmocka_unit_test(test_hints),
	    cmocka_unit_test(test_the_master_is_told),
	    cmocka_unit_test(test_probe),
	    cmocka_unit_test(test_a_leftover_with_silent_scripts),
	    cmocka_unit_test(test_unknown_after_silent),
	    cmocka_unit_test(test_silent),
	    cmocka_unit_test(test_a_leftover_that_does_not_stop),
	    cmocka_unit_test(test_jobs_of_others),
	    cmocka_unit_test(test_announce),
	    cmocka_unit_test(test_yield),
	    cmocka_unit_test(test_yield_without_addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
