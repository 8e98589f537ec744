/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/node.h"

#include "fixture.h"

static void
test_words(void **state)
{
	static const struct {
		const char *word;
		bool good;
		enum node_status status;
	} cases[] = {
	    {"init", true, NODE_INIT},
	    {"up", true, NODE_UP},
	    {"active", true, NODE_ACTIVE},
	    {"dead", false, 0},
	    {"ping", false, 0},
	    {"Active", false, 0},
	    {"active ", false, 0},
	    {"", false, 0},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		enum node_status status = NODE_STATUS_COUNT;

		assert_int_equal(
		    node_status_from_word(cases[i].word, &status), cases[i].good);
		if (cases[i].good)
			assert_string_equal(node_status_name(status), cases[i].word);
		else
			assert_int_equal(status, NODE_STATUS_COUNT);
	}
	assert_string_equal(node_status_name(NODE_DEAD), "dead");
}

static void
test_alive_and_fit(void **state)
{
	static const struct {
		bool heard, left;
		enum node_status status;
		bool known, orphaned;
		enum leave_phase leave;
		bool alive, fit;
	} rows[] = {
	    {true, false, NODE_ACTIVE, true, false, LEAVE_NOT, true, true},
	    {true, false, NODE_UP, true, false, LEAVE_NOT, true, false},
	    {true, false, NODE_INIT, true, false, LEAVE_NOT, true, false},
	    {true, false, NODE_ACTIVE, false, false, LEAVE_NOT, true, false},
	    {true, false, NODE_ACTIVE, true, true, LEAVE_NOT, true, false},
	    {true, false, NODE_ACTIVE, true, false, LEAVE_BEGUN, true, false},
	    {true, false, NODE_ACTIVE, true, false, LEAVE_DONE, true, false},
	    {true, false, NODE_DEAD, true, false, LEAVE_NOT, false, false},
	    {true, true, NODE_DEAD, true, false, LEAVE_NOT, false, false},
	    {true, true, NODE_ACTIVE, true, false, LEAVE_NOT, false, false},
	    {false, false, NODE_INIT, false, false, LEAVE_NOT, false, false},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct node n = {
		    .heard = rows[i].heard, .left = rows[i].left, .status = rows[i].status};

		n.facts.known = rows[i].known;
		n.facts.orphaned = rows[i].orphaned;
		n.facts.leave = rows[i].leave;
		if (node_is_alive(&n) != rows[i].alive || node_is_fit(&n) != rows[i].fit)
			fail_msg("row %zu", i);
	}
}

static void
test_other_groups(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
	struct node *n = &f->c->nodes[1];
	struct peer p = peer_new("node2");
	g_autofree char *idle = claim_word(f, 0, "-:0");

	(void)state;
	peer_status(f, &p, "");
	assert_false(node_has_other_groups(f->c, n));
	assert_true(node_has_group(f->c, n, 0));
	p.digest = "12345678";
	peer_status(f, &p, "");
	assert_true(node_has_other_groups(f->c, n));
	/* Idle ones may be left out. */
	assert_true(node_has_group(f->c, n, 0));
	n->facts.full = true;
	assert_false(node_has_group(f->c, n, 0));
	assert_true(node_has_group(f->c, f->c->self, 0));
	peer_status(f, &p, idle);
	n->facts.full = true;
	assert_true(node_has_group(f->c, n, 0));
	n->status = NODE_DEAD;
	assert_false(node_has_other_groups(f->c, n));
	fixture_free(f);
}

static void
test_links_and_pings(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES
	    "ucast eth0 10.0.0.2\nserial /dev/ttyS0\nucast eth1 10.1.0.2\n"
	    "ping 10.0.0.254\nping_group routers 10.0.0.252 10.0.0.253\n",
	    ONE_GROUP);
	unsigned pings = 0;

	(void)state;
	/* Two destinations behind one interface are one link. */
	assert_int_equal(f->c->links->len, 3);
	assert_int_equal(f->c->ping_count, 2);
	for (unsigned i = 0; i < f->conf->media_count; i++) {
		const struct conf_medium *m = &f->conf->media[i];

		if (medium_is_ping(m->kind)) {
			assert_string_equal(ping_by_medium(f->c, i)->name, m->name);
			pings++;
			continue;
		}
		assert_null(ping_by_medium(f->c, i));
		assert_string_equal(
		    g_ptr_array_index(f->c->links, node_link_index(f->c, i)), m->name);
	}
	assert_int_equal(pings, 2);
	fixture_free(f);
}

static void
test_find_is_exact(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);

	(void)state;
	assert_ptr_equal(node_find(f->c, "node2"), &f->c->nodes[1]);
	assert_null(node_find(f->c, "Node2"));
	assert_null(node_find(f->c, "node"));
	assert_null(node_find(f->c, ""));
	fixture_free(f);
}

static void
test_change_is_said_and_told(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
	struct node *n = &f->c->nodes[1];

	(void)state;
	fixture_forget(f);
	f->c->out = f->out;
	node_enter(f->c, n, NODE_ACTIVE, "reason %d", 5);
	assert_true(fixture_said(f,
	    "info Status update for node node2: status active (init -> active: reason 5)"));
	assert_string_equal(n->why, "reason 5");
	/* Gone in good order is no warning. */
	n->left = true;
	node_enter(f->c, n, NODE_DEAD, "%s", n->why);
	assert_true(fixture_said(f, "info Status update for node node2: status dead"));
	assert_string_equal(n->why, "reason 5");
	n->left = false;
	node_enter(f->c, n, NODE_DEAD, "silence");
	assert_true(fixture_said(f, "WARN node node2: is dead (dead -> dead: silence)"));
	fixture_free(f);
}

static void
test_link_up_is_said_once(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
	struct node *n = &f->c->nodes[1];
	struct moment later = moment_add(f->now, span_from_ms(10));

	(void)state;
	f->c->out = f->out;
	node_link_heard(f->c, n, 0, later);
	node_link_heard(f->c, n, 0, f->now);
	assert_int_equal(fixture_times(f, "Link node2:eth0 up."), 1);
	/* A packet that waited longer does not turn the link's clock back. */
	assert_int_equal(n->paths[0].heard.ns, later.ns);
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_alive_and_fit),
	    cmocka_unit_test(test_other_groups),
	    cmocka_unit_test(test_links_and_pings),
	    cmocka_unit_test(test_find_is_exact),
	    cmocka_unit_test(test_change_is_said_and_told),
	    cmocka_unit_test(test_link_up_is_said_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
