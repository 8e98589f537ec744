/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/placement.h"

#include "fixture.h"

/* A node as the table has it: how it is, and its stand on the group. */
enum kind { ACT, UP, INIT, DEAD, LEFT, SILENT, LEAVING, ORPHAN, OLD, LATEUP };

struct setting {
	enum kind kind;
	enum claim_state state;
	int target;
};

#define IDLE CLAIM_IDLE, -1
#define NOBODY (-1)

static void
place(struct core *c, unsigned i, const struct setting *s)
{
	struct node *n = &c->nodes[i];

	facts_reset(&n->facts, c->conf);
	g_strlcpy(n->facts.digest, c->conf->digest, sizeof(n->facts.digest));
	n->heard = s->kind != SILENT;
	n->left = s->kind == LEFT;
	n->heard_first = c->now;
	n->facts.known = s->kind != OLD;
	n->facts.leave = s->kind == LEAVING ? LEAVE_BEGUN : LEAVE_NOT;
	n->facts.orphaned = s->kind == ORPHAN;
	n->status = s->kind == UP || s->kind == LATEUP	   ? NODE_UP
		    : s->kind == INIT || s->kind == SILENT ? NODE_INIT
		    : s->kind == DEAD || s->kind == LEFT   ? NODE_DEAD
							   : NODE_ACTIVE;
	if (s->kind == LATEUP)
		n->heard_first = (struct moment){c->now.ns - c->conf->initdead.ns};
	n->facts.claims[0].state = s->state;
	n->facts.claims[0].target = s->target;
}

/* The order of the group is node2, node1, node3: its node first, then as in the file. */
static const struct {
	struct setting nodes[3];
	int target, without_1;
} rows[] = {
    {{{ACT, IDLE}, {ACT, IDLE}, {ACT, IDLE}}, 1, 0},
    {{{ACT, IDLE}, {DEAD, IDLE}, {ACT, IDLE}}, 0, 0},
    {{{ACT, IDLE}, {LEFT, IDLE}, {ACT, IDLE}}, 0, 0},
    {{{ACT, IDLE}, {SILENT, IDLE}, {ACT, IDLE}}, 0, 0},
    {{{ACT, IDLE}, {LEAVING, IDLE}, {ACT, IDLE}}, 0, 0},
    {{{ACT, IDLE}, {ORPHAN, IDLE}, {ACT, IDLE}}, 0, 0},
    {{{ACT, IDLE}, {OLD, IDLE}, {ACT, IDLE}}, 0, 0},
    {{{DEAD, IDLE}, {DEAD, IDLE}, {ACT, IDLE}}, 2, 2},
    {{{DEAD, IDLE}, {DEAD, IDLE}, {LEFT, IDLE}}, NOBODY, NOBODY},
    /* Joining: its groups wait for it, until its initdead is over. */
    {{{ACT, IDLE}, {UP, IDLE}, {ACT, IDLE}}, 1, 0},
    {{{ACT, IDLE}, {INIT, IDLE}, {ACT, IDLE}}, 1, 0},
    {{{ACT, IDLE}, {LATEUP, IDLE}, {ACT, IDLE}}, 0, 0},
    /* Sent away: only if nobody else can. */
    {{{ACT, IDLE}, {ACT, CLAIM_AWAY, -1}, {ACT, IDLE}}, 0, 0},
    {{{ACT, CLAIM_AWAY, -1}, {ACT, CLAIM_AWAY, -1}, {ACT, IDLE}}, 2, 2},
    {{{ACT, CLAIM_AWAY, -1}, {ACT, CLAIM_AWAY, -1}, {ACT, CLAIM_AWAY, -1}}, 1, 0},
    {{{DEAD, IDLE}, {ACT, CLAIM_AWAY, -1}, {ACT, CLAIM_FAILED, -1}}, 1, NOBODY},
    /* Failed, broken, giving: not there. */
    {{{ACT, IDLE}, {ACT, CLAIM_FAILED, -1}, {ACT, IDLE}}, 0, 0},
    {{{ACT, IDLE}, {ACT, CLAIM_BROKEN, -1}, {ACT, IDLE}}, 0, 0},
    {{{ACT, IDLE}, {ACT, CLAIM_GIVING, -1}, {ACT, IDLE}}, 0, 0},
    {{{ACT, CLAIM_FAILED, -1}, {ACT, CLAIM_FAILED, -1}, {ACT, CLAIM_FAILED, -1}}, NOBODY,
	NOBODY},
    /* What it wants, finds out or has does not speak against it. */
    {{{ACT, IDLE}, {ACT, CLAIM_WANT, -1}, {ACT, IDLE}}, 1, 0},
    {{{ACT, IDLE}, {ACT, CLAIM_PROBING, -1}, {ACT, IDLE}}, 1, 0},
    {{{ACT, IDLE}, {ACT, CLAIM_LEFTOVER, -1}, {ACT, IDLE}}, 1, 0},
    {{{ACT, IDLE}, {ACT, CLAIM_RUNNING, -1}, {ACT, IDLE}}, 1, 0},
    /* An offer goes before the order, if its target can take it. */
    {{{ACT, IDLE}, {ACT, CLAIM_OFFER, 2}, {ACT, IDLE}}, 2, 0},
    {{{ACT, IDLE}, {ACT, CLAIM_GIVING, 2}, {ACT, IDLE}}, 2, 0},
    {{{ACT, IDLE}, {ACT, CLAIM_OFFER, 2}, {ACT, CLAIM_AWAY, -1}}, 2, 0},
    {{{ACT, IDLE}, {ACT, CLAIM_OFFER, 2}, {DEAD, IDLE}}, 0, 0},
    {{{ACT, IDLE}, {ACT, CLAIM_OFFER, 2}, {ACT, CLAIM_FAILED, -1}}, 0, 0},
    {{{ACT, IDLE}, {DEAD, CLAIM_OFFER, 2}, {ACT, IDLE}}, 0, 0},
    /* A target means nothing in another state. */
    {{{ACT, IDLE}, {ACT, CLAIM_RUNNING, 2}, {ACT, IDLE}}, 1, 0},
    {{{ACT, CLAIM_OFFER, 1}, {ACT, IDLE}, {ACT, IDLE}}, 1, 2},
};

static void
test_targets(void **state)
{
	struct fixture *f = fixture_started(THREE_NODES, "node2 IPaddr::10.0.0.9\n");

	(void)state;
	assert_int_equal(f->conf->groups[0].order[0], 1);
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		for (unsigned k = 0; k < 3; k++)
			place(f->c, k, &rows[i].nodes[k]);
		int target = placement_target(f->c, 0);
		int without = placement_target_without(f->c, 0, 1);

		if (target != rows[i].target || without != rows[i].without_1)
			fail_msg(
			    "row %zu: target %d, without node2 %d", i, target, without);
	}
	fixture_free(f);
}

/* By files that differ two nodes could each leave it to the other. */
static void
test_targets_while_files_differ(void **state)
{
	static const struct setting three[3] = {{ACT, IDLE}, {ACT, IDLE}, {ACT, IDLE}};
	struct fixture *f = fixture_started(THREE_NODES, "node2 IPaddr::10.0.0.9\n");
	struct node *n = f->c->nodes;

	(void)state;
	for (unsigned i = 0; i < 3; i++)
		place(f->c, i, &three[i]);
	assert_int_equal(placement_target(f->c, 0), 1);
	g_strlcpy(n[2].facts.digest, "12345678", sizeof(n[2].facts.digest));
	assert_int_equal(placement_target(f->c, 0), 0);
	n[0].facts.claims[0].state = CLAIM_FAILED;
	n[1].facts.claims[0].state = CLAIM_FAILED;
	assert_int_equal(placement_target(f->c, 0), 2);
	/* It has no such group. */
	n[2].facts.full = true;
	assert_int_equal(placement_target(f->c, 0), NOBODY);
	n[2].facts.claims[0].listed = true;
	assert_int_equal(placement_target(f->c, 0), 2);
	n[2].status = NODE_DEAD;
	n[0].facts.claims[0].state = n[1].facts.claims[0].state = CLAIM_IDLE;
	assert_int_equal(placement_target(f->c, 0), 1);
	fixture_free(f);
}

static void
test_who_outranks_whom(void **state)
{
	struct fixture *f = fixture_started(THREE_NODES, "node2 IPaddr::10.0.0.9\n");
	struct node *n = f->c->nodes;
	static const struct setting plain = {ACT, IDLE};

	(void)state;
	for (unsigned i = 0; i < 3; i++)
		place(f->c, i, &plain);
	assert_true(placement_outranks(f->c, 0, &n[1], &n[0]));
	assert_false(placement_outranks(f->c, 0, &n[0], &n[1]));
	assert_true(placement_outranks(f->c, 0, &n[0], &n[2]));
	/* Files that differ have no common order: the names decide, the same on both sides.
	 */
	g_strlcpy(n[1].facts.digest, "other", sizeof(n[1].facts.digest));
	assert_false(placement_outranks(f->c, 0, &n[1], &n[0]));
	assert_true(placement_outranks(f->c, 0, &n[0], &n[1]));
	for (unsigned i = 0; i < 3; i++) {
		for (unsigned k = 0; k < 3; k++) {
			if (i != k)
				assert_int_not_equal(
				    placement_outranks(f->c, 0, &n[i], &n[k]),
				    placement_outranks(f->c, 0, &n[k], &n[i]));
		}
	}
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_targets),
	    cmocka_unit_test(test_targets_while_files_differ),
	    cmocka_unit_test(test_who_outranks_whom),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
