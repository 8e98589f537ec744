/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "old_pair.h"

#define OFF "auto_failback off\n"

/* compat resources.md 11.5 */
static const struct line all_away[] = {
    SAYS(471, 1, "ask_resources all me"),
    SAYS(499, 2, "ask_resources all other"),
    SAYS(972, 1, "resource none 0 standby"),
    SAYS_WITHIN(1633, 1, "ask_resources all done", 1200),
    SAYS_WITHIN(2327, 2, "resource all 1", 1500),
    SAYS_WITHIN(2327, 2, "ask_resources all done", 1500),
    SAYS_WITHIN(2473, 1, "resource none 1", 1500),
    SAYS_WITHIN(2473, 1, "resource none 1", 1500),
    SAYS_WITHIN(2477, 2, "resource all 1", 1500),
};

static void
test_standby_all(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		struct pair *p = pair_new(i, OFF);
		int64_t from = pair_both_up(p);

		pair_command(p, 0, "standby", "set", "all");
		pair_run_until(p, from + 5000);
		PAIR_CHART(p, from, all_away);
		pair_holds(p, "node1: node2: rA rB");
		assert_int_equal(p->doubles, 0);
		pair_free(p);
	}
}

/* The same with one line more at the front, from the node that asks. */
static const struct line takeover[] = {
    SAYS(250, 1, "hb_takeover all"),
    SAYS(500, 2, "ask_resources all me"),
    SAYS(799, 1, "ask_resources all other"),
    SAYS_WITHIN(1272, 2, "resource none 0 standby", 1200),
    SAYS_WITHIN(1933, 2, "ask_resources all done", 1500),
    SAYS_WITHIN(2627, 1, "resource all 1", 1800),
    SAYS_WITHIN(2627, 1, "ask_resources all done", 1800),
    SAYS_WITHIN(2773, 2, "resource none 1", 1800),
    SAYS_WITHIN(2773, 2, "resource none 1", 1800),
    SAYS_WITHIN(2777, 1, "resource all 1", 1800),
};

static void
test_takeover_all(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		struct pair *p = pair_new(i, OFF);
		int64_t from = pair_both_up(p);

		pair_command(p, 0, "takeover", "set", "all");
		pair_run_until(p, from + 6000);
		PAIR_CHART(p, from, takeover);
		pair_holds(p, "node1: rA rB node2:");
		pair_free(p);
	}
}

static void
test_every_set(void **state)
{
	static const struct {
		bool all_on_first;	/* else each has its own */
		const char *command, *set, *holds;
	} cases[] = {
	    {true, "standby", "all", "node1: node2: rA rB"},
	    /* Each then has what belongs to the other. */
	    {true, "standby", "local", "node1: rB node2: rA"},
	    {true, "standby", "foreign", "node1: rA node2: rB"},
	    {true, "standby", "failback", "node1: rA node2: rB"},
	    {true, "takeover", "all", "node1: rA rB node2:"},
	    {false, "standby", "local", "node1: node2: rA rB"},
	    /* What one does not have cannot move. */
	    {false, "standby", "foreign", "node1: rA node2: rB"},
	    {false, "takeover", "local", "node1: rA node2: rB"},
	    {false, "takeover", "foreign", "node1: rA rB node2:"},
	    /* No word of that script. */
	    {false, "takeover", "failback", "node1: rA rB node2:"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct pair *p = pair_new(i, OFF);

		pair_boot(p, 0);
		pair_run_until(p, cases[i].all_on_first ? 16000 : 100);
		pair_boot(p, 1);
		pair_run_until(p, 30000);
		pair_command(p, 0, cases[i].command, "set", cases[i].set);
		pair_run_until(p, 40000);
		pair_holds(p, cases[i].holds);
		assert_true(old_node_is_settled(p->node[0]));
		assert_true(old_node_is_settled(p->node[1]));
		assert_int_equal(p->doubles, 0);
		pair_free(p);
	}
}

static void
test_without_the_other_it_is_cancelled(void **state)
{
	struct pair *p = pair_new(3, OFF);

	(void)state;
	pair_boot(p, 0);
	pair_run_until(p, 20000);
	pair_command(p, 0, "standby", "set", "all");
	pair_run_until(p, 29000);
	assert_int_equal(p->node[0]->standby, STANDBY_ME);
	pair_run_until(p, 32000);
	assert_int_equal(p->node[0]->standby, STANDBY_NOT);
	assert_true(p->node[0]->other_stable);
	pair_holds(p, "node1: rA rB node2:");
	pair_free(p);
}

/* The wish that both see first wins; should each see its own first, both come to nothing. */
static void
test_both_at_the_same_time(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		struct pair *p = pair_new(i, OFF);
		int64_t from = pair_both_up(p);

		pair_command(p, 0, "standby", "set", "all");
		pair_command(p, 1, "standby", "set", "all");
		pair_run_until(p, from + 20000);
		assert_int_equal(p->doubles, 0);
		assert_true(p->running[0][0] != p->running[1][0]);
		assert_true(p->running[0][1] != p->running[1][1]);
		assert_int_equal(p->node[0]->standby, STANDBY_NOT);
		assert_int_equal(p->node[1]->standby, STANDBY_NOT);
		pair_free(p);
	}
}

/* A giver that dies while it stops has said already what remains: it is believed to hold nothing. */
static void
test_the_gap(void **state)
{
	struct pair *p = pair_new(5, OFF);
	int64_t from = pair_both_up(p);

	(void)state;
	pair_command(p, 0, "standby", "set", "all");
	for (int64_t ms = from; p->node[0]->standby_set != HOLD_ALL || p->node[0]->i_hold != 0; ms += 10)
		pair_run_until(p, ms);
	/* So that the word is heard, and the programs not over. */
	pair_run_until(p, p->now.ns / 1000000 + 20);
	pair_power_off(p, 0);
	pair_run_until(p, from + 10000);
	assert_true(pair_said(p, from, "stonith node1 unneeded"));
	pair_holds(p, "node1: node2: rA rB");
	pair_free(p);
}

static void
test_counterparts(void **state)
{
	(void)state;
	assert_int_equal(old_standby_counterpart(HOLD_LOCAL), HOLD_FOREIGN);
	assert_int_equal(old_standby_counterpart(HOLD_FOREIGN), HOLD_LOCAL);
	assert_int_equal(old_standby_counterpart(HOLD_ALL), HOLD_ALL);
	assert_int_equal(old_standby_counterpart(0), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_standby_all),
	    cmocka_unit_test(test_takeover_all),
	    cmocka_unit_test(test_every_set),
	    cmocka_unit_test(test_without_the_other_it_is_cancelled),
	    cmocka_unit_test(test_both_at_the_same_time),
	    cmocka_unit_test(test_the_gap),
	    cmocka_unit_test(test_counterparts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
