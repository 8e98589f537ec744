/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/record.h"

#include "core/record_book.h"
#include "core/record_ring.h"

#include "fixture.h"
#include "proto/request.h"
#include "proto/seal.h"

#define SEED 5

/* An event as it was given, with a packet as the message that it was. */
struct given {
	struct event e;
	struct msg *m;
	enum seal_result sealed;
};

struct bench {
	struct fixture *f;
	GArray *given; /* struct given */
	GByteArray *request;
};

static int
bench_new(void **state)
{
	struct bench *b = g_new0(struct bench, 1);

	b->f = fixture_new(TWO_NODES "ping 10.0.0.254\n", BOTH_GROUPS, SEED);
	fixture_record(b->f, TWO_NODES "ping 10.0.0.254\n", BOTH_GROUPS, SEED, SIZE_MAX);
	b->given = g_array_new(FALSE, FALSE, sizeof(struct given));
	*state = b;
	return 0;
}

static int
bench_free(void **state)
{
	struct bench *b = *state;

	for (unsigned i = 0; i < b->given->len; i++)
		msg_free(g_array_index(b->given, struct given, i).m);
	g_array_unref(b->given);
	g_clear_pointer(&b->request, g_byte_array_unref);
	fixture_free(b->f);
	g_free(b);
	return 0;
}

static void
give(struct bench *b, struct event e)
{
	struct given g = {.e = e};

	fixture_step(b->f, e);
	g.e.now = b->f->now;
	g.e.wall_s = 1700000000 + b->f->now.ns / 1000000000;
	if (e.type == EVENT_PACKET)
		g.sealed = seal_open(
		    &b->f->conf->keys, e.u.packet.bytes, e.u.packet.len, &g.m);
	g_array_append_val(b->given, g);
	b->f->now.ns += 123456789;
}

static void
give_packet(struct bench *b, unsigned medium, const char *source, const GByteArray *bytes)
{
	struct event e = {.type = EVENT_PACKET};

	e.u.packet.medium = medium;
	e.u.packet.source = source;
	e.u.packet.bytes = bytes->data;
	e.u.packet.len = bytes->len;
	e.u.packet.received.ns = b->f->now.ns - 4711;
	give(b, e);
}

static void
give_message(struct bench *b, struct msg *m, enum wire_form form, bool with_nul)
{
	g_autoptr(GByteArray) bytes = seal_close(&b->f->conf->keys, m, form, with_nul);

	msg_free(m);
	give_packet(b, 0, "10.0.0.1", bytes);
}

static void
give_refused(struct bench *b)
{
	struct keyring *keys = &b->f->conf->keys;
	struct keyring ring = *keys;
	AUTO_MSG struct msg *m = msg_new("status");
	g_autoptr(GByteArray) nothing = g_byte_array_new();
	g_autoptr(GByteArray) plain = wire_encode(m, WIRE_NETSTRING, NULL);

	ring.keys[9] = ring.keys[1];
	ring.signing = 9;
	g_autoptr(GByteArray) no_key = seal_close(&ring, m, WIRE_CLASSIC, true);
	ring.keys[1] = ring.keys[2];
	ring.signing = 1;
	g_autoptr(GByteArray) forged = seal_close(&ring, m, WIRE_NETSTRING, false);
	msg_add(m, "_compressed_payload", "x");
	g_autoptr(GByteArray) bad_text = seal_close(keys, m, WIRE_NETSTRING, false);
	GByteArray *const all[] = {nothing, plain, no_key, forged, bad_text};

	for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
		give_packet(b, 0, i == 0 ? NULL : "10.0.0.99", all[i]);
}

static void
give_every_type(struct bench *b)
{
	static const char *const groups[] = {"haclient", "staff", NULL};
	static const char *const none[] = {NULL};
	static const enum group_hint hints[] = {HINT_AWAY, HINT_PARTLY};
	struct peer p = peer_new("node2");
	AUTO_MSG struct msg *m = msg_new("status");
	struct event e = {.type = EVENT_START};

	b->request = request_encode(m);
	e.u.start.generation = UINT64_MAX / 3;
	memcpy(e.u.start.uuid, "uuid of node1...", 16);
	e.u.start.hints = hints;
	e.u.start.talk = 77;
	e.u.start.renewed = true;
	give(b, e);
	give(b, (struct event){.type = EVENT_TIMER});
	for (unsigned i = 0; i < 4; i++)
		give_message(b, peer_status_message(b->f, &p),
		    i == 2 ? WIRE_CLASSIC : WIRE_NETSTRING, i == 2);
	give_message(b, peer_message(b->f, &p, "shutdone"), WIRE_NETSTRING, false);
	give_refused(b);
	p.st = "active";
	b->f->now.ns += INT64_C(86400000000000);
	give_message(b, peer_status_message(b->f, &p), WIRE_NETSTRING, false);
	for (unsigned i = 0; i < 2; i++)
		give(b, (struct event){.type = EVENT_CLIENT,
			    .u.client = {UINT32_MAX - i, true, 0, UINT32_MAX, "root", groups}});
	for (unsigned i = 0; i < 2; i++)
		give(b, (struct event){.type = EVENT_REQUEST,
			    .u.request = {UINT32_MAX, b->request->data, b->request->len}});
	give(b, (struct event){.type = EVENT_REQUEST, .u.request = {UINT32_MAX, "a\0b", 3}});
	give(b, (struct event){.type = EVENT_CLIENT,
		    .u.client = {UINT32_MAX, false, 0, 0, "", none}});
	give(b, (struct event){.type = EVENT_CHILD,
		    .u.child = {UINT64_MAX, AGENT_OCF, CHILD_SIGNALED, -9, "words"}});
	give(b, (struct event){.type = EVENT_CHILD,
		    .u.child = {0, AGENT_NONE, CHILD_KILLED, 255, NULL}});
	give(b, (struct event){.type = EVENT_MEDIUM, .u.medium = {1, false, "gone"}});
	give(b, (struct event){.type = EVENT_MEDIUM, .u.medium = {1, true, NULL}});
	give(b, (struct event){.type = EVENT_TIMER});
	give(b, (struct event){.type = EVENT_LEAVE});
	give(b, (struct event){.type = EVENT_ORPHANED});
}

static void
assert_text_equal(const char *a, const char *b)
{
	assert_int_equal(g_strcmp0(a, b), 0);
}

static void
assert_message_equal(const struct msg *a, const struct msg *b)
{
	assert_int_equal(msg_count(a), msg_count(b));
	for (size_t i = 0; i < msg_count(a); i++) {
		const struct field *x = msg_field(a, i), *y = msg_field(b, i);

		assert_string_equal(x->name, y->name);
		assert_int_equal(x->type, y->type);
		assert_int_equal(x->len, y->len);
		assert_memory_equal(x->value, y->value, x->len);
	}
}

static void
assert_packet_equal(
    const struct event_packet *p, const struct given *g, const struct conf *conf)
{
	AUTO_MSG struct msg *m = NULL;

	assert_int_equal(p->medium, g->e.u.packet.medium);
	assert_text_equal(p->source, g->e.u.packet.source);
	assert_true(p->received.ns == g->e.u.packet.received.ns);
	assert_int_equal(seal_open(&conf->keys, p->bytes, p->len, &m), g->sealed);
	if (g->m != NULL)
		assert_message_equal(m, g->m);
}

static void
assert_client_equal(const struct event_client *a, const struct event_client *b)
{
	assert_int_equal(a->client, b->client);
	assert_int_equal(a->connected, b->connected);
	assert_int_equal(a->uid, b->uid);
	assert_int_equal(a->gid, b->gid);
	assert_string_equal(a->user, b->user);
	assert_int_equal(g_strv_length((char **)a->groups), g_strv_length((char **)b->groups));
	for (unsigned i = 0; a->groups[i] != NULL; i++)
		assert_string_equal(a->groups[i], b->groups[i]);
}

static void
assert_event_equal(const struct event *e, const struct given *g, const struct conf *conf)
{
	const struct event *o = &g->e;

	assert_int_equal(e->type, o->type);
	assert_true(e->now.ns == o->now.ns);
	assert_true(e->wall_s == o->wall_s);
	switch (e->type) {
	case EVENT_START:
		assert_true(e->u.start.generation == o->u.start.generation);
		assert_memory_equal(e->u.start.uuid, o->u.start.uuid, 16);
		assert_memory_equal(e->u.start.hints, o->u.start.hints, 2 * sizeof(enum group_hint));
		assert_int_equal(e->u.start.talk, o->u.start.talk);
		assert_int_equal(e->u.start.renewed, o->u.start.renewed);
		break;
	case EVENT_PACKET:
		assert_packet_equal(&e->u.packet, g, conf);
		break;
	case EVENT_CHILD:
		assert_true(e->u.child.job == o->u.child.job);
		assert_int_equal(e->u.child.agent, o->u.child.agent);
		assert_int_equal(e->u.child.end, o->u.child.end);
		assert_int_equal(e->u.child.code, o->u.child.code);
		assert_text_equal(e->u.child.output, o->u.child.output);
		break;
	case EVENT_REQUEST:
		assert_int_equal(e->u.request.client, o->u.request.client);
		assert_int_equal(e->u.request.len, o->u.request.len);
		assert_memory_equal(e->u.request.bytes, o->u.request.bytes, o->u.request.len);
		break;
	case EVENT_CLIENT:
		assert_client_equal(&e->u.client, &o->u.client);
		break;
	case EVENT_MEDIUM:
		assert_int_equal(e->u.medium.medium, o->u.medium.medium);
		assert_int_equal(e->u.medium.up, o->u.medium.up);
		assert_text_equal(e->u.medium.reason, o->u.medium.reason);
		break;
	case EVENT_TIMER:
	case EVENT_LEAVE:
	case EVENT_ORPHANED:
	case EVENT_TYPE_COUNT:
		break;
	}
}

static void
test_every_event_comes_back(void **state)
{
	struct bench *b = *state;
	char *why;
	struct record_item item;
	bool seen[EVENT_TYPE_COUNT] = {false};

	give_every_type(b);
	struct record_reader *r =
	    record_reader_new(b->f->record->data, b->f->record->len, &why);

	assert_null(why);
	assert_int_equal(record_read(r, &item), RECORD_BEGIN);
	assert_int_equal(item.begin.life, 1);
	assert_int_equal(item.begin.events, 0);
	assert_null(item.begin.checkpoint);
	struct record_header h = record_reader_header(r);

	assert_string_equal(h.version, "1.2.3");
	assert_string_equal(h.node_name, "node1");
	assert_int_equal(h.seed, SEED);
	for (unsigned i = 0; i < b->given->len; i++) {
		const struct given *g = &g_array_index(b->given, struct given, i);

		assert_int_equal(record_read(r, &item), RECORD_EVENT);
		assert_event_equal(&item.event, g, record_reader_conf(r));
		seen[item.event.type] = true;
		assert_int_equal(record_read(r, &item), RECORD_RESULT);
	}
	assert_int_equal(record_read(r, &item), RECORD_END);
	assert_int_equal(record_read(r, &item), RECORD_END);
	for (unsigned i = 0; i < EVENT_TYPE_COUNT; i++)
		assert_true(seen[i]);
	record_reader_free(r);
}

/* How reading ends; *text says what is wrong, for the caller to free. */
static enum record_kind
read_all(const void *bytes, size_t len, char **text)
{
	struct record_reader *r = record_reader_new(bytes, len, text);
	struct record_item item = {.text = ""};
	enum record_kind kind;

	if (r == NULL)
		return RECORD_BAD;
	do
		kind = record_read(r, &item);
	while (kind == RECORD_BEGIN || kind == RECORD_EVENT || kind == RECORD_RESULT);
	*text = kind == RECORD_BAD ? g_strdup(item.text) : NULL;
	record_reader_free(r);
	return kind;
}

static void
test_every_cut_is_noticed(void **state)
{
	struct bench *b = *state;

	give_every_type(b);
	for (size_t len = 0; len < b->f->record->len; len++) {
		/* Its own memory, so that reading too far is noticed. */
		g_autofree void *part = g_memdup2(b->f->record->data, len + (len == 0));
		g_autofree char *text = NULL;
		enum record_kind kind = read_all(part, len, &text);

		assert_int_equal(kind, RECORD_BAD);
		assert_true(text != NULL && text[0] != '\0');
	}
}

/* A daemon that dies leaves whole frames, and what stood behind them before. */
static void
test_every_end_between_frames(void **state)
{
	struct bench *b = *state;
	unsigned ends = 0;

	give_every_type(b);
	for (size_t len = RECORD_HEAD_SIZE; len + 1 < b->f->record->len; len++) {
		g_autofree guint8 *part = g_memdup2(b->f->record->data, b->f->record->len);

		g_autofree char *text = NULL;

		part[len] = FRAME_END;
		record_mend(part, len + 2);
		ends += read_all(part, len + 2, &text) == RECORD_END;
	}
	/* After the head, each event and each result. */
	assert_int_equal(ends, 2 * b->given->len + 1);
}

/* Changed, but with sums that are right: read to its end, or to where it makes no sense. */
static void
test_mended(void **state)
{
	struct bench *b = *state;
	unsigned read = 0, refused = 0;

	give_every_type(b);
	for (size_t i = RECORD_HEAD_SIZE; i < b->f->record->len; i++) {
		g_autofree guint8 *copy = g_memdup2(b->f->record->data, b->f->record->len);
		g_autofree char *text = NULL;

		copy[i] ^= 0x15;
		record_mend(copy, b->f->record->len);
		if (read_all(copy, b->f->record->len, &text) == RECORD_END)
			read++;
		else
			refused++;
	}
	assert_true(read > 100);
	assert_true(refused > 100);
}

static void
test_damage_is_noticed(void **state)
{
	struct bench *b = *state;
	unsigned unnoticed = 0, tried = 0;

	give_every_type(b);
	for (size_t i = 0; i < b->f->record->len; i++) {
		for (unsigned bit = 1; bit < 256; bit <<= 1) {
			g_autofree guint8 *copy =
			    g_memdup2(b->f->record->data, b->f->record->len);
			g_autofree char *text = NULL;

			copy[i] ^= (guint8)bit;
			tried++;
			if (read_all(copy, b->f->record->len, &text) != RECORD_BAD)
				unnoticed++;
			else
				assert_true(text != NULL && text[0] != '\0');
		}
	}
	assert_true(tried > 8000);
	/* A sum of one byte lets through each 256th length that is wrong, and here are some hundred bits
	 * of lengths: one or two, depending on what the record has in it, never many. */
	assert_in_range(unnoticed, 0, 4);
}

static void
test_other_files(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *why;
	} cases[] = {
	    {"", 0, "no flight record"},
	    {"root:x:0:0:root:/root:/bin/bash\n", 32, "no flight record"},
	    {"HBRECORD", 8, "first part"},
	    {"HBRECORD\x01\x05" "1234567890123456789012", 32, "form"},
	    {"HBRECORD\x04\0\0\0" "12345678901234567890", 32, "first part"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		char *why;

		assert_null(record_reader_new(cases[i].bytes, cases[i].len, &why));
		assert_non_null(strstr(why, cases[i].why));
		g_free(why);
	}
}

int
main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, bench_new, bench_free)
	const struct CMUnitTest tests[] = {
	    CASE(test_every_event_comes_back),
	    CASE(test_every_cut_is_noticed),
	    CASE(test_every_end_between_frames),
	    CASE(test_mended),
	    CASE(test_damage_is_noticed),
	    CASE(test_other_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
