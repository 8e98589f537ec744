/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/hints.h"

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
	bool let_go;
	enum group_hint carried;
} cases[] = {
    {"web one", "web one", 0, HINT_RUNNING, true, HINT_RUNNING},
    {"web one", "web one", 0, HINT_AWAY, true, HINT_AWAY},
    {"web one", "web one two", 0, HINT_STOPPED, true, HINT_UNKNOWN},
    {"web one", "web one two", 0, HINT_RUNNING, false, HINT_UNKNOWN},
    {"web one", "web one two", 0, HINT_PARTLY, false, HINT_UNKNOWN},
    {"web one", "web one two", 0, HINT_UNKNOWN, false, HINT_UNKNOWN},
    {"web one", "web one", 1, HINT_RUNNING, false, HINT_UNKNOWN},
    {"web one", NULL, 0, HINT_RUNNING, false, HINT_UNKNOWN},
    {"web one", NULL, 0, HINT_STOPPED, true, HINT_UNKNOWN},
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
		g_autofree enum group_hint *carried = hints_carry(&now, &cases[i].hint, &next);

		assert_int_equal(hints_let_go(&now, &cases[i].hint, 0, &next), cases[i].let_go);
		if (cases[i].after != NULL)
			assert_int_equal(carried[0], cases[i].carried);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_groups)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
