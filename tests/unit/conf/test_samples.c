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

/* The one file of that name in a list as Makefile has it; it fails if there is none. */
static char *
file_of_set(const char *set, const char *name)
{
	g_auto(GStrv) paths = g_strsplit(set, " ", -1);

	for (char **path = paths; *path != NULL; path++) {
		g_autofree char *base = g_path_get_basename(*path);

		if (strcmp(base, name) == 0)
			return tree_file(*path);
	}
	fail_msg("there is no %s in: %s", name, set);
	return NULL;
}

static void
set_is_accepted(const char *set, const char *const nodes[2], unsigned key_line)
{
	g_autofree char *hacf = file_of_set(set, "ha.cf");
	g_autofree char *haresources = file_of_set(set, "haresources");
	g_autofree char *authkeys = file_of_set(set, "authkeys");

	for (unsigned i = 0; i < 2; i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct conf_text text = {HACF, hacf, HARESOURCES, haresources, AUTHKEYS,
		    authkeys, 0600, true, nodes[i]};
		struct conf *c = conf_parse(&text, faults);

		print_message("%s: %s\n", nodes[i], set);
		/* The secret, which is for everybody to read, must be replaced. */
		fixture_expect_only(faults, AUTHKEYS, key_line, false, "sample of a manual");
		assert_non_null(c);
		assert_int_equal(c->self, i);
		assert_true(c->group_count >= 1);
		conf_free(c);
	}
}

/* SAMPLE_...: the files of each set, as ha.d/local.mk installs them. */
static void
samples_are_accepted(void **state)
{
	static const struct {
		const char *files;
		const char *nodes[2];
		unsigned key_line;
	} sets[] = {
	    {SAMPLE_COMMENTED, {"alpha", "beta"}, 8},
	    {SAMPLE_TWO_NODES, {"web1", "web2"}, 4},
	    {SAMPLE_HOWTO_A, {"web1", "web2"}, 2},
	    {SAMPLE_HOWTO_B, {"ovz-node1", "ovz-node2"}, 2},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(sets); i++)
		set_is_accepted(sets[i].files, sets[i].nodes, sets[i].key_line);
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
