/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "old_pair.h"

#define ON "auto_failback on\n"

/* Lost messages are asked for and come again: in the end all is as without loss. */
static void
test_loss_only_costs_time(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		struct pair *p = pair_new(i, ON "deadtime 10\ninitdead 12\n");

		p->drop_percent = 30;
		pair_boot(p, 0);
		pair_boot(p, 1);
		pair_run_until(p, 30000);
		pair_holds(p, "node1: rA node2: rB");
		pair_command(p, 0, "standby", "set", "all");
		pair_run_until(p, 60000);
		pair_holds(p, "node1: node2: rA rB");
		assert_int_equal(p->doubles, 0);
		pair_free(p);
	}
}

/* Not longer than the last 500, and no longer than needed once everybody has them. */
static void
test_the_history(void **state)
{
	struct pair *p = pair_new(1, ON);
	unsigned kept, alone;

	(void)state;
	pair_both_up(p);
	pair_run_until(p, 60000);
	kept = g_queue_get_length(p->node[0]->history);
	assert_in_range(kept, 1, 30);
	/* The acknowledgements of the dead are not waited for. */
	pair_power_off(p, 1);
	pair_run_until(p, 120000);
	alone = g_queue_get_length(p->node[0]->history);
	assert_in_range(alone, 1, 30);
	/* Nor does one that lives and never acknowledges keep more than there is room for. */
	pair_boot(p, 1);
	pair_run_until(p, 130000);
	p->node[1]->no_protocol = true;
	pair_run_until(p, 600000);
	assert_int_equal(g_queue_get_length(p->node[0]->history), 500);
	pair_free(p);
}

/* A message made by hand, as if node2 had said it. */
static void
hear(struct pair *p, struct msg *m, uint64_t seq, uint64_t generation)
{
	struct event e = {.type = EVENT_PACKET};

	msg_add(m, "src", "node2");
	if (seq != 0)
		msg_add_hex(m, "seq", seq);
	msg_add_hex(m, "hg", generation);
	msg_add_hex(m, "ts", 1700000000);
	g_autoptr(GByteArray) bytes = seal_close(&p->conf[0]->keys, m, WIRE_NETSTRING, false);
	e.u.packet.bytes = bytes->data;
	e.u.packet.len = bytes->len;
	pair_step(p, 0, &e);
	pair_run_until(p, p->now.ns / 1000000 + 500);
	msg_free(m);
}

static struct msg *
status(const char *word)
{
	struct msg *m = msg_new("status");

	msg_add(m, "st", word);
	msg_add(m, "dt", "7d0");
	msg_add(m, "protocol", "1");
	return m;
}

static void
test_what_is_believed(void **state)
{
	struct pair *p = pair_new(1, ON "deadtime 60\ninitdead 90\n");
	struct old_peer *peer;

	(void)state;
	pair_boot(p, 0);
	peer = old_members_find(p->node[0], "node2");
	hear(p, status("up"), 1, 500);
	assert_int_equal(peer->status, OLD_UP);
	assert_int_equal(peer->generation, 500);
	/* Replay: of an earlier life, and of the same message. */
	hear(p, status("dead"), 9, 499);
	hear(p, status("dead"), 1, 500);
	assert_int_equal(peer->status, OLD_UP);
	/* A hole: the message counts at once, and what is missing is asked for. */
	hear(p, status("active"), 4, 500);
	assert_int_equal(peer->status, OLD_ACTIVE);
	assert_int_equal(peer->missing->len, 2);
	/* Late, with an older number: it fills the hole. */
	hear(p, msg_new("anything"), 3, 500);
	assert_int_equal(peer->missing->len, 1);
	/* It is gone for good. */
	struct msg *m = msg_new("NS_nak_rexmit");
	msg_add(m, "firstseq", "2");
	hear(p, m, 0, 500);
	assert_int_equal(peer->missing->len, 0);
	/* Too large a hole is given up. */
	hear(p, status("active"), 400, 500);
	assert_int_equal(peer->missing->len, 0);
	assert_int_equal(peer->last, 400);
	/* Only a status begins a new life. */
	hear(p, msg_new("anything"), 401, 700);
	assert_int_equal(peer->generation, 500);
	hear(p, status("up"), 1, 700);
	assert_int_equal(peer->generation, 700);
	assert_int_equal(peer->last, 1);
	/* Strangers are none. */
	m = msg_new("status");
	msg_add(m, "src", "node9");
	hear(p, m, 2, 700);
	assert_int_equal(peer->last, 1);
	pair_free(p);
}

/* One status without the field protocol turns acknowledgements off for good, here and there. */
static void
test_no_protocol_spreads(void **state)
{
	struct pair *p = pair_new(1, ON "deadtime 60\ninitdead 90\n");
	struct msg *m = msg_new("status");

	(void)state;
	pair_boot(p, 0);
	msg_add(m, "st", "up");
	hear(p, m, 1, 500);
	assert_true(p->node[0]->no_protocol);
	/* And there is no exchange of lists. */
	assert_int_equal(p->node[0]->comm, COMM_COMPLETE);
	pair_free(p);
}

/* What its own copy leads to has a higher number and is on the wire first. */
static void
test_own_copies_come_first(void **state)
{
	struct pair *p = pair_new(1, ON);

	(void)state;
	pair_boot(p, 0);
	pair_run_until(p, 18000);
	pair_boot(p, 1);
	pair_run_until(p, 30000);
	for (guint i = 1; i < p->said->len; i++) {
		const struct said *s = g_ptr_array_index(p->said, i);
		const struct said *before = g_ptr_array_index(p->said, i - 1);

		if (s->node == 2 && strcmp(s->text, "ask_resources foreign done") == 0) {
			assert_string_equal(before->text, "resource local 1");
			assert_int_equal(before->seq, s->seq + 1);
			pair_free(p);
			return;
		}
	}
	fail();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_loss_only_costs_time),
	    cmocka_unit_test(test_the_history),
	    cmocka_unit_test(test_what_is_believed),
	    cmocka_unit_test(test_no_protocol_spreads),
	    cmocka_unit_test(test_own_copies_come_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
