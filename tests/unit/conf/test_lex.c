/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/lex.h"

#include "fixture.h"

/* The lines as "NUMBER:TEXT|" in one string. */
static char *
lines_text(const char *text, enum lex_style style, GPtrArray *faults)
{
	struct report r = {.faults = faults, .file = "f"};
	g_autoptr(GPtrArray) lines = lex_lines(text, style, &r);
	GString *all = g_string_new(NULL);

	for (unsigned i = 0; i < lines->len; i++) {
		const struct lex_line *l = g_ptr_array_index(lines, i);

		g_string_append_printf(
		    all, "%u:%s%s|", l->line, l->text, l->backslash ? "\\" : "");
	}
	return g_string_free(all, FALSE);
}

static void
lines(void **state)
{
	static const struct {
		enum lex_style style;
		const char *text, *lines;
	} cases[] = {
	    {LEX_HACF, "", ""},
	    {LEX_HACF, "a", "1:a|"},
	    {LEX_HACF, "a\r\n\r\nb\r\n", "1:a|3:b|"},
	    {LEX_HACF, "a\rb", "1:a|2:b|"},
	    {LEX_HACF,
		"\xef\xbb\xbf"
		"a\n",
		"1:a|"},
	    {LEX_HACF, " \t a b \t\n# c\nd#e\n", "1:a b|3:d|"},
	    {LEX_HACF, "a \\ \nb", "1:a \\|2:b|"},
	    {LEX_AUTHKEYS, "  # x\n1 sha1 a#b \\\n", "2:1 sha1 a#b \\|"},
	    {LEX_HARESOURCES, "a \\\n b \\\n c\nd", "1:a  b  c|4:d|"},
	    {LEX_HARESOURCES, "a \\ \t\n b", "1:a  b|"},
	    {LEX_HARESOURCES, "a \\\r\n b\r\n", "1:a  b|"},
	    {LEX_HARESOURCES, "a\\\nb", "1:ab|"},
	    {LEX_HARESOURCES, "a \\ # why\n# x\n b", "1:a  b|"},
	    {LEX_HARESOURCES, "a \\\n\nb", "1:a |3:b|"},
	    {LEX_HARESOURCES, "a \\", "1:a |"},
	    {LEX_HARESOURCES, "\\\n\n", ""},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		g_autofree char *all = lines_text(cases[i].text, cases[i].style, faults);

		assert_string_equal(all, cases[i].lines);
		fixture_expect_none(faults);
	}
}

static void
a_line_of_any_length_is_one_line(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	g_autofree char *long_word = g_strnfill(100000, 'x');
	g_autofree char *text = g_strconcat("# ", long_word, "\n", long_word, NULL);
	g_autofree char *all = lines_text(text, LEX_HACF, faults);

	(void)state;
	assert_int_equal(strlen(all), 100000 + strlen("2:|"));
}

static void
invisible_characters_are_named(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	g_autofree char *all = lines_text("ok\nkeepalive\xc2\xa0"
					  "2\n",
	    LEX_HACF, faults);

	(void)state;
	assert_string_equal(all, "1:ok|2:keepalive  2|");
	fixture_expect_only(faults, "f", 2, true, "no-break space (U+00A0) at column 10");
}

/* Once a line; not in comments, and keys may hold what they like. */
static void
control_characters_are_named(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	g_autofree char *all = lines_text("a\tb\f# \033[2J\nna\033\x7fme\n", LEX_HARESOURCES, faults);
	g_autofree char *keys = lines_text("1 sha1 \001\n", LEX_AUTHKEYS, faults);

	(void)state;
	assert_string_equal(all, "1:a\tb|2:na  me|");
	assert_string_equal(keys, "1:1 sha1 \001|");
	fixture_expect_only(faults, "f", 2, true, "control character (0x1b) at column 3");
}

static void
words_know_their_line(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct report r = {.faults = faults, .file = "f"};
	g_autoptr(GPtrArray) all =
	    lex_lines("\na b\\\nc d \\\n# remark\n\te", LEX_HARESOURCES, &r);
	GArray *words = lex_line_words(g_ptr_array_index(all, 0));
	static const struct lex_word expected[] = {
	    {"a", 2, false}, {"bc", 2, false}, {"d", 3, false}, {"e", 5, true}};

	(void)state;
	assert_int_equal(words->len, G_N_ELEMENTS(expected));
	for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
		const struct lex_word *w = &g_array_index(words, struct lex_word, i);

		assert_string_equal(w->text, expected[i].text);
		assert_int_equal(w->line, expected[i].line);
		assert_int_equal(w->first_of_continued, expected[i].first_of_continued);
	}
	g_array_free(words, TRUE);
}

static void
words_and_rest(void **state)
{
	g_auto(GStrv) words = lex_words(" \"on\", 'x' y\" ,,z", LEX_BLANKS_AND_COMMAS);

	(void)state;
	assert_int_equal(g_strv_length(words), 4);
	assert_string_equal(words[0], "on");
	assert_string_equal(words[1], "x");
	assert_string_equal(words[2], "y\"");
	assert_string_equal(words[3], "z");
	assert_string_equal(lex_rest(" a\t b  c d", 2), "c d");
	assert_string_equal(lex_rest("a", 3), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lines),
	    cmocka_unit_test(a_line_of_any_length_is_one_line),
	    cmocka_unit_test(invisible_characters_are_named),
	    cmocka_unit_test(control_characters_are_named),
	    cmocka_unit_test(words_know_their_line),
	    cmocka_unit_test(words_and_rest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
