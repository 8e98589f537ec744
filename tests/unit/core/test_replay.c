/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* memmem() */
#include "core/replay.h"

#include "core/record_book.h"
#include "core/record_ring.h"
#include "fixture.h"

#define SEED 9

struct heard {
	GString *lines, *gaps;
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

static void
hear_gap(void *arg, const char *why)
{
	struct heard *h = arg;

	g_string_append_printf(h->gaps, "%s\n", why);
}

/* Two nodes start, one falls silent, the other takes over; the seed may be told wrongly. */
static struct fixture *
life(uint64_t told_seed, size_t size)
{
	struct fixture *f = fixture_new(TWO_NODES, BOTH_GROUPS, SEED);
	struct peer p = peer_new("node2");

	fixture_record(f, TWO_NODES, BOTH_GROUPS, told_seed, size);
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
	const struct replay_owner owner = {hear_unfinished, hear_line, hear_gap, h};

	h->lines = g_string_new(NULL);
	h->gaps = g_string_new(NULL);
	h->unfinished = 0;
	return replay_run(f->record->data, len, &owner);
}

static void
heard_clear(struct heard *h)
{
	g_string_free(h->lines, TRUE);
	g_string_free(h->gaps, TRUE);
}

static void
test_the_same_again(void **state)
{
	struct fixture *f = life(SEED, SIZE_MAX);
	struct heard h;
	struct replay r = replay(f, f->record->len, &h);

	(void)state;
	assert_int_equal(r.result, REPLAY_SAME);
	assert_true(r.span.events > 40);
	assert_int_equal(r.span.lives, 1);
	assert_false(r.span.begins_within);
	assert_false(r.full);
	assert_string_equal(r.version, "1.2.3");
	assert_true(r.span.last.ns == f->now.ns || r.span.last.ns < f->now.ns);
	assert_true(r.span.first.ns == f->began.ns);
	assert_int_equal(h.unfinished, 0);
	assert_non_null(strstr(h.lines->str, "Heartbeat generation: 7"));
	assert_non_null(strstr(h.lines->str, "node2"));
	assert_non_null(strstr(h.lines->str, "> run"));
	heard_clear(&h);
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
	assert_true(r.span.events > 1);
	assert_false(r.memory);
	assert_non_null(r.recorded);
	assert_non_null(r.now);
	heard_clear(&h);
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
	assert_int_equal(r.span.events, 1);
	assert_int_equal(r.type, EVENT_START);
	assert_non_null(strstr(r.recorded, "generation: 8"));
	assert_non_null(strstr(r.now, "generation: 7"));
	heard_clear(&h);
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

	for (size_t at = header; at < f->record->len - 2 && !found; at++) {
		guint8 *before = g_memdup2(f->record->data, f->record->len);

		f->record->data[at] = FRAME_END;
		record_mend(f->record->data, f->record->len);
		r = replay(f, f->record->len, &h);
		found = r.result == REPLAY_SAME && r.span.events == 1 && h.unfinished == 1;
		memcpy(f->record->data, before, f->record->len);
		g_free(before);
		heard_clear(&h);
		replay_clear(&r);
	}
	assert_true(found);
	fixture_free(f);
}

/* Its core was told more than there was room for. */
static void
test_a_full_record(void **state)
{
	struct fixture *f = life(SEED, RECORD_SEGMENTS * 1500);
	struct heard h;
	struct replay r = replay(f, f->record->len, &h);

	(void)state;
	assert_int_equal(r.result, REPLAY_SAME);
	assert_true(r.full);
	assert_true(r.span.events > 3);
	heard_clear(&h);
	replay_clear(&r);
	fixture_free(f);
}

/* -- records that were overwritten -- */

#define SMALL (RECORD_SEGMENTS * 8 * 1024)

static void
live(struct fixture *f, struct peer *p, unsigned rounds)
{
	for (unsigned i = 0; i < rounds; i++) {
		peer_status(f, p, i % 64 < 32 ? "r:1" : NULL);
		peer_acknowledge(f, p);
		fixture_end_all(f);
		fixture_pass(f, 1000);
		p->seq += i == 5 ? 1 : 0;
	}
}

static struct fixture *
long_life(void)
{
	struct fixture *f = fixture_new(TWO_NODES, BOTH_GROUPS, SEED);
	struct peer p = peer_new("node2");

	fixture_record(f, TWO_NODES, BOTH_GROUPS, SEED, SMALL);
	fixture_start(f, HINT_STOPPED);
	live(f, &p, 5000);
	assert_true(record_writer_serial(f->writer) > 2 * RECORD_SEGMENTS);
	return f;
}

static void
test_a_rolled_record(void **state)
{
	struct fixture *f = long_life();
	struct record_span span;
	struct heard h;
	char *why;
	struct replay r = replay(f, f->record->len, &h);

	(void)state;
	assert_int_equal(r.result, REPLAY_SAME);
	assert_int_equal(r.span.lives, 1);
	assert_true(r.span.begins_within);
	assert_true(r.span.events > 1000);
	assert_true(r.span.first.ns > f->began.ns);
	assert_string_equal(h.gaps->str, "");
	assert_int_equal(h.unfinished, 0);
	assert_true(replay_span(f->record->data, f->record->len, &span, &why));
	assert_memory_equal(&span, &r.span, sizeof(span));
	heard_clear(&h);
	replay_clear(&r);
	fixture_free(f);
}

/* The place of the segment that comes in the order of their age; 0: the newest. */
static guint8 *
segment_at(const struct fixture *f, unsigned age)
{
	const struct record_ring ring = record_ring_of_size(SMALL);

	return f->record->data +
	    record_ring_place(&ring, record_writer_serial(f->writer) - age);
}

/* What is remembered is compared too, wherever a segment begins. */
static void
test_another_memory(void **state)
{
	struct fixture *f = long_life();
	struct segment_head head;
	guint8 *at = segment_at(f, 2);
	struct heard h;

	(void)state;
	assert_true(segment_head_read(&head, at, SEGMENT_HEAD_SIZE));
	/* Two counters at the end of a memory, before its form: of refused packets. */
	guint8 *drops = at + SEGMENT_HEAD_SIZE + head.body_len - 12;

	while (*drops != 0)
		drops--;
	*drops = 1;
	record_mend(f->record->data, f->record->len);
	struct replay r = replay(f, f->record->len, &h);

	assert_int_equal(r.result, REPLAY_DIFFERS);
	assert_true(r.memory);
	assert_true(r.span.events > 1000);
	heard_clear(&h);
	replay_clear(&r);
	fixture_free(f);
}

/* The segment that cannot be read ends what comes before it; or is one before the newest. */
static void
test_a_segment_is_lost(void **state)
{
	struct fixture *f = long_life();
	struct heard h;

	(void)state;
	struct replay whole = replay(f, f->record->len, &h);
	heard_clear(&h);
	/* The oldest may have been about to be overwritten: then nothing is wrong. */
	segment_at(f, RECORD_SEGMENTS - 1)[9] ^= 1;
	struct replay r = replay(f, f->record->len, &h);
	assert_int_equal(r.result, REPLAY_SAME);
	assert_true(r.span.events < whole.span.events);
	heard_clear(&h);
	replay_clear(&r);
	segment_at(f, 3)[9] ^= 1;
	r = replay(f, f->record->len, &h);
	assert_int_equal(r.result, REPLAY_DAMAGED);
	assert_non_null(strstr(h.gaps->str, "4 older segments"));
	assert_true(r.span.events > 100);
	heard_clear(&h);
	replay_clear(&r);
	replay_clear(&whole);
	fixture_free(f);
}

/* Damage within: what stands before it and in later segments is replayed, and it is said. */
static void
test_a_damaged_record(void **state)
{
	struct fixture *f = long_life();
	struct segment_head head;
	guint8 *at = segment_at(f, 3);
	struct record_span span;
	struct heard h;
	char *why;

	(void)state;
	assert_true(segment_head_read(&head, at, SEGMENT_HEAD_SIZE));
	at[SEGMENT_HEAD_SIZE + head.body_len + 2020] ^= 0x10;
	at[SEGMENT_HEAD_SIZE + head.body_len + 2021] ^= 0x10;
	struct replay r = replay(f, f->record->len, &h);

	assert_int_equal(r.result, REPLAY_DAMAGED);
	assert_non_null(strstr(r.why, "damaged after event"));
	assert_non_null(strstr(h.gaps->str, "damaged after event"));
	assert_non_null(strstr(h.gaps->str, "some events are not in it"));
	assert_true(r.span.last.ns > f->now.ns - INT64_C(2000000000));
	assert_false(replay_span(f->record->data, f->record->len, &span, &why));
	assert_int_equal(span.events, r.span.events);
	g_free(why);
	heard_clear(&h);
	replay_clear(&r);
	fixture_free(f);
}

static bool
look(void *arg, uint64_t at, void *bytes, size_t len)
{
	const GByteArray *record = arg;

	if (at + len > record->len)
		return false;
	memcpy(bytes, record->data + at, len);
	return true;
}

/* One core after the other in one record: the first may lose its beginning. */
static void
test_several_lives(void **state)
{
	struct fixture *f = long_life();
	struct heard h;

	(void)state;
	for (unsigned i = 2; i <= 4; i++) {
		struct fixture *next = fixture_new(THREE_NODES, ONE_GROUP, SEED + i);
		const struct record_header header = {
		    "1.2.4", "node1", THREE_NODES, ONE_GROUP, SEED + i};
		struct peer p = peer_new("node3");
		struct record_place place;

		assert_true(record_place_find(SMALL, look, f->record, &place));
		assert_int_equal(place.life, i - 1);
		next->record = g_steal_pointer(&f->record);
		next->writer =
		    record_writer_new(&header, next->conf, &place, fixture_piece, next->record);
		next->c->trace = record_writer_trace(next->writer, next->c->trace);
		next->now = next->began = f->now;
		fixture_start(next, HINT_STOPPED);
		live(next, &p, 60);
		fixture_free(f);
		f = next;
	}
	struct replay r = replay(f, f->record->len, &h);

	assert_int_equal(r.result, REPLAY_SAME);
	assert_int_equal(r.span.lives, 4);
	assert_true(r.span.begins_within);
	assert_string_equal(r.version, "1.2.4");
	assert_string_equal(h.gaps->str, "");
	assert_int_equal(h.unfinished, 0);
	heard_clear(&h);
	replay_clear(&r);
	fixture_free(f);
}

/* What another version remembers is of no use; its next core is. */
static void
test_a_memory_of_another_form(void **state)
{
	struct fixture *f = long_life();
	struct segment_head head;
	struct heard h;

	(void)state;
	for (unsigned age = 0; age < RECORD_SEGMENTS; age++) {
		guint8 *at = segment_at(f, age);

		assert_true(segment_head_read(&head, at, SEGMENT_HEAD_SIZE));
		at[SEGMENT_HEAD_SIZE + head.body_len - 1] ^= 1;
	}
	record_mend(f->record->data, f->record->len);
	struct replay r = replay(f, f->record->len, &h);

	assert_int_equal(r.result, REPLAY_REFUSED);
	assert_non_null(strstr(r.why, "remembered"));
	assert_int_equal(r.span.events, 0);
	assert_string_equal(h.lines->str, "");
	heard_clear(&h);
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
	    cmocka_unit_test(test_a_rolled_record),
	    cmocka_unit_test(test_another_memory),
	    cmocka_unit_test(test_a_segment_is_lost),
	    cmocka_unit_test(test_a_damaged_record),
	    cmocka_unit_test(test_several_lives),
	    cmocka_unit_test(test_a_memory_of_another_form),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
