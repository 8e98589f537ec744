/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

static void
test_list_keeps_order(void **state)
{
	struct actions *a = actions_new();

	(void)state;
	assert_int_equal(actions_count(a), 0);
	for (unsigned i = 0; i < 100; i++) {
		struct action *one = actions_add(a, ACTION_CLIENT_START);

		assert_int_equal(one->job, 0);
		assert_null(one->bytes);
		one->index = i;
	}
	assert_int_equal(actions_count(a), 100);
	for (unsigned i = 0; i < 100; i++)
		assert_int_equal(actions_get(a, i)->index, i);
	actions_clear(a);
	assert_int_equal(actions_count(a), 0);
	actions_free(a);
	actions_free(NULL);
}

static void
test_text(void **state)
{
	static const struct {
		struct action a;
		const char *text;
	} cases[] = {
	    {{.type = ACTION_RUN, .job = 12, .op = OP_START, .group = 3, .resource = 1},
		"run 12 start group 3 resource 1"},
	    {{.type = ACTION_KILL, .job = UINT64_MAX}, "kill 18446744073709551615"},
	    {{.type = ACTION_CLIENT_START, .job = 5, .index = 2},
		"client-start 5 number 2"},
	    {{.type = ACTION_ACTIVE}, "active"},
	    {{.type = ACTION_GROUP, .group = 4, .hint = HINT_AWAY}, "group 4 hint 4"},
	    {{.type = ACTION_REBOOT, .reason = "because"}, "reboot: because"},
	    {{.type = ACTION_EXIT}, "exit: "},
	    {{.type = ACTION_TALK, .talk = 12}, "talk 12"},
	    {{.type = ACTION_RENEW, .generation = 77}, "renew above 77"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = action_text(&cases[i].a);
		assert_string_equal(text, cases[i].text);
	}
	struct action send = {
	    .type = ACTION_SEND, .medium = 1, .bytes = g_bytes_new("abc", 3)};
	g_autofree char *sent = action_text(&send);
	assert_string_equal(sent, "send medium 1, 3 bytes");
	send.type = ACTION_REPLY;
	send.client = 9;
	g_autofree char *reply = action_text(&send);
	assert_string_equal(reply, "reply client 9, 3 bytes");
	g_bytes_unref(send.bytes);
	static const char words[] = "status\0st\0dead\0src\0a\nb";
	struct action hook = {
	    .type = ACTION_HOOK, .bytes = g_bytes_new_static(words, sizeof(words))};
	g_autofree char *hooked = action_text(&hook);
	assert_string_equal(hooked, "hook status st=dead src=a\\x0ab");
	g_bytes_unref(hook.bytes);
}

static void
test_names_differ(void **state)
{
	(void)state;
	for (unsigned i = 0; i < ACTION_TYPE_COUNT; i++) {
		for (unsigned k = 0; k < i; k++)
			assert_string_not_equal(action_type_name(i), action_type_name(k));
	}
	assert_string_equal(resource_op_name(OP_STATUS), "status");
	assert_string_equal(resource_op_name(OP_START), "start");
	assert_string_equal(resource_op_name(OP_STOP), "stop");
	assert_string_equal(resource_op_name(OP_ANNOUNCE), "announce");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_list_keeps_order),
	    cmocka_unit_test(test_text),
	    cmocka_unit_test(test_names_differ),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
