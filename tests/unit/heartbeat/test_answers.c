/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/answers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "report.h"

/* Source: compat commands.md 4, each row. */
static const struct {
	struct question q;
	enum answer_code code;
	const char *out, *errors;
} cases[] = {
    {{.subcommand = "hbstatus"}, 0, "Heartbeat is running on this machine.\n", ""},
    {{.subcommand = "hbstatus", .for_people = true}, 0,
	"Heartbeat is running on this machine.\n", ""},
    {{.subcommand = "hbstatus", .verbose = true}, 0,
	"Heartbeat is running on this machine.\nversion:\t4.0.0\nmanaged "
	"by:\t\"haresources\"\n"
	"\n10.0.0.254\tping\t(nodetype: ping)\n\t10.0.0.254\tup\n"
	"\nweb2\tdead\t(nodetype: normal)\n\teth0\tdead\n\teth1\tdead\n"
	"\nweb1\tactive\t(nodetype: normal)\n\teth0\tup\n",
	""},
    {{.subcommand = "hbstatus", .verbose = true, .for_people = true, .ping_only = true}, 0,
	"Heartbeat is running on this machine.\nHeartbeat version 4.0.0\n"
	"Resources controlled by \"haresources\"\nThe nodes are as follow:\n"
	"\n10.0.0.254\tping\t(nodetype: ping)\n\t10.0.0.254\tup\n",
	""},
    {{.subcommand = "listnodes"}, 0, "10.0.0.254\nweb2\nweb1\n", ""},
    {{.subcommand = "listnodes", .normal_only = true}, 0, "web2\nweb1\n", ""},
    {{.subcommand = "listnodes", .ping_only = true, .for_people = true}, 0,
	"The nodes are as follow:\n10.0.0.254\n", ""},
    {{.subcommand = "nodestatus", .words = {"web1"}}, 0, "active\n", ""},
    {{.subcommand = "nodestatus", .words = {"WEB2"}}, 1, "dead\n", ""},
    {{.subcommand = "nodestatus", .words = {"10.0.0.254"}}, 0, "ping\n", ""},
    {{.subcommand = "nodestatus", .for_people = true, .words = {"web1"}}, 0,
	"The cluster node web1 is active\n", ""},
    {{.subcommand = "nodestatus", .words = {"web9"}}, 11, "",
	"Error. May be due to incorrect node name\n"},
    {{.subcommand = "nodestatus"}, 11, "", "Not enough parameters.\n"},
    {{.subcommand = "nodeweight", .words = {"web1"}}, 0, "100\n", ""},
    {{.subcommand = "nodeweight", .for_people = true, .words = {"web1"}}, 0,
	"The weight of the cluster node web1 is 100\n", ""},
    {{.subcommand = "nodeweight"}, 11, "", "No enough parameter.\n"},
    {{.subcommand = "nodesite", .words = {"web1"}}, 0, "\n", ""},
    {{.subcommand = "nodesite", .for_people = true, .words = {"web1"}}, 0,
	"The site of the cluster node web1 is \n", ""},
    {{.subcommand = "nodetype", .words = {"web2"}}, 0, "normal\n", ""},
    {{.subcommand = "nodetype", .for_people = true, .words = {"10.0.0.254"}}, 0,
	"The node 10.0.0.254's type: ping\n", ""},
    {{.subcommand = "nodetype"}, 11, "", "No enough parameter.\n"},
    {{.subcommand = "listhblinks", .words = {"web2"}}, 0, "\teth0\n\teth1\n", ""},
    {{.subcommand = "listhblinks", .verbose = true, .words = {"web2"}}, 0,
	"\teth0\tdead\n\teth1\tdead\n", ""},
    {{.subcommand = "listhblinks", .for_people = true, .words = {"web1"}}, 0,
	"\tthis node has the following heartbeat links:\n\teth0\n", ""},
    {{.subcommand = "listhblinks", .words = {"10.0.0.254"}}, 0, "\t10.0.0.254\n", ""},
    {{.subcommand = "listhblinks", .words = {"web9"}}, 13, "",
	"ERROR: Cannot start heartbeat link interface walk.\nERROR: REASON: EINVAL\n"},
    {{.subcommand = "hblinkstatus", .words = {"web1", "eth0"}}, 0, "up\n", ""},
    {{.subcommand = "hblinkstatus", .words = {"web2", "eth1"}}, 1, "dead\n", ""},
    {{.subcommand = "hblinkstatus", .for_people = true, .words = {"web1", "eth0"}}, 0,
	"The node web1's heartbeat link eth0 is up\n", ""},
    {{.subcommand = "hblinkstatus", .words = {"web1", "eth9"}}, 13, "",
	"ERROR: Cannot get heartbeat link status\nERROR: REASON: \n"},
    {{.subcommand = "hblinkstatus", .words = {"web1"}}, 11, "", "No enough parameter.\n"},
    {{.subcommand = "clientstatus", .words = {"web2", "ipfail"}, .remote = 1}, 0, "online\n",
	""},
    {{.subcommand = "clientstatus", .words = {"web2", "ipfail"}, .remote = 0}, 1, "offline\n",
	""},
    {{.subcommand = "clientstatus", .words = {"web2", "ipfail"}, .remote = -1}, 13, "",
	"ERROR: Cannot get heartbeat client ipfail's status\n"
	"ERROR: REASON: No timely response.\n"},
    {{.subcommand = "clientstatus", .words = {"WEB1", "ipfail"}}, 0, "online\n", ""},
    {{.subcommand = "clientstatus", .words = {"web1", "ping"}}, 1, "offline\n", ""},
    {{.subcommand = "test"}, 0,
	"deadtime: 30000 ms\nkeeplive: 1000 ms\nnode: web1\nresources: local\n", ""},
    {{.subcommand = "clientstatus", .words = {"web2"}}, 11, "", "No enough parameter.\n"},
    {{.subcommand = "rscstatus"}, 0, "local\n", ""},
    {{.subcommand = "rscstatus", .for_people = true}, 0,
	"This node is holding local resources.\n", ""},
    {{.subcommand = "hbparameter", .parameter = "deadtime"}, 0, "30\n", ""},
    {{.subcommand = "hbparameter", .for_people = true, .parameter = "deadtime"}, 0,
	"Heartbeat parameter deadtime's value: 30\n", ""},
    {{.subcommand = "hbparameter", .parameter = "hbversion"}, 0, "4.0.0\n", ""},
    {{.subcommand = "hbparameter", .parameter = "watchdog"}, 1, "",
	"ERROR: Cannot get parameter watchdog's value\nERROR: REASON: \n"},
    {{.subcommand = "hbparameter"}, 11, "", "ERROR: parameter name required\n"},
};

static void
answers_have_the_words_of_3_0_6(void **state)
{
	cJSON *s = cJSON_Parse(report);

	(void)state;
	assert_non_null(s);
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct answer a = {g_string_new(NULL), g_string_new(NULL)};

		assert_true(answer_knows(cases[i].q.subcommand));
		assert_int_equal(answer_give(&cases[i].q, s, &a), cases[i].code);
		assert_string_equal(a.out->str, cases[i].out);
		assert_string_equal(a.errors->str, cases[i].errors);
		g_string_free(a.out, TRUE);
		g_string_free(a.errors, TRUE);
	}
	cJSON_Delete(s);
}

static void
in_transition_nothing_is_said_to_be_held(void **state)
{
	static const char *const expected[] = {"none\n", "all\n", "transition\n"};
	static const char *const states[] = {"{}",
	    "{\"holds\":\"all\",\"transition\":false}",
	    "{\"holds\":\"all\",\"transition\":true}"};
	const struct question q = {.subcommand = "rscstatus"};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(states); i++) {
		struct answer a = {g_string_new(NULL), g_string_new(NULL)};
		cJSON *s = cJSON_Parse(states[i]);

		assert_int_equal(answer_give(&q, s, &a), ANSWER_OK);
		assert_string_equal(a.out->str, expected[i]);
		g_string_free(a.out, TRUE);
		g_string_free(a.errors, TRUE);
		cJSON_Delete(s);
	}
}

static void
without_a_daemon_each_call_says_so(void **state)
{
	static const struct {
		struct question q;
		const char *out, *errors;
	} stopped[] = {
	    {{.subcommand = "hbstatus"}, "Heartbeat is stopped on this machine.\n", ""},
	    {{.subcommand = "hbstatus", .verbose = true},
		"Heartbeat is stopped on this machine.\n"
		"(hb_api_signon: Can't initiate connection to heartbeat)\n",
		""},
	    {{.subcommand = "json"}, "",
		"ERROR: Cannot signon with heartbeat\n"
		"ERROR: REASON: hb_api_signon: Can't initiate connection to heartbeat\n"},
	    {{.subcommand = "rscstatus"}, "",
		"ERROR: Cannot signon with heartbeat\n"
		"ERROR: REASON: hb_api_signon: Can't initiate connection to heartbeat\n"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(stopped); i++) {
		struct answer a = {g_string_new(NULL), g_string_new(NULL)};

		assert_int_equal(answer_stopped(&stopped[i].q, &a), ANSWER_NO);
		assert_string_equal(a.out->str, stopped[i].out);
		assert_string_equal(a.errors->str, stopped[i].errors);
		g_string_free(a.out, TRUE);
		g_string_free(a.errors, TRUE);
	}
	assert_false(answer_knows("nonsense"));
	assert_false(answer_knows("-m"));
}

/* Whoever may not ask can still see whether it runs; what he cannot see is not called stopped. */
static void
who_may_not_ask_hears_no_lie(void **state)
{
	static const char errors[] =
	    "ERROR: Cannot signon with heartbeat\nERROR: REASON: no bit: do this\n";
	static const struct {
		struct question q;
		bool runs;
		enum answer_code code;
		const char *out, *errors;
	} denied[] = {
	    {{.subcommand = "hbstatus"}, true, ANSWER_OK,
		"Heartbeat is running on this machine.\n", ""},
	    {{.subcommand = "hbstatus", .for_people = true}, true, ANSWER_OK,
		"Heartbeat is running on this machine.\n", ""},
	    {{.subcommand = "hbstatus", .verbose = true}, true, ANSWER_API, "", errors},
	    {{.subcommand = "hbstatus"}, false, ANSWER_API, "", errors},
	    {{.subcommand = "rscstatus"}, true, ANSWER_API, "", errors},
	    {{.subcommand = "json"}, true, ANSWER_API, "", errors},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(denied); i++) {
		struct answer a = {g_string_new(NULL), g_string_new(NULL)};

		assert_int_equal(
		    answer_denied(&denied[i].q, denied[i].runs, "no bit: do this", &a),
		    denied[i].code);
		assert_string_equal(a.out->str, denied[i].out);
		assert_string_equal(a.errors->str, denied[i].errors);
		g_string_free(a.out, TRUE);
		g_string_free(a.errors, TRUE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(answers_have_the_words_of_3_0_6),
	    cmocka_unit_test(in_transition_nothing_is_said_to_be_held),
	    cmocka_unit_test(without_a_daemon_each_call_says_so),
	    cmocka_unit_test(who_may_not_ask_hears_no_lie),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
