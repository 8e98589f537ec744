/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/api_peers.h"

#include "fixture.h"

#define HACF TWO_NODES "apiauth ipfail uid=hacluster\napiauth pager gid=haclient\n"

static struct fixture *f;
static struct peer p;

static int
setup(void **state)
{
	(void)state;
	p = peer_new("node2");
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

/* Who is asked answers; who asked is told, and nobody else. */
static void
test_client_status(void **state)
{
	static const char *const names[] = {"ipfail", "pager"};

	(void)state;
	fixture_connect(f, 1, 90, "hacluster", "haclient");
	fixture_connect(f, 2, 1000, "jane", "users");
	fixture_answers(fixture_ask(f, 1, "signon", "name", "ipfail", NULL), NULL);
	for (unsigned i = 0; i < 2; i++) {
		struct msg *query = peer_message(f, &p, "query-cstatus");

		msg_add(query, "cn", names[i]);
		msg_add(query, "from_id", "163");
		fixture_receive(f, query);
		AUTO_MSG struct msg *m = fixture_sent(f, "respond-cstatus", 0);
		assert_string_equal(msg_get(m, "dest"), "node2");
		assert_string_equal(msg_get(m, "result"), "OK");
		assert_string_equal(msg_get(m, "cn"), names[i]);
		assert_string_equal(msg_get(m, "to_id"), "163");
		assert_string_equal(msg_get(m, "cs"), i == 0 ? "online" : "offline");
	}
	for (unsigned i = 0; i < 3; i++) {
		static const char *const ids[] = {"2", "77", "no number"};
		struct msg *answer = peer_message(f, &p, "respond-cstatus");

		msg_add(answer, "result", "OK");
		msg_add(answer, "cn", "ipfail");
		msg_add(answer, "to_id", ids[i]);
		msg_add(answer, "cs", "online");
		fixture_receive(f, answer);
		AUTO_MSG struct msg *told = fixture_told(f, 2, 0);
		assert_int_equal(told != NULL, i == 0);
		assert_int_equal(fixture_count(f, ACTION_REPLY), i == 0 ? 1 : 0);
		if (told == NULL)
			continue;
		assert_string_equal(msg_get(told, "what"), "clientstatus");
		assert_string_equal(msg_get(told, "node"), "node2");
		assert_string_equal(msg_get(told, "status"), "online");
	}
}

/* From a client here to the client of that name there: bytes of one core go into another.
 */
static void
test_a_message_arrives(void **state)
{
	struct fixture *other = fixture_started(HACF, "node2 IPaddr::10.0.0.9\n");
	AUTO_MSG struct msg *sent = NULL;
	struct peer sender = peer_new("node2");

	(void)state;
	fixture_connect(f, 1, 90, "hacluster", "haclient");
	fixture_answers(fixture_ask(f, 1, "signon", "name", "ipfail", NULL), NULL);
	fixture_answers(fixture_ask(f, 1, "message", "type", "num_ping_nodes", "x_num_ping", "3",
		    "x_text", "two\nlines, = and (0)", "num_ping", "99", NULL),
	    NULL);
	sent = fixture_sent(f, "num_ping_nodes", 0);
	assert_non_null(sent);
	assert_string_equal(msg_get(sent, "num_ping"), "3");
	/* As if node2 had sent it. */
	msg_set(sent, "src", "node2");
	msg_set(sent, "hg", "64");
	msg_set(sent, "seq", "2");
	peer_status(other, &sender, NULL);
	fixture_connect(other, 5, 90, "hacluster", "haclient");
	fixture_connect(other, 6, 1000, "jane", "haclient");
	fixture_answers(fixture_ask(other, 5, "signon", "name", "ipfail", NULL), NULL);
	fixture_answers(fixture_ask(other, 6, "signon", "name", "pager", NULL), NULL);
	struct msg *copy = msg_copy(sent);
	const struct field *uuid = msg_find(copy, "srcuuid");

	uuid->value[0] ^= 1;
	fixture_receive(other, copy);
	AUTO_MSG struct msg *told = fixture_told(other, 5, 0);

	assert_non_null(told);
	assert_string_equal(msg_type(told), "notice");
	assert_string_equal(msg_get(told, "what"), "message");
	assert_string_equal(msg_get(told, "type"), "num_ping_nodes");
	assert_string_equal(msg_get(told, "from"), "node2");
	assert_string_equal(msg_get(told, "x_num_ping"), "3");
	assert_string_equal(msg_get(told, "x_text"), "two\nlines, = and (0)");
	assert_null(msg_get(told, "x_seq"));
	assert_null(msg_get(told, "x_src"));
	/* Not for a client of another name. */
	assert_null(fixture_told(other, 6, 0));
	fixture_free(other);
}

/* Who subscribed hears of clients elsewhere. */
static void
test_a_client_comes_and_goes_there(void **state)
{
	static const struct {
		const char *word, *status;
	} cases[] = {{"join", "online"}, {"leave", "offline"}};

	(void)state;
	fixture_connect(f, 1, 1000, "jane", "users");
	fixture_connect(f, 2, 1000, "jane", "users");
	fixture_answers(fixture_ask(f, 1, "subscribe", NULL), NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct msg *m = peer_message(f, &p, "hbapi-clstat");

		msg_add(m, "st", cases[i].word);
		msg_add(m, "to_id", "ipfail");
		fixture_receive(f, m);
		AUTO_MSG struct msg *told = fixture_told(f, 1, 0);
		assert_non_null(told);
		assert_string_equal(msg_get(told, "what"), "client");
		assert_string_equal(msg_get(told, "node"), "node2");
		assert_string_equal(msg_get(told, "client"), "ipfail");
		assert_string_equal(msg_get(told, "status"), cases[i].status);
		assert_null(fixture_told(f, 2, 0));
	}
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_client_status),
	    TEST(test_a_message_arrives),
	    TEST(test_a_client_comes_and_goes_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
