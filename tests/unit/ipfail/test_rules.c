/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ipfail/rules.h"

#include <glib.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

static const char *const two_pings =
    "{\"auto_failback\":\"on\",\"settled\":true,\"holds\":\"%s\",\"keepalive_ms\":1500,"
    "\"nodes\":[{\"name\":\"web1\",\"self\":true},{\"name\":\"web2\",\"self\":false},"
    "{\"name\":\"gate\",\"type\":\"ping\",\"status\":\"ping\"},"
    "{\"name\":\"router\",\"type\":\"ping\",\"status\":\"dead\"}]}";

static void
seen_tell(void *arg, const char *peer, const char *type, int num_ping)
{
	if (num_ping < 0)
		g_string_append_printf(arg, "tell %s %s; ", peer, type);
	else
		g_string_append_printf(arg, "tell %s %s %d; ", peer, type, num_ping);
}

static void
seen_standby(void *arg, const char *set)
{
	g_string_append_printf(arg, "standby %s; ", set);
}

static void
seen_line(void *arg, enum trace_level level, const char *line)
{
	(void)level;
	g_string_append_printf(arg, "'%s' ", line);
}

static struct ipfail *
fresh(const char *holds, GString *seen)
{
	struct ipfail_world world = {seen_tell, seen_standby, {seen_line, seen}, seen};
	g_auto(GStrv) halves = g_strsplit(two_pings, "%s", 2);
	g_autofree char *json = g_strjoinv(holds, halves);
	struct ipfail *f;

	assert_int_equal(ipfail_new(json, &world, &f), IPFAIL_FINE);
	assert_non_null(f);
	return f;
}

/* What was seen since the last call, and that only. */
static void
expect(GString *seen, const char *expected)
{
	assert_string_equal(seen->str, expected);
	g_string_truncate(seen, 0);
}

static struct moment
at(int64_t ms)
{
	return (struct moment){ms * 1000000};
}

static void
who_cannot_weigh_says_so(void **state)
{
	static const struct {
		const char *json;
		enum ipfail_fault fault;
	} cases[] = {
	    {"", IPFAIL_NO_STATE},
	    {"[]", IPFAIL_NO_STATE},
	    {"{}", IPFAIL_LEGACY},
	    {"{\"auto_failback\":\"legacy\",\"nodes\":[{\"name\":\"b\"}]}", IPFAIL_LEGACY},
	    {"{\"auto_failback\":\"off\",\"nodes\":[{\"name\":\"a\",\"self\":true}]}",
		IPFAIL_NO_PEER},
	};
	const struct ipfail_world world = {seen_tell, seen_standby, {0}, NULL};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct ipfail *f;

		assert_int_equal(ipfail_new(cases[i].json, &world, &f), cases[i].fault);
		assert_null(f);
	}
}

static void
the_node_that_sees_less_goes(void **state)
{
	g_autoptr(GString) seen = g_string_new(NULL);
	struct ipfail *f = fresh("local", seen);

	(void)state;
	ipfail_client(f, "web2", "ipfail", "online");
	expect(
	    seen, "'Asking other side for ping node count.' tell web2 num_ping_nodes 1; ");
	ipfail_client(f, "web2", "dopd", "online");
	ipfail_client(f, "web1", "ipfail", "online");
	ipfail_message(f, "web9", "you_are_dead", NULL, at(0));
	expect(seen, "");
	assert_true(moment_is_never(ipfail_deadline(f)));

	ipfail_message(f, "web2", "num_ping_nodes", "2", at(1000));
	expect(seen, "'Giving up because we have less visible ping nodes.' "
		     "'Delayed giveup in 3 seconds.' ");
	assert_int_equal(ipfail_deadline(f).ns, at(4000).ns);
	ipfail_timer(f, at(3999));
	expect(seen, "");
	ipfail_timer(f, at(4000));
	expect(seen, "'giveup() called (timeout worked)' standby all; ");
	assert_true(moment_is_never(ipfail_deadline(f)));
	ipfail_free(f);
}

static void
the_node_that_sees_more_says_so(void **state)
{
	g_autoptr(GString) seen = g_string_new(NULL);
	struct ipfail *f = fresh("none", seen);

	(void)state;
	ipfail_message(f, "web2", "num_ping_nodes", "0", at(0));
	expect(seen, "'Telling other node that we have more visible ping nodes.' "
		     "tell web2 you_are_dead; ");
	ipfail_message(f, "web2", "num_ping_nodes", NULL, at(0));
	expect(seen, "'A ping node count that is no number was ignored.' ");
	ipfail_message(f, "web2", "num_ping_nodes", "-1", at(0));
	expect(seen, "'A ping node count that is no number was ignored.' ");
	ipfail_free(f);
}

/* With a short keepalive the other would have no time to say that it sees no more. */
static void
a_short_keepalive_waits_long_enough(void **state)
{
	g_autoptr(GString) seen = g_string_new(NULL);
	struct ipfail_world world = {seen_tell, seen_standby, {seen_line, seen}, seen};
	struct ipfail *f;

	(void)state;
	assert_int_equal(ipfail_new("{\"auto_failback\":\"on\",\"settled\":true,\"holds\":\"all\","
				    "\"keepalive_ms\":250,\"nodes\":[{\"name\":\"web1\",\"self\":true},"
				    "{\"name\":\"web2\",\"self\":false}]}",
			     &world, &f),
	    IPFAIL_FINE);
	ipfail_message(f, "web2", "you_are_dead", NULL, at(0));
	assert_int_equal(ipfail_deadline(f).ns, at(2000).ns);
	ipfail_free(f);
}

static void
a_give_up_can_be_aborted(void **state)
{
	g_autoptr(GString) seen = g_string_new(NULL);
	struct ipfail *f = fresh("all", seen);

	(void)state;
	ipfail_message(f, "web2", "abort_giveup", NULL, at(0));
	expect(seen, "'No giveup timer to abort.' ");
	ipfail_message(f, "web2", "you_are_dead", NULL, at(0));
	expect(seen, "'Giving up because we were told that we have less ping nodes.' "
		     "'Delayed giveup in 3 seconds.' ");
	ipfail_message(f, "web2", "abort_giveup", NULL, at(500));
	expect(seen, "'Aborted delayed giveup (1)' ");
	ipfail_message(f, "web2", "you_are_dead", NULL, at(600));
	g_string_truncate(seen, 0);
	ipfail_message(f, "web2", "num_ping_nodes", "1", at(700));
	expect(seen, "'Ping node count is balanced.' tell web2 abort_giveup; "
		     "'Aborted delayed giveup (2)' ");
	assert_true(moment_is_never(ipfail_deadline(f)));
	ipfail_free(f);
}

static void
in_balance_only_what_is_foreign_goes_home(void **state)
{
	static const struct {
		const char *holds;
		bool goes;
	} cases[] = {{"none", false}, {"local", false}, {"foreign", true}, {"all", true}};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) seen = g_string_new(NULL);
		struct ipfail *f = fresh(cases[i].holds, seen);

		ipfail_message(f, "web2", "num_ping_nodes", "1", at(0));
		g_string_truncate(seen, 0);
		assert_int_equal(moment_is_never(ipfail_deadline(f)), !cases[i].goes);
		ipfail_timer(f, at(3000));
		expect(seen, cases[i].goes
				 ? "'giveup() called (timeout worked)' standby foreign; "
				 : "");
		ipfail_free(f);
	}
}

static void
while_things_move_the_question_is_put_again(void **state)
{
	g_autoptr(GString) seen = g_string_new(NULL);
	struct ipfail *f = fresh("all", seen);

	(void)state;
	ipfail_resources(f, "all", false, at(0));
	ipfail_message(f, "web2", "you_are_dead", NULL, at(0));
	g_string_truncate(seen, 0);
	ipfail_timer(f, at(3000));
	expect(seen, "'giveup() called (timeout worked)' ");
	ipfail_resources(f, "all", true, at(5000));
	assert_int_equal(ipfail_deadline(f).ns, at(15000).ns);
	ipfail_timer(f, at(15000));
	expect(
	    seen, "'Asking other side for ping node count.' tell web2 num_ping_nodes 1; ");
	ipfail_resources(f, "all", true, at(16000));
	assert_true(moment_is_never(ipfail_deadline(f)));
	ipfail_free(f);
}

static void
ping_nodes_that_go_and_come_are_counted(void **state)
{
	g_autoptr(GString) seen = g_string_new(NULL);
	struct ipfail *f = fresh("all", seen);

	(void)state;
	ipfail_node(f, "router", "ping", at(0));
	expect(seen, "'Status update: Node router now has status ping' "
		     "'A ping node just came up.' ");
	ipfail_timer(f, at(3000));
	expect(seen, "'Asking other side for ping node count.' tell web2 num_ping_nodes 2; ");
	ipfail_node(f, "gate", "dead", at(3000));
	expect(seen,
	    "'Status update: Node gate now has status dead' 'NS: We are still alive!' ");
	ipfail_link(f, "gate", "gate", "dead");
	expect(seen, "'Link Status update: Link gate/gate now has status dead' "
		     "'Asking other side for ping node count.' tell web2 num_ping_nodes 1; "
		     "'Checking remote count of ping nodes.' ");
	/* The link first, the node after it. */
	ipfail_link(f, "router", "router", "dead");
	expect(seen, "'Link Status update: Link router/router now has status dead' "
		     "'Asking other side for ping node count.' tell web2 num_ping_nodes 0; "
		     "'We are dead. :<' ");
	ipfail_node(f, "router", "dead", at(3000));
	expect(seen,
	    "'Status update: Node router now has status dead' 'NS: We are dead. :<' ");
	ipfail_link(f, "web2", "eth0", "up");
	expect(seen, "'Link Status update: Link web2/eth0 now has status up' ");
	ipfail_node(f, "web2", "active", at(3000));
	expect(seen, "'Status update: Node web2 now has status active' ");
	ipfail_free(f);
}

/* The peer is given time to see it too; who is about to go has none. */
static void
a_ping_node_that_comes_is_not_news_at_once(void **state)
{
	g_autoptr(GString) seen = g_string_new(NULL);
	struct ipfail *f = fresh("local", seen);

	(void)state;
	ipfail_node(f, "router", "ping", at(0));
	ipfail_node(f, "gate", "ping", at(1000));
	g_string_truncate(seen, 0);
	assert_int_equal(ipfail_deadline(f).ns, at(4000).ns);
	ipfail_timer(f, at(3999));
	expect(seen, "");
	ipfail_timer(f, at(4000));
	expect(seen, "'Asking other side for ping node count.' tell web2 num_ping_nodes 2; ");
	assert_true(moment_is_never(ipfail_deadline(f)));

	ipfail_node(f, "router", "dead", at(5000));
	ipfail_message(f, "web2", "num_ping_nodes", "2", at(6000));
	g_string_truncate(seen, 0);
	ipfail_node(f, "router", "ping", at(8000));
	expect(seen, "'Status update: Node router now has status ping' "
		     "'A ping node just came up.' 'Asking other side for ping node count.' "
		     "tell web2 num_ping_nodes 2; ");
	ipfail_message(f, "web2", "abort_giveup", NULL, at(8100));
	assert_true(moment_is_never(ipfail_deadline(f)));
	ipfail_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(who_cannot_weigh_says_so),
	    cmocka_unit_test(the_node_that_sees_less_goes),
	    cmocka_unit_test(the_node_that_sees_more_says_so),
	    cmocka_unit_test(a_short_keepalive_waits_long_enough),
	    cmocka_unit_test(a_give_up_can_be_aborted),
	    cmocka_unit_test(in_balance_only_what_is_foreign_goes_home),
	    cmocka_unit_test(while_things_move_the_question_is_put_again),
	    cmocka_unit_test(ping_nodes_that_go_and_come_are_counted),
	    cmocka_unit_test(a_ping_node_that_comes_is_not_news_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
