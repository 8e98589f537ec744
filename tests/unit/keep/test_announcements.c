/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "keep/announcements.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#define FRAMES_MAX 20000
#define SECOND 1000

/* What left, and when. */
struct frame {
	struct moment at;
	char key[8];
	unsigned form;
	bool refresh;
};

struct bench {
	struct announcements *queue;
	struct moment now;
	struct span send_takes;	/* each frame, after the decision */
	struct frame frames[FRAMES_MAX];
	unsigned count;
};

static int
bench_new(void **state)
{
	struct bench *b = g_new0(struct bench, 1);

	b->queue = announcements_new();
	b->now.ns = span_from_ms(1000000).ns;
	*state = b;
	return 0;
}

static int
bench_free(void **state)
{
	struct bench *b = *state;

	announcements_free(b->queue);
	g_free(b);
	return 0;
}

static void
send_what_may_go(struct bench *b)
{
	struct announcement turn;

	while (announcements_next(b->queue, b->now, &turn)) {
		struct frame *f = &b->frames[b->count++];

		assert_true(b->count < FRAMES_MAX);
		g_strlcpy(f->key, turn.key, sizeof(f->key));
		f->form = turn.form;
		f->refresh = turn.refresh;
		/* It leaves somewhere within that time; the end is the worst for what follows. */
		f->at = b->now = moment_add(b->now, b->send_takes);
		announcements_done(b->queue, b->now, true);
	}
}

/* The timer comes late by up to that. */
static void
pass(struct bench *b, int64_t ms, int64_t late_ms)
{
	const struct moment end = moment_add(b->now, span_from_ms(ms));

	send_what_may_go(b);
	for (;;) {
		const struct moment due = announcements_deadline(b->queue, b->now);

		if (moment_is_never(due) || moment_before(end, due))
			break;
		b->now = moment_max(moment_add(due, span_from_ms(late_ms)), b->now);
		send_what_may_go(b);
	}
	b->now = moment_max(end, b->now);
}

static void
begin_many(struct bench *b, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		g_autofree char *key = g_strdup_printf("%u", i);

		announcements_begin(b->queue, key, 2, b->now);
	}
}

/* What left, as text: "A0 A1 B0". */
static char *
told(const struct bench *b, unsigned from)
{
	GString *text = g_string_new(NULL);

	for (unsigned i = from; i < b->count; i++)
		g_string_append_printf(text, "%s%s%u%s", i > from ? " " : "", b->frames[i].key,
		    b->frames[i].form, b->frames[i].refresh ? "r" : "");
	return g_string_free(text, FALSE);
}

#define assert_told(b, from, expected) \
	do { \
		g_autofree char *said = told(b, from); \
		assert_string_equal(said, expected); \
	} while (0)

/* The most within the window, wherever that begins. */
static unsigned
crowd(const struct bench *b)
{
	unsigned most = 0;

	for (unsigned first = 0, last = 0; last < b->count; last++) {
		while (moment_since(b->frames[last].at, b->frames[first].at).ns >=
		    span_from_ms(ANNOUNCE_WINDOW_MS).ns)
			first++;
		most = MAX(most, last - first + 1);
	}
	return most;
}

static struct moment
first_of(const struct bench *b, const char *key)
{
	for (unsigned i = 0; i < b->count; i++)
		if (strcmp(b->frames[i].key, key) == 0)
			return b->frames[i].at;
	return MOMENT_NEVER;
}

static void
test_one_address(void **state)
{
	struct bench *b = *state;
	const struct moment start = b->now;

	assert_true(moment_is_never(announcements_deadline(b->queue, b->now)));
	announcements_begin(b->queue, "A", 2, b->now);
	assert_true(announcements_pending(b->queue));
	pass(b, 0, 0);
	/* Both forms at once. */
	assert_told(b, 0, "A0 A1");
	assert_int_equal(b->frames[1].at.ns, start.ns);
	pass(b, 10 * SECOND, 0);
	assert_told(b, 0, "A0 A1 A1 A0 A0 A1 A1 A0 A0 A1");
	for (unsigned i = 0; i < b->count; i++)
		assert_int_equal(moment_since(b->frames[i].at, start).ns,
		    span_from_ms(ANNOUNCE_ROUND_MS * (i / 2)).ns);
	assert_false(announcements_pending(b->queue));
	assert_true(moment_is_never(announcements_deadline(b->queue, b->now)));
}

static void
test_one_form(void **state)
{
	struct bench *b = *state;

	announcements_begin(b->queue, "6", 1, b->now);
	pass(b, 10 * SECOND, 0);
	assert_told(b, 0, "60 60 60 60 60");
}

static void
test_a_series_begins_anew(void **state)
{
	struct bench *b = *state;

	announcements_begin(b->queue, "A", 1, b->now);
	pass(b, 1200, 0);
	assert_int_equal(b->count, 3);
	announcements_begin(b->queue, "A", 1, b->now);
	pass(b, 10 * SECOND, 0);
	assert_int_equal(b->count, 3 + ANNOUNCE_ROUNDS);
}

static void
test_a_stop_ends_it(void **state)
{
	struct bench *b = *state;
	struct announcement turn;

	announcements_set_refresh(b->queue, span_from_ms(1000), b->now);
	announcements_begin(b->queue, "A", 2, b->now);
	announcements_begin(b->queue, "B", 2, b->now);
	pass(b, 700, 0);
	assert_told(b, 0, "A0 B0 A1 B1 A1 B1 A0 B0");
	announcements_cancel(b->queue, "A");
	announcements_cancel(b->queue, "none such");
	pass(b, 3 * SECOND, 0);
	assert_told(b, 8, "B0 B1 B1 B0 B0 B1 B1r B0r");
	/* In the middle of its turn. */
	b->now = announcements_deadline(b->queue, b->now);
	assert_true(announcements_next(b->queue, b->now, &turn));
	announcements_cancel(b->queue, "B");
	announcements_done(b->queue, b->now, true);
	assert_true(moment_is_never(announcements_deadline(b->queue, b->now)));
}

static void
test_a_thousand(void **state)
{
	struct bench *b = *state;
	const struct moment start = b->now;
	unsigned seen[1000] = {0};

	begin_many(b, 1000);
	pass(b, 60 * SECOND, 0);
	assert_int_equal(crowd(b), ANNOUNCE_WINDOW_FRAMES);
	assert_true(span_ms(moment_since(first_of(b, "999"), start)) <= 2100);
	/* First rounds of all before any second one, and so on: after n * 1000 frames each has had n. */
	for (unsigned i = 0; i < 5000; i++) {
		const unsigned number = (unsigned)strtoul(b->frames[i].key, NULL, 10);

		assert_int_equal(seen[number], i / 1000);
		seen[number]++;
		assert_int_equal(b->frames[i].form, i / 1000 % 2);
	}
	/* Then the other form of what went in the last half second: more would be of no use. */
	assert_in_range(b->count, 5000, 5000 + ANNOUNCE_RATE / 2 + ANNOUNCE_BURST);
}

/* Late timers, and a kernel that takes its time after the decision: never more in a window. */
static void
test_the_window_is_the_law(void **state)
{
	struct bench *b = *state;
	unsigned state_of_chance = 7;

	begin_many(b, 300);
	announcements_set_refresh(b->queue, span_from_ms(1000), b->now);
	for (int i = 0; i < 2000; i++) {
		state_of_chance = state_of_chance * 1103515245 + 12345;
		const unsigned drawn = state_of_chance >> 16;

		b->send_takes = (struct span){(drawn & 7) == 0 ? (drawn >> 3) % 60 * 1000000 : 1000};
		pass(b, 5, drawn % 13 == 0 ? 70 : 0);
	}
	assert_true(b->count > 2000);
	assert_in_range(crowd(b), ANNOUNCE_WINDOW_FRAMES / 2, ANNOUNCE_WINDOW_FRAMES);
}

/* A timer that is always some milliseconds late costs no pace. */
static void
test_late_timers_are_made_up_for(void **state)
{
	struct bench *b = *state;
	const struct moment start = b->now;

	begin_many(b, 1000);
	pass(b, 60 * SECOND, 15);
	assert_true(span_ms(moment_since(first_of(b, "999"), start)) <= 2300);
	assert_in_range(crowd(b), 1, ANNOUNCE_WINDOW_FRAMES);
}

static void
test_a_new_series_goes_before_later_rounds(void **state)
{
	struct bench *b = *state;

	begin_many(b, 1000);
	pass(b, 3 * SECOND, 0);
	const struct moment start = b->now;
	announcements_begin(b->queue, "new", 2, b->now);
	pass(b, 1 * SECOND, 0);
	assert_true(span_ms(moment_since(first_of(b, "new"), start)) <= 10);
}

static void
test_refresh(void **state)
{
	struct bench *b = *state;

	announcements_hold(b->queue, "A", 2, b->now);
	assert_true(moment_is_never(announcements_deadline(b->queue, b->now)));
	announcements_set_refresh(b->queue, span_from_ms(30 * SECOND), b->now);
	pass(b, 29 * SECOND, 0);
	assert_int_equal(b->count, 0);
	assert_false(announcements_pending(b->queue));
	pass(b, 62 * SECOND, 0);
	assert_told(b, 0, "A0r A1r A1r A0r A0r A1r");
	assert_false(announcements_pending(b->queue));
	/* Held already: that it is said again changes nothing. */
	pass(b, 20 * SECOND, 0);
	announcements_hold(b->queue, "A", 2, b->now);
	pass(b, 10 * SECOND, 0);
	assert_told(b, 6, "A1r A0r");
	announcements_set_refresh(b->queue, span_from_ms(0), b->now);
	pass(b, 90 * SECOND, 0);
	assert_int_equal(b->count, 8);
}

static void
test_refresh_goes_last(void **state)
{
	struct bench *b = *state;

	announcements_set_refresh(b->queue, span_from_ms(1 * SECOND), b->now);
	announcements_hold(b->queue, "held", 2, b->now);
	b->now = moment_add(b->now, span_from_ms(1 * SECOND));
	begin_many(b, 200);
	pass(b, 400, 0);
	assert_true(moment_is_never(first_of(b, "held")));
	pass(b, 5 * SECOND, 0);
	assert_false(moment_is_never(first_of(b, "held")));
}

/* What was not there to be announced costs the others nothing. */
static void
test_not_sent(void **state)
{
	struct bench *b = *state;
	struct announcement turn;
	unsigned turns = 0;

	begin_many(b, 1000);
	while (announcements_next(b->queue, b->now, &turn)) {
		assert_int_equal(turn.begun.ns, b->now.ns);
		announcements_done(b->queue, b->now, false);
		turns++;
	}
	assert_int_equal(turns, 1000);
	assert_int_equal(announcements_deadline(b->queue, b->now).ns,
	    moment_add(b->now, span_from_ms(ANNOUNCE_ROUND_MS)).ns);
	assert_true(announcements_pending(b->queue));
}

/* What is not there has no more rounds, and is refreshed when it may be back; a new series is a whole one. */
static void
test_broken_off(void **state)
{
	struct bench *b = *state;
	struct announcement turn;

	announcements_set_refresh(b->queue, span_from_ms(30 * SECOND), b->now);
	announcements_begin(b->queue, "A", 2, b->now);
	pass(b, 0, 0);
	b->now = announcements_deadline(b->queue, b->now);
	assert_true(announcements_next(b->queue, b->now, &turn));
	announcements_break_off(b->queue, b->now);
	assert_false(announcements_pending(b->queue));
	assert_int_equal(announcements_deadline(b->queue, b->now).ns,
	    moment_add(b->now, span_from_ms(30 * SECOND)).ns);
	announcements_begin(b->queue, "A", 2, b->now);
	pass(b, 10 * SECOND, 0);
	assert_int_equal(b->count, 2 + 2 * ANNOUNCE_ROUNDS);
	/* In the middle of its turn it was stopped. */
	announcements_begin(b->queue, "A", 2, b->now);
	assert_true(announcements_next(b->queue, b->now, &turn));
	announcements_cancel(b->queue, "A");
	announcements_break_off(b->queue, b->now);
	assert_true(moment_is_never(announcements_deadline(b->queue, b->now)));
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, bench_new, bench_free)
	const struct CMUnitTest tests[] = {
	    CASE(test_one_address),
	    CASE(test_one_form),
	    CASE(test_a_series_begins_anew),
	    CASE(test_a_stop_ends_it),
	    CASE(test_a_thousand),
	    CASE(test_the_window_is_the_law),
	    CASE(test_late_timers_are_made_up_for),
	    CASE(test_a_new_series_goes_before_later_rounds),
	    CASE(test_refresh),
	    CASE(test_refresh_goes_last),
	    CASE(test_not_sent),
	    CASE(test_broken_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
