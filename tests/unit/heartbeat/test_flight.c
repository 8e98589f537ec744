/* SPDX-License-Identifier: GPL-2.0-or-later */
#define _GNU_SOURCE /* memfd_create() */
#include "flight.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/replay.h"
#include "proto/request.h"

#define HACF "logfacility none\nkeepalive 1\nucast eth0 10.0.0.1\nnode node1 node2\n"
/* Eight segments that hold what a core of two nodes remembers, and little more. */
#define HACF_SMALL HACF "flight_record 1400\n"
#define READER 7
#define STRANGER 8

struct bench {
	struct flight *flight;
	struct conf *conf;
	struct core *core;
	struct actions *out;
	struct moment now;
	int memory; /* as the master keeps it */
};

static void
step(struct bench *b, enum event_type type)
{
	struct event e = {.type = type, .now = b->now, .wall_s = 1700000000};

	flight_step(b->flight, b->core, &e, b->out);
	actions_clear(b->out);
}

static void
client(struct bench *b, uint32_t number, bool connected, uint32_t uid)
{
	const struct event_client c = {.client = number, .connected = connected, .uid = uid};

	flight_client(b->flight, &c);
}

/* A core of node1, whose flight is recorded in that memory; -1: it is not. */
static struct bench
bench_of(const char *hacf, int memory)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	const struct conf_text text = {.hacf_path = "ha.cf",
	    .hacf = hacf,
	    .haresources_path = "haresources",
	    .haresources = "",
	    .authkeys_path = "authkeys",
	    .authkeys = "auth 1\n1 sha1 NotToBeSeen\n",
	    .authkeys_owner_ok = true,
	    .node_name = "node1"};
	struct bench b = {.flight = flight_new(), .now = {1000000000}, .memory = memory};

	b.conf = conf_parse(&text, faults);
	assert_non_null(b.conf);
	if (memory >= 0)
		flight_keep_in(b.flight, dup(memory));
	const struct record_header h = {"1", "node1", hacf, "", 3};

	b.core = core_new(
	    b.conf, 3, flight_begin(b.flight, &h, b.conf, (struct trace){NULL, NULL}));
	b.out = actions_new();
	step(&b, EVENT_START);
	client(&b, READER, true, geteuid());
	client(&b, STRANGER, true, 65533);
	return b;
}

static struct bench
bench_new(bool with_memory)
{
	return bench_of(HACF, with_memory ? memfd_create("test", MFD_CLOEXEC) : -1);
}

/* The engine ends; its memory stays. */
static void
bench_end(struct bench *b)
{
	core_free(b->core);
	flight_free(b->flight);
	conf_free(b->conf);
	actions_free(b->out);
}

static void
bench_clear(struct bench *b)
{
	bench_end(b);
	if (b->memory >= 0)
		close(b->memory);
}

/* The reply to a request, or NULL if it is none for the record. */
static struct msg *
ask_segment(
    struct bench *b, uint32_t number, const char *type, const char *from, const char *segment)
{
	AUTO_MSG struct msg *m = msg_new(type);

	if (segment != NULL)
		msg_add(m, "segment", segment);

	if (from != NULL)
		msg_add(m, "from", from);
	g_autoptr(GByteArray) bytes = request_encode(m);
	const struct event_request r = {number, bytes->data, bytes->len};
	g_autoptr(GByteArray) reply = flight_answer(b->flight, &r);

	return reply != NULL ? request_decode(reply->data, reply->len) : NULL;
}

static struct msg *
ask(struct bench *b, uint32_t number, const char *type, const char *from)
{
	return ask_segment(b, number, type, from, NULL);
}

static void
assert_refused(struct bench *b, uint32_t number, const char *from, const char *why)
{
	AUTO_MSG struct msg *reply = ask(b, number, "record", from);

	assert_string_equal(msg_get(reply, "result"), "error");
	assert_non_null(strstr(msg_get(reply, "text"), why));
	assert_null(msg_find(reply, "record"));
}

/* Fetched in pieces as the daemon's clients do, it replays. */
static void
test_fetched_whole_it_replays(void **state)
{
	struct bench b = bench_new(true);
	const struct replay_owner nobody = {NULL, NULL, NULL, NULL};
	g_autoptr(GByteArray) whole = g_byte_array_new();
	unsigned pieces = 0;
	uint64_t size;

	(void)state;
	while (pieces < 40000) {
		b.now = core_deadline(b.core);
		step(&b, EVENT_TIMER);
		pieces++;
	}
	pieces = 0;
	do {
		g_autofree char *from = g_strdup_printf("%u", whole->len);
		AUTO_MSG struct msg *reply = ask(&b, READER, "record", from);
		const struct field *piece = msg_find(reply, "record");

		assert_string_equal(msg_get(reply, "result"), "ok");
		assert_true(msg_get_decimal(reply, "size", &size));
		assert_in_range(piece->len, 1, FLIGHT_PIECE_MAX);
		g_byte_array_append(whole, (const guint8 *)piece->value, (guint)piece->len);
		pieces++;
	} while (whole->len < size);
	assert_true(pieces > 1);
	struct replay r = replay_run(whole->data, whole->len, &nobody);

	assert_int_equal(r.result, REPLAY_SAME);
	assert_int_equal(r.span.events, 40001);
	assert_null(memmem(whole->data, whole->len, "NotToBeSeen", 11));
	replay_clear(&r);
	bench_clear(&b);
}

static struct replay
replay_memory(const struct bench *b)
{
	const struct replay_owner nobody = {NULL, NULL, NULL, NULL};
	off_t size = lseek(b->memory, 0, SEEK_END);
	g_autofree char *bytes = g_malloc((size_t)size);

	assert_int_equal(pread(b->memory, bytes, (size_t)size, 0), size);
	return replay_run(bytes, (size_t)size, &nobody);
}

/* A ring: it is overwritten many times, and goes on when another engine comes. */
static void
test_it_rolls_and_outlives_engines(void **state)
{
	int memory = memfd_create("test", MFD_CLOEXEC);
	struct replay r;

	(void)state;
	for (unsigned life = 1; life <= 3; life++) {
		struct bench b = bench_of(HACF_SMALL, memory);

		b.now.ns += life * INT64_C(1000000000000000);
		/* The first fills it more than once; the others leave the first some room. */
		for (unsigned i = 0; i < (life == 1 ? 150000 : 20000); i++) {
			b.now = moment_max(b.now, core_deadline(b.core));
			step(&b, EVENT_TIMER);
		}
		assert_true(lseek(memory, 0, SEEK_END) <= 1400 * 1024);
		r = replay_memory(&b);
		assert_int_equal(r.result, REPLAY_SAME);
		assert_int_equal(r.span.lives, life);
		assert_true(r.span.begins_within);
		assert_true(r.span.events > 20000 * (life - 1) + 1000);
		replay_clear(&r);
		bench_end(&b);
	}
	close(memory);
}

/* Who reads while the ring goes on is told, and begins again. */
static void
test_read_while_it_rolls(void **state)
{
	struct bench b = bench_of(HACF_SMALL, memfd_create("test", MFD_CLOEXEC));
	AUTO_MSG struct msg *first = ask(&b, READER, "record", "0");
	const char *segment = msg_get(first, "segment");
	AUTO_MSG struct msg *second = ask_segment(&b, READER, "record", "10", segment);

	(void)state;
	assert_string_equal(msg_get(second, "result"), "ok");
	for (unsigned i = 0; i < 60000; i++) {
		b.now = core_deadline(b.core);
		step(&b, EVENT_TIMER);
	}
	AUTO_MSG struct msg *third = ask_segment(&b, READER, "record", "10", segment);
	assert_string_equal(msg_get(third, "result"), "error");
	assert_non_null(strstr(msg_get(third, "text"), "meanwhile"));
	AUTO_MSG struct msg *fourth = ask(&b, READER, "record", "0");
	assert_string_equal(msg_get(fourth, "result"), "ok");
	assert_string_not_equal(msg_get(fourth, "segment"), segment);
	bench_clear(&b);
}

static void
test_only_for_root_and_the_cluster_user(void **state)
{
	struct bench b = bench_new(true);
	AUTO_MSG struct msg *reply = ask(&b, READER, "record", "0");

	(void)state;
	assert_string_equal(msg_get(reply, "result"), "ok");
	assert_refused(&b, STRANGER, "0", "permission denied");
	assert_refused(&b, 99, "0", "permission denied");
	client(&b, READER, false, geteuid());
	assert_refused(&b, READER, "0", "permission denied");
	bench_clear(&b);
}

static void
test_what_it_does_not_answer(void **state)
{
	struct bench b = bench_new(true);
	const struct event_request garbage = {READER, "garbage", 7};

	(void)state;
	assert_null(ask(&b, READER, "status", NULL));
	assert_null(flight_answer(b.flight, &garbage));
	assert_refused(&b, READER, NULL, "from");
	assert_refused(&b, READER, "-1", "from");
	assert_refused(&b, READER, "99999999999", "from");
	bench_clear(&b);
}

/* No memory: the core works, and who asks is told. */
static void
test_without_memory(void **state)
{
	struct bench b = bench_new(false);

	(void)state;
	b.now = core_deadline(b.core);
	step(&b, EVENT_TIMER);
	assert_refused(&b, READER, "0", "no record is kept");
	bench_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_fetched_whole_it_replays),
	    cmocka_unit_test(test_it_rolls_and_outlives_engines),
	    cmocka_unit_test(test_read_while_it_rolls),
	    cmocka_unit_test(test_only_for_root_and_the_cluster_user),
	    cmocka_unit_test(test_what_it_does_not_answer),
	    cmocka_unit_test(test_without_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
