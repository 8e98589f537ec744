/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* memmem() */
#include "core/record.h"

#include "core/record_book.h"
#include "core/record_ring.h"
#include "fixture.h"
#include "proto/seal.h"

#define SEED 77

static struct fixture *
recorded(size_t size)
{
	struct fixture *f = fixture_new(TWO_NODES, ONE_GROUP, SEED);

	fixture_record(f, TWO_NODES, ONE_GROUP, SEED, size);
	fixture_start(f, HINT_STOPPED);
	return f;
}

static bool
contains(const GByteArray *bytes, const char *word)
{
	return memmem(bytes->data, bytes->len, word, strlen(word)) != NULL;
}

/* The texts and what was said are in it; the keys and the signatures are not. */
static void
test_no_key_is_in_it(void **state)
{
	struct fixture *f = recorded(SIZE_MAX);
	struct peer p = peer_new("node2");
	AUTO_MSG struct msg *m = NULL;
	char trailer[AUTH_TRAILER_MAX];

	(void)state;
	m = peer_status_message(f, &p);
	g_autoptr(GByteArray) covered = wire_signed_part(m, WIRE_NETSTRING);

	auth_sign(&f->conf->keys, 1, covered->data, covered->len, trailer);
	fixture_receive(f, g_steal_pointer(&m));
	fixture_pass(f, 3000);
	assert_true(contains(f->record, RECORD_MAGIC));
	assert_true(contains(f->record, "1.2.3"));
	assert_true(contains(f->record, ONE_GROUP));
	assert_true(contains(f->record, "Heartbeat generation: 7"));
	assert_true(contains(f->record, "node2"));
	assert_false(contains(f->record, "secret"));
	assert_false(contains(f->record, "second-key"));
	/* "1 DIGEST": the digest, and a piece of it. */
	assert_false(contains(f->record, trailer + 2));
	trailer[12] = '\0';
	assert_false(contains(f->record, trailer + 2));
	fixture_free(f);
}

/* A status that says nothing new costs few bytes. */
static void
test_it_is_short(void **state)
{
	struct fixture *f = recorded(SIZE_MAX);
	struct peer p = peer_new("node2");

	(void)state;
	for (unsigned i = 0; i < 20; i++) {
		peer_status(f, &p, "r:1");
		fixture_pass(f, 1000);
	}
	size_t before = f->record->len;

	for (unsigned i = 0; i < 100; i++) {
		peer_status(f, &p, "r:1");
		fixture_pass(f, 1000);
	}
	assert_in_range(f->record->len - before, 100, 100 * 40);
	fixture_free(f);
}

/* Room for the texts and what a core remembers, in each of its segments. */
#define SMALL (RECORD_SEGMENTS * 8 * 1024)

/* The peer answers; long enough for a small record to be overwritten several times. */
static void
live(struct fixture *f, struct peer *p, unsigned rounds)
{
	for (unsigned i = 0; i < rounds; i++) {
		peer_status(f, p, i % 64 < 32 ? "r:1" : "r:2");
		peer_acknowledge(f, p);
		fixture_end_all(f);
		fixture_pass(f, 1000);
	}
}

/* The limit is kept to the byte, the oldest goes, and the core goes on as it would have. */
static void
test_a_ring(void **state)
{
	struct fixture *free_one = recorded(SIZE_MAX);
	struct fixture *f = recorded(SMALL);
	struct peer p = peer_new("node2"), q = peer_new("node2");

	(void)state;
	live(free_one, &p, 5000);
	live(f, &q, 5000);
	assert_true(free_one->record->len > 2 * SMALL);
	assert_in_range(f->record->len, SMALL / 2, SMALL);
	assert_string_equal(f->log->str, free_one->log->str);
	assert_true(record_writer_serial(f->writer) > 2 * RECORD_SEGMENTS);
	assert_true(contains(free_one->record, "Heartbeat generation: 7"));
	assert_false(contains(f->record, "Heartbeat generation: 7"));
	fixture_free(free_one);
	fixture_free(f);
}

/* No room for what a core remembers: its beginning is there, and the core goes on. */
static void
test_too_small_a_ring(void **state)
{
	struct fixture *f = recorded(RECORD_SEGMENTS * 1200);
	struct peer p = peer_new("node2");

	(void)state;
	live(f, &p, 200);
	assert_int_equal(record_writer_serial(f->writer), 1);
	assert_true(f->record->len <= RECORD_HEAD_SIZE + 1200);
	assert_int_equal(f->record->data[f->record->len - 3], FRAME_FULL);
	assert_int_equal(f->record->data[f->record->len - 2], FRAME_END);
	fixture_free(f);
	f = recorded(100);
	live(f, &p, 20);
	assert_int_equal(f->record->len, RECORD_HEAD_SIZE);
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

static void
test_where_another_left_off(void **state)
{
	struct fixture *f = recorded(SMALL);
	struct peer p = peer_new("node2");
	struct record_place place;

	(void)state;
	live(f, &p, 5000);
	assert_true(record_place_find(SMALL, look, f->record, &place));
	assert_int_equal(place.serial, record_writer_serial(f->writer));
	assert_int_equal(place.life, 1);
	/* Another size: what is there is not gone on with. */
	assert_false(record_place_find(SMALL + RECORD_SEGMENTS, look, f->record, &place));
	assert_int_equal(place.serial, 0);
	f->record->data[0]++;
	assert_false(record_place_find(SMALL, look, f->record, &place));
	g_byte_array_set_size(f->record, 0);
	assert_false(record_place_find(SMALL, look, f->record, &place));
	assert_int_equal(place.size, SMALL);
	fixture_free(f);
}

static bool
refuse_third(void *arg, uint64_t at, const void *bytes, size_t len)
{
	unsigned *calls = arg;

	(void)at;
	(void)bytes;
	(void)len;
	return ++*calls < 3;
}

/* What cannot be kept ends the record, not the core. */
static void
test_a_sink_that_fails(void **state)
{
	struct fixture *f = fixture_new(TWO_NODES, ONE_GROUP, SEED);
	const struct record_header h = {"1", "node1", TWO_NODES, ONE_GROUP, SEED};
	unsigned calls = 0;

	(void)state;
	const struct record_place place = {.size = SIZE_MAX};

	f->writer = record_writer_new(&h, f->conf, &place, refuse_third, &calls);
	f->c->trace = record_writer_trace(f->writer, f->c->trace);
	fixture_start(f, HINT_STOPPED);
	fixture_pass(f, 10000);
	assert_int_equal(calls, 3);
	assert_true(fixture_said(f, "Heartbeat generation: 7"));
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_no_key_is_in_it),
	    cmocka_unit_test(test_it_is_short),
	    cmocka_unit_test(test_a_ring),
	    cmocka_unit_test(test_too_small_a_ring),
	    cmocka_unit_test(test_where_another_left_off),
	    cmocka_unit_test(test_a_sink_that_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
