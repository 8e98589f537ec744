/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/api.h"

#include "fixture.h"

#define HACF TWO_NODES "apiauth ipfail uid=hacluster\napiauth pager gid=haclient,1007 uid=1005\n"

static struct fixture *f;

static int
setup(void **state)
{
	struct peer p = peer_new("node2");

	(void)state;
	f = fixture_started(HACF, "node2 IPaddr::10.0.0.9\n");
	peer_status(f, &p, NULL);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	fixture_free(f);
	return 0;
}

static void
test_who_may_move(void **state)
{
	static const struct {
		uint32_t uid;
		const char *user, *group;
		bool may;
	} cases[] = {
	    {0, "root", "root", true},
	    {0, "toor", "toor", true},
	    {90, "hacluster", "hacluster", true},
	    {1000, "jane", "haclient", true},
	    {1000, "jane", "users", false},
	    {1000, "root2", "root", false},
	    {1000, "haclient", "users", false},
	    {1000, "1000", "0", false},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *denied = cases[i].may ? NULL : "permission denied";

		fixture_connect(f, 10 + i, cases[i].uid, cases[i].user, cases[i].group);
		fixture_answers(fixture_ask(f, 10 + i, "standby", "set", "all", NULL), denied);
		fixture_answers(fixture_ask(f, 10 + i, "takeover", "set", "local", NULL), denied);
		fixture_answers(fixture_ask(f, 10 + i, "retry", NULL),
		    cases[i].may ? "no group has failed here" : denied);
		/* Reading is for everybody. */
		struct msg *m = fixture_ask(f, 10 + i, "status", NULL);

		assert_int_equal(msg_get(m, "json")[0], '{');
		fixture_answers(m, NULL);
	}
}

static void
test_words_of_moves(void **state)
{
	static const struct {
		const char *set, *wrong;
	} cases[] = {{"all", NULL}, {"local", NULL}, {"foreign", NULL}, {"failback", NULL},
	    {"", "set must be"}, {"none", "set must be"}, {"ALL", "set must be"}};

	(void)state;
	fixture_connect(f, 1, 0, "root", "root");
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		fixture_answers(fixture_ask(f, 1, "standby", "set", cases[i].set, NULL),
		    cases[i].wrong);
		fixture_answers(fixture_ask(f, 1, "takeover", "set", cases[i].set, NULL),
		    cases[i].wrong);
	}
	fixture_answers(fixture_ask(f, 1, "standby", NULL), "set must be");
	fixture_answers(fixture_ask(f, 1, "retry", "group", "nothing", NULL), "no group nothing");
}

static void
test_sign_on(void **state)
{
	static const struct {
		uint32_t uid;
		const char *user, *group, *name, *wrong;
	} cases[] = {
	    {90, "hacluster", "haclient", "ipfail", NULL},
	    {1000, "jane", "haclient", "ipfail", "no apiauth line"},
	    {0, "root", "root", "ipfail", "no apiauth line"},
	    {1000, "jane", "haclient", "pager", NULL},
	    {1005, "bob", "users", "pager", NULL},
	    {1006, "1005x", "users", "pager", "no apiauth line"},
	    {1007, "kim", "users", "pager", NULL},
	    {1000, "jane", "users", "pager", "no apiauth line"},
	    {1000, "jane", "users", "", "1 to 64 characters"},
	    {0, "root", "root", NULL, "1 to 64 characters"},
	    {1000, "jane", "users",
		"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
		"1 to 64 characters"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		fixture_connect(f, 10 + i, cases[i].uid, cases[i].user, cases[i].group);
		fixture_answers(cases[i].name != NULL
			    ? fixture_ask(f, 10 + i, "signon", "name", cases[i].name, NULL)
			    : fixture_ask(f, 10 + i, "signon", NULL),
		    cases[i].wrong);
	}
	fixture_answers(fixture_ask(f, 10, "signon", "name", "ipfail", NULL), "signed on already");
}

static void
test_the_other_nodes_hear_of_a_client(void **state)
{
	struct event e = {.type = EVENT_CLIENT, .u.client = {.client = 1}};

	(void)state;
	fixture_connect(f, 1, 90, "hacluster", "haclient");
	fixture_answers(fixture_ask(f, 1, "signon", "name", "ipfail", NULL), NULL);
	for (unsigned i = 0; i < 2; i++) {
		AUTO_MSG struct msg *m = fixture_sent(f, "hbapi-clstat", 0);

		assert_non_null(m);
		assert_string_equal(msg_get(m, "st"), i == 0 ? "join" : "leave");
		assert_string_equal(msg_get(m, "from_id"), "ipfail");
		assert_string_equal(msg_get(m, "to_id"), "ipfail");
		assert_string_equal(msg_get(m, "client_gen"), "0");
		fixture_step(f, e);
	}
	/* Gone is gone. */
	assert_null(fixture_ask(f, 1, "status", NULL));
	/* The next of that name is another. */
	fixture_connect(f, 2, 90, "hacluster", "haclient");
	fixture_answers(fixture_ask(f, 2, "signon", "name", "ipfail", NULL), NULL);
	AUTO_MSG struct msg *again = fixture_sent(f, "hbapi-clstat", 0);
	assert_string_equal(msg_get(again, "client_gen"), "1");
	fixture_answers(fixture_ask(f, 2, "message", "type", "abort_giveup", "dest", "node2", NULL), NULL);
	AUTO_MSG struct msg *word = fixture_sent(f, "abort_giveup", 0);
	assert_string_equal(msg_get(word, "client_gen"), "1");
	assert_string_equal(msg_get(word, "dest"), "node2");
}

/* Asked here, it is answered at once; another node is asked first. */
static void
test_client_status(void **state)
{
	(void)state;
	fixture_connect(f, 2, 1000, "jane", "users");
	fixture_answers(fixture_ask(f, 2, "clientstatus", "node", "node2", "client", "ipfail", NULL), NULL);
	AUTO_MSG struct msg *asked = fixture_sent(f, "query-cstatus", 0);
	assert_string_equal(msg_get(asked, "dest"), "node2");
	assert_string_equal(msg_get(asked, "cn"), "ipfail");
	assert_string_equal(msg_get(asked, "from_id"), "2");
	fixture_answers(fixture_ask(f, 2, "clientstatus", "node", "node1", "client", "pager", NULL), NULL);
	AUTO_MSG struct msg *here = fixture_told(f, 2, 0);
	assert_string_equal(msg_get(here, "status"), "offline");
	fixture_answers(fixture_ask(f, 2, "clientstatus", "node", "node9", "client", "x", NULL), "no node node9");
	fixture_answers(fixture_ask(f, 2, "clientstatus", "node", "node2", NULL), "name of a client");
}

static void
test_odd_requests(void **state)
{
	static const char *const bytes[] = {"", "x", "###\n", "###\n%%%\n",
	    ">>>\nt=status\n<<<\n", "###\n8:(0)t=abc,%%%\n"};
	struct event e = {.type = EVENT_REQUEST};

	(void)state;
	fixture_connect(f, 1, 0, "root", "root");
	for (size_t i = 0; i < G_N_ELEMENTS(bytes); i++) {
		e.u.request = (struct event_request){1, bytes[i], strlen(bytes[i])};
		fixture_step(f, e);
		struct msg *m = fixture_told(f, 1, 0);

		assert_non_null(m);
		assert_string_equal(msg_get(m, "result"), "error");
		msg_free(m);
	}
	fixture_answers(fixture_ask(f, 1, "shutdown", NULL), "unknown request");
	fixture_answers(fixture_ask(f, 1, "reply", NULL), "unknown request");
	/* Of somebody who never connected. */
	e.u.request.client = 99;
	fixture_step(f, e);
	assert_int_equal(fixture_count(f, ACTION_REPLY), 0);
}

static void
test_a_message_is_refused(void **state)
{
	static const struct {
		const char *type, *dest, *wrong;
	} cases[] = {
	    {"num_ping_nodes", "node2", NULL},
	    {"num_ping_nodes", "node9", "no node node9"},
	    {"num_ping_nodes", "NODE2", "no node NODE2"},
	    {"status", "node2", "the daemon's own"},
	    {"shutdone", "node2", "the daemon's own"},
	    {"hb_takeover", "node2", "the daemon's own"},
	    {"NS_rexmit", "node2", "lower-case"},
	    {"a b", "node2", "lower-case"},
	    {"", "node2", "lower-case"},
	    {"abcdefghijklmnopqrstuvwxyzabcdef", "node2", "lower-case"},
	};

	(void)state;
	fixture_connect(f, 1, 90, "hacluster", "haclient");
	fixture_answers(fixture_ask(f, 1, "message", "type", "abc", NULL), "sign on first");
	fixture_answers(fixture_ask(f, 1, "signon", "name", "ipfail", NULL), NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		fixture_answers(fixture_ask(f, 1, "message", "type", cases[i].type, "dest",
			    cases[i].dest, NULL),
		    cases[i].wrong);
	}
	fixture_answers(fixture_ask(f, 1, "message", NULL), "lower-case");
}

/* Whatever is said to be sent can be sent: 65507 bytes go into a datagram. */
static void
test_a_message_fits_into_a_datagram_or_is_refused(void **state)
{
	static const size_t lens[] = {1, 60000, 63900, 64200, 65300, 65400};
	bool refused = false;

	(void)state;
	fixture_connect(f, 1, 90, "hacluster", "haclient");
	fixture_answers(fixture_ask(f, 1, "signon", "name", "ipfail", NULL), NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(lens); i++) {
		g_autofree char *value = g_strnfill(lens[i], 'x');
		AUTO_MSG struct msg *reply =
		    fixture_ask(f, 1, "message", "type", "abc", "x_value", value, NULL);
		const struct action *sent = fixture_action(f, ACTION_SEND, 0);

		refused = strcmp(msg_get(reply, "result"), "ok") != 0;
		assert_true(refused == (lens[i] > 64000));
		assert_true(refused == (sent == NULL));
		assert_true(sent == NULL || g_bytes_get_size(sent->bytes) <= 65507);
		if (refused)
			assert_non_null(strstr(msg_get(reply, "text"), "too long"));
	}
	assert_true(refused);
}

static void
test_a_client_cannot_forge_the_envelope(void **state)
{
	static const char *const own[] = {
	    "x_t", "x_src", "x_seq", "x_hg", "x_ts", "x_dest", "x_to_id", "x_from_id"};

	(void)state;
	fixture_connect(f, 1, 90, "hacluster", "haclient");
	fixture_answers(fixture_ask(f, 1, "signon", "name", "ipfail", NULL), NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(own); i++) {
		msg_free(
		    fixture_ask(f, 1, "message", "type", "abc", own[i], "forged", NULL));
		AUTO_MSG struct msg *m = fixture_sent(f, "abc", 0);

		if (m == NULL)
			continue;
		for (size_t k = 0; k < msg_count(m); k++)
			assert_string_not_equal(msg_field(m, k)->value, "forged");
		assert_string_equal(msg_get(m, "src"), "node1");
		assert_string_equal(msg_get(m, "to_id"), "ipfail");
	}
}

static void
test_subscribers_are_told(void **state)
{
	bool node = false, link = false, resources = false;
	struct msg *m;

	(void)state;
	fixture_connect(f, 1, 1000, "jane", "users");
	fixture_connect(f, 2, 1000, "jane", "users");
	fixture_answers(fixture_ask(f, 1, "subscribe", NULL), NULL);
	while (f->c->nodes[1].status != NODE_DEAD) {
		f->now = core_deadline(f->c);
		fixture_step(f, (struct event){.type = EVENT_TIMER});
	}
	for (unsigned i = 0; (m = fixture_told(f, 1, i)) != NULL; i++) {
		const char *what = msg_get(m, "what");

		if (strcmp(what, "node") == 0) {
			assert_string_equal(msg_get(m, "node"), "node2");
			assert_string_equal(msg_get(m, "status"), "dead");
			assert_string_equal(msg_get(m, "type"), "normal");
			node = true;
		} else if (strcmp(what, "link") == 0) {
			assert_string_equal(msg_get(m, "link"), "eth0");
			assert_string_equal(msg_get(m, "status"), "dead");
			link = true;
		} else if (strcmp(what, "resources") == 0) {
			assert_string_equal(msg_get(m, "settled"), "no");
			resources = true;
		}
		msg_free(m);
	}
	assert_true(node && link && resources);
	assert_null(fixture_told(f, 2, 0));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_who_may_move),
	    TEST(test_words_of_moves),
	    TEST(test_sign_on),
	    TEST(test_the_other_nodes_hear_of_a_client),
	    TEST(test_client_status),
	    TEST(test_odd_requests),
	    TEST(test_a_message_is_refused),
	    TEST(test_a_message_fits_into_a_datagram_or_is_refused),
	    TEST(test_a_client_cannot_forge_the_envelope),
	    TEST(test_subscribers_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
