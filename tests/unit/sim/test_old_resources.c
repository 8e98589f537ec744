/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "old_pair.h"

#define ON "auto_failback on\n"
#define OFF "auto_failback off\n"

/* -- a node joins one that is alone: compat resources.md 11.3 -- */

static const struct line join_off[] = {
    SAYS(18065 - 18038, 2, "status init dt=fa0"),
    SAYS(18065 - 18038, 2, "status up dt=fa0"),
    SAYS(18556 - 18038, 2, "reqnodes dest=node1"),
    SAYS(18565 - 18038, 1, "repnodes dest=node2"),
    SAYS(18576 - 18038, 2, "status active dt=fa0"),
    SAYS(18576 - 18038, 2, "starting"),
    SAYS_WITHIN(18581 - 18038, 1, "resource all 1", 1500),
    SAYS_WITHIN(19058 - 18038, 2, "resource none 0", 1500),
    SAYS_WITHIN(19058 - 18038, 2, "resource none 1", 1500),
    SAYS_WITHIN(19553 - 18038, 1, "resource all 1", 1500),
    SAYS_SOMEWHERE(5000, 2, "status active dt=7d0", 100),
};

static const struct line join_on[] = {
    SAYS(18065 - 18038, 2, "status init dt=fa0"),
    SAYS(18065 - 18038, 2, "status up dt=fa0"),
    SAYS(18556 - 18038, 2, "reqnodes dest=node1"),
    SAYS(18565 - 18038, 1, "repnodes dest=node2"),
    SAYS(18576 - 18038, 2, "status active dt=fa0"),
    SAYS(18576 - 18038, 2, "starting"),
    SAYS_WITHIN(18581 - 18038, 1, "resource all 1", 1500),
    SAYS_WITHIN(19058 - 18038, 2, "resource none 0", 1500),
    SAYS_WITHIN(19058 - 18038, 2, "resource none 1", 1500),
    SAYS_WITHIN(19553 - 18038, 1, "resource all 1", 1500),
    SAYS_WITHIN(19553 - 18038, 1, "ask_resources foreign me", 1500),
    SAYS_WITHIN(19558 - 18038, 2, "ask_resources foreign other", 1500),
    SAYS_WITHIN(20053 - 18038, 1, "resource local 0 standby", 1500),
    SAYS_WITHIN(20395 - 18038, 1, "ask_resources foreign done", 1500),
    SAYS_WITHIN(20913 - 18038, 2, "resource local 1", 1500),
    SAYS_WITHIN(20913 - 18038, 2, "ask_resources foreign done", 1500),
    SAYS_WITHIN(21056 - 18038, 1, "resource local 1", 1500),
    SAYS_WITHIN(21056 - 18038, 1, "resource local 1", 1500),
    SAYS_WITHIN(21063 - 18038, 2, "resource local 1", 1500),
    SAYS_SOMEWHERE(5000, 2, "status active dt=7d0", 100),
};

static void
test_join(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		bool on = i % 2 == 0;
		struct pair *p = pair_new(i, on ? ON : OFF);

		pair_boot(p, 0);
		pair_run_until(p, 18038);
		pair_boot(p, 1);
		pair_run_until(p, 18038 + 6000);
		if (on)
			PAIR_CHART(p, 18038, join_on);
		else
			PAIR_CHART(p, 18038, join_off);
		pair_holds(p, on ? "node1: rA node2: rB" : "node1: rA rB node2:");
		assert_int_equal(p->doubles, 0);
		pair_free(p);
	}
}

/* Within the first 10 s of the lone node the newcomer waits for it to become stable. */
static void
test_join_early(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		bool on = i % 2 == 0;
		struct pair *p = pair_new(i, on ? ON : OFF);

		pair_boot(p, 0);
		pair_run_until(p, 8000);
		pair_boot(p, 1);
		pair_run_until(p, 13500);
		assert_int_equal(p->node[1]->phase, PHASE_RSCRCVD);
		pair_holds(p, "node1: rA rB node2:");
		pair_run_until(p, 20000);
		pair_holds(p, on ? "node1: rA node2: rB" : "node1: rA rB node2:");
		assert_int_equal(p->doubles, 0);
		pair_free(p);
	}
}

/* -- 11.4: death and return -- */

static const struct line death[] = {
    SAYS(2001, 2, "stonith node1 n_stnth"),
    SAYS(2027, 2, "resource all 1 req_our_resources()"),
    SAYS(2364, 2, "resource foreign mach_down"),
};

static void
test_death_and_return(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		bool on = i % 2 == 0;
		struct pair *p = pair_new(i, on ? ON : OFF);
		int64_t from = pair_both_up(p);

		pair_power_off(p, 0);
		pair_run_until(p, from + 8000);
		PAIR_CHART(p, from, death);
		pair_holds(p, "node1: node2: rA rB");
		pair_boot(p, 0);
		pair_run_until(p, from + 16000);
		pair_holds(p, on ? "node1: rA node2: rB" : "node1: node2: rA rB");
		assert_int_equal(p->doubles, 0);
		pair_free(p);
	}
}

/* -- 11.6: clean shutdown -- */

static const struct line clean_stop[] = {
    SAYS(6, 1, "resource none 0 shutdown"),
    SAYS(666, 1, "shutdone"),
    SAYS_SOMEWHERE(1019, 2, "resource all 1 req_our_resources()", TOLERANCE_MS),
    SAYS(1021, 2, "resource all 1"),
    SAYS(1021, 2, "ask_resources all done"),
    SAYS(1381, 2, "resource foreign mach_down"),
    SAYS(4504, 2, "stonith node1 unneeded"),
};

static void
test_clean_stop_and_return(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		bool on = i % 2 == 0;
		struct pair *p = pair_new(i, on ? ON : OFF);
		int64_t from = pair_both_up(p);

		pair_leave(p, 0);
		pair_run_until(p, from + 8000);
		PAIR_CHART(p, from, clean_stop);
		assert_null(p->node[0]);
		pair_holds(p, "node1: node2: rA rB");
		pair_boot(p, 0);
		pair_run_until(p, from + 16000);
		pair_holds(p, on ? "node1: rA node2: rB" : "node1: node2: rA rB");
		assert_int_equal(p->doubles, 0);
		pair_free(p);
	}
}

static const struct line stop_of_all[] = {
    SAYS(6, 1, "resource none 0 shutdown"),
    SAYS(666, 1, "shutdone"),
    SAYS(1026, 2, "ip-request-resp dest=node2 rB weown=yes OK"),
    SAYS(1026, 2, "resource all 1 req_our_resources()"),
    SAYS(1666, 2, "resource all 1"),
    SAYS(1666, 2, "ask_resources all done"),
    SAYS(1700, 2, "resource foreign mach_down"),
    SAYS(4504, 2, "stonith node1 unneeded"),
};

static const struct line stop_of_none[] = {
    SAYS(6, 2, "resource none 0 shutdown"),
    SAYS(666, 2, "shutdone"),
    SAYS_SOMEWHERE(1026, 1, "resource all 1 req_our_resources()", TOLERANCE_MS),
    SAYS(1100, 1, "resource foreign mach_down"),
    SAYS(4504, 1, "stonith node2 unneeded"),
};

static void
test_stop_of_all_and_of_none(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		bool all = i % 2 == 0;
		struct pair *p = pair_new(i, OFF);

		pair_boot(p, 0);
		pair_run_until(p, 18000);
		pair_boot(p, 1);
		pair_run_until(p, 26000);
		pair_leave(p, all ? 0 : 1);
		pair_run_until(p, 34000);
		if (all)
			PAIR_CHART(p, 26000, stop_of_all);
		else
			PAIR_CHART(p, 26000, stop_of_none);
		pair_holds(p, all ? "node1: node2: rA rB" : "node1: rA rB node2:");
		assert_int_equal(p->doubles, 0);
		pair_free(p);
	}
}

/* -- 11.10: legacy -- */

static const struct line legacy[] = {
    SAYS(667, 1, "shutdone"),
    SAYS(5005, 2, "stonith node1 unneeded"),
    SAYS(8506, 1, "status init dt=fa0"),
    SAYS(8506, 1, "status up dt=fa0"),
    SAYS(9034, 1, "reqnodes dest=node2"),
    SAYS(9300, 2, "repnodes dest=node1"),
    SAYS(9536, 1, "status active dt=fa0"),
    SAYS(9568, 1, "ip-request rA"),
    SAYS(10364, 2, "ip-request-resp dest=node1 rA weown=yes OK"),
    SAYS_SOMEWHERE(13506, 1, "status active dt=7d0", 100),
    SAYS(17533, 1, "stonith node2 n_stnth"),
};

static void
test_legacy(void **state)
{
	unsigned charted = 0;

	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		struct pair *p = pair_new(i, "auto_failback legacy\n");
		int64_t from = pair_both_up(p);

		pair_leave(p, 0);
		pair_run_until(p, from + 8506);
		pair_holds(p, "node1: node2: rA rB");
		pair_boot(p, 0);
		pair_run_until(p, from + 15000);
		/*
		 * A node that has heard anything but a status of the other believes itself alone, and
		 * takes without asking.
		 */
		if (pair_said(p, from + 8506, "ip-request rA")) {
			charted++;
			pair_holds(p, "node1: rA node2: rB");
			pair_power_off(p, 1);
			pair_run_until(p, from + 20000);
			pair_holds(p, "node1: rA rB node2:");
			PAIR_CHART(p, from, legacy);
			assert_int_equal(p->doubles, 0);
		}
		pair_free(p);
	}
	assert_in_range(charted, PAIR_SEEDS / 2, PAIR_SEEDS);
}

/* -- 11.11: a stop that is asked for before the first acquisition waits for it -- */

static const struct line early_stop[] = {
    SAYS_WITHIN(11050 - 6000, 1, "resource none 1", 1300),
    SAYS_WITHIN(11059 - 6000, 2, "resource none 0", 1300),
    SAYS_WITHIN(11059 - 6000, 2, "resource local 1", 1300),
    SAYS_WITHIN(11084 - 6000, 2, "ip-request-resp dest=node2 rB weown=yes OK", 1300),
    SAYS_WITHIN(11084 - 6000, 2, "resource local 1 req_our_resources()", 1300),
    SAYS_PERHAPS(11500 - 6000, 1, "resource none 1", 1300),
    SAYS_WITHIN(11551 - 6000, 1, "resource none 0 shutdown", 1500),
    SAYS_WITHIN(12217 - 6000, 1, "shutdone", 1500),
    SAYS_SOMEWHERE(12590 - 6000, 2, "resource all 1 req_our_resources()", 1500),
    SAYS_WITHIN(12590 - 6000, 2, "resource all 1", 1500),
    SAYS_WITHIN(12590 - 6000, 2, "ask_resources all done", 1500),
    SAYS_WITHIN(12590 - 6000, 2, "resource foreign mach_down", 1800),
    SAYS_PERHAPS(11222 - 6000, 2, "resource local 1", 1300),
};

static void
test_stop_before_the_first_acquisition(void **state)
{
	unsigned charted = 0;

	(void)state;
	for (unsigned i = 0; i < 3 * PAIR_SEEDS; i++) {
		struct pair *p = pair_new(i, ON);

		pair_boot(p, 0);
		pair_boot(p, 1);
		pair_run_until(p, 3034);
		pair_leave(p, 0);
		pair_run_until(p, 6000);
		assert_int_equal(p->node[0]->leave, LEAVE_WANTED);
		pair_run_until(p, 15000);
		pair_holds(p, "node1: node2: rA rB");
		assert_int_equal(p->doubles, 0);
		/* In the chart it is node1 whose 10 s are over first. */
		g_autofree char *all = pair_said_text(p);
		const char *first = strstr(all, "node1 resource none 1");

		if (first != NULL && first < strstr(all, "resource local 1") &&
		    pair_said(p, 10000, "resource none 0")) {
			charted++;
			PAIR_CHART(p, 6000, early_stop);
		}
		pair_free(p);
	}
	assert_int_not_equal(charted, 0);
}

/* -- what is decided without a chart -- */

static void
test_words_of_sets(void **state)
{
	static const struct {
		const char *word;
		bool ok;
		unsigned set;
	} cases[] = {
	    {"none", true, 0},
	    {"local", true, HOLD_LOCAL},
	    {"foreign", true, HOLD_FOREIGN},
	    {"all", true, HOLD_ALL},
	    {"failback", false, 7},
	    {"ALL", false, 7},
	    {NULL, false, 7},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		unsigned set = 7;

		assert_int_equal(old_resources_set(cases[i].word, &set), cases[i].ok);
		assert_int_equal(set, cases[i].set);
		if (cases[i].ok)
			assert_string_equal(old_resources_word(set), cases[i].word);
	}
}

/* A peer that stably holds nothing is not taken over from. */
static void
test_what_nobody_claims_stays(void **state)
{
	struct pair *p = pair_new(1, OFF);

	(void)state;
	pair_both_up(p);
	p->node[0]->i_hold = 0;
	p->running[0][0] = false;
	struct actions *out = actions_new();
	p->node[0]->out = out;
	old_resources_send(p->node[0], true, NULL);
	for (size_t i = 0; i < actions_count(out); i++)
		pair_sent(p, 0, actions_get(out, i));
	actions_free(out);
	pair_run_until(p, 40000);
	pair_holds(p, "node1: node2: rB");
	pair_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_join),
	    cmocka_unit_test(test_join_early),
	    cmocka_unit_test(test_death_and_return),
	    cmocka_unit_test(test_clean_stop_and_return),
	    cmocka_unit_test(test_stop_of_all_and_of_none),
	    cmocka_unit_test(test_legacy),
	    cmocka_unit_test(test_stop_before_the_first_acquisition),
	    cmocka_unit_test(test_words_of_sets),
	    cmocka_unit_test(test_what_nobody_claims_stays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
