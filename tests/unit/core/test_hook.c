/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/hook.h"

#include "fixture.h"

/* The nth hook of the last step as text: "hook status t=status st=up ..."; NULL: none. The caller's. */
static char *
hook(const struct fixture *f, unsigned nth)
{
	const struct action *a = fixture_action(f, ACTION_HOOK, nth);

	return a != NULL ? action_text(a) : NULL;
}

static void
test_type_names(void **state)
{
	static const struct {
		const char *type;
		bool name, ours;
	} cases[] = {
	    {"status", true, true},
	    {"ip-request", true, true},
	    {"NS_ackmsg", true, true},
	    {"NS_anything", true, true},
	    {"my_type-2", true, false},
	    {"Alarm", true, false},
	    {"", false, false},
	    {"../../bin/sh", false, false},
	    {"a b", false, false},
	    {"a.b", false, false},
	    {"abcdefghijklmnopqrstuvwxyzabcde", true, false},
	    {"abcdefghijklmnopqrstuvwxyzabcdef", false, false},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		assert_int_equal(hook_type_is_name(cases[i].type), cases[i].name);
		assert_int_equal(hook_type_is_ours(cases[i].type), cases[i].ours);
	}
}

static void
test_peer_comes_and_dies(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
	struct peer p = peer_new("node2");

	(void)state;
	p.st = "up";
	peer_status(f, &p, NULL);
	g_autofree char *up = hook(f, 0);
	g_autofree char *link = hook(f, 1);
	/* The link first: that is how it is heard. */
	assert_non_null(strstr(up, "hook ifstat t=ifstat st=up OSTATUS=dead node=node2 ifname=eth0 src=node1"));
	assert_non_null(strstr(link, "hook status t=status st=up OSTATUS=init src=node2"));
	p.st = "active";
	peer_status(f, &p, NULL);
	g_autofree char *active = hook(f, 0);
	assert_non_null(strstr(active, "hook status t=status st=active OSTATUS=up src=node2"));
	peer_status(f, &p, NULL);
	assert_int_equal(fixture_count(f, ACTION_HOOK), 0);
	fixture_pass(f, 15000);
	assert_true(strstr(f->log->str, "> hook status t=status st=dead OSTATUS=active src=node2") != NULL);
	assert_true(strstr(f->log->str, "> hook ifstat t=ifstat st=dead OSTATUS=up node=node2") != NULL);
	fixture_free(f);
}

/* A 3.0.6 tells its load, and every node how far its words may go. */
static void
test_what_it_said_itself(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
	struct peer p = peer_new("node2");
	struct msg *m;

	(void)state;
	p.st = "up";
	m = peer_status_message(f, &p);
	msg_add(m, "ld", "0.15 0.10 0.05 2/99 1234");
	msg_set(m, "ttl", "3");
	fixture_receive(f, m);
	g_autofree char *up = hook(f, 1);
	assert_non_null(strstr(up, " ld=0.15 0.10 0.05 2/99 1234 ttl=3"));
	p.st = "active";
	m = peer_status_message(f, &p);
	msg_set(m, "ttl", "3");
	fixture_receive(f, m);
	g_autofree char *active = hook(f, 0);
	assert_null(strstr(active, " ld="));
	assert_non_null(strstr(active, " ttl=3"));
	fixture_forget(f);
	/* The dead have not said that. */
	fixture_pass(f, 15000);
	g_autofree char *log = g_strdup(strstr(f->log->str, "> hook status t=status st=dead"));
	assert_non_null(log);
	log[strcspn(log, "\n")] = '\0';
	assert_null(strstr(log, "ttl="));
	fixture_free(f);
}

/* What is said to each other moves no script; what nobody knows is for scripts. */
static void
test_messages(void **state)
{
	static const struct {
		const char *type;
		unsigned hooks;
	} cases[] = {
	    {"hb_takeover", 0},
	    {"ask_resources", 0},
	    {"ip-request-resp", 0},
	    {"setsite", 0},
	    {"stonith", 1},
	    {"alarm", 1},
	};
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
	struct peer p = peer_new("node2");

	(void)state;
	peer_status(f, &p, NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct msg *m = peer_message(f, &p, cases[i].type);

		msg_add(m, "what", "smoke");
		fixture_receive(f, m);
		assert_int_equal(fixture_count(f, ACTION_HOOK), cases[i].hooks);
		if (cases[i].hooks == 0)
			continue;
		g_autofree char *text = hook(f, 0);
		assert_true(g_str_has_prefix(text + strlen("hook "), cases[i].type));
		assert_non_null(strstr(text, " what=smoke"));
		assert_non_null(strstr(text, " src=node2"));
		/* Binary fields are no text. */
		assert_null(strstr(text, "uuid"));
	}
	fixture_free(f);
}

static void
test_limits(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES, ONE_GROUP);
	struct peer p = peer_new("node2");
	g_autofree char *longest = g_strnfill(HOOK_VALUE_MAX, 'x');
	g_autofree char *longer = g_strnfill(HOOK_VALUE_MAX + 1, 'x');
	struct msg *m;

	(void)state;
	peer_status(f, &p, NULL);
	m = peer_message(f, &p, "alarm");
	msg_add(m, "longest", longest);
	msg_add(m, "longer", longer);
	msg_add(m, "no-word", "1");
	fixture_receive(f, m);
	g_autofree char *text = hook(f, 0);
	assert_non_null(strstr(text, " longest=x"));
	assert_null(strstr(text, "longer"));
	assert_null(strstr(text, "no-word"));
	m = peer_message(f, &p, "alarm");
	for (unsigned i = 0; i < 2 * HOOK_FIELDS_MAX; i++) {
		g_autofree char *name = g_strdup_printf("f%u", i);

		msg_add(m, name, "");
	}
	fixture_receive(f, m);
	gsize len, strings = 0;
	const char *bytes =
	    g_bytes_get_data(fixture_action(f, ACTION_HOOK, 0)->bytes, &len);
	for (gsize i = 0; i < len; i++)
		strings += bytes[i] == '\0';
	assert_int_equal(strings, 1 + 2 * HOOK_FIELDS_MAX);
	fixture_free(f);
}

static void
test_ping_node(void **state)
{
	struct fixture *f = fixture_started(TWO_NODES "ping 10.0.0.254\n", ONE_GROUP);

	(void)state;
	for (unsigned i = 0; fixture_action(f, ACTION_SEND, i) != NULL; i++) {
		const struct action *a = fixture_action(f, ACTION_SEND, i);

		if (a->medium != 1)
			continue;
		g_autoptr(GBytes) echo = g_bytes_ref(a->bytes);
		fixture_receive_bytes(
		    f, 1, g_bytes_get_data(echo, NULL), g_bytes_get_size(echo));
		break;
	}
	assert_non_null(strstr(f->log->str,
	    "> hook status t=status st=ping OSTATUS=init src=10.0.0.254 ts="));
	fixture_pass(f, 15000);
	assert_non_null(strstr(f->log->str, "> hook status t=status st=dead OSTATUS=ping src=10.0.0.254"));
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_type_names),
	    cmocka_unit_test(test_peer_comes_and_dies),
	    cmocka_unit_test(test_what_it_said_itself),
	    cmocka_unit_test(test_messages),
	    cmocka_unit_test(test_limits),
	    cmocka_unit_test(test_ping_node),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
