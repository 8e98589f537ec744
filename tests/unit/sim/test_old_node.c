/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "old_pair.h"

#define OFF "auto_failback off\n"

/* compat resources.md 11.7: a partition is cut and heals */
static const struct line partition[] = {
    SAYS(2500, 1, "stonith node2 n_stnth"),
    SAYS(2530, 1, "resource all 1 req_our_resources()"),
    SAYS(2866, 1, "resource foreign mach_down"),
    SAYS(2500, 2, "stonith node1 n_stnth"),
    SAYS(2530, 2, "resource all 1 req_our_resources()"),
    SAYS(2866, 2, "resource foreign mach_down"),
    SAYS(9497, 1, "stonith node2 unneeded"),
    SAYS(9004, 2, "stonith node1 unneeded"),
    SAYS(10998, 2, "resource none 0 shutdown"),
    SAYS(11659, 2, "shutdone"),
    SAYS_WITHIN(11991, 1, "resource none 0 shutdown", 1300),
    SAYS_WITHIN(12650, 1, "shutdone", 1300),
    SAYS(12660, 2, "status active dt=7d00"),
    SAYS_WITHIN(13650, 1, "status active dt=7d00", 1300),
    SAYS(16679, 2, "status init dt=fa0"),
    SAYS(16679, 2, "status up dt=fa0"),
    SAYS_WITHIN(17672, 1, "status init dt=fa0", 1300),
    SAYS_WITHIN(17672, 1, "status up dt=fa0", 1300),
    SAYS_PERHAPS(17672, 1, "reqnodes dest=node2", 1300),
    SAYS_PERHAPS(17672, 2, "reqnodes dest=node1", 1300),
    SAYS_PERHAPS(17672, 1, "repnodes dest=node2", 1300),
    SAYS_PERHAPS(17672, 2, "repnodes dest=node1", 1300),
    SAYS_PERHAPS(18186, 1, "status active dt=fa0", 1300),
    SAYS_PERHAPS(18186, 2, "status active dt=fa0", 1300),
    SAYS_PERHAPS(18186, 1, "starting", 1300),
    SAYS_PERHAPS(18186, 2, "starting", 1300),
    SAYS_PERHAPS(18186, 1, "resource none 0", 1300),
    SAYS_PERHAPS(18186, 2, "resource none 0", 1300),
};

static void
test_partition_and_return(void **state)
{
	unsigned first[2] = {0, 0};

	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		struct pair *p = pair_new(i, OFF);
		int64_t from = pair_both_up(p);

		p->cut = true;
		pair_run_until(p, from + 8504);
		pair_holds(p, "node1: rA rB node2: rA rB");
		p->cut = false;
		pair_run_until(p, from + 18100);
		pair_holds(p, "node1: node2:");
		/* In the chart it is node2 that restarts itself first. */
		bool mirrored = !pair_second_first(p, "shutdone");
		first[mirrored]++;
		pair_is_chart(p, from, partition, G_N_ELEMENTS(partition), mirrored);
		pair_run_until(p, from + 33000);
		pair_holds(p, "node1: rA node2: rB");
		assert_int_equal(old_node_generation(p->node[0]), 1002);
		assert_int_equal(old_node_generation(p->node[1]), 1002);
		pair_free(p);
	}
	assert_int_not_equal(first[0], 0);
	assert_int_not_equal(first[1], 0);
}

/* 11.9: a reload of ha.cf: a new life that keeps what it holds */
static const struct line reload[] = {
    SAYS(10, 1, "status active dt=7d00"),
    SAYS(1030, 1, "status init dt=fa0"),
    SAYS(1030, 1, "status up dt=fa0"),
    SAYS(1532, 1, "reqnodes dest=node2"),
    SAYS(1800, 2, "repnodes dest=node1"),
    SAYS(2035, 1, "status active dt=fa0"),
    SAYS(2035, 1, "starting"),
    SAYS_WITHIN(2277, 2, "resource local 1", 1500),
    SAYS_WITHIN(2537, 1, "resource local 1", 1500),
    SAYS_WITHIN(2781, 2, "resource local 1", 1500),
    SAYS_SOMEWHERE(6030, 1, "status active dt=7d0", 100),
};

static void
test_reload(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		struct pair *p = pair_new(i, OFF);
		int64_t from = pair_both_up(p);

		pair_command(p, 0, "reload", NULL, NULL);
		pair_run_until(p, from + 10000);
		PAIR_CHART(p, from, reload);
		pair_holds(p, "node1: rA node2: rB");
		assert_int_equal(p->starts, 2);
		assert_int_equal(old_node_generation(p->node[0]), 1002);
		pair_free(p);
	}
}

static void
test_stop_of_both(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		struct pair *p = pair_new(i, OFF);

		pair_both_up(p);
		pair_leave(p, 0);
		pair_leave(p, 1);
		pair_run_until(p, 60000);
		assert_null(p->node[0]);
		assert_null(p->node[1]);
		pair_holds(p, "node1: node2:");
		assert_int_equal(p->doubles, 0);
		pair_free(p);
	}
}

static void
test_settled(void **state)
{
	struct pair *p = pair_new(1, OFF);

	(void)state;
	pair_boot(p, 0);
	pair_boot(p, 1);
	assert_false(old_node_is_settled(p->node[0]));
	pair_run_until(p, 5000);
	assert_false(old_node_is_settled(p->node[0]));
	pair_run_until(p, 15000);
	assert_true(old_node_is_settled(p->node[0]));
	pair_leave(p, 0);
	assert_false(old_node_is_settled(p->node[0]));
	pair_free(p);
}

/* Noise of any kind on the wire only costs time. */
static void
test_events_out_of_place(void **state)
{
	struct pair *p = pair_new(1, OFF);
	struct event child = {.type = EVENT_CHILD}, packet = {.type = EVENT_PACKET},
		     client = {.type = EVENT_CLIENT}, request = {.type = EVENT_REQUEST};

	(void)state;
	pair_both_up(p);
	child.u.child.job = 12345;
	packet.u.packet.bytes = "###\n3:a=b,%%%\n";
	packet.u.packet.len = 14;
	request.u.request.bytes = "";
	pair_step(p, 0, &child);
	pair_step(p, 0, &packet);
	pair_step(p, 0, &client);
	pair_step(p, 0, &request);
	pair_run_until(p, 30000);
	pair_holds(p, "node1: rA node2: rB");
	pair_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_partition_and_return),
	    cmocka_unit_test(test_reload),
	    cmocka_unit_test(test_stop_of_both),
	    cmocka_unit_test(test_settled),
	    cmocka_unit_test(test_events_out_of_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
