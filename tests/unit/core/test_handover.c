/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/handover.h"

#include "fixture.h"

static enum claim_state
state_of(const struct fixture *f, unsigned group)
{
	return f->c->groups[group].claim->state;
}

/* -- taking -- */

static void
test_a_wish_waits_until_it_is_seen(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, BOTH_GROUPS);
	struct peer p = peer_new("node2");

	(void)state;
	p.deaf = true;
	peer_status(f, &p, NULL);
	assert_int_equal(state_of(f, 0), CLAIM_WANT);
	peer_status(f, &p, NULL);
	assert_int_equal(f->jobs->len, 0);
	p.deaf = false;
	peer_status(f, &p, NULL);
	assert_int_equal(state_of(f, 0), CLAIM_STARTING);
	assert_int_equal(f->jobs->len, 1);
	fixture_free(f);
}

/* Every stand of the other node on our own group, while we want it. */
static void
test_what_keeps_us_from_starting(void **state)
{
	static const struct {
		const char *theirs;
		enum claim_state ours;
	} cases[] = {
	    {"-:3", CLAIM_STARTING},
	    {"a:3", CLAIM_STARTING},
	    {"x:3", CLAIM_STARTING},
	    {"w:3", CLAIM_WANT}, /* we come first, but it must step back */
	    {"p:3", CLAIM_IDLE},
	    {"l:3", CLAIM_IDLE},
	    {"s:3", CLAIM_IDLE},
	    {"r:3", CLAIM_IDLE},
	    {"o:3:node1", CLAIM_WANT},
	    {"g:3:node1", CLAIM_WANT},
	    {"g:3", CLAIM_WANT},
	    {"g:3:node2", CLAIM_IDLE},
	    {"b:3", CLAIM_IDLE},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct fixture *f = fixture_started(TWO_NODES, BOTH_GROUPS);
		struct peer p = peer_new("node2");

		p.deaf = true;
		peer_status(f, &p, NULL);
		assert_int_equal(state_of(f, 0), CLAIM_WANT);
		p.deaf = false;
		peer_holds(f, &p, cases[i].theirs, NULL);
		if (state_of(f, 0) != cases[i].ours)
			fail_msg("node2 says %s: we are %s", cases[i].theirs,
			    claim_state_name(state_of(f, 0)));
		fixture_free(f);
	}
}

static void
test_the_epoch_grows_over_all(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, BOTH_GROUPS);
	struct peer p = peer_new("node2");

	(void)state;
	peer_holds(f, &p, "-:ff", NULL);
	peer_status(f, &p, NULL);
	assert_int_equal(state_of(f, 0), CLAIM_STARTING);
	assert_int_equal(f->c->groups[0].claim->epoch, 0x100);
	fixture_free(f);
}

static void
test_nothing_is_taken_beside_a_node_of_the_old_dialect(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, BOTH_GROUPS);
	struct peer p = peer_new("node2");

	(void)state;
	for (unsigned i = 0; i < 20; i++) {
		struct msg *m = peer_message(f, &p, "status");

		msg_add(m, "st", "active");
		msg_add(m, "dt", "2710");
		fixture_receive(f, m);
		fixture_pass(f, 1000);
	}
	assert_int_equal(state_of(f, 0), CLAIM_IDLE);
	/* Dead, it keeps nobody from anything. */
	fixture_pass(f, 10000);
	assert_int_equal(state_of(f, 0), CLAIM_STARTING);
	assert_int_equal(state_of(f, 1), CLAIM_STARTING);
	fixture_free(f);
}

/* -- standby -- */

static void
test_standby_is_offered_taken_and_given(void **state)
{
	struct peer p;
	struct fixture *f = fixture_both_running(TWO_NODES, &p);

	(void)state;
	fixture_connect(f, 1, 0, "root", "root");
	msg_free(fixture_ask(f, 1, "standby", "set", "all", NULL));
	assert_int_equal(state_of(f, 0), CLAIM_OFFER);
	assert_int_equal(f->c->groups[0].claim->target, 1);
	/* Nothing is stopped before it is wanted. */
	peer_status(f, &p, NULL);
	assert_int_equal(f->jobs->len, 0);
	peer_holds(f, &p, "w:0", "r:1");
	assert_int_equal(state_of(f, 0), CLAIM_GIVING);
	assert_string_equal(fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, ""), "stop 0/0");
	assert_int_equal(state_of(f, 0), CLAIM_AWAY);
	peer_holds(f, &p, "r:2", "r:1");
	assert_true(fixture_said(f, "Local standby process completed [all]."));
	/* Sent away on purpose: not taken back. */
	fixture_pass(f, 5000);
	assert_int_equal(state_of(f, 0), CLAIM_AWAY);
	/* Unless nobody else is left. */
	fixture_pass(f, 10000);
	assert_int_equal(state_of(f, 0), CLAIM_STARTING);
	fixture_free(f);
}

static void
test_an_offer_ends(void **state)
{
	static const struct {
		const char *theirs;
		const char *leave;
		int64_t ms;
		const char *said;
	} cases[] = {
	    {NULL, NULL, 0, NULL},
	    {NULL, NULL, 10000, "No reply to standby request.  Standby request cancelled."},
	    {"x:1", NULL, 0, "Cancelling pending standby operation"},
	    {NULL, "1", 0, "node2 can no longer take it"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct peer p;
		struct fixture *f = fixture_both_running(TWO_NODES, &p);

		fixture_connect(f, 1, 0, "root", "root");
		msg_free(fixture_ask(f, 1, "standby", "set", "local", NULL));
		assert_int_equal(state_of(f, 0), CLAIM_OFFER);
		for (int64_t ms = 0; ms < cases[i].ms; ms += 1000) {
			assert_int_equal(state_of(f, 0), CLAIM_OFFER);
			fixture_pass(f, 1000);
			peer_status(f, &p, NULL);
		}
		p.leave = cases[i].leave;
		p.version += p.leave != NULL;
		if (cases[i].theirs != NULL)
			peer_holds(f, &p, cases[i].theirs, "r:1");
		else
			peer_status(f, &p, NULL);
		assert_int_equal(
		    state_of(f, 0), cases[i].said != NULL ? CLAIM_RUNNING : CLAIM_OFFER);
		if (cases[i].said != NULL)
			assert_true(fixture_said(f, cases[i].said));
		fixture_free(f);
	}
}

/* -- failback -- */

static void
test_failback(void **state)
{
	static const struct {
		const char *mode;
		bool offers;
	} cases[] = {{"on", true}, {"off", false}, {"legacy", true}};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *hacf =
		    g_strdup_printf("logfacility none\nkeepalive 1\ndeadtime 10\n"
				    "initdead 30\nauto_failback %s\n"
				    "ucast eth0 10.0.0.1\nnode node1 node2\n",
			cases[i].mode);
		struct fixture *f = fixture_started(hacf, BOTH_GROUPS);
		struct peer p = peer_new("node2");

		fixture_pass(f, 30000);
		fixture_end_all(f);
		assert_int_equal(state_of(f, 1), CLAIM_RUNNING);
		/* Up is not active. */
		p.st = "up";
		peer_status(f, &p, NULL);
		peer_status(f, &p, NULL);
		assert_int_equal(state_of(f, 1), CLAIM_RUNNING);
		p.st = "active";
		peer_status(f, &p, NULL);
		assert_int_equal(
		    state_of(f, 1), cases[i].offers ? CLAIM_OFFER : CLAIM_RUNNING);
		assert_int_equal(state_of(f, 0), CLAIM_RUNNING);
		fixture_free(f);
	}
}

/* Not taken up: offered again after a minute, not at once. */
static void
test_failback_is_not_pressed(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, BOTH_GROUPS);
	struct peer p = peer_new("node2");
	unsigned offers = 0;

	(void)state;
	fixture_pass(f, 30000);
	fixture_end_all(f);
	fixture_forget(f);
	for (unsigned s = 0; s < 100; s++) {
		peer_status(f, &p, NULL);
		fixture_pass(f, 1000);
		offers = fixture_times(f, "running -> offered");
		assert_int_equal(offers, s < 69 ? 1 : 2);
	}
	fixture_free(f);
}

/* -- both run it -- */

static void
test_who_yields(void **state)
{
	static const struct {
		const char *first, *second; /* node2's stand on our group, on its own */
		enum claim_state ours, theirs;
	} cases[] = {
	    /* We come first; and its own group is offered to it as always. */
	    {"r:1", NULL, CLAIM_RUNNING, CLAIM_OFFER},
	    {NULL, "r:1", CLAIM_RUNNING, CLAIM_GIVING},
	    {NULL, "s:1", CLAIM_RUNNING, CLAIM_GIVING},
	    {NULL, "o:1:node1", CLAIM_RUNNING, CLAIM_GIVING},
	    /* Finding out is not holding. */
	    {NULL, "p:1", CLAIM_RUNNING, CLAIM_RUNNING},
	    {NULL, "l:1", CLAIM_RUNNING, CLAIM_RUNNING},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct fixture *f = fixture_started(TWO_NODES, BOTH_GROUPS);
		struct peer p = peer_new("node2");

		fixture_pass(f, 30000);
		fixture_end_all(f);
		peer_holds(f, &p, cases[i].first, cases[i].second);
		/* The addresses first: what they tell of it then means that they are gone. */
		if (cases[i].theirs == CLAIM_GIVING) {
			assert_int_equal(state_of(f, 1), CLAIM_RUNNING);
			assert_string_equal(fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, ""), "stop 1/0");
		}
		if (state_of(f, 0) != cases[i].ours || state_of(f, 1) != cases[i].theirs)
			fail_msg("row %zu: %s, %s", i, claim_state_name(state_of(f, 0)),
			    claim_state_name(state_of(f, 1)));
		fixture_free(f);
	}
}

/* It comes after us but cannot hear us: somebody has to yield, so we do. */
static void
test_we_yield_to_a_deaf_node(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, BOTH_GROUPS);
	struct peer p = peer_new("node2");

	(void)state;
	fixture_pass(f, 30000);
	fixture_end_all(f);
	p.deaf = true;
	peer_holds(f, &p, "r:1", NULL);
	assert_int_equal(state_of(f, 0), CLAIM_RUNNING);
	fixture_pass(f, 2999);
	peer_status(f, &p, NULL);
	assert_int_equal(state_of(f, 0), CLAIM_RUNNING);
	fixture_pass(f, 1);
	/* It may have fallen silent. */
	assert_int_equal(state_of(f, 0), CLAIM_RUNNING);
	peer_status(f, &p, NULL);
	assert_string_equal(fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, ""), "stop 0/0");
	assert_int_equal(state_of(f, 0), CLAIM_GIVING);
	fixture_free(f);
}

/* What the announcements of the last step are about; -1: there is none. */
static int
announced(const struct fixture *f)
{
	for (unsigned i = 0; i < fixture_count(f, ACTION_RUN); i++) {
		const struct action *a = fixture_action(f, ACTION_RUN, i);

		if (a->op == OP_ANNOUNCE)
			return (int)a->group;
	}
	return -1;
}

/* Whatever we missed of it: our clock, too, may have stood still. */
static void
test_we_announce_after_any_doubt(void **state)
{
	static const struct {
		const char *how, *heard;	/* what it says of us; NULL: it hears us */
		const char *holds[3];	/* its stand on our group, one after the other */
		bool announced[3];	/* after each */
	} cases[] = {
	    {"it stops it", NULL, {"g:2", "g:2", "-:2"}, {true, false, true}},
	    {"it holds it", NULL, {"r:2", "g:2", "-:2"}, {false, true, true}},
	    {"it has started it since", NULL, {"-:2", "-:2", NULL}, {true, false, false}},
	    {"it has found it there", NULL, {"l:0", "-:0", NULL}, {false, true, false}},
	    {"it had us for dead", "past", {"-:0", "-:0", NULL}, {false, false, true}},
	    {"it looks what runs there", NULL, {"p:0", "-:0", NULL}, {false, false, false}},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct peer p;
		struct fixture *f = fixture_both_running(TWO_NODES, &p);
		g_autofree char *past = g_strdup_printf("node1:%llx:%llx:past",
		    (unsigned long long)f->c->generation,
		    (unsigned long long)f->c->self->facts.version);

		for (unsigned s = 0; s < 3; s++) {
			p.heard = cases[i].heard != NULL && s < 2 ? past : NULL;
			peer_holds(f, &p, cases[i].holds[s], "r:1");
			if ((announced(f) == 0) != cases[i].announced[s])
				fail_msg("%s, status %u: %d", cases[i].how, s, announced(f));
			assert_int_equal(state_of(f, 0), CLAIM_RUNNING);
		}
		/* Once only. */
		peer_holds(f, &p, cases[i].holds[2], "r:1");
		assert_int_equal(announced(f), -1);
		fixture_free(f);
	}
}

/* -- asleep -- */

static void
test_after_a_long_sleep_nothing_is_sure(void **state)
{
	struct peer p;
	struct fixture *f = fixture_both_running(TWO_NODES, &p);

	(void)state;
	fixture_sleep(f, 15000);
	fixture_step(f, (struct event){.type = EVENT_TIMER});
	assert_int_equal(state_of(f, 0), CLAIM_LEFTOVER);
	/* The other one has taken it: it keeps it. */
	peer_holds(f, &p, "r:2", "r:1");
	assert_string_equal(fixture_end(f, AGENT_NATIVE, CHILD_EXITED, 0, ""), "stop 0/0");
	assert_int_equal(state_of(f, 0), CLAIM_GIVING);
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_a_wish_waits_until_it_is_seen),
	    cmocka_unit_test(test_what_keeps_us_from_starting),
	    cmocka_unit_test(test_the_epoch_grows_over_all),
	    cmocka_unit_test(test_nothing_is_taken_beside_a_node_of_the_old_dialect),
	    cmocka_unit_test(test_standby_is_offered_taken_and_given),
	    cmocka_unit_test(test_an_offer_ends),
	    cmocka_unit_test(test_failback),
	    cmocka_unit_test(test_failback_is_not_pressed),
	    cmocka_unit_test(test_who_yields),
	    cmocka_unit_test(test_we_yield_to_a_deaf_node),
	    cmocka_unit_test(test_we_announce_after_any_doubt),
	    cmocka_unit_test(test_after_a_long_sleep_nothing_is_sure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
