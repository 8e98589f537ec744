/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "old_pair.h"

#define OFF "auto_failback off\n"

/* A failed start of what belongs to the other gives it back 30 s later. */
static void
test_a_failed_start_of_a_foreign_group_goes_back(void **state)
{
	(void)state;
	for (unsigned i = 0; i < PAIR_SEEDS; i++) {
		struct pair *p = pair_new(i, OFF);
		int64_t from = pair_both_up(p);

		p->start_code[1] = 1;
		pair_command(p, 0, "standby", "set", "all");
		pair_run_until(p, from + 10000);
		pair_holds(p, "node1: node2: rB");
		assert_int_equal(p->node[1]->i_hold, HOLD_ALL);
		pair_run_until(p, from + 40000);
		pair_holds(p, "node1: rA node2: rB");
		pair_free(p);
	}
}

/* One of our own does not: it is nowhere, and said to be here. */
static void
test_a_failed_start_of_an_own_group_stays(void **state)
{
	struct pair *p = pair_new(1, OFF);

	(void)state;
	p->start_code[0] = 1;
	pair_boot(p, 0);
	pair_boot(p, 1);
	pair_run_until(p, 80000);
	pair_holds(p, "node1: node2: rB");
	assert_int_equal(p->node[0]->i_hold, HOLD_LOCAL);
	pair_free(p);
}

/* Eleven attempts, a second apart, then the machine is restarted. */
static void
test_a_failed_stop_restarts_the_machine(void **state)
{
	struct pair *p = pair_new(1, OFF);
	int64_t from = pair_both_up(p);

	(void)state;
	p->stop_code[0] = 1;
	pair_leave(p, 0);
	pair_run_until(p, from + 12000);
	assert_int_equal(p->reboots, 0);
	pair_run_until(p, from + 30000);
	assert_int_equal(p->reboots, 1);
	pair_holds(p, "node1: node2: rA rB");
	assert_int_equal(p->doubles, 0);
	pair_free(p);
}

/* What does not run although its stop fails costs eleven attempts only. */
static void
test_a_failed_stop_of_what_does_not_run(void **state)
{
	struct pair *p = pair_new(1, OFF);
	int64_t from = pair_both_up(p);

	(void)state;
	p->stop_code[0] = 1;
	p->running[0][0] = false;
	pair_leave(p, 0);
	pair_run_until(p, from + 40000);
	assert_null(p->node[0]);
	assert_int_equal(p->reboots, 0);
	pair_free(p);
}

static void
test_what_status_must_print(void **state)
{
	static const struct {
		const char *output;
		bool runs;
	} cases[] = {
	    {"stopped", false},
	    {"unused", false},
	    {"dead but pid file exists", false},
	    {"RUNNING", false},
	    {"ok", false},
	    {"not running", false},
	    {"NOT Running", false},
	    {"httpd is running...", true},
	    {"Active: active (running)", true},
	    {"OK", true},
	    {"isn't running", true},
	    {"not-running", true},
	    {"running: no", true},
	    {"", false},
	    {NULL, false},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct pair *p = pair_new(1, OFF);
		struct actions *out = actions_new();
		struct event_child child = {.end = CHILD_EXITED, .output = cases[i].output};
		struct old_node *o;

		pair_boot(p, 0);
		o = p->node[0];
		o->out = out;
		old_scripts_take_key(o, "rA");
		assert_int_equal(actions_get(out, 0)->op, OP_STATUS);
		child.job = actions_get(out, 0)->job;
		old_scripts_child(o, &child);
		/* What runs is not started. */
		assert_int_equal(actions_count(out), cases[i].runs ? 1 : 2);
		assert_int_equal(old_scripts_count(o), cases[i].runs ? 0 : 1);
		actions_free(out);
		pair_free(p);
	}
}

/* Requests are served one after the other; a key that nobody knows is none. */
static void
test_one_after_the_other(void **state)
{
	struct pair *p = pair_new(1, OFF);
	struct actions *out = actions_new();
	struct old_node *o;

	(void)state;
	pair_boot(p, 0);
	o = p->node[0];
	o->out = out;
	old_scripts_take_key(o, "nothing");
	assert_int_equal(old_scripts_count(o), 0);
	old_scripts_take_key(o, "rA");
	old_scripts_take_key(o, "rB");
	old_scripts_ip_request(o, "nothing", "node2");
	assert_int_equal(old_scripts_count(o), 2);
	assert_int_equal(actions_count(out), 1);
	for (size_t i = 0; i < actions_count(out); i++) {
		struct event_child child = {.job = actions_get(out, i)->job, .output = "stopped"};

		old_scripts_child(o, &child);
	}
	assert_int_equal(actions_count(out), 4);
	assert_int_equal(actions_get(out, 3)->op, OP_START);
	assert_int_equal(actions_get(out, 3)->group, 1);
	assert_int_equal(old_scripts_count(o), 0);
	actions_free(out);
	pair_free(p);
}

static void
end_child(struct old_node *o, const struct actions *out, size_t run)
{
	const struct event_child child = {.job = actions_get(out, run)->job, .output = "stopped"};

	old_scripts_child(o, &child);
}

/* What it was asked for waits until nothing runs, however that began. */
static void
test_requests_wait(void **state)
{
	struct pair *p = pair_new(1, OFF);
	struct actions *out = actions_new();
	struct old_node *o;

	(void)state;
	pair_boot(p, 0);
	o = p->node[0];
	o->out = out;
	old_scripts_acquire(o);
	old_scripts_take_node(o, "node2");
	assert_int_equal(actions_count(out), 1);
	assert_int_equal(actions_get(out, 0)->group, 0);
	/* A conversation does not wait. */
	old_scripts_give_set(o, JOB_STANDBY_GIVE, HOLD_FOREIGN);
	assert_int_equal(actions_count(out), 2);
	assert_int_equal(actions_get(out, 1)->op, OP_STOP);
	assert_int_equal(old_scripts_count(o), 3);
	end_child(o, out, 1);
	assert_int_equal(old_scripts_count(o), 2);
	/* The acquisition ends, and what it asks itself for comes last. */
	end_child(o, out, 0);
	for (size_t i = 2; i < actions_count(out); i++) {
		if (actions_get(out, i)->type != ACTION_RUN)
			continue;
		assert_int_equal(actions_get(out, i)->op, OP_STATUS);
		assert_int_equal(actions_get(out, i)->group, 1);
		break;
	}
	assert_int_equal(old_scripts_count(o), 1);
	actions_free(out);
	pair_free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_failed_start_of_a_foreign_group_goes_back),
	    cmocka_unit_test(test_a_failed_start_of_an_own_group_stays),
	    cmocka_unit_test(test_a_failed_stop_restarts_the_machine),
	    cmocka_unit_test(test_a_failed_stop_of_what_does_not_run),
	    cmocka_unit_test(test_what_status_must_print),
	    cmocka_unit_test(test_one_after_the_other),
	    cmocka_unit_test(test_requests_wait),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
