/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* memmem() */
#include "core/replay.h"

#include "core/record_book.h"
#include "fixture.h"

#define SEED 9

struct heard {
	GString *lines;
	unsigned unfinished;
};

static void
hear_line(void *arg, const struct event *e, const char *text)
{
	struct heard *h = arg;

	(void)e;
	g_string_append_printf(h->lines, "%s\n", text);
}

static void
hear_unfinished(void *arg, const struct event *e)
{
	struct heard *h = arg;

	(void)e;
	h->unfinished++;
}

/* Two nodes start, one falls silent, the other takes over; the seed may be told wrongly. */
static struct fixture *
life(uint64_t told_seed, size_t limit)
{
	struct fixture *f = fixture_new(TWO_NODES, BOTH_GROUPS, SEED);
	struct peer p = peer_new("node2");

	fixture_record(f, TWO_NODES, BOTH_GROUPS, told_seed, limit);
	fixture_start(f, HINT_STOPPED);
	for (unsigned i = 0; i < 10; i++) {
		peer_status(f, &p, NULL);
		fixture_end_all(f);
		fixture_pass(f, 1000);
		/* A hole: it is asked for at a time that the seed decides. */
		p.seq += i == 5 ? 3 : 0;
	}
	for (unsigned i = 0; i < 30; i++) {
		fixture_pass(f, 1000);
		fixture_end_all(f);
	}
	return f;
}

static struct replay
replay(const struct fixture *f, size_t len, struct heard *h)
{
	const struct replay_owner owner = {hear_unfinished, hear_line, h};

	h->lines = g_string_new(NULL);
	h->unfinished = 0;
	return replay_run(f->record->data, len, &owner);
}

static void
test_the_same_again(void **state)
{
	struct fixture *f = life(SEED, SIZE_MAX);
	struct heard h;
	struct replay r = replay(f, f->record->len, &h);

	(void)state;
	assert_int_equal(r.result, REPLAY_SAME);
	assert_true(r.events > 40);
	assert_false(r.full);
	assert_string_equal(r.version, "1.2.3");
	assert_true(r.last.ns == f->now.ns || r.last.ns < f->now.ns);
	assert_true(r.first.ns == f->began.ns);
	assert_int_equal(h.unfinished, 0);
	assert_non_null(strstr(h.lines->str, "Heartbeat generation: 7"));
	assert_non_null(strstr(h.lines->str, "node2"));
	assert_non_null(strstr(h.lines->str, "> run"));
	g_string_free(h.lines, TRUE);
	replay_clear(&r);
	fixture_free(f);
}

/* Something else is decided: seen, at the event where it begins. */
static void
test_a_difference_is_found(void **state)
{
	struct fixture *f = life(SEED + 1, SIZE_MAX);
	struct heard h;
	struct replay r = replay(f, f->record->len, &h);

	(void)state;
	assert_int_equal(r.result, REPLAY_DIFFERS);
	assert_true(r.events > 1);
	assert_non_null(r.recorded);
	assert_non_null(r.now);
	g_string_free(h.lines, TRUE);
	replay_clear(&r);
	fixture_free(f);
}

/* The words of a result were changed: both are told. */
static void
test_other_words(void **state)
{
	struct fixture *f = fixture_new(TWO_NODES, BOTH_GROUPS, SEED);
	struct heard h;

	(void)state;
	fixture_record(f, TWO_NODES, BOTH_GROUPS, SEED, SIZE_MAX);
	fixture_start(f, HINT_STOPPED);
	guint8 *at = memmem(f->record->data, f->record->len, "generation: 7", 13);

	assert_non_null(at);
	at[12] = '8';
	struct replay r = replay(f, f->record->len, &h);

	assert_int_equal(r.result, REPLAY_DIFFERS);
	assert_int_equal(r.events, 1);
	assert_int_equal(r.type, EVENT_START);
	assert_non_null(strstr(r.recorded, "generation: 8"));
	assert_non_null(strstr(r.now, "generation: 7"));
	g_string_free(h.lines, TRUE);
	replay_clear(&r);
	fixture_free(f);
}

/* The daemon died on its last event: no result, but it is replayed, and said first. */
static void
test_an_unfinished_event(void **state)
{
	struct fixture *f = fixture_new(TWO_NODES, BOTH_GROUPS, SEED);
	struct heard h;

	(void)state;
	fixture_record(f, TWO_NODES, BOTH_GROUPS, SEED, SIZE_MAX);
	size_t header = f->record->len;

	fixture_start(f, HINT_STOPPED);
	/* The event of the start: everything up to its result, which begins with its tag. */
	struct replay r;
	bool found = false;

	for (size_t len = header + 1; len < f->record->len && !found; len++) {
		r = replay(f, len, &h);
		found = r.result == REPLAY_SAME;
		if (found)
			assert_int_equal(h.unfinished, 1);
		else
			assert_non_null(r.why);
		g_string_free(h.lines, TRUE);
		replay_clear(&r);
	}
	assert_true(found);
	fixture_free(f);
}

static void
test_a_full_record(void **state)
{
	struct fixture *f = life(SEED, 3000);
	struct heard h;
	struct replay r = replay(f, f->record->len, &h);

	(void)state;
	assert_int_equal(r.result, REPLAY_SAME);
	assert_true(r.full);
	assert_true(r.events > 3);
	g_string_free(h.lines, TRUE);
	replay_clear(&r);
	fixture_free(f);
}

/* Refused whole: nothing is replayed of it. */
static void
test_a_damaged_record(void **state)
{
	struct fixture *f = life(SEED, SIZE_MAX);
	struct heard h;

	(void)state;
	f->record->data[f->record->len / 2] ^= 0x10;
	f->record->data[f->record->len / 2 + 1] ^= 0x10;
	struct replay r = replay(f, f->record->len, &h);

	assert_int_equal(r.result, REPLAY_REFUSED);
	assert_non_null(strstr(r.why, "damaged after event"));
	assert_int_equal(r.events, 0);
	assert_string_equal(h.lines->str, "");
	g_string_free(h.lines, TRUE);
	replay_clear(&r);
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_same_again),
	    cmocka_unit_test(test_a_difference_is_found),
	    cmocka_unit_test(test_other_words),
	    cmocka_unit_test(test_an_unfinished_event),
	    cmocka_unit_test(test_a_full_record),
	    cmocka_unit_test(test_a_damaged_record),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
