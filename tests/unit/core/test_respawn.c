/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/respawn.h"

#include "fixture.h"

#define CLIENT "respawn hacluster /usr/libexec/heartbeat/ipfail\n"
#define FAILFAST "failfast root /sbin/watch\n"

static uint64_t
job_of(const struct fixture *f)
{
	const struct action *a = fixture_action(f, ACTION_CLIENT_START, 0);

	return a != NULL ? a->job : 0;
}

static void
ended(struct fixture *f, uint64_t job, enum child_end end, int code)
{
	struct event e = {.type = EVENT_CHILD};

	e.u.child = (struct event_child){job, AGENT_NONE, end, code, ""};
	fixture_step(f, e);
}

/* Active with its clients running; the job of the first. */
static struct fixture *
with(const char *clients, uint64_t *job)
{
	g_autofree char *hacf = g_strconcat(TWO_NODES, clients, NULL);
	struct fixture *f = fixture_started(hacf, "node2 IPaddr::10.0.0.9\n");
	struct peer p = peer_new("node2");

	assert_int_equal(fixture_count(f, ACTION_CLIENT_START), 0);
	peer_status(f, &p, NULL);
	*job = job_of(f);
	assert_int_not_equal(*job, 0);
	return f;
}

/* Passes until the client is started again; how long that took. */
static int64_t
restarted_after(struct fixture *f, uint64_t *job)
{
	int64_t began = fixture_ms(f);

	if ((*job = job_of(f)) != 0)
		return 0;
	while (fixture_ms(f) - began < 200000) {
		f->now = core_deadline(f->c);
		fixture_step(f, (struct event){.type = EVENT_TIMER});
		if ((*job = job_of(f)) != 0)
			return fixture_ms(f) - began;
	}
	return -1;
}

static void
test_started_when_active(void **state)
{
	uint64_t job;
	struct fixture *f = with(CLIENT "respawn root /bin/other\n", &job);

	(void)state;
	assert_int_equal(fixture_count(f, ACTION_CLIENT_START), 2);
	assert_int_equal(fixture_action(f, ACTION_CLIENT_START, 0)->index, 0);
	assert_int_equal(fixture_action(f, ACTION_CLIENT_START, 1)->index, 1);
	assert_int_not_equal(job, fixture_action(f, ACTION_CLIENT_START, 1)->job);
	fixture_free(f);
}

static void
test_a_long_run_is_followed_at_once(void **state)
{
	uint64_t job, again;
	struct fixture *f = with(CLIENT, &job);

	(void)state;
	fixture_pass(f, 30000);
	ended(f, job, CHILD_EXITED, 0);
	assert_int_equal(restarted_after(f, &again), 0);
	assert_int_not_equal(job, again);
	fixture_free(f);
}

static void
test_quick_runs_are_slowed_down(void **state)
{
	static const int64_t pauses_ms[] = {1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000,
	    1000, 1000, 2000, 4000, 8000, 16000, 32000, 60000, 60000};
	uint64_t job;
	struct fixture *f = with(CLIENT, &job);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(pauses_ms); i++) {
		ended(f, job, i % 2 == 0 ? CHILD_EXITED : CHILD_SIGNALED, 9);
		assert_int_equal(restarted_after(f, &job), pauses_ms[i]);
	}
	assert_int_equal(fixture_times(f, "\"respawning too fast\""), 1);
	/* A long run makes good for all of them. */
	fixture_pass(f, 30000);
	ended(f, job, CHILD_EXITED, 1);
	assert_int_equal(restarted_after(f, &job), 0);
	ended(f, job, CHILD_EXITED, 1);
	assert_int_equal(restarted_after(f, &job), 1000);
	fixture_free(f);
}

static void
test_exit_100_is_for_good(void **state)
{
	static const struct {
		const char *line;
		enum child_end end;
		bool again;
	} cases[] = {
	    {CLIENT, CHILD_EXITED, false}, {FAILFAST, CHILD_EXITED, false},
	    {CLIENT, CHILD_SIGNALED, true}, /* no signal 100, but no exit either */
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		uint64_t job;
		struct fixture *f = with(cases[i].line, &job);

		ended(f, job, cases[i].end, 100);
		assert_int_equal(fixture_count(f, ACTION_REBOOT), 0);
		assert_int_equal(restarted_after(f, &job), cases[i].again ? 1000 : -1);
		fixture_free(f);
	}
}

static void
test_failfast(void **state)
{
	static const struct {
		enum child_end end;
		int code;
		bool reboot;
	} cases[] = {
	    {CHILD_EXITED, 0, false},
	    {CHILD_EXITED, 1, true},
	    {CHILD_SIGNALED, 9, true},
	    {CHILD_NOT_FOUND, 0, true},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		uint64_t job;
		struct fixture *f = with(FAILFAST, &job);

		ended(f, job, cases[i].end, cases[i].code);
		assert_int_equal(fixture_count(f, ACTION_REBOOT), cases[i].reboot ? 1 : 0);
		fixture_free(f);
	}
}

static void
test_none_while_leaving(void **state)
{
	uint64_t job;
	struct fixture *f = with(FAILFAST CLIENT, &job);

	(void)state;
	fixture_step(f, (struct event){.type = EVENT_LEAVE});
	ended(f, job, CHILD_SIGNALED, 15);
	assert_int_equal(fixture_count(f, ACTION_REBOOT), 0);
	assert_int_equal(job_of(f), 0);
	fixture_free(f);
}

static void
test_ends_of_strangers(void **state)
{
	uint64_t job;
	struct fixture *f = with(CLIENT, &job);
	struct event_child e = {.job = 0};

	(void)state;
	f->c->out = f->out;
	assert_false(respawn_child(f->c, &e));
	e.job = job + 1;
	assert_false(respawn_child(f->c, &e));
	e.job = job;
	assert_true(respawn_child(f->c, &e));
	assert_false(respawn_child(f->c, &e));
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_started_when_active),
	    cmocka_unit_test(test_a_long_run_is_followed_at_once),
	    cmocka_unit_test(test_quick_runs_are_slowed_down),
	    cmocka_unit_test(test_exit_100_is_for_good),
	    cmocka_unit_test(test_failfast),
	    cmocka_unit_test(test_none_while_leaving),
	    cmocka_unit_test(test_ends_of_strangers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
