/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/view.h"

#include "fixture.h"

/* What each question about our first group answers to the other node's stand on it. */
static const struct {
	const char *stand;
	bool may_run, held, against, settled;
} rows[] = {
    {"-:1", false, false, false, true},
    {"a:1", false, false, false, true},
    {"x:1", false, false, false, true},
    {"w:1", false, false, false, false},
    {"p:1", true, false, true, false},
    {"l:1", true, false, true, false},
    {"s:1", true, true, true, false},
    {"r:1", true, true, true, true},
    {"o:1:node1", true, true, false, false},
    {"o:1:node2", true, true, true, false},
    {"o:1", true, true, false, false},
    {"g:1:node1", true, false, false, false},
    {"g:1:node2", true, false, true, false},
    {"g:1", true, false, false, false},
    {"b:1", true, false, true, false},
};

static void
test_stands(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		/* Ours is out of the way: away here, and at rest. */
		struct fixture *f = fixture_new(TWO_NODES, "node2 IPaddr::10.0.0.9\n", 1);
		const struct node *other = &f->c->nodes[1];
		struct peer p = peer_new("node2");
		const struct group *g = &f->c->groups[0];

		fixture_start(f, HINT_AWAY);
		peer_holds(f, &p, rows[i].stand, NULL);
		assert_ptr_equal(view_claim(other, g), &other->facts.claims[0]);
		if (view_other_that_may_run(f->c, g) != (rows[i].may_run ? other : NULL) ||
		    view_other_holder(f->c, g) != (rows[i].held ? other : NULL) ||
		    view_holder_against_us(f->c, g) != (rows[i].against ? other : NULL))
			fail_msg("%s", rows[i].stand);
		assert_int_equal(view_claim_is_held(view_claim(other, g)), rows[i].held);
		if (g->claim->state == CLAIM_AWAY &&
		    view_is_settled(f->c) != rows[i].settled)
			fail_msg("%s: settled", rows[i].stand);
		assert_ptr_equal(
		    view_other_in_state(f->c, g, view_claim(other, g)->state), other);
		/* A dead node says nothing any more. */
		fixture_pass(f, 10000);
		assert_null(view_other_that_may_run(f->c, g));
		assert_null(view_other_holder(f->c, g));
		assert_null(view_holder_against_us(f->c, g));
		fixture_free(f);
	}
}

static void
test_who_leaves_does_not_stand_against_us(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, "node2 IPaddr::10.0.0.9\n");
	struct peer p = peer_new("node2");

	(void)state;
	peer_holds(f, &p, "r:1", NULL);
	assert_non_null(view_holder_against_us(f->c, &f->c->groups[0]));
	p.leave = "1";
	p.version++;
	peer_status(f, &p, NULL);
	assert_null(view_holder_against_us(f->c, &f->c->groups[0]));
	assert_non_null(view_other_that_may_run(f->c, &f->c->groups[0]));
	fixture_free(f);
}

static void
test_complete(void **state)
{
	struct fixture *f = fixture_started(THREE_NODES, ONE_GROUP);
	struct peer p = peer_new("node2"), q = peer_new("node3");

	(void)state;
	assert_false(view_is_complete(f->c));
	peer_status(f, &p, NULL);
	assert_false(view_is_complete(f->c));
	/* The third one lives, but tells nothing. */
	struct msg *m = peer_message(f, &q, "status");

	msg_add(m, "st", "active");
	msg_add(m, "dt", "2710");
	fixture_receive(f, m);
	assert_int_equal(f->c->self->status, NODE_ACTIVE);
	assert_false(view_is_complete(f->c));
	peer_status(f, &q, NULL);
	assert_true(view_is_complete(f->c));
	fixture_step(f, (struct event){.type = EVENT_LEAVE});
	assert_false(view_is_complete(f->c));
	fixture_free(f);
}

static void
test_seen(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, "node2 IPaddr::10.0.0.9\n");
	struct peer p = peer_new("node2");

	(void)state;
	/* Nobody there who would have to know. */
	assert_true(view_is_known(f->c));
	p.deaf = true;
	peer_status(f, &p, NULL);
	assert_false(view_is_known(f->c));
	p.deaf = false;
	peer_status(f, &p, NULL);
	assert_true(view_is_known(f->c));
	assert_true(view_wish_is_seen(f->c, &f->c->groups[0]));
	/* News that has not gone out cannot have been seen. */
	f->c->out = f->out;
	core_touch(f->c);
	assert_false(view_wish_is_seen(f->c, &f->c->groups[0]));
	/* What an earlier life of ours told does not count. */
	fixture_step(f, (struct event){.type = EVENT_MEDIUM, .u.medium = {0, true, NULL}});
	peer_status(f, &p, NULL);
	assert_true(view_is_known(f->c));
	f->c->nodes[1].facts.seen[0].generation--;
	assert_false(view_is_known(f->c));
	fixture_free(f);
}

static void
test_heard(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, "node2 IPaddr::10.0.0.9\n");
	struct node *n = &f->c->nodes[1];
	struct seen *us = &n->facts.seen[0];
	uint64_t now = f->c->self->facts.version, first = f->c->version_first;
	const struct {
		struct seen us;
		bool heard, ahead;
	} cases[] = {
	    {{0, 0, false}, false, false},
	    {{f->c->generation - 1, now + 9, false}, false, false},
	    {{f->c->generation, first, false}, true, false},
	    {{f->c->generation, now, false}, true, false},
	    {{f->c->generation, now, true}, false, false},
	    {{f->c->generation, now + 1, false}, true, true},
	    {{f->c->generation, now + 1, true}, false, true},
	    {{f->c->generation, first - 1, false}, true, true},
	    {{f->c->generation + 1, 0, false}, false, true},
	    {{f->c->generation + 1, 0, true}, false, true},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		*us = cases[i].us;
		if (view_is_heard_by(f->c, n) != cases[i].heard ||
		    view_is_ahead_of_us(f->c, n) != cases[i].ahead)
			fail_msg("row %zu", i);
	}
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_stands),
	    cmocka_unit_test(test_who_leaves_does_not_stand_against_us),
	    cmocka_unit_test(test_complete),
	    cmocka_unit_test(test_seen),
	    cmocka_unit_test(test_heard),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
