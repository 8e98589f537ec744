/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/old_script.h"

#include "conf/old_script_table.h"
#include "fixture.h"

static char *
script(const char *name)
{
	g_autofree char *path = g_build_filename(TEST_SRCDIR, "unit/conf/old-scripts", name, NULL);
	char *text;

	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	return text;
}

static char *
replaced(const char *text, const char *from, const char *to)
{
	g_auto(GStrv) pieces = g_strsplit(text, from, -1);

	assert_non_null(pieces[1]);
	return g_strjoinv(to, pieces);
}

static void
each_script_of_the_table_is_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(old_scripts); i++) {
		g_autofree char *text = script(old_scripts[i].name);
		g_autofree char *digest = old_script_digest(text);

		assert_string_equal(digest, old_scripts[i].digest);
		assert_true(old_script_known(old_scripts[i].name, text));
		assert_true(old_script_named(old_scripts[i].name));
		assert_false(old_script_known("httpd", text));
	}
	assert_false(old_script_named("httpd"));
}

/* May this byte be another without the script being another? Comments, and words with a '/', whose
 * directory may be anywhere. */
static bool
is_free(const char *text, size_t at)
{
	size_t begin = at, end = at;
	const char *line = text + at;

	while (line > text && line[-1] != '\n')
		line--;
	line += strspn(line, " \t");
	if (*line == '#' || g_ascii_isspace(text[at]))
		return true;
	while (begin > 0 && strchr(" \t\n\"'`;|&<>()=", text[begin - 1]) == NULL)
		begin--;
	while (text[end] != '\0' && strchr(" \t\n\"'`;|&<>()=", text[end]) == NULL)
		end++;
	return memchr(text + begin, '/', end - begin) != NULL;
}

static void
one_changed_byte_of_code_is_somebodys_own(void **state)
{
	size_t changed = 0;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(old_scripts); i++) {
		g_autofree char *text = script(old_scripts[i].name);
		const size_t len = strlen(text);

		for (size_t at = 0; at < len; at++) {
			const char was = text[at];

			if (is_free(text, at))
				continue;
			text[at] = was == 'Z' ? 'Y' : 'Z';
			if (old_script_known(old_scripts[i].name, text))
				fail_msg("%s: known with byte %zu changed", old_scripts[i].name, at);
			text[at] = was;
			changed++;
		}
	}
	assert_true(changed > 2000);
}

static void
a_line_more_or_less_is_somebodys_own(void **state)
{
	g_autofree char *text = script("MailTo");
	g_autofree char *more = g_strconcat(text, "logger moved\n", NULL);
	g_autofree char *less = replaced(text, "OCF_TYPE=MailTo\n", "");
	g_autofree char *turned_off = replaced(text, "ra_execocf $cmd", "# ra_execocf $cmd");

	(void)state;
	assert_false(old_script_known("MailTo", more));
	assert_false(old_script_known("MailTo", less));
	assert_false(old_script_known("MailTo", turned_off));
	assert_false(old_script_known("MailTo", ""));
}

/* What a distribution changes. */
static void
other_builds_are_known(void **state)
{
	static const char *const files[] = {"/usr/local/etc/ha.d/", "/opt/ha/etc/ha.d"};
	g_autofree char *mail = script("MailTo");
	g_autofree char *remark = g_strconcat("#!/bin/bash\n#  packaged by somebody\n\n", mail, NULL);
	g_autofree char *indented = replaced(mail, "\nOCF_TYPE", "\n\t OCF_TYPE");
	g_autofree char *dos = replaced(mail, "\n", "\r\n");
	g_autofree char *map = script("IPaddr");
	g_autofree char *ping = replaced(map, "/bin/ping", "/usr/bin/ping");
	g_autofree char *shellfuncs = script("shellfuncs");
	g_autofree char *lib64 = replaced(shellfuncs, "/usr/lib/ocf", "/usr/lib64/ocf");
	g_autofree char *share = replaced(shellfuncs, "/usr/share/heartbeat", "/usr/lib64/heartbeat");

	(void)state;
	assert_true(old_script_known("MailTo", remark));
	assert_true(old_script_known("MailTo", indented));
	assert_true(old_script_known("MailTo", dos));
	assert_true(old_script_known("IPaddr", ping));
	assert_true(old_script_known("shellfuncs", lib64));
	assert_true(old_script_known("shellfuncs", share));
	for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
		g_autofree char *moved = replaced(mail, "/etc/ha.d/", files[i]);

		assert_int_equal(
		    old_script_known("MailTo", moved), g_str_has_suffix(files[i], "/"));
	}
	g_autofree char *other = replaced(mail, "/hto-mapfuncs", "/my-mapfuncs");
	assert_false(old_script_known("MailTo", other));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_script_of_the_table_is_known),
	    cmocka_unit_test(one_changed_byte_of_code_is_somebodys_own),
	    cmocka_unit_test(a_line_more_or_less_is_somebodys_own),
	    cmocka_unit_test(other_builds_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
