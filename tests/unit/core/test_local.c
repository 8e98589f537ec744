/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/local.h"

#include "fixture.h"

/* A script wrote this. */
static void
fifo(struct fixture *f, const char *text)
{
	struct event e = {.type = EVENT_REQUEST};

	e.u.request = (struct event_request){CLIENT_FIFO, text, strlen(text)};
	fixture_step(f, e);
}

static void
test_own_type_goes_everywhere(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
	struct peer p = peer_new("node2");

	(void)state;
	peer_status(f, &p, NULL);
	fifo(f, ">>>\nt=alarm\nwhat=smoke=fire\nsrc=somebody\nseq=1\nauth=1 x\n<<<\n");
	AUTO_MSG struct msg *m = fixture_sent(f, "alarm", 0);
	assert_non_null(m);
	assert_string_equal(msg_get(m, "what"), "smoke=fire");
	/* Nobody speaks in another name. */
	assert_string_equal(msg_get(m, "src"), "node1");
	g_autofree char *text = action_text(fixture_action(f, ACTION_HOOK, 0));
	assert_non_null(strstr(text, "hook alarm t=alarm what=smoke=fire src=node1 seq="));
	assert_int_equal(f->c->drops[DROP_LOCAL], 0);
	fixture_free(f);
}

static void
test_addressed(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
	struct peer p = peer_new("node2");

	(void)state;
	peer_status(f, &p, NULL);
	fifo(f, ">>>\nt=alarm\ndest=node2\n<<<\n");
	AUTO_MSG struct msg *m = fixture_sent(f, "alarm", 0);
	assert_string_equal(msg_get(m, "dest"), "node2");
	assert_int_equal(fixture_count(f, ACTION_HOOK), 0);
	fifo(f, ">>>\nt=alarm\ndest=node1\n<<<\n");
	assert_int_equal(fixture_count(f, ACTION_HOOK), 1);
	fifo(f, ">>>\nt=alarm\ndest=nobody\n<<<\n");
	assert_int_equal(fixture_count(f, ACTION_SEND), 0);
	assert_int_equal(f->c->drops[DROP_LOCAL], 1);
	fixture_free(f);
}

/* What hb_standby and hb_takeover of 3.0.6 write. */
static void
test_requests(void **state)
{
	struct peer p;
	struct fixture *f = fixture_both_running(TWO_NODES, &p);

	(void)state;
	fixture_forget(f);
	fifo(f, ">>>\nt=ask_resources\nrsc_hold=local\ninfo=me\n<<<\n");
	assert_true(fixture_said(f, "node1 wants to go standby [local]"));
	assert_int_equal(fixture_count(f, ACTION_HOOK), 0);
	fixture_free(f);

	f = fixture_both_running(TWO_NODES, &p);
	fifo(f, ">>>\nt=hb_takeover\nrsc_hold=all\n<<<\n");
	AUTO_MSG struct msg *m = fixture_sent(f, "hb_takeover", 0);
	assert_string_equal(msg_get(m, "rsc_hold"), "all");
	fixture_free(f);
}

/* Old scripts say these when they have done what nobody asks them to any more. */
static void
test_nothing_to_do(void **state)
{
	static const char *const texts[] = {
	    ">>>\nt=resource\nrsc_hold=foreign\ninfo=mach_down\n<<<\n",
	    ">>>\nt=ip-request\nipaddr=IPaddr::10.0.0.9\n<<<\n",
	    ">>>\nt=ip-request-resp\ndest=node1\nipaddr=x\nweown=yes\nok=OK\n<<<\n",
	};
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		fifo(f, texts[i]);
		assert_int_equal(actions_count(f->out), 0);
	}
	assert_int_equal(f->c->drops[DROP_LOCAL], 0);
	fixture_free(f);
}

static void
test_dropped(void **state)
{
	g_autofree char *long_line = g_strnfill(LOCAL_LINE_MAX - 1, 'x');
	g_autofree char *too_long = g_strconcat(">>>\nt=alarm\nx=", long_line, "\n<<<\n", NULL);
	const char *const texts[] = {
	    "",
	    "garbage",
	    ">>>\n",
	    ">>>\n<<<\n",
	    ">>>\nt=alarm\nno equals sign\n<<<\n",
	    ">>>\nt=../../bin/sh\n<<<\n",
	    ">>>\nt=\n<<<\n",
	    ">>>\nx=1\n<<<\n",
	    ">>>\nt=status\nst=dead\n<<<\n",
	    ">>>\nt=NS_ackmsg\nackseq=1\n<<<\n",
	    ">>>\nt=shutdone\n<<<\n",
	    ">>>\nt=addnode\nnodelist=node9\n<<<\n",
	    ">>>\nt=hb_takeover\n<<<\n",
	    ">>>\nt=ask_resources\nrsc_hold=everything\ninfo=me\n<<<\n",
	    ">>>\nt=ask_resources\nrsc_hold=all\ninfo=done\n<<<\n",
	    "###\n10:(0)t=alarm,%%%\n",
	    too_long,
	};
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		fifo(f, texts[i]);
		assert_int_equal(f->c->drops[DROP_LOCAL], i + 1);
		assert_int_equal(actions_count(f->out), 0);
	}
	/* A storm is said once. */
	assert_int_equal(fixture_times(f, "message in the FIFO dropped"), 1);
	fixture_pass(f, 61000);
	fifo(f, "garbage");
	assert_int_equal(fixture_times(f, "message in the FIFO dropped"), 2);
	fixture_free(f);
}

/* Room for what every message carries: without its number nobody would take it. */
static void
test_as_many_lines_as_fit(void **state)
{
	static const unsigned lines[] = {1, 200, 239, 240, 250, 255};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
		g_autoptr(GString) text = g_string_new(">>>\nt=alarm\n");

		for (unsigned k = 0; k < lines[i]; k++)
			g_string_append_printf(text, "x%u=%u\n", k, k);
		g_string_append(text, "<<<\n");
		fifo(f, text->str);
		AUTO_MSG struct msg *m = fixture_sent(f, "alarm", 0);

		assert_int_equal(m != NULL, lines[i] < 240);
		assert_int_equal(f->c->drops[DROP_LOCAL], lines[i] < 240 ? 0 : 1);
		assert_true(m == NULL || (msg_get(m, "seq") != NULL && msg_get(m, "ttl") != NULL));
		fixture_free(f);
	}
}

static void
test_longest_line(void **state)
{
	g_autofree char *value = g_strnfill(LOCAL_LINE_MAX - 2, 'x');
	g_autofree char *text = g_strconcat(">>>\nt=alarm\nx=", value, "\n<<<\n", NULL);
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);

	(void)state;
	fifo(f, text);
	AUTO_MSG struct msg *m = fixture_sent(f, "alarm", 0);
	assert_string_equal(msg_get(m, "x"), value);
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_own_type_goes_everywhere),
	    cmocka_unit_test(test_addressed),
	    cmocka_unit_test(test_requests),
	    cmocka_unit_test(test_nothing_to_do),
	    cmocka_unit_test(test_dropped),
	    cmocka_unit_test(test_as_many_lines_as_fit),
	    cmocka_unit_test(test_longest_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
