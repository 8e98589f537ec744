/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "reload.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* A group of the configuration before, what is known of it, and its line in the one after. */
static const struct {
	const char *before, *after;	/* after: NULL: gone */
	unsigned preferred_after;	/* before: 0 */
	enum group_hint hint;
	bool stays;
} cases[] = {
    {"web one", "web one", 0, HINT_RUNNING, true},
    {"web one", "web one", 0, HINT_AWAY, true},
    {"web one", "web one two", 0, HINT_STOPPED, true},
    {"web one", "web one two", 0, HINT_RUNNING, false},
    {"web one", "web one two", 0, HINT_PARTLY, false},
    {"web one", "web one two", 0, HINT_UNKNOWN, false},
    {"web one", "web one", 1, HINT_RUNNING, false},
    {"web one", NULL, 0, HINT_RUNNING, false},
    {"web one", NULL, 0, HINT_STOPPED, true},
};

static void
test_groups(void **state)
{
	char *nodes[] = {(char *)"alpha", (char *)"beta"};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct conf_group one = {
		    .key = (char *)"web", .text = (char *)cases[i].before, .line = 2};
		struct conf_group other = {.key = (char *)"web",
		    .text = (char *)cases[i].after,
		    .preferred = cases[i].preferred_after};
		struct conf now = {
		    .nodes = nodes, .node_count = 2, .groups = &one, .group_count = 1};
		struct conf next = {.nodes = nodes,
		    .node_count = 2,
		    .groups = &other,
		    .group_count = cases[i].after != NULL};
		struct files files = {.haresources_path = (char *)"haresources"};
		const struct setup setup = {.conf = &now, .files = &files};
		g_autoptr(GPtrArray) faults = conf_faults_new();

		assert_int_equal(
		    reload_groups_stay(&setup, &cases[i].hint, &next, faults), cases[i].stays);
		assert_int_equal(faults->len, cases[i].stays ? 0 : 1);
		assert_int_equal(files_faulty(faults), !cases[i].stays);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_groups)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
