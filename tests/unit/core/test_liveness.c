/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/liveness.h"

#include "core/node.h"
#include "one_peer.h"
#include "proto/seal.h"

static enum node_status
status_of_peer(void)
{
	return f->c->nodes[1].status;
}

static void
test_never_heard_counts_from_the_start(void **state)
{
	(void)state;
	fixture_pass(f, 29999);
	assert_int_equal(status_of_peer(), NODE_INIT);
	assert_int_equal(f->c->self->status, NODE_UP);
	fixture_pass(f, 1);
	assert_int_equal(status_of_peer(), NODE_DEAD);
	assert_int_equal(f->c->self->status, NODE_ACTIVE);
	assert_true(fixture_said(
	    f, "node node2: is dead (init -> dead: silent 30.0s, initdead 30s)"));
}

static void
test_dead_at_exactly_deadtime(void **state)
{
	(void)state;
	fixture_pass(f, 500);
	peer_status(f, &p, NULL);
	assert_int_equal(status_of_peer(), NODE_ACTIVE);
	assert_int_equal(f->c->self->status, NODE_ACTIVE);
	assert_int_equal(fixture_count(f, ACTION_ACTIVE), 1);
	fixture_pass(f, 9999);
	assert_int_equal(status_of_peer(), NODE_ACTIVE);
	fixture_pass(f, 1);
	assert_int_equal(status_of_peer(), NODE_DEAD);
	assert_true(fixture_said(f, "(active -> dead: silent 10.0s, deadtime 10s)"));
	assert_true(fixture_said(f, "Link node2:eth0 dead. (up -> dead: silent 10.0s)"));
}

/* The sender says how long to wait for it, within reason. */
static void
test_dt(void **state)
{
	static const struct {
		uint64_t dt;
		int64_t dead_after_ms;
	} cases[] = {
	    {20000, 20000},
	    {10001, 10001},
	    {2001, 2001},
	    /* Less than two keepalives would kill it between two beats. */
	    {2000, 2001},
	    {0, 2001},
	    {86400000, 86400000},
	    {86400001, 86400000},
	    {UINT64_MAX, 86400000},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		p.dt = cases[i].dt;
		peer_status(f, &p, NULL);
		assert_int_equal(
		    span_ms(f->c->nodes[1].dead_after), cases[i].dead_after_ms);
	}
	struct msg *m = peer_message(f, &p, "status");

	msg_add(m, "st", "active");
	fixture_receive(f, m);
	assert_int_equal(span_ms(f->c->nodes[1].dead_after), 10000);
}

/* A false death makes the next silence longer, up to half a minute more; time and a restart heal that. */
static void
test_patience_grows_with_false_deaths(void **state)
{
	static const int64_t patience_ms[] = {10000, 10000, 40000, 40000, 40000};

	(void)state;
	peer_status(f, &p, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(patience_ms); i++) {
		fixture_pass(f, patience_ms[i] - 1);
		assert_int_equal(status_of_peer(), NODE_ACTIVE);
		fixture_pass(f, 1);
		assert_int_equal(status_of_peer(), NODE_DEAD);
		peer_status(f, &p, NULL);
		assert_int_equal(status_of_peer(), NODE_ACTIVE);
	}
	assert_true(fixture_said(f, "node node2 was taken for dead 2 times in a row and lived: its next"
				    " silence may last 40s"));
	/* A minute and ten deadtimes without another one. */
	for (int i = 0; i < 161; i++) {
		fixture_pass(f, 1000);
		peer_status(f, &p, NULL);
	}
	fixture_pass(f, 9999);
	assert_int_equal(status_of_peer(), NODE_ACTIVE);
	fixture_pass(f, 1);
	assert_int_equal(status_of_peer(), NODE_DEAD);
}

static void
test_packets_count_from_their_arrival(void **state)
{
	struct event e = {.type = EVENT_PACKET};

	(void)state;
	fixture_pass(f, 4000);
	struct msg *m = peer_status_message(f, &p);
	g_autoptr(GByteArray) bytes = seal_close(&f->conf->keys, m, WIRE_NETSTRING, true);

	msg_free(m);
	e.u.packet = (struct event_packet){0, NULL, bytes->data, bytes->len, f->now};
	fixture_pass(f, 900);
	fixture_step(f, e);
	fixture_pass(f, 9099);
	assert_int_equal(status_of_peer(), NODE_ACTIVE);
	fixture_pass(f, 1);
	assert_int_equal(status_of_peer(), NODE_DEAD);
}

static void
test_late_is_said_and_counted(void **state)
{
	(void)state;
	peer_status(f, &p, NULL);
	fixture_pass(f, 5000);
	peer_status(f, &p, NULL);
	assert_int_equal(f->c->nodes[1].late, 0);
	fixture_pass(f, 5001);
	peer_status(f, &p, NULL);
	assert_int_equal(f->c->nodes[1].late, 1);
	assert_true(fixture_said(f, "WARN Late heartbeat: Node node2: interval 5001 ms\n"));
	/* It asked for more than our deadtime: alive, but it is said. */
	p.dt = 30000;
	peer_status(f, &p, NULL);
	fixture_pass(f, 10001);
	peer_status(f, &p, NULL);
	assert_true(fixture_said(f, "interval 10001 ms (> deadtime)"));
	assert_int_equal(status_of_peer(), NODE_ACTIVE);
	assert_int_equal(f->c->nodes[1].late, 2);
}

/* We were stopped: nobody is blamed for silence in that time. */
static void
test_our_own_lateness_is_granted(void **state)
{
	(void)state;
	peer_status(f, &p, NULL);
	fixture_pass(f, 900);
	fixture_sleep(f, 15000);
	fixture_step(f, (struct event){.type = EVENT_TIMER});
	assert_true(fixture_said(f, "we did not run for 14.9s"));
	assert_int_equal(status_of_peer(), NODE_ACTIVE);
	/* 10 s since it was heard, 14.9 s of them granted: 9 s are left. */
	fixture_pass(f, 8999);
	assert_int_equal(status_of_peer(), NODE_ACTIVE);
	fixture_pass(f, 1);
	assert_int_equal(status_of_peer(), NODE_DEAD);
}

static void
test_small_lateness_is_nothing(void **state)
{
	(void)state;
	peer_status(f, &p, NULL);
	fixture_pass(f, 500);
	fixture_sleep(f, 519); /* due 500 after that */
	fixture_step(f, (struct event){.type = EVENT_TIMER});
	assert_int_equal(f->c->nodes[1].credit.ns, 0);
	assert_false(fixture_said(f, "did not run"));
}

static void
test_a_status_ends_the_credit(void **state)
{
	(void)state;
	peer_status(f, &p, NULL);
	fixture_sleep(f, 8000);
	fixture_step(f, (struct event){.type = EVENT_TIMER});
	assert_true(f->c->nodes[1].credit.ns > 0);
	peer_status(f, &p, NULL);
	assert_int_equal(f->c->nodes[1].credit.ns, 0);
	fixture_pass(f, 10000);
	assert_int_equal(status_of_peer(), NODE_DEAD);
}

static void
test_one_link_of_two(void **state)
{
	struct fixture *two = fixture_started(TWO_NODES "ucast eth1 10.1.0.1\n", ONE_GROUP);

	(void)state;
	for (unsigned i = 0; i < 11; i++) {
		peer_status(two, &p, NULL); /* by eth0 only */
		fixture_pass(two, 1000);
	}
	assert_true(two->c->nodes[1].paths[0].up);
	assert_false(two->c->nodes[1].paths[1].up);
	assert_int_equal(fixture_times(two, "Link node2:eth1"), 0);
	fixture_free(two);
}

static void
ping_echo(struct fixture *two)
{
	const struct action *a = NULL;
	g_autoptr(GBytes) bytes = NULL;

	/* The last beat sent one. */
	for (unsigned i = 0; (a = fixture_action(two, ACTION_SEND, i)) != NULL; i++) {
		if (a->medium == 1)
			bytes = g_bytes_ref(a->bytes);
	}
	assert_non_null(bytes);
	fixture_receive_bytes(
	    two, 1, g_bytes_get_data(bytes, NULL), g_bytes_get_size(bytes));
}

static void
test_ping_nodes(void **state)
{
	struct fixture *two =
	    fixture_started(TWO_NODES "deadping 3\nping 10.0.0.254\n", ONE_GROUP);

	(void)state;
	assert_int_equal(two->conf->media[1].kind, MEDIUM_PING);
	assert_int_equal(two->c->pings[0].status, NODE_INIT);
	fixture_pass(two, 1000);
	ping_echo(two);
	assert_int_equal(two->c->pings[0].status, NODE_ACTIVE);
	assert_true(fixture_said(two, "Link 10.0.0.254:10.0.0.254 up."));
	fixture_pass(two, 2999);
	assert_int_equal(two->c->pings[0].status, NODE_ACTIVE);
	fixture_pass(two, 1);
	assert_int_equal(two->c->pings[0].status, NODE_DEAD);
	assert_true(fixture_said(
	    two, "WARN node 10.0.0.254: is dead (ping -> dead: no answer for 3.0s)"));
	/* A ping node does not decide when we are active. */
	assert_int_equal(two->c->self->status, NODE_UP);
	fixture_free(two);
}

static void
test_active_waits_for_all(void **state)
{
	struct fixture *three = fixture_started(THREE_NODES, ONE_GROUP);
	struct peer q = peer_new("node3");

	(void)state;
	peer_status(three, &p, NULL);
	assert_int_equal(three->c->self->status, NODE_UP);
	peer_status(three, &q, NULL);
	assert_int_equal(three->c->self->status, NODE_ACTIVE);
	fixture_free(three);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_never_heard_counts_from_the_start),
	    TEST(test_dead_at_exactly_deadtime),
	    TEST(test_dt),
	    TEST(test_patience_grows_with_false_deaths),
	    TEST(test_packets_count_from_their_arrival),
	    TEST(test_late_is_said_and_counted),
	    TEST(test_our_own_lateness_is_granted),
	    TEST(test_small_lateness_is_nothing),
	    TEST(test_a_status_ends_the_credit),
	    TEST(test_one_link_of_two),
	    TEST(test_ping_nodes),
	    TEST(test_active_waits_for_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
