/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/send.h"

#include "fixture.h"
#include "proto/envelope.h"
#include "proto/seal.h"

static void
test_fields_of_a_status(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES "ping 10.0.0.254\n", ONE_GROUP);
	struct msg *m = fixture_sent(f, "status", 0);
	struct envelope e;
	uint64_t dt;

	(void)state;
	assert_non_null(m);
	assert_int_equal(envelope_read(m, &e), ENVELOPE_OK);
	assert_string_equal(e.src, "node1");
	assert_memory_equal(e.srcuuid, "uuid of node1...", 16);
	assert_null(e.dest);
	assert_int_equal(e.seq, 1);
	assert_int_equal(e.generation, OUR_GENERATION);
	assert_true(e.time >= 1700000000);
	assert_true(msg_get_hex(m, "dt", &dt));
	assert_int_equal(dt, 10000);
	assert_string_equal(msg_get(m, "st"), "up");
	assert_string_equal(msg_get(m, "protocol"), "1");
	/* hopfudge, two nodes, a ping node */
	assert_string_equal(msg_get(m, "ttl"), "4");
	assert_null(msg_find(m, "auth"));
	msg_free(m);
	fixture_free(f);
}

static void
test_numbers_grow_by_one(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
	uint64_t last = f->c->outbox.last;

	(void)state;
	for (unsigned i = 0; i < 5; i++) {
		f->now = core_deadline(f->c);
		fixture_step(f, (struct event){.type = EVENT_TIMER});
		struct msg *m = fixture_sent(f, "status", 0);
		uint64_t seq;

		assert_non_null(m);
		assert_true(msg_get_hex(m, "seq", &seq));
		assert_int_equal(seq, ++last);
		msg_free(m);
	}
	fixture_free(f);
}

static void
test_addressee(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
	struct node *to = &f->c->nodes[1];
	static const char nobody[16];
	uint64_t last = f->c->outbox.last;

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		actions_clear(f->out);
		f->c->out = f->out;
		send_acknowledgement(f->c, to, 0xab);
		struct msg *m = fixture_sent(f, "NS_ackmsg", 0);
		const struct field *uuid = msg_find(m, "destuuid");

		assert_string_equal(msg_get(m, "dest"), "node2");
		assert_string_equal(msg_get(m, "ackseq"), "ab");
		assert_int_equal(uuid->len, 16);
		assert_memory_equal(uuid->value, i == 0 ? nobody : "uuid of node 2..", 16);
		assert_null(msg_find(m, "seq"));
		msg_free(m);
		to->has_uuid = true;
		memcpy(to->uuid, "uuid of node 2..", 16);
	}
	/* Not numbered, so not kept either. */
	assert_int_equal(f->c->outbox.last, last);
	fixture_free(f);
}

static void
keep_first_key(struct keyring *ring)
{
	for (size_t i = 2; i < G_N_ELEMENTS(ring->keys); i++) {
		g_clear_pointer(&ring->keys[i].secret, g_free);
		ring->keys[i] = (struct auth_key){0};
	}
}

/* Long messages only, on datagram media only, and only if ha.cf says so. */
static void
test_compressed(void **state)
{
	static const struct {
		const char *lines;
		bool compressed;
	} cases[] = {
	    {"", false},
	    {"compression bz2\n", false},
	    {"traditional_compression on\n", true},
	    {"traditional_compression on\ncompression bz2\n", true},
	    {"traditional_compression on\ncompression_threshold 100\n", false},
	};
	g_autofree char *value = g_strnfill(3000, 'x');

	(void)state;
	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *hacf =
		    g_strconcat(TWO_NODES "serial /dev/ttyS0\n", cases[i].lines, NULL);
		struct fixture *f = fixture_started(hacf, ONE_GROUP);
		struct msg *m = msg_new("alarm");

		actions_clear(f->out);
		f->c->out = f->out;
		msg_add(m, "what", value);
		send_message(f->c, m, NULL);
		for (unsigned k = 0; k < 2; k++) {
			const struct action *a = fixture_action(f, ACTION_SEND, k);
			AUTO_MSG struct msg *back = NULL;
			size_t len;
			const void *bytes = g_bytes_get_data(a->bytes, &len);

			assert_int_equal(len < 1000, a->medium == 0 && cases[i].compressed);
			assert_int_equal(seal_open(&f->conf->keys, bytes, len, &back), SEAL_OK);
			assert_string_equal(msg_get(back, "what"), value);
		}
		actions_clear(f->out);
		m = msg_new("alarm");
		msg_add(m, "what", "short");
		send_message(f->c, m, NULL);
		AUTO_MSG struct msg *sent = fixture_sent(f, "alarm", 0);
		assert_string_equal(msg_get(sent, "what"), "short");
		fixture_free(f);
	}
}

static void
test_form_of_each_medium(void **state)
{
	/* With a second key it may be that keys are being changed: classic then. */
	static const struct {
		const char *format;
		bool one_key, netstring;
	} cases[] = {
	    {"", true, false},
	    {"msgfmt netstring\n", true, true},
	    {"msgfmt netstring\n", false, false},
	};

	(void)state;
	for (unsigned i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *hacf = g_strconcat(
		    TWO_NODES "serial /dev/ttyS0\nping 10.0.0.254\n", cases[i].format, NULL);
		struct fixture *f = fixture_new(hacf, ONE_GROUP, 1);
		unsigned seen = 0;

		if (cases[i].one_key)
			keep_first_key(&f->conf->keys);
		fixture_start(f, HINT_STOPPED);

		const struct action *a;
		for (unsigned k = 0; (a = fixture_action(f, ACTION_SEND, k)) != NULL; k++) {
			size_t len;
			const char *bytes = g_bytes_get_data(a->bytes, &len);
			enum medium_kind kind = f->conf->media[a->medium].kind;
			bool netstring = memcmp(bytes, "###\n", 4) == 0;

			seen |= 1U << kind;
			if (kind == MEDIUM_SERIAL) {
				/* Seven bits, and no NUL behind. */
				assert_memory_equal(bytes, ">>>\n", 4);
				assert_memory_equal(bytes + len - 4, "<<<\n", 4);
			} else if (kind == MEDIUM_PING) {
				assert_true(netstring);
			} else {
				assert_int_equal(netstring, cases[i].netstring);
				assert_int_equal(bytes[len - 1] == '\0', !cases[i].netstring);
			}
		}
		assert_int_equal(
		    seen, 1U << MEDIUM_UCAST | 1U << MEDIUM_SERIAL | 1U << MEDIUM_PING);
		fixture_free(f);
	}
}

static void
test_echo_to_ping_nodes(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES
	    "ping 10.0.0.254\nping_group routers 10.0.0.252 10.0.0.253\n",
	    ONE_GROUP);
	static const char *const names[] = {"10.0.0.254", "routers"};
	struct peer p = peer_new("node2");
	unsigned pings = 0;
	const struct action *a;

	(void)state;
	for (unsigned k = 0; (a = fixture_action(f, ACTION_SEND, k)) != NULL; k++) {
		AUTO_MSG struct msg *m = NULL;
		size_t len;
		const char *bytes = g_bytes_get_data(a->bytes, &len);

		if (!medium_is_ping(f->conf->media[a->medium].kind))
			continue;
		assert_int_equal(seal_open(&f->conf->keys, bytes, len, &m), SEAL_OK);
		assert_string_equal(msg_type(m), "NS_st");
		assert_string_equal(msg_get(m, "st"), "ping");
		assert_string_equal(msg_get(m, "src"), names[pings]);
		assert_string_equal(msg_get(m, "info"), pings == 0 ? "ping" : "ping_group");
		pings++;
	}
	assert_int_equal(pings, 2);
	/* News in between is no beat: no further echo. */
	fixture_sleep(f, 100);
	peer_status(f, &p, NULL);
	assert_true(fixture_count(f, ACTION_SEND) > 0);
	for (unsigned k = 0; (a = fixture_action(f, ACTION_SEND, k)) != NULL; k++)
		assert_false(medium_is_ping(f->conf->media[a->medium].kind));
	fixture_free(f);
}

/* News goes out at once, and the beat keeps its time. */
static void
test_news_does_not_delay_the_beat(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
	struct peer p = peer_new("node2");
	struct moment beat = f->c->status_at;

	(void)state;
	fixture_pass(f, 600);
	peer_status(f, &p, NULL);
	assert_true(fixture_count(f, ACTION_SEND) > 0);
	assert_int_equal(f->c->status_at.ns, beat.ns);
	fixture_pass(f, 400);
	assert_true(fixture_count(f, ACTION_SEND) > 0);
	assert_int_equal(f->c->status_at.ns, moment_add(beat, f->conf->keepalive).ns);
	fixture_free(f);
}

static void
test_requests_for_what_is_missing(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
	struct peer p = peer_new("node2");
	unsigned asked = 0;

	(void)state;
	peer_status(f, &p, NULL);
	p.seq += 20; /* 2..21 are lost */
	peer_status(f, &p, NULL);
	assert_null(fixture_sent(f, "NS_rexmit", 0));
	for (unsigned i = 0; i < 250; i++) {
		struct msg *m;

		fixture_sleep(f, 1);
		if (!moment_reached(f->now, core_deadline(f->c)))
			continue;
		fixture_step(f, (struct event){.type = EVENT_TIMER});
		for (unsigned k = 0; (m = fixture_sent(f, "NS_rexmit", k)) != NULL; k++) {
			assert_string_equal(msg_get(m, "dest"), "node2");
			assert_string_equal(msg_get(m, "firstseq"), msg_get(m, "lastseq"));
			uint64_t seq;
			/* Decimal: 10 is ten. */
			assert_true(msg_get_decimal(m, "firstseq", &seq));
			assert_in_range(seq, 2, 21);
			asked |= 1U << seq;
			msg_free(m);
		}
	}
	assert_int_equal(asked, 0x3ffffc);
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_fields_of_a_status),
	    cmocka_unit_test(test_numbers_grow_by_one),
	    cmocka_unit_test(test_addressee),
	    cmocka_unit_test(test_form_of_each_medium),
	    cmocka_unit_test(test_compressed),
	    cmocka_unit_test(test_echo_to_ping_nodes),
	    cmocka_unit_test(test_news_does_not_delay_the_beat),
	    cmocka_unit_test(test_requests_for_what_is_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
