/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Packets that were lost on the way: asked for again, sent again, acknowledged, given up. */
#include "core/receive.h"

#include "one_peer.h"

static void
ask_for(uint64_t first, uint64_t last)
{
	struct msg *m = peer_message(f, &p, "NS_rexmit");

	msg_add_format(m, "firstseq", "%llu", (unsigned long long)first);
	msg_add_format(m, "lastseq", "%llu", (unsigned long long)last);
	fixture_receive(f, m);
}

static void
ask_words(const char *first, const char *last)
{
	struct msg *m = peer_message(f, &p, "NS_rexmit");

	if (first != NULL)
		msg_add(m, "firstseq", first);
	if (last != NULL)
		msg_add(m, "lastseq", last);
	fixture_receive(f, m);
}

static void
test_resending(void **state)
{
	(void)state;
	peer_status(f, &p, NULL);
	fixture_pass(f, 8500);
	peer_status(f, &p, NULL);
	uint64_t last = f->c->outbox.last;

	ask_for(2, 4);
	assert_int_equal(fixture_count(f, ACTION_SEND), 3);
	for (unsigned i = 0; i < 3; i++) {
		struct msg *m = fixture_sent(f, "status", i);
		uint64_t seq;

		assert_true(msg_get_hex(m, "seq", &seq));
		assert_int_equal(seq, 2 + i);
		msg_free(m);
	}
	assert_int_equal(f->c->outbox.last, last);
	/* Asked by two at a time: sent once. */
	ask_for(2, 4);
	assert_int_equal(fixture_count(f, ACTION_SEND), 0);
	/* What was never sent is not answered, and ends the request. */
	ask_for(last, last + 1000);
	assert_int_equal(fixture_count(f, ACTION_SEND), 1);
	ask_for(UINT64_MAX - 1, UINT64_MAX);
	assert_int_equal(fixture_count(f, ACTION_SEND), 0);
}

static void
test_odd_requests(void **state)
{
	static const char *const pairs[][2] = {
	    {NULL, NULL},
	    {"1", NULL},
	    {NULL, "1"},
	    {"0", "5"},
	    {"x", "5"},
	    {"1", "x"},
	    {"5", "1"},
	    {"", ""},
	    {"-1", "2"},
	    {"99999999999999999999", "99999999999999999999"},
	};

	(void)state;
	peer_status(f, &p, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++) {
		ask_words(pairs[i][0], pairs[i][1]);
		if (fixture_count(f, ACTION_SEND) != 0)
			fail_msg("row %zu", i);
	}
}

static void
test_at_most_fifty_for_one_request(void **state)
{
	(void)state;
	peer_status(f, &p, NULL);
	for (unsigned i = 0; i < 70; i++) {
		fixture_pass(f, 1000);
		peer_status(f, &p, NULL);
	}
	assert_true(f->c->outbox.last > 62);
	ask_for(1, 62);
	assert_int_equal(fixture_count(f, ACTION_SEND), OUTBOX_RESEND_MAX);
}

static void
test_too_low_is_refused_in_hex(void **state)
{
	struct msg *m;

	(void)state;
	peer_status(f, &p, NULL);
	for (unsigned i = 0; i < OUTBOX_KEPT_MAX + 30; i++) {
		fixture_pass(f, 1000);
		peer_status(f, &p, NULL);
	}
	ask_for(10, 11);
	m = fixture_sent(f, "NS_nak_rexmit", 0);
	assert_non_null(m);
	assert_string_equal(msg_get(m, "firstseq"), "a");
	assert_string_equal(msg_get(m, "info"), "seqno too low");
	assert_string_equal(msg_get(m, "dest"), "node2");
	msg_free(m);
	m = fixture_sent(f, "NS_nak_rexmit", 1);
	assert_string_equal(msg_get(m, "firstseq"), "b");
	msg_free(m);
}

static void
acknowledge(const char *seq)
{
	struct msg *m = peer_message(f, &p, "NS_ackmsg");

	msg_add(m, "dest", "node1");
	msg_add(m, "ackseq", seq);
	fixture_receive(f, m);
}

static void
test_acknowledgements(void **state)
{
	struct node *n = &f->c->nodes[1];

	(void)state;
	peer_status(f, &p, NULL);
	fixture_pass(f, 9900);
	peer_status(f, &p, NULL);
	acknowledge("5");
	assert_int_equal(n->acknowledged, 5);
	acknowledge("4");
	assert_int_equal(n->acknowledged, 5);
	acknowledge("ffff"); /* more than was ever sent */
	acknowledge("what");
	assert_int_equal(n->acknowledged, 5);
	/* Words of its last life, recorded and played back. */
	p.generation--;
	acknowledge("6");
	assert_int_equal(n->acknowledged, 5);
	assert_int_equal(f->c->drops[DROP_REPLAY], 1);
	p.generation++;
	/* What it has it cannot want: skipped without a word. */
	ask_for(1, 5);
	assert_int_equal(fixture_count(f, ACTION_SEND), 0);
	ask_for(5, 6);
	assert_int_equal(fixture_count(f, ACTION_SEND), 1);
}

/* It may come back, and ask for the rest. */
static void
test_a_dead_node_acknowledges_only_what_it_has(void **state)
{
	(void)state;
	peer_status(f, &p, NULL);
	fixture_pass(f, 12000);
	assert_int_equal(f->c->nodes[1].status, NODE_DEAD);
	acknowledge("2");
	peer_status(f, &p, NULL);
	assert_int_equal(f->c->nodes[1].status, NODE_ACTIVE);
	ask_for(3, 3);
	assert_int_equal(fixture_count(f, ACTION_SEND), 1);
	AUTO_MSG struct msg *again = fixture_sent(f, "NS_nak_rexmit", 0);

	assert_null(again);
}

static void
test_a_refusal_ends_asking(void **state)
{
	struct msg *m;

	(void)state;
	peer_status(f, &p, NULL);
	p.seq++;
	peer_status(f, &p, NULL);
	assert_int_equal(f->c->nodes[1].inbox.missing->len, 1);
	m = peer_message(f, &p, "NS_nak_rexmit");
	msg_add(m, "dest", "node3"); /* whoever it was for */
	msg_add(m, "firstseq", "2");
	fixture_receive(f, m);
	assert_int_equal(f->c->nodes[1].inbox.missing->len, 0);
	assert_int_equal(f->c->nodes[1].inbox.lost, 1);
}

static void
test_every_tenth_is_acknowledged(void **state)
{
	unsigned acks = 0;

	(void)state;
	for (unsigned i = 0; i < 100; i++) {
		struct msg *m;

		peer_status(f, &p, NULL);
		m = fixture_sent(f, "NS_ackmsg", 0);
		if (m == NULL)
			continue;
		uint64_t seq;

		assert_true(msg_get_hex(m, "ackseq", &seq));
		assert_int_equal(seq, p.seq);
		assert_string_equal(msg_get(m, "dest"), "node2");
		msg_free(m);
		acks++;
	}
	assert_int_equal(acks, 10);
}

/* A word of a dead node is asked for again; one from before its newest status is here already. */
static void
test_old_words_of_a_dead_node(void **state)
{
	const struct inbox *in = &f->c->nodes[1].inbox;
	struct peer old;

	(void)state;
	peer_status(f, &p, NULL);
	old = p;
	for (unsigned i = 0; i < 30; i++)
		peer_status(f, &p, NULL);
	fixture_pass(f, 11000);
	assert_int_equal(f->c->nodes[1].status, NODE_DEAD);
	fixture_receive(f, peer_message(f, &old, "hb_takeover"));
	peer_status(f, &p, NULL);
	assert_int_equal(f->c->nodes[1].status, NODE_ACTIVE);
	assert_int_equal(in->missing->len, 0);
	fixture_pass(f, 11000);
	fixture_receive(f, peer_message(f, &p, "hb_takeover"));
	peer_status(f, &p, NULL);
	assert_int_equal(in->missing->len, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_old_words_of_a_dead_node),
	    TEST(test_resending),
	    TEST(test_odd_requests),
	    TEST(test_at_most_fifty_for_one_request),
	    TEST(test_too_low_is_refused_in_hex),
	    TEST(test_acknowledgements),
	    TEST(test_a_dead_node_acknowledges_only_what_it_has),
	    TEST(test_a_refusal_ends_asking),
	    TEST(test_every_tenth_is_acknowledged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
