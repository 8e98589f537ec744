/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "release.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib.h>

/* Nothing here takes that long: it ends a test that hangs. */
#define PATIENCE_S 60
#define LONG_MS (1000 * PATIENCE_S)

/* How an operation ends; a stop that is refused ends not at all. */
enum answer { GOOD, BAD, MISSING, HANGS, REFUSED };

struct bench {
	qb_loop_t *loop;
	struct release *release;
	struct conf_resource resources[4];	/* a b | c d */
	struct conf_group groups[2];
	struct conf conf;
	enum answer stop[4];
	unsigned fails;	/* so many stops end as told, those behind them well; 0: all as told */
	bool runs[4];	/* as status says */
	unsigned stops;
	GString *told;	/* what was asked for, and how it ended */
};

static int
run_one(void *arg, enum resource_op op, unsigned group, unsigned resource)
{
	struct bench *b = arg;
	const unsigned i = group * 2 + resource;
	struct event_child e = {.agent = AGENT_OCF, .end = CHILD_EXITED, .output = ""};
	enum answer a = b->stop[i];

	g_string_append_printf(b->told, "%s%c ", op == OP_STOP ? "" : "?", 'a' + (int)i);
	if (op == OP_STATUS) {
		e.code = b->runs[i] ? 0 : 7;
		e.end = a == MISSING ? CHILD_NOT_FOUND : CHILD_EXITED;
		release_ended(b->release, group, &e);
		return 0;
	}
	if (b->fails > 0 && ++b->stops > b->fails)
		a = GOOD;
	if (a == REFUSED)
		return -1;
	if (a == HANGS)
		return 0;
	e.code = a == BAD ? 1 : 0;
	e.end = a == MISSING ? CHILD_NOT_FOUND : CHILD_EXITED;
	release_ended(b->release, group, &e);
	return 0;
}

static void
done(void *arg)
{
	struct bench *b = arg;

	g_string_append(b->told, "done");
	qb_loop_stop(b->loop);
}

static void
too_late(void *arg, const char *reason)
{
	struct bench *b = arg;

	g_string_append_printf(b->told, "too late: %.1s", reason);
	qb_loop_stop(b->loop);
}

static void
end(void *loop)
{
	qb_loop_stop(loop);
}

static int
setup(void **state)
{
	static const char *const names[] = {"a", "b", "c", "d"};
	struct bench *b = g_new0(struct bench, 1);

	b->loop = qb_loop_create();
	b->told = g_string_new(NULL);
	for (unsigned i = 0; i < 4; i++) {
		b->resources[i].text = (char *)names[i];
		b->runs[i] = true;
	}
	for (unsigned g = 0; g < 2; g++) {
		b->groups[g].resources = &b->resources[2 * g];
		b->groups[g].resource_count = 2;
	}
	b->conf.groups = b->groups;
	b->conf.group_count = 2;
	*state = b;
	return 0;
}

static int
teardown(void **state)
{
	struct bench *b = *state;

	release_free(b->release);
	qb_loop_destroy(b->loop);
	g_string_free(b->told, TRUE);
	g_free(b);
	return 0;
}

static void
release(struct bench *b, enum group_hint first, enum group_hint second, int64_t patience_ms)
{
	const enum group_hint hints[] = {first, second};
	const struct release_owner owner = {run_one, done, too_late, b};

	b->release =
	    release_new(b->loop, &b->conf, hints, span_from_ms(patience_ms), &owner);
	release_begin(b->release);
	/* What ends at once stops the loop before it runs. */
	if (g_str_has_suffix(b->told->str, "done"))
		qb_loop_job_add(b->loop, QB_LOOP_LOW, b->loop, end);
	alarm(PATIENCE_S);
	qb_loop_run(b->loop);
	alarm(0);
}

static void
test_right_to_left(void **state)
{
	struct bench *b = *state;

	release(b, HINT_RUNNING, HINT_PARTLY, LONG_MS);
	assert_string_equal(b->told->str, "b a d c done");
}

static void
test_only_what_may_run(void **state)
{
	struct bench *b = *state;

	release(b, HINT_STOPPED, HINT_UNKNOWN, LONG_MS);
	assert_string_equal(b->told->str, "d c done");
}

static void
test_nothing(void **state)
{
	struct bench *b = *state;

	release(b, HINT_AWAY, HINT_STOPPED, LONG_MS);
	assert_string_equal(b->told->str, "done");
}

/* One that hangs does not hold up the others; the peers do not wait for it. */
static void
test_too_late(void **state)
{
	struct bench *b = *state;

	b->stop[1] = HANGS;
	release(b, HINT_RUNNING, HINT_RUNNING, 50);
	assert_string_equal(b->told->str, "b d c too late: b");
}

static void
test_a_stop_that_fails(void **state)
{
	static const struct {
		enum answer stop;
		bool runs;
		enum group_hint hint;
		unsigned fails;
		int64_t patience_ms;
		const char *told;
	} cases[] = {
	    {BAD, true, HINT_RUNNING, 1, LONG_MS, "b ?b b a done"},
	    {REFUSED, true, HINT_RUNNING, 1, LONG_MS, "b b a done"},
	    {BAD, true, HINT_RUNNING, 0, 50, "b ?b too late: b"},
	    /* It was stopped before, and its script does not like that. */
	    {BAD, false, HINT_RUNNING, 0, LONG_MS, "b ?b a done"},
	    {MISSING, false, HINT_UNKNOWN, 0, LONG_MS, "b a done"},
	    {MISSING, false, HINT_RUNNING, 0, 50, "b ?b too late: b"},
	    /* Not ours: no reason to end the machine. */
	    {BAD, true, HINT_UNKNOWN, 0, 50, "b ?b b ?b a done"},
	};

	teardown(state);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct bench *b;

		setup(state);
		b = *state;
		b->stop[1] = cases[i].stop;
		b->runs[1] = cases[i].runs;
		b->fails = cases[i].fails;
		release(b, cases[i].hint, HINT_STOPPED, cases[i].patience_ms);
		assert_string_equal(b->told->str, cases[i].told);
		teardown(state);
	}
	setup(state);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    CASE(test_right_to_left),
	    CASE(test_only_what_may_run),
	    CASE(test_nothing),
	    CASE(test_too_late),
	    CASE(test_a_stop_that_fails),
	};

	return cmocka_run_group_tests_name("heartbeat/release", tests, NULL, NULL);
}
