/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ctl/option.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

enum { JSON, NODE };

static const struct option_row table[] = {
    [JSON] = {"--json", WORD_NONE}, [NODE] = {"--node", WORD_NODE}, {NULL, WORD_NONE}};

/* What a line of words is read as: "json node(web1) word(x) wrong". */
static void
expect(const char *line, const char *read)
{
	g_auto(GStrv) argv = g_strsplit(line, " ", -1);
	g_autoptr(GString) got = g_string_new(NULL);
	const int argc = line[0] == '\0' ? 0 : (int)g_strv_length(argv);
	const char *value;
	int at = 0, which;

	while ((which = option_next(table, argc, argv, &at, &value)) != OPTION_END) {
		g_string_append(got, got->len > 0 ? " " : "");
		if (which == OPTION_WRONG) {
			g_string_append(got, "wrong");
			break;
		}
		g_string_append(got, which == OPTION_WORD ? "word" : table[which].name);
		if (value != NULL)
			g_string_append_printf(got, "(%s)", value);
	}
	assert_string_equal(got->str, read);
}

static void
both_spellings(void **state)
{
	(void)state;
	expect("", "");
	expect("--json --node web1", "--json --node(web1)");
	expect("--node=web1 --json", "--node(web1) --json");
	expect("--node= x", "--node() word(x)");
	expect("--node --json", "--node(--json)");
	expect("--node a=b", "--node(a=b)");
}

static void
what_is_refused(void **state)
{
	(void)state;
	expect("--dance", "wrong");
	expect("--jso", "wrong");
	expect("--jsonx", "wrong");
	expect("--json=yes", "wrong");
	expect("--json --node", "--json wrong");
	expect("-", "wrong");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(both_spellings),
	    cmocka_unit_test(what_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
