/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "old_pair.h"

#define ON "auto_failback on\n"
#define OFF "auto_failback off\n"

/* compat resources.md 11.1: both start together. The node that says it first is node1 there. */
static const struct line together[] = {
    SAYS_AS(36, 1, "status init dt=fa0", 100, 1),
    SAYS_AS(36, 1, "status up dt=fa0", 100, 2),
    SAYS_AS(48, 2, "status init dt=fa0", 100, 1),
    SAYS_AS(48, 2, "status up dt=fa0", 100, 2),
    SAYS(549, 2, "reqnodes dest=node1"),
    SAYS_WITHIN(1038, 1, "reqnodes dest=node2", 1100),
    SAYS_SOMEWHERE(1038, 1, "repnodes dest=node2", 1100),
    SAYS_SOMEWHERE(1043, 2, "repnodes dest=node1", 1100),
    SAYS_WITHIN(1043, 2, "status active dt=fa0", 1100),
    SAYS_WITHIN(1043, 2, "starting", 1100),
    SAYS_WITHIN(1051, 1, "status active dt=fa0", 1100),
    SAYS_WITHIN(1051, 1, "starting", 1100),
    SAYS_PERHAPS(1051, 1, "resource none 0", TOLERANCE_MS),
    SAYS_PERHAPS(1055, 2, "resource none 0", TOLERANCE_MS),
    SAYS_WITHIN(5029, 1, "status active dt=7d0", 100),
    SAYS_WITHIN(5029, 2, "status active dt=7d0", 100),
    SAYS_WITHIN(11544, 1, "resource local 1", 1300),
    SAYS_WITHIN(11547, 2, "resource none 0", 1300),
    SAYS_WITHIN(11548, 2, "resource local 1", 1300),
    SAYS_SOMEWHERE(11581, 1, "resource local 1", 1300),
    SAYS_WITHIN(11581, 1, "ip-request-resp dest=node1 rA weown=yes OK", 1300),
    SAYS_WITHIN(11581, 1, "resource local 1 req_our_resources()", 1300),
    SAYS_WITHIN(11584, 2, "ip-request-resp dest=node2 rB weown=yes OK", 1300),
    SAYS_WITHIN(11584, 2, "resource local 1 req_our_resources()", 1300),
};

static void
test_both_start_together(void **state)
{
	static const char *const failback[] = {ON, OFF};
	unsigned charted[2] = {0, 0};

	(void)state;
	for (unsigned i = 0; i < 2 * PAIR_SEEDS; i++) {
		struct pair *p = pair_new(i, failback[i % 2]);

		pair_both_up(p);
		bool mirrored = pair_second_first(p, "resource local 1");
		/* Now and then the 10 s of both are over at the same beat, which is no chart. */
		if (pair_said(p, 10000, "resource none 0")) {
			charted[mirrored]++;
			pair_is_chart(p, 0, together, G_N_ELEMENTS(together), mirrored);
		}
		assert_int_equal(p->starts, 2);
		pair_free(p);
	}
	assert_int_not_equal(charted[0], 0);
	assert_int_not_equal(charted[1], 0);
}

/* 11.2: alone. The verdict has the lowest number, since its own copy led to the others. */
static const struct line alone[] = {
    SAYS_AS(27, 1, "status init dt=fa0", 100, 1),
    SAYS_AS(27, 1, "status up dt=fa0", 100, 2),
    SAYS_AS(4530, 1, "status active dt=fa0", TOLERANCE_MS, 0xe),
    SAYS_AS(4530, 1, "starting", TOLERANCE_MS, 0xf),
    SAYS_AS(4530, 1, "stonith node2 n_stnth", TOLERANCE_MS, 0xd),
    SAYS(4563, 1, "ip-request-resp dest=node1 rA weown=yes OK"),
    SAYS(4563, 1, "resource all 1 req_our_resources()"),
    SAYS(4902, 1, "resource foreign mach_down"),
    SAYS_WITHIN(5033, 1, "status active dt=7d0", 100),
    SAYS(15040, 1, "resource all 1"),
};

static void
test_one_node_alone(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		struct pair *p = pair_new(i, ON);

		pair_boot(p, 0);
		pair_run_until(p, 18000);
		/* Nobody holds it back: the beats fall as in the chart, and so do the numbers. */
		PAIR_CHART(p, 0, alone);
		pair_holds(p, "node1: rA rB node2:");
		pair_free(p);
	}
}

/* 11.8: killed and started again within deadtime: nothing moves, nothing is started again. */
static const struct line restart[] = {
    SAYS_AS(1538, 1, "status init dt=2ee0", 100, 1),
    SAYS_AS(1538, 1, "status up dt=2ee0", 100, 2),
    SAYS(2039, 1, "reqnodes dest=node2"),
    SAYS_SOMEWHERE(2300, 2, "repnodes dest=node1", TOLERANCE_MS),
    SAYS_WITHIN(2539, 1, "status active dt=2ee0", 1200),
    SAYS_WITHIN(2539, 1, "starting", 1200),
    SAYS_WITHIN(2996, 2, "resource local 1", 1500),
    SAYS_WITHIN(3033, 1, "resource none 0", 1500),
    SAYS_WITHIN(3033, 1, "resource local 1", 1500),
    SAYS_WITHIN(3200, 2, "resource local 1", 2000),
    SAYS_WITHIN(3058, 1, "resource local 1 req_our_resources()", 1500),
    SAYS_SOMEWHERE(6538, 1, "status active dt=2710", 100),
};

static void
test_restart_within_deadtime(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		struct pair *p = pair_new(i, ON "deadtime 10\ninitdead 12\n");
		int64_t from = pair_both_up(p);

		pair_kill(p, 0);
		pair_run_until(p, from + 1500);
		pair_boot(p, 0);
		pair_run_until(p, from + 10000);
		PAIR_CHART(p, from, restart);
		pair_holds(p, "node1: rA node2: rB");
		assert_int_equal(p->starts, 2);
		pair_free(p);
	}
}

/* 11.12: a node that never appears is taken over from, by everybody. */
static const struct line addnode[] = {
    SAYS_WITHIN(0, 1, "addnode Node3", 500),
    SAYS(2500, 1, "stonith node3 n_stnth"),
    SAYS(2500, 2, "stonith node3 n_stnth"),
    SAYS(2580, 1, "resource all 1 req_our_resources()"),
    SAYS_SOMEWHERE(2610, 1, "resource foreign mach_down", TOLERANCE_MS),
    SAYS(2580, 2, "resource all 1 req_our_resources()"),
    SAYS_SOMEWHERE(2610, 2, "resource foreign mach_down", TOLERANCE_MS),
};

static void
test_a_node_that_never_appears(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		struct pair *p = pair_new(i, OFF);
		int64_t from = pair_both_up(p);

		pair_command(p, 0, "addnode", "node", "Node3");
		pair_run_until(p, from + 5000);
		PAIR_CHART(p, from, addnode);
		/* Only words: no group belongs to them. */
		pair_holds(p, "node1: rA node2: rB");
		assert_int_equal(p->node[0]->i_hold, HOLD_ALL);
		assert_int_equal(p->node[1]->i_hold, HOLD_ALL);
		pair_free(p);
	}
}

/* What a node says of its own deadtime counts, up to what it is itself allowed. */
static void
test_the_deadtime_of_the_peer_counts(void **state)
{
	struct pair *p = pair_new(1, ON);

	(void)state;
	pair_both_up(p);
	p->cut = true;
	pair_run_until(p, 20600);
	old_members_find(p->node[1], "node1")->deadtime = span_from_ms(5000);
	pair_run_until(p, 24000);
	assert_int_equal(old_members_find(p->node[1], "node1")->status, OLD_ACTIVE);
	assert_int_equal(old_members_find(p->node[0], "node2")->status, OLD_DEAD);
	pair_run_until(p, 27000);
	assert_int_equal(old_members_find(p->node[1], "node1")->status, OLD_DEAD);
	pair_free(p);
}

/* Later than our own deadtime, though it asked for more: dead at that moment, and alive. */
static void
test_late_is_dead_at_that_moment(void **state)
{
	struct pair *p = pair_new(1, OFF);

	(void)state;
	pair_both_up(p);
	p->cut = true;
	pair_run_until(p, 20600);
	old_members_find(p->node[1], "node1")->deadtime = span_from_ms(30000);
	old_members_find(p->node[0], "node2")->deadtime = span_from_ms(30000);
	pair_run_until(p, 26000);
	p->cut = false;
	pair_run_until(p, 27000);
	assert_int_equal(old_members_find(p->node[1], "node1")->status, OLD_ACTIVE);
	assert_int_equal(p->node[1]->i_hold, HOLD_ALL);
	assert_int_not_equal(p->doubles, 0);
	pair_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_both_start_together),
	    cmocka_unit_test(test_one_node_alone),
	    cmocka_unit_test(test_restart_within_deadtime),
	    cmocka_unit_test(test_a_node_that_never_appears),
	    cmocka_unit_test(test_the_deadtime_of_the_peer_counts),
	    cmocka_unit_test(test_late_is_dead_at_that_moment),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
