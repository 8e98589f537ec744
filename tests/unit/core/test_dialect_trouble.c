/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Conversations with a 3.0.6 in which something is lost, late, crossed or forgotten.
 */
#include "beside.h"

/* Nobody answers: after ten seconds all is as before. */
static void
test_standby_without_answer(void **state)
{
	(void)state;
	both_run();
	standby("local");
	for (unsigned i = 0; i < 11; i++) {
		peer_old_status(f, &p);
		fixture_pass(f, 1000);
	}
	assert_int_equal(ours(0), CLAIM_RUNNING);
	assert_int_equal(talk(), TALK_NONE);
	assert_true(fixture_said(f, "No reply to standby request"));
}

/* Its word comes after we gave up: it waits an hour for what it takes, so it gets it. */
static void
test_answer_after_all(void **state)
{
	static const bool asked_again[] = {false, true};

	(void)state;
	both_run();
	for (size_t i = 0; i < G_N_ELEMENTS(asked_again); i++) {
		standby("local");
		for (unsigned t = 0; t < 12; t++) {
			peer_old_status(f, &p);
			fixture_pass(f, 1000);
		}
		assert_int_equal(talk(), TALK_NONE);
		if (asked_again[i]) {
			standby("all");
			assert_int_equal(talk(), TALK_ASKED);
		}
		peer_old_says(f, &p, "ask_resources rsc_hold=local info=other");
		assert_int_equal(ours(0), CLAIM_GIVING);
		fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
		fixture_expect_old_words(
		    f, "resource rsc_hold=none isstable=0; ask_resources rsc_hold=local info=done");
		peer_old_says(f, &p, "resource rsc_hold=all rtype=full isstable=1");
		peer_old_says(f, &p, "ask_resources rsc_hold=local info=done");
		assert_int_equal(ours(0), CLAIM_AWAY);
		/* And back. */
		peer_old_says(f, &p, "ask_resources rsc_hold=foreign info=me");
		peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=0 info=standby");
		peer_old_says(f, &p, "ask_resources rsc_hold=foreign info=done");
		fixture_end_all(f);
		peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=1");
		assert_int_equal(ours(0), CLAIM_RUNNING);
	}
}

/* It took what we gave, says so, and its last word is lost for good. */
static void
test_last_word_lost(void **state)
{
	(void)state;
	we_gave();
	/* Not yet: it still starts them, and may say what it held before. */
	peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=1");
	quiet(60000);
	assert_int_equal(talk(), TALK_GIVEN);
	peer_old_says(f, &p, "resource rsc_hold=all rtype=full isstable=1");
	assert_int_equal(quiet(9000), 0);
	assert_int_equal(talk(), TALK_GIVEN);
	assert_true(quiet(2000) > 0);
	assert_int_equal(talk(), TALK_NONE);
	assert_int_equal(f->c->nodes[1].facts.claims[0].state, CLAIM_RUNNING);
	assert_int_equal(ours(0), CLAIM_AWAY);
}

/* It took the set as from the dead while we still stopped it: it has forgotten our conversation. */
static void
test_taken_before_it_is_given(void **state)
{
	(void)state;
	both_run();
	standby("local");
	peer_old_says(f, &p, "ask_resources rsc_hold=local info=other");
	peer_old_says(f, &p, "resource rsc_hold=all rtype=full isstable=1");
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
	assert_int_equal(talk(), TALK_GIVEN);
	assert_true(quiet(12000) > 0);
	assert_int_equal(talk(), TALK_NONE);
	assert_true(f->c->nodes[1].dialect.said_stable);
}

/* Nothing waits for ever: after an hour it is asked to look for what may run there. */
static void
test_an_hour(void **state)
{
	(void)state;
	we_gave();
	quiet(3590000);
	assert_int_equal(talk(), TALK_GIVEN);
	quiet(20000);
	assert_true(fixture_said(f, "did not finish within an hour"));
	assert_int_equal(ours(0), CLAIM_AWAY);
	assert_int_equal(f->c->nodes[1].facts.claims[0].state, CLAIM_RUNNING);
	assert_int_equal(talk(), TALK_ASKED);
	peer_old_says(f, &p, "ask_resources rsc_hold=local info=other");
	assert_int_equal(talk(), TALK_GIVEN);
	assert_int_equal(f->jobs->len, 0);
}

/* Its answer was lost, and is sent again behind its own question, to which it did not listen. */
static void
test_answer_behind_its_question(void **state)
{
	struct msg *answer;

	(void)state;
	both_run();
	standby("local");
	answer = peer_message(f, &p, "ask_resources");
	msg_add(answer, "rsc_hold", "local");
	msg_add(answer, "info", "other");
	peer_old_says(f, &p, "ask_resources rsc_hold=local info=me");
	assert_int_equal(talk(), TALK_TAKING);
	fixture_receive(f, answer);
	assert_int_equal(talk(), TALK_GIVING);
	fixture_end_all(f);
	assert_int_equal(talk(), TALK_GIVEN);
	assert_int_equal(ours(0), CLAIM_AWAY);
}

/* What we said before was lost, and would come behind our last word: so it is that word. */
static void
test_resent_words_while_it_starts(void **state)
{
	struct msg *words, *request;
	uint64_t seq;

	(void)state;
	both_run();
	standby("local");
	peer_old_says(f, &p, "ask_resources rsc_hold=local info=other");
	words = fixture_sent(f, "resource", 0);
	assert_non_null(words);
	assert_true(msg_get_hex(words, "seq", &seq));
	msg_free(words);
	fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, "");
	quiet(2000);
	request = peer_message(f, &p, "NS_rexmit");
	msg_add(request, "dest", "node1");
	msg_add_format(request, "firstseq", "%d", (int)seq);
	msg_add_format(request, "lastseq", "%d", (int)seq);
	fixture_receive(f, request);
	fixture_expect_old_words(f, "resource rsc_hold=none isstable=0 info=standby");
}

/* Its last word of another conversation was lost, and comes in the middle of this one. */
static void
test_done_of_another(void **state)
{
	struct msg *old;

	(void)state;
	both_run();
	old = peer_message(f, &p, "ask_resources");
	msg_add(old, "rsc_hold", "all");
	msg_add(old, "info", "done");
	peer_old_says(f, &p, "ask_resources rsc_hold=all info=me");
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=0 info=standby");
	fixture_receive(f, old);
	assert_int_equal(talk(), TALK_TAKING);
	assert_int_equal(f->jobs->len, 0);
	peer_old_says(f, &p, "ask_resources rsc_hold=all info=done");
	assert_int_equal(ours(1), CLAIM_STARTING);
}

/* Its last word is late, sent again: meanwhile it thought us dead, and took everything. */
static void
test_forgotten_conversation(void **state)
{
	static const bool began[] = {false, true};

	(void)state;
	both_run();
	for (size_t i = 0; i < G_N_ELEMENTS(began); i++) {
		struct msg *late;

		peer_old_says(f, &p, "ask_resources rsc_hold=all info=me");
		assert_int_equal(ours(1), CLAIM_WANT);
		if (began[i])
			peer_old_says(f, &p,
			    "resource rsc_hold=none rtype=full isstable=0 info=standby");
		late = peer_message(f, &p, "ask_resources");
		msg_add(late, "rsc_hold", "all");
		msg_add(late, "info", "done");
		peer_old_says(f, &p, "resource rsc_hold=local rtype=full isstable=1");
		fixture_receive(f, late);
		assert_int_equal(ours(1), CLAIM_IDLE);
		assert_int_equal(talk(), TALK_NONE);
	}
}

/* We slept and asked anew what it holds: it has gone on all the same, and waits for us. */
static void
test_last_word_while_in_doubt(void **state)
{
	(void)state;
	both_run();
	peer_old_says(f, &p, "ask_resources rsc_hold=all info=me");
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=0 info=standby");
	fixture_sleep(f, 12000);
	peer_old_says(f, &p, "ask_resources rsc_hold=all info=done");
	assert_int_equal(talk(), TALK_TAKEN);
	peer_old_status(f, &p);
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=1");
	assert_int_equal(ours(1), CLAIM_STARTING);
	fixture_end_all(f);
	assert_int_equal(ours(1), CLAIM_RUNNING);
	assert_int_equal(talk(), TALK_NONE);
}

/* Questions that cross: theirs reached itself first, so ours is void for it. */
static void
test_both_ask(void **state)
{
	(void)state;
	both_run();
	standby("local");
	fixture_expect_old_words(f, "ask_resources rsc_hold=local info=me");
	peer_old_says(f, &p, "ask_resources rsc_hold=local info=me");
	assert_int_equal(ours(0), CLAIM_RUNNING);
	assert_int_equal(ours(1), CLAIM_WANT);
	fixture_expect_old_words(f, "ask_resources rsc_hold=local info=other");
}

/* We had stopped waiting for it: its stop must still be waited for. */
static void
test_gives_after_all(void **state)
{
	(void)state;
	both_run();
	peer_old_says(f, &p, "ask_resources rsc_hold=all info=me");
	for (unsigned i = 0; i < 25; i++) {
		fixture_pass(f, 1000);
		peer_old_status(f, &p);
	}
	assert_int_equal(talk(), TALK_NONE);
	peer_old_says(f, &p, "resource rsc_hold=none rtype=full isstable=0 info=standby");
	assert_int_equal(f->jobs->len, 0);
	assert_int_equal(ours(1), CLAIM_WANT);
	peer_old_says(f, &p, "ask_resources rsc_hold=all info=done");
	assert_int_equal(ours(1), CLAIM_STARTING);
}

/* It starts what we gave it, and does not come to an end. */
static void
test_leaving_in_a_conversation(void **state)
{
	struct event e = {.type = EVENT_LEAVE};

	(void)state;
	we_gave();
	fixture_step(f, e);
	assert_true(fixture_said(f, "Shutdown delayed until current resource activity finishes."));
	quiet(59000);
	assert_int_equal(f->c->self->facts.leave, LEAVE_NOT);
	quiet(2000);
	assert_int_not_equal(f->c->self->facts.leave, LEAVE_NOT);
	assert_true(fixture_said(f, "All HA resources relinquished"));
}

/*
 * It gives back what it has only begun to take, as soon as it believes us to be stable: its programs for both
 * run at the same time, and leave a part of the set running.
 */
static void
test_not_stable_while_it_takes_over(void **state)
{
	(void)state;
	both_run();
	peer_old_says(f, &p, "stonith node=node2 result=n_stnth");
	peer_old_says(f, &p, "stonith node=node1 result=unneeded");
	fixture_expect_old_words(f, "");
	peer_old_says(f, &p, "stonith node=node1 result=n_stnth");
	fixture_expect_old_words(f, "resource rsc_hold=local isstable=0");
	peer_old_says(f, &p, "resource rsc_hold=all rtype=full isstable=1");
	assert_int_equal(ours(0), CLAIM_GIVING);
	fixture_end_all(f);
	fixture_expect_old_words(f, "resource rsc_hold=none isstable=0");
	peer_old_says(f, &p, "resource rsc_hold=foreign info=mach_down");
	fixture_expect_old_words(f,
	    "resource rsc_hold=none isstable=0; resource rsc_hold=none isstable=1");
	peer_old_says(f, &p, "ask_resources rsc_hold=foreign info=me");
	fixture_expect_old_words(f, "ask_resources rsc_hold=foreign info=other");
}

/* Its verdict was lost, and comes again behind the end of what it told. */
static void
test_takeover_is_over(void **state)
{
	uint64_t lost;

	(void)state;
	both_run();
	lost = p.seq++;
	peer_old_says(f, &p, "resource rsc_hold=all rtype=full isstable=1");
	peer_old_says(f, &p, "resource rsc_hold=foreign info=mach_down");
	fixture_end_all(f);
	assert_true(f->c->nodes[1].dialect.said_stable);
	uint64_t next = p.seq;
	p.seq = lost;
	peer_old_says(f, &p, "stonith node=node1 result=n_stnth");
	p.seq = next;
	fixture_expect_old_words(f, "");
}

/* Its programs failed, and there was no such word. */
static void
test_takeover_never_ends(void **state)
{
	(void)state;
	both_run();
	peer_old_says(f, &p, "stonith node=node1 result=n_stnth");
	fixture_expect_old_words(f, "resource rsc_hold=local isstable=0");
	assert_int_equal(quiet(590000), 0);
	assert_int_equal(quiet(20000), 2);
	assert_true(f->c->nodes[1].dialect.said_stable);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_standby_without_answer, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_answer_after_all, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_last_word_lost, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_taken_before_it_is_given, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_an_hour, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_answer_behind_its_question, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_resent_words_while_it_starts, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_done_of_another, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_forgotten_conversation, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_last_word_while_in_doubt, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_both_ask, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_gives_after_all, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_leaving_in_a_conversation, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_not_stable_while_it_takes_over, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_takeover_is_over, setup, teardown),
	    cmocka_unit_test_setup_teardown(test_takeover_never_ends, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
