/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/view.h"
#include "beside.h"

/* What the other holds is its claim; until it told, nothing is taken. */
static void
test_holds_become_claims(void **state)
{
	static const struct {
		const char *says;
		enum claim_state first, second;
	} cases[] = {
	    {"resource rsc_hold=local rtype=full isstable=1", CLAIM_IDLE, CLAIM_RUNNING},
	    {"resource rsc_hold=foreign info=mach_down", CLAIM_RUNNING, CLAIM_RUNNING},
	    {"resource rsc_hold=foreign rtype=full isstable=0", CLAIM_RUNNING, CLAIM_IDLE},
	    {"resource rsc_hold=none", CLAIM_IDLE, CLAIM_IDLE},
	    {"resource rsc_hold=all rtype=full", CLAIM_RUNNING, CLAIM_RUNNING},
	    {"resource rsc_hold=junk rtype=full", CLAIM_IDLE, CLAIM_IDLE},
	};

	(void)state;
	peer_old_status(f, &p);
	assert_false(f->c->nodes[1].facts.known);
	assert_false(view_is_complete(f->c));
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		peer_old_says(f, &p, cases[i].says);
		assert_true(f->c->nodes[1].facts.known);
		assert_int_equal(theirs(0), cases[i].first);
		assert_int_equal(theirs(1), cases[i].second);
	}
}

/* Both hold it, as after a partition: it never yields, so we do, whoever comes first. */
static void
test_we_yield(void **state)
{
	(void)state;
	peer_old_status(f, &p);
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=1");
	fixture_end_all(f);
	assert_int_equal(f->c->groups[0].claim->state, CLAIM_RUNNING);
	peer_old_says(f, &p, "resource rsc_hold=all rtype=full isstable=1");
	assert_int_equal(f->c->groups[0].claim->state, CLAIM_GIVING);
}

/* It heard nothing of ours before its own start is over, were it not for this. */
static void
test_hears_us_at_once(void **state)
{
	struct msg *m;

	(void)state;
	p.st = "init";
	peer_old_status(f, &p);
	m = fixture_sent(f, "status", 0);
	assert_non_null(m);
	msg_free(m);
}

static void
test_three_nodes_are_too_many(void **state)
{
	struct fixture *three = fixture_started(THREE_NODES, BOTH_GROUPS);
	struct peer second = peer_new("node2"), third = peer_new("node3");

	(void)state;
	fixture_end_all(three);
	peer_old_status(three, &second);
	peer_status(three, &third, "");
	peer_old_says(three, &second, "resource rsc_hold=none rtype=full isstable=1");
	assert_true(fixture_said(three, "which knows two nodes only"));
	assert_false(three->c->nodes[1].facts.known);
	assert_int_equal(three->jobs->len, 0);
	fixture_free(three);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_holds_become_claims, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_we_yield, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_hears_us_at_once, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_three_nodes_are_too_many, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
