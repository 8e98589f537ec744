/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The samples that are installed are right, and the manual knows every directive. */
#include "conf/hacf.h"

#include "fixture.h"

static char *
tree_file(const char *name)
{
	g_autofree char *path = g_build_filename(TOP_SRCDIR, name, NULL);
	char *text = NULL;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		fail_msg("cannot read %s", path);
	return text;
}

static void
samples_are_accepted(void **state)
{
	static const char *const nodes[] = {"alpha", "beta"};
	g_autofree char *hacf = tree_file("ha.d/ha.cf");
	g_autofree char *haresources = tree_file("ha.d/haresources");
	g_autofree char *authkeys = tree_file("ha.d/authkeys");

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct conf_text text = {HACF, hacf, HARESOURCES, haresources, AUTHKEYS,
		    authkeys, 0600, true, nodes[i]};
		struct conf *c = conf_parse(&text, faults);

		/* The secret, which is for everybody to read, must be replaced. */
		fixture_expect_only(faults, AUTHKEYS, 8, false, "sample of a manual");
		assert_non_null(c);
		assert_int_equal(c->self, i);
		assert_true(c->group_count >= 1);
		conf_free(c);
	}
}

/* A line of the sample that is only commented out must be right as well. */
static void
commented_directives_are_accepted(void **state)
{
	g_autofree char *hacf = tree_file("ha.d/ha.cf");
	g_auto(GStrv) lines = g_strsplit(hacf, "\n", -1);
	unsigned tried = 0;

	(void)state;
	for (char **line = lines; *line != NULL; line++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();

		if ((*line)[0] != '#' || !g_ascii_isalpha((*line)[1]))
			continue;
		struct conf *c = fixture_hacf_line(*line + 1, faults);
		if (c == NULL) {
			g_autofree char *all = fixture_text(faults);
			fail_msg("%s\n%s", *line, all);
		}
		tried++;
		conf_free(c);
	}
	assert_true(tried >= 10);
}

static void
the_manual_has_every_directive(void **state)
{
	g_autoptr(GPtrArray) names = hacf_directive_names();
	g_autofree char *manual = tree_file("doc/ha.cf.5");

	(void)state;
	assert_true(names->len > 50);
	for (unsigned i = 0; i < names->len; i++) {
		const char *name = g_ptr_array_index(names, i);
		g_autofree char *item = g_strdup_printf("\n.It Ic %s\n", name);
		g_autofree char *with_value = g_strdup_printf("\n.It Ic %s ", name);

		if (strstr(manual, item) == NULL && strstr(manual, with_value) == NULL)
			fail_msg("doc/ha.cf.5 has no entry for '%s'", name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(samples_are_accepted),
	    cmocka_unit_test(commented_directives_are_accepted),
	    cmocka_unit_test(the_manual_has_every_directive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
