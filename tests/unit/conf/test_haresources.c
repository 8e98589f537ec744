/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/haresources.h"

#include "fixture.h"

static void
a_group(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c =
	    fixture_haresources("\n# remark\n BETA\t10.0.0.9/24 \\\n  httpd # web\n"
				"alpha mysqld\n",
		faults);

	(void)state;
	fixture_expect_none(faults);
	assert_int_equal(c->group_count, 2);
	const struct conf_group *g = &c->groups[0];
	assert_string_equal(g->key, "10.0.0.9/24");
	assert_string_equal(g->text, "10.0.0.9/24 httpd");
	assert_int_equal(g->line, 3);
	assert_int_equal(g->preferred, 1);
	assert_int_equal(g->resource_count, 2);
	assert_string_equal(g->resources[1].script, "httpd");
	/* The first eight digits of: printf 10.0.0.9/24 | sha256sum */
	g_autofree char *sum = g_compute_checksum_for_string(G_CHECKSUM_SHA256, g->key, -1);
	assert_memory_equal(g->id, sum, 8);
	assert_int_equal(strlen(g->id), 8);
	assert_int_equal(conf_group_index(c, g->id), 0);
	assert_int_equal(conf_group_index(c, "mysqld"), 1);
	assert_int_equal(conf_group_index(c, "httpd"), -1);
	conf_free(c);
}

static void
order_of_nodes(void **state)
{
	static const struct {
		const char *line;
		unsigned order[3];
	} cases[] = {
	    {"alpha x", {0, 1, 2}},
	    {"beta x", {1, 0, 2}},
	    {"gamma x", {2, 0, 1}},
	    {"Alpha,GAMMA,beta x", {0, 2, 1}},
	    {"gamma,beta x", {2, 1, 0}},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct conf *c = fixture_haresources(cases[i].line, faults);

		fixture_expect_none(faults);
		assert_int_equal(c->groups[0].preferred, cases[i].order[0]);
		for (unsigned n = 0; n < 3; n++)
			assert_int_equal(c->groups[0].order[n], cases[i].order[n]);
		conf_free(c);
	}
}

static void
faults_of_entries(void **state)
{
	static const struct {
		const char *text;
		unsigned line;
		bool is_error;
		const char *part;
	} cases[] = {
	    {"\nalpa x\n", 2, true, "did you mean 'alpha'?"},
	    {"www x\n", 1, true, "the nodes of ha.cf are: alpha, beta, gamma"},
	    {"alpha.example.com x\n", 1, true, "did you mean 'alpha'?"},
	    {"alpha=10.0.0.1 x\n", 1, true, "write 'alpha 10.0.0.1'"},
	    {"alpha,alpha x\n", 1, true, "listed twice"},
	    {"alpha, beta x\n", 1, true, "no blank behind a comma"},
	    {"alpha,delta x\n", 1, true, "'delta' is not a node"},
	    {"alpha\n", 1, false, "no resources"},
	    {"alpha x \\\nbeta y\n", 2, true, "remove that backslash"},
	    {"alpha x \\\n y \\\n 10.0.0.400\n", 3, true, "resource '10.0.0.400'"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct conf *c = fixture_haresources(cases[i].text, faults);

		fixture_expect_only(
		    faults, HARESOURCES, cases[i].line, cases[i].is_error, cases[i].part);
		assert_int_equal(c == NULL, cases[i].is_error);
		conf_free(c);
	}
}

/* A resource may be called like a node; only at the start of a continued line it is one. */
static void
a_resource_called_like_a_node(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = fixture_haresources("alpha \\\n 10.0.0.1 beta\n", faults);

	(void)state;
	fixture_expect_none(faults);
	assert_string_equal(c->groups[0].text, "10.0.0.1 beta");
	conf_free(c);
}

static char *
digest_of(const char *haresources)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = fixture_haresources(haresources, faults);

	assert_non_null(c);
	char *digest = g_strdup(c->digest);
	conf_free(c);
	return digest;
}

static void
the_digest_shows_what_matters(void **state)
{
	g_autofree char *base = digest_of("alpha a b\nbeta c\n");
	g_autofree char *same = digest_of("# remark\nbeta   c\nALPHA a \\\n b\n");
	g_autofree char *listed = digest_of("alpha,beta,gamma a b\nbeta c\n");
	g_autofree char *moved = digest_of("beta a b\nbeta c\n");
	g_autofree char *changed = digest_of("alpha a d\nbeta c\n");
	g_autofree char *reordered = digest_of("alpha,gamma a b\nbeta c\n");

	(void)state;
	assert_int_equal(strlen(base), 8);
	assert_string_equal(base, same);
	assert_string_equal(base, listed);
	assert_string_not_equal(base, moved);
	assert_string_not_equal(base, changed);
	assert_string_not_equal(base, reordered);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_group),
	    cmocka_unit_test(order_of_nodes),
	    cmocka_unit_test(faults_of_entries),
	    cmocka_unit_test(a_resource_called_like_a_node),
	    cmocka_unit_test(the_digest_shows_what_matters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
