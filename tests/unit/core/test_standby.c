/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/standby.h"

#include "core/view.h"
#include "fixture.h"

static enum claim_state
state_of(const struct fixture *f, unsigned group)
{
	return f->c->groups[group].claim->state;
}

static void
test_words(void **state)
{
	static const struct {
		const char *word;
		bool good;
		enum standby_set set;
	} cases[] = {
	    {"all", true, SET_ALL},
	    {"local", true, SET_LOCAL},
	    {"foreign", true, SET_FOREIGN},
	    {"failback", true, SET_COUNT},
	    {"", false, 0},
	    {"All", false, 0},
	    {"none", false, 0},
	    {"all ", false, 0},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		enum standby_set set = 77;

		assert_int_equal(
		    standby_set_from_word(cases[i].word, SET_COUNT, &set), cases[i].good);
		assert_int_equal(set, cases[i].good ? cases[i].set : 77);
		if (cases[i].good && cases[i].set != SET_COUNT)
			assert_string_equal(standby_set_name(cases[i].set), cases[i].word);
	}
}

static void
test_standby_is_refused(void **state)
{
	struct peer p;
	struct fixture *f = fixture_both_running(TWO_NODES, &p);
	g_autofree char *none = NULL, *flux = NULL, *alone = NULL;

	(void)state;
	f->c->out = f->out;
	/* Nothing of that set is held: nothing to do, nothing wrong. */
	none = standby_give(f->c, SET_FOREIGN, NULL);
	assert_null(none);
	assert_int_equal(state_of(f, 0), CLAIM_RUNNING);
	assert_null(standby_give(f->c, SET_LOCAL, NULL));
	flux = standby_give(f->c, SET_LOCAL, NULL);
	assert_non_null(flux);
	assert_non_null(strstr(flux, "offered"));
	fixture_free(f);

	f = fixture_both_running(TWO_NODES, &p);
	fixture_pass(f, 10000);
	fixture_end_all(f);
	f->c->out = f->out;
	alone = standby_give(f->c, SET_ALL, NULL);
	assert_string_equal(alone, "2 of 2 groups stay here: no other node can take them");
	assert_int_equal(state_of(f, 0), CLAIM_RUNNING);
	fixture_free(f);
}

static void
test_legacy_knows_no_standby(void **state)
{
	struct peer p;
	struct fixture *f =
	    fixture_both_running("logfacility none\nkeepalive 1\ndeadtime 10\n"
				 "auto_failback legacy\nucast eth0 10.0.0.1\n"
				 "node node1 node2\n",
		&p);
	g_autofree char *standby = NULL, *takeover = NULL;

	(void)state;
	f->c->out = f->out;
	standby = standby_give(f->c, SET_ALL, NULL);
	takeover = standby_ask(f->c, SET_ALL);
	assert_non_null(strstr(standby, "legacy"));
	assert_non_null(strstr(takeover, "legacy"));
	assert_int_equal(state_of(f, 0), CLAIM_RUNNING);
	fixture_free(f);
}

static void
test_takeover_asks_in_our_words(void **state)
{
	struct peer p;
	struct fixture *f = fixture_both_running(TWO_NODES, &p);

	(void)state;
	for (unsigned set = 0; set < SET_COUNT; set++) {
		actions_clear(f->out);
		f->c->out = f->out;
		assert_null(standby_ask(f->c, set));
		AUTO_MSG struct msg *m = fixture_sent(f, "hb_takeover", 0);

		assert_non_null(m);
		assert_string_equal(msg_get(m, "rsc_hold"), standby_set_name(set));
		assert_null(msg_get(m, "dest"));
	}
	fixture_free(f);
}

/* What another node is about to move it will not give: the one that asks says so at once. */
static void
test_takeover_of_what_moves_is_refused(void **state)
{
	static const enum claim_state moving[] = {CLAIM_STARTING, CLAIM_OFFER, CLAIM_GIVING};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(moving); i++) {
		struct peer p;
		struct fixture *f = fixture_both_running(TWO_NODES, &p);
		struct claim *theirs = &f->c->nodes[1].facts.claims[1];

		actions_clear(f->out);
		f->c->out = f->out;
		theirs->state = moving[i];
		theirs->target = -1;
		g_autofree char *all = standby_ask(f->c, SET_ALL);
		g_autofree char *local = standby_ask(f->c, SET_LOCAL);

		assert_non_null(all);
		assert_non_null(strstr(all, claim_state_name(moving[i])));
		assert_non_null(strstr(all, "on node2: try again when that is done"));
		/* That set is ours already. */
		assert_null(local);
		/* It comes to us anyway. */
		theirs->target = 0;
		assert_null(standby_ask(f->c, SET_ALL));
		fixture_free(f);
	}
}

/* The set is meant as the asking node sees it. */
static void
test_asked_for_a_set(void **state)
{
	static const struct {
		const char *word;
		enum claim_state first;
	} cases[] = {
	    {"all", CLAIM_OFFER},
	    {"foreign", CLAIM_OFFER},
	    {"local", CLAIM_RUNNING},
	    {"failback", CLAIM_RUNNING},
	    {"nonsense", CLAIM_RUNNING},
	    {NULL, CLAIM_RUNNING},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct peer p;
		struct fixture *f = fixture_both_running(TWO_NODES, &p);
		struct msg *m = peer_message(f, &p, "hb_takeover");

		if (cases[i].word != NULL)
			msg_add(m, "rsc_hold", cases[i].word);
		fixture_receive(f, m);
		if (state_of(f, 0) != cases[i].first)
			fail_msg("row %zu", i);
		fixture_free(f);
	}
}

static void
test_holds_and_settled(void **state)
{
	struct peer p;
	struct fixture *f = fixture_both_running(TWO_NODES, &p);

	(void)state;
	assert_string_equal(standby_holds(f->c), "local");
	assert_true(view_is_settled(f->c));
	fixture_pass(f, 10000);
	assert_string_equal(standby_holds(f->c), "all");
	assert_false(view_is_settled(f->c));
	fixture_end_all(f);
	assert_true(view_is_settled(f->c));
	fixture_step(f, (struct event){.type = EVENT_LEAVE});
	assert_string_equal(standby_holds(f->c), "none");
	assert_false(view_is_settled(f->c));
	fixture_free(f);
}

static void
test_retry(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, BOTH_GROUPS);

	(void)state;
	fixture_pass(f, 30000);
	while (f->jobs->len > 0) {
		struct open_job j = g_array_index(f->jobs, struct open_job, 0);
		fixture_end(f, AGENT_NATIVE, CHILD_EXITED, j.op == OP_START ? 1 : 0, "");
	}
	assert_int_equal(state_of(f, 0), CLAIM_FAILED);
	assert_int_equal(state_of(f, 1), CLAIM_FAILED);
	actions_clear(f->out);
	f->c->out = f->out;
	assert_int_equal(standby_retry(f->c, 1), 1);
	assert_int_equal(standby_retry(f->c, 1), 0);
	assert_int_equal(state_of(f, 0), CLAIM_FAILED);
	assert_int_equal(standby_retry(f->c, -1), 1);
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_standby_is_refused),
	    cmocka_unit_test(test_legacy_knows_no_standby),
	    cmocka_unit_test(test_takeover_asks_in_our_words),
	    cmocka_unit_test(test_takeover_of_what_moves_is_refused),
	    cmocka_unit_test(test_asked_for_a_set),
	    cmocka_unit_test(test_holds_and_settled),
	    cmocka_unit_test(test_retry),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
