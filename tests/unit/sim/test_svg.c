/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/svg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void
test_shapes(void **state)
{
	g_autoptr(GString) out = g_string_new(NULL);

	(void)state;
	svg_rect(out, 1, 2.25, 3, 4.04, "fill=\"#fff\"");
	svg_line(out, 0, 1, 2, -3, "stroke=\"#000\"");
	svg_circle(out, 5, 6, 7, "fill=\"none\"");
	assert_string_equal(out->str,
	    "<rect x=\"1.0\" y=\"2.2\" width=\"3.0\" height=\"4.0\" fill=\"#fff\"/>\n"
	    "<line x1=\"0.0\" y1=\"1.0\" x2=\"2.0\" y2=\"-3.0\" stroke=\"#000\"/>\n"
	    "<circle cx=\"5.0\" cy=\"6.0\" r=\"7.0\" fill=\"none\"/>\n");
}

static void
test_texts(void **state)
{
	static const struct {
		const char *text, *written;
	} cases[] = {
	    {"plain", "plain"},
	    {"<a href=\"x\">&'", "&lt;a href=&quot;x&quot;&gt;&amp;&apos;"},
	    {"\x01 \x1b[31m\n\t", "? ?[31m??"},
	    {"\xff", "\xef\xbf\xbd"},
	    {"\xc3\xa4", "\xc3\xa4"},
	    {"", ""},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) out = g_string_new(NULL);
		g_autofree char *expected = g_strdup_printf(
		    "<text x=\"1.0\" y=\"2.0\" class=\"s\">%s</text>\n", cases[i].written);

		svg_text(out, 1, 2, "class=\"s\"", cases[i].text);
		assert_string_equal(out->str, expected);
	}
}

static void
test_what_does_not_fit_is_cut_between_letters(void **state)
{
	static const struct {
		const char *text, *written;
	} cases[] = {
	    {"12345678", ">12345678<"},
	    {"123456789", ">12345...<"},
	    {"\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4",
		">\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4...<"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GString) out = g_string_new(NULL);

		svg_fitted(out, 1, 2, "", cases[i].text, 8 * LETTER, LETTER);
		if (strstr(out->str, cases[i].written) == NULL)
			fail_msg("%s", out->str);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_shapes),
	    cmocka_unit_test(test_texts),
	    cmocka_unit_test(test_what_does_not_fit_is_cut_between_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
