/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A conversation with a 3.0.6 that outlives our engine. */
#include "core/dialect.h"

#include "core/state.h"
#include "fixture.h"

static struct fixture *f;
static struct peer p;

/* The next engine, told what the one before last told its master. */
static void
engine(enum group_hint mine, enum group_hint theirs, unsigned talk)
{
	enum group_hint hints[] = {mine, theirs};
	struct event e = {.type = EVENT_START};

	if (f != NULL)
		fixture_free(f);
	f = fixture_new(TWO_NODES, BOTH_GROUPS, 1);
	e.u.start.generation = OUR_GENERATION;
	memcpy(e.u.start.uuid, "uuid of node1...", 16);
	e.u.start.hints = hints;
	e.u.start.talk = talk;
	fixture_step(f, e);
}

static void
dies(enum group_hint mine, enum group_hint theirs)
{
	engine(mine, theirs, f->c->talk_kept);
	peer_old_status(f, &p);
}

static int
setup(void **state)
{
	(void)state;
	engine(HINT_RUNNING, HINT_STOPPED, 0);
	p = peer_new("node2");
	peer_old_status(f, &p);
	peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=1");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	fixture_free(f);
	f = NULL;
	return 0;
}

static enum claim_state
ours(unsigned group)
{
	return f->c->groups[group].claim->state;
}

static enum talk
talk(void)
{
	return f->c->nodes[1].dialect.talk;
}

static void
standby(void)
{
	fixture_connect(f, 1, 0, "root", "root");
	msg_free(fixture_ask(f, 1, "standby", "set", "local", NULL));
}

/* In the middle of our stop, and then while it starts: nothing comes to run here again. */
static void
test_we_give(void **state)
{
	(void)state;
	standby();
	assert_int_equal(f->c->talk_kept, 0);
	peer_old_says(f, &p, "ask_resources rsc_hold=local info=other");
	assert_int_equal(fixture_count(f, ACTION_TALK), 1);
	assert_int_equal(fixture_action(f, ACTION_TALK, 0)->talk, f->c->talk_kept);
	dies(HINT_PARTLY, HINT_STOPPED);
	assert_int_equal(talk(), TALK_GIVING);
	assert_true(fixture_said(f, "going on with what was agreed with node2 about local groups"));
	peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=1");
	assert_int_equal(ours(0), CLAIM_PROBING);
	/* The stop had come to its end all the same. */
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 7, "");
	fixture_expect_old_words(
	    f, "resource rsc_hold=none isstable=0; ask_resources rsc_hold=local info=done");
	assert_int_equal(talk(), TALK_GIVEN);

	/* A second "done" while it starts would make it forget that it holds the set. */
	dies(HINT_STOPPED, HINT_STOPPED);
	assert_int_equal(talk(), TALK_GIVEN);
	g_autofree char *again = fixture_old_words(f);
	assert_null(strstr(again, "done"));
	peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=1");
	fixture_pass(f, 5000);
	assert_int_equal(f->jobs->len, 0);
	peer_old_says(f, &p, "resource rsc_hold=all rtype=full isstable=1");
	peer_old_says(f, &p, "ask_resources rsc_hold=local info=done");
	assert_int_equal(talk(), TALK_NONE);
	assert_int_equal(f->c->talk_kept, 0);
	assert_int_equal(f->c->nodes[1].facts.claims[0].state, CLAIM_RUNNING);
	assert_int_equal(f->jobs->len, 0);
}

/* It still runs here: stopped anew, and only then it is told. */
static void
test_we_give_what_still_runs(void **state)
{
	(void)state;
	standby();
	peer_old_says(f, &p, "ask_resources rsc_hold=local info=other");
	dies(HINT_PARTLY, HINT_STOPPED);
	peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=1");
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
	assert_int_equal(ours(0), CLAIM_STARTING);
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
	assert_int_equal(talk(), TALK_GIVING);
	assert_int_equal(ours(0), CLAIM_GIVING);
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
	assert_int_equal(talk(), TALK_GIVEN);
}

/* It waits for nothing but our last word. */
static void
test_we_take(void **state)
{
	(void)state;
	peer_old_says(f, &p, "ask_resources rsc_hold=all info=me");
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=0 info=standby");
	assert_int_equal(talk(), TALK_TAKING);
	dies(HINT_RUNNING, HINT_STOPPED);
	assert_int_equal(talk(), TALK_TAKING);
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=1");
	for (unsigned i = 0; i < 60; i++) {
		fixture_pass(f, 1000);
		peer_old_status(f, &p);
	}
	assert_int_equal(f->jobs->len, 0);
	peer_old_says(f, &p, "ask_resources rsc_hold=all info=done");
	assert_int_equal(ours(1), CLAIM_STARTING);

	dies(HINT_RUNNING, HINT_PARTLY);
	assert_int_equal(talk(), TALK_TAKEN);
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 7, "");
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=1");
	assert_int_equal(ours(1), CLAIM_STARTING);
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
	fixture_expect_old_words(f, "resource rsc_hold=all isstable=1; ask_resources rsc_hold=all info=done");
	assert_int_equal(talk(), TALK_NONE);
	assert_int_equal(f->c->talk_kept, 0);
}

/* Its word came before its first status: it is asked to say it again. */
static void
test_early_word(void **state)
{
	struct msg *again, *word;

	(void)state;
	peer_old_says(f, &p, "ask_resources rsc_hold=all info=me");
	engine(HINT_RUNNING, HINT_STOPPED, f->c->talk_kept);
	word = peer_message(f, &p, "ask_resources");
	msg_add(word, "rsc_hold", "all");
	msg_add(word, "info", "done");
	again = msg_copy(word);
	fixture_receive(f, word);
	peer_old_status(f, &p);
	assert_int_equal(talk(), TALK_TAKING);
	fixture_pass(f, 300);
	struct msg *wish = fixture_sent(f, "NS_rexmit", 0);
	assert_non_null(wish);
	msg_free(wish);
	fixture_receive(f, again);
	assert_int_equal(talk(), TALK_TAKEN);
}

/* A new life of the node knows nothing of it; nor does a node of ours, nor one that is dead. */
static void
test_forgotten(void **state)
{
	(void)state;
	for (unsigned how = 0; how < 3; how++) {
		engine(HINT_RUNNING, HINT_STOPPED, TALK_TAKING | SIDE_BOTH << 3 | SIDE_THEIRS << 5);
		p = peer_new("node2");
		if (how == 0) {
			p.st = "up";
			peer_old_status(f, &p);
		} else if (how == 1) {
			peer_status(f, &p, NULL);
		} else {
			fixture_pass(f, 40000);
			assert_int_equal(f->c->nodes[1].status, NODE_DEAD);
		}
		assert_int_equal(talk(), TALK_NONE);
		assert_int_equal(f->c->talk_kept, 0);
	}
}

/* What cannot have been told is no conversation; the rest goes on in its phase, about its sets. */
static void
test_every_number(void **state)
{
	(void)state;
	for (unsigned number = 0; number < TALK_MEMORY_COUNT; number++) {
		unsigned phase = number & 7, sides = number >> 3 & SIDE_BOTH;
		bool sound = sides != SIDE_NONE && (phase == TALK_GIVING || phase == TALK_GIVEN ||
		    phase == TALK_TAKING || phase == TALK_TAKEN);

		engine(HINT_STOPPED, HINT_STOPPED, number);
		p = peer_new("node2");
		peer_old_status(f, &p);
		/* Nothing runs: what was to be stopped is given at once. */
		assert_int_equal(talk(), !sound ? TALK_NONE : phase == TALK_GIVING ? TALK_GIVEN : phase);
		assert_int_equal(f->c->nodes[1].dialect.talk_sides, sound ? sides : SIDE_NONE);
		assert_int_equal(f->c->nodes[1].dialect.talk_held & ~sides, SIDE_NONE);
		if (!sound)
			assert_int_equal(f->c->talk_kept, 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_we_give, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_we_give_what_still_runs, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_we_take, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_early_word, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_forgotten, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_every_number, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
