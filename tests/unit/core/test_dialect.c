/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/view.h"
#include "beside.h"

static void
test_words_turn_round(void **state)
{
	static const struct {
		unsigned sides;
		const char *ours, *theirs;
	} cases[] = {
	    {SIDE_NONE, "none", "none"},
	    {SIDE_OURS, "local", "foreign"},
	    {SIDE_THEIRS, "foreign", "local"},
	    {SIDE_BOTH, "all", "all"},
	};
	unsigned sides = 77;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		assert_string_equal(dialect_word(cases[i].sides, true), cases[i].ours);
		assert_string_equal(dialect_word(cases[i].sides, false), cases[i].theirs);
		assert_true(dialect_sides(cases[i].theirs, false, &sides));
		assert_int_equal(sides, cases[i].sides);
	}
	assert_false(dialect_sides("everything", true, &sides));
	assert_false(dialect_sides(NULL, true, &sides));
}

static void
test_node_list_is_answered(void **state)
{
	(void)state;
	p.st = "up";
	peer_old_status(f, &p);
	peer_old_says(f, &p, "reqnodes dest=node1");
	fixture_expect_old_words(f, "repnodes dest=node2 nodelist=node1 node2 ");
}

/* It gives up everything: what it holds is on its way out until its last word. */
static void
test_farewell(void **state)
{
	(void)state;
	peer_old_status(f, &p);
	peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=1");
	fixture_end_all(f);
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=0 info=shutdown");
	assert_int_equal(theirs(1), CLAIM_GIVING);
	assert_int_equal(f->c->nodes[1].facts.leave, LEAVE_BEGUN);
	assert_int_equal(f->c->groups[1].claim->state, CLAIM_WANT);
	assert_int_equal(f->jobs->len, 0);
	peer_old_says(f, &p, "shutdone st=dead");
	assert_int_equal(f->c->nodes[1].status, NODE_DEAD);
	assert_int_equal(f->c->groups[1].claim->state, CLAIM_STARTING);
}

/* A new life may speak otherwise; the same life has to tell again what it holds. */
static void
test_upgrade_and_downgrade(void **state)
{
	(void)state;
	peer_old_status(f, &p);
	peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=1");
	assert_true(f->c->nodes[1].dialect.spoken);
	p.generation++;
	p.seq = 0;
	peer_status(f, &p, "");
	assert_false(f->c->nodes[1].dialect.spoken);
	assert_false(f->c->nodes[1].facts.firm);
	p.generation++;
	p.seq = 0;
	peer_old_status(f, &p);
	assert_true(f->c->nodes[1].dialect.spoken);
	assert_false(f->c->nodes[1].facts.known);
}

/* We slept for longer than deadtime: the other may have thought us dead. */
static void
test_doubt_asks_again(void **state)
{
	(void)state;
	peer_old_status(f, &p);
	peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=1");
	fixture_end_all(f);
	assert_int_equal(f->c->groups[0].claim->state, CLAIM_RUNNING);
	fixture_sleep(f, 12000);
	peer_old_status(f, &p);
	assert_int_equal(f->c->groups[0].claim->state, CLAIM_LEFTOVER);
	assert_false(f->c->nodes[1].facts.known);
	assert_non_null(strstr(f->said->str, "12"));
	peer_old_says(f, &p, "resource rsc_hold=all rtype=full isstable=1");
	assert_int_equal(f->c->groups[0].claim->state, CLAIM_GIVING);
}

/* Sent again, an old word arrives behind a younger one. */
static void
test_old_words_do_not_count(void **state)
{
	struct msg *late;

	(void)state;
	peer_old_status(f, &p);
	late = peer_message(f, &p, "resource");
	msg_add(late, "rsc_hold", "none");
	msg_add(late, "rtype", "full");
	msg_add(late, "isstable", "1");
	peer_old_says(f, &p, "resource rsc_hold=all rtype=full isstable=1");
	fixture_receive(f, late);
	assert_int_equal(theirs(0), CLAIM_RUNNING);
	assert_int_equal(f->jobs->len, 0);
}

/* "starting" was lost, and comes when it has long become stable: it does not say that again. */
static void
test_late_starting(void **state)
{
	struct peer late;

	(void)state;
	starts();
	late = p;
	p.seq++;
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=0");
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=1");
	fixture_end_all(f);
	peer_old_says(f, &late, "starting");
	assert_true(f->c->nodes[1].dialect.stable);
}

/* A farewell from before its first status may be that of an earlier life. */
static void
test_farewell_of_a_life_not_heard(void **state)
{
	(void)state;
	p.generation = 3;
	peer_old_says(f, &p, "shutdone st=dead");
	assert_false(f->c->nodes[1].left);
	assert_int_equal(f->jobs->len, 0);
}

/* One that is active has not just been seen to start. */
static void
test_late_reqnodes(void **state)
{
	(void)state;
	peer_old_status(f, &p);
	peer_old_says(f, &p, "reqnodes dest=node1");
	assert_false(f->c->nodes[1].dialect.began);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words_turn_round),
	    cmocka_unit_test_setup_teardown(test_node_list_is_answered, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_farewell, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_farewell_of_a_life_not_heard, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_late_starting, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_late_reqnodes, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_upgrade_and_downgrade, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_doubt_asks_again, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_old_words_do_not_count, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
