/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/setup_preview.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static char *
preview(const char *paths, const char *haresources)
{
	g_autofree char *hacf = g_strconcat(
	    "node web1 web2\nauto_failback off\nkeepalive 500ms\nwarntime 3\ndeadtime 10\n"
	    "initdead 60\n",
	    paths, NULL);
	const struct conf_text text = {.hacf_path = "ha.cf",
	    .hacf = hacf,
	    .haresources_path = "haresources",
	    .haresources = haresources,
	    .authkeys_path = "authkeys",
	    .authkeys = "auth 1\n1 sha1 secret-of-the-test\n",
	    .node_name = "web1"};

	return setup_preview(&text);
}

static void
expect_line(const char *text, unsigned number, const char *begin)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	/* Five of them, and the end of the last. */
	assert_int_equal(g_strv_length(lines), 6);
	if (!g_str_has_prefix(lines[number], begin))
		fail_msg("line %u is '%s', not '%s...'", number, lines[number], begin);
}

static void
one_path(void **state)
{
	g_autofree char *text = preview("ucast eth0 10.0.0.1\nucast eth0 10.0.0.2\n",
	    "web1 IPaddr::10.0.0.100 httpd\n");

	(void)state;
	expect_line(text, 0, "  ok    web1 off for 61m: moves to web2, no service for ");
	expect_line(text, 1, "  ok    hb_standby on web1: moves to web2, no service for ");
	expect_line(text, 2, "  ok    web1 stopped, and started again: moves to web2, no s");
	expect_line(text, 3, "  BAD   eth0 cut for 61m: two nodes run it, later only web1, for ");
	expect_line(text, 4, "  Of ");
	assert_non_null(strstr(text, " faults tried: 1 BAD, "));
}

/* The home is the group's, not the first node. */
static void
two_paths_and_the_other_node(void **state)
{
	g_autofree char *text = preview("ucast eth0 10.0.0.2\nucast eth1 10.0.1.2\n",
	    "web2 IPaddr::10.0.0.100\n");

	(void)state;
	expect_line(text, 0, "  ok    web2 off for 61m: moves to web1");
	expect_line(text, 1, "  ok    hb_standby on web2: moves to web1");
	expect_line(text, 3, "  RISK  all 2 links cut for 61m: two nodes run it");
	assert_non_null(strstr(text, " faults tried: 0 BAD, "));
}

static void
what_is_wrong_is_not_played(void **state)
{
	(void)state;
	assert_null(preview("ucast eth0\n", "web1 httpd\n"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_path),
	    cmocka_unit_test(two_paths_and_the_other_node),
	    cmocka_unit_test(what_is_wrong_is_not_played),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
