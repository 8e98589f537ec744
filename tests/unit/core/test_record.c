/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* memmem() */
#include "core/record.h"

#include "core/record_book.h"
#include "fixture.h"
#include "proto/seal.h"

#define SEED 77

static struct fixture *
recorded(size_t limit)
{
	struct fixture *f = fixture_new(TWO_NODES, ONE_GROUP, SEED);

	fixture_record(f, TWO_NODES, ONE_GROUP, SEED, limit);
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

/* The limit is kept to the byte, and the core goes on as it would have. */
static void
test_limit(void **state)
{
	struct fixture *free_one = recorded(SIZE_MAX);
	struct fixture *f = recorded(4000);

	(void)state;
	fixture_pass(free_one, 3600 * 1000);
	fixture_pass(f, 3600 * 1000);
	assert_in_range(f->record->len, 3000, 4000);
	assert_true(free_one->record->len > 4000);
	assert_int_equal(f->record->data[f->record->len - 1], FRAME_FULL);
	assert_memory_equal(f->record->data, free_one->record->data, f->record->len - 1);
	assert_string_equal(f->log->str, free_one->log->str);
	fixture_free(free_one);
	fixture_free(f);
}

static bool
refuse_third(void *arg, const void *bytes, size_t len)
{
	unsigned *calls = arg;

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
	f->writer = record_writer_new(&h, f->conf, SIZE_MAX, refuse_third, &calls);
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
	    cmocka_unit_test(test_limit),
	    cmocka_unit_test(test_a_sink_that_fails),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
