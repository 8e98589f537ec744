/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/timeline.h"

#include "howto.h"

static GString *
draw(struct cluster *c, const char *title, const char *scenario)
{
	struct plan_row *row = plan_given(c, title, scenario);
	GString *svg = g_string_new(NULL);
	struct play p;

	play_row(c, row, &p);
	assert_non_null(p.outage);
	timeline_svg(svg, c, row, &p);
	play_clear(&p);
	plan_row_free(row);
	return svg;
}

/* What a strict reader makes of it. */
struct reading {
	unsigned depth, elements, scripts;
	double lowest, rightmost;
	GString *text;
};

static void
begin(GMarkupParseContext *context, const char *name, const char **names,
    const char **values, gpointer data, GError **error)
{
	struct reading *r = data;

	(void)context;
	(void)error;
	r->depth++;
	r->elements++;
	r->scripts += strcmp(name, "script") == 0 ? 1 : 0;
	for (unsigned i = 0; names[i] != NULL; i++) {
		const double value = g_ascii_strtod(values[i], NULL);

		/* Nothing is fetched, and nothing acts. */
		assert_false(g_str_has_prefix(names[i], "on"));
		assert_null(strstr(names[i], "href"));
		if (strcmp(names[i], "y") == 0 || strcmp(names[i], "y2") == 0)
			r->lowest = MAX(r->lowest, value);
		if (strcmp(names[i], "x") == 0 || strcmp(names[i], "x2") == 0)
			r->rightmost = MAX(r->rightmost, value);
		if (strcmp(names[i], "width") == 0 || strcmp(names[i], "height") == 0)
			assert_true(value >= 0);
	}
}

static void
finish(GMarkupParseContext *context, const char *name, gpointer data, GError **error)
{
	(void)context;
	(void)name;
	(void)error;
	((struct reading *)data)->depth--;
}

static void
words(GMarkupParseContext *context, const char *text, gsize len, gpointer data,
    GError **error)
{
	(void)context;
	(void)error;
	g_string_append_len(((struct reading *)data)->text, text, (gssize)len);
	g_string_append_c(((struct reading *)data)->text, '\n');
}

static struct reading
read_svg(const GString *svg)
{
	const GMarkupParser parser = {begin, finish, words, NULL, NULL};
	struct reading r = {.text = g_string_new(NULL)};
	g_autoptr(GError) error = NULL;
	g_autoptr(GMarkupParseContext) context =
	    g_markup_parse_context_new(&parser, 0, &r, NULL);

	if (!g_markup_parse_context_parse(context, svg->str, (gssize)svg->len, &error) ||
	    !g_markup_parse_context_end_parse(context, &error))
		fail_msg("%s", error->message);
	assert_int_equal(r.depth, 0);
	return r;
}

/* The height that the picture says it has. */
static double
height_of(const GString *svg)
{
	const char *at = strstr(svg->str, "viewBox=\"0 0 1000 ");

	assert_non_null(at);
	return g_ascii_strtod(at + strlen("viewBox=\"0 0 1000 "), NULL);
}

static void
test_it_says_what_happened(void **state)
{
	static const char *const words_in[] = {"web1", "web2", "clients", "power cut",
	    "web1 is dead", "machine off", "IPaddr::10.0.0.100", "deadtime 30s", "1h00m"};
	struct cluster *c = howto_a();
	g_autoptr(GString) svg =
	    draw(c, "a power cut", "power-off web1; run 61min; boot web1; run 2min");
	struct reading r = read_svg(svg);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(words_in); i++) {
		if (strstr(r.text->str, words_in[i]) == NULL)
			fail_msg("it does not say %s", words_in[i]);
	}
	assert_int_equal(r.scripts, 0);
	g_string_free(r.text, TRUE);
	cluster_free(c);
}

static void
test_nothing_lies_outside(void **state)
{
	static const char *const scenarios[] = {
	    "run 1s",
	    "cut web1 web2; run 61min; mend web1 web2; run 2min",
	    "pause web1 90s; run 5min; kill-daemons web1; run 10s; boot web1; run 5min",
	    "boot web1; boot web2; power-off web1; boot web1; power-off web1; boot web1; "
	    "run 3h",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(scenarios); i++) {
		struct cluster *c = howto_a();
		g_autoptr(GString) svg = draw(c, "test", scenarios[i]);
		struct reading r = read_svg(svg);

		assert_true(r.lowest < height_of(svg));
		assert_true(r.rightmost <= 1000);
		g_string_free(r.text, TRUE);
		cluster_free(c);
	}
}

static void
test_held_twice_is_marked(void **state)
{
	struct cluster *c = howto_a();
	g_autoptr(GString) svg =
	    draw(c, "apart", "cut web1 web2; run 61min; mend web1 web2; run 2min");

	(void)state;
	assert_non_null(strstr(svg->str, ">twice 1h00m<"));
	cluster_free(c);
}

/* Names are of the user: they may mean something to XML, or be no UTF-8. */
static void
test_any_text_is_escaped(void **state)
{
	struct cluster *c =
	    cluster_of("deadtime 10\nbcast eth0\nauto_failback off\nnode a b\n",
		"a <b>&x::y httpd\nb \xe4\xf6 mail\n");
	g_autoptr(GString) svg =
	    draw(c, "<i>\xff\x01</i> & \"me\"", "power-off a; run 1min");
	struct reading r = read_svg(svg);

	(void)state;
	assert_true(g_utf8_validate(svg->str, (gssize)svg->len, NULL));
	assert_non_null(strstr(r.text->str, "<b>&x::y httpd"));
	assert_non_null(strstr(r.text->str, "<i>"));
	assert_null(strstr(svg->str, "<i>"));
	g_string_free(r.text, TRUE);
	cluster_free(c);
}

static void
test_long_names_are_cut(void **state)
{
	g_autofree char *name = g_strnfill(60, 'n');
	g_autofree char *hacf = g_strdup_printf(
	    "deadtime 10\nbcast eth0\nauto_failback off\nnode %s b\n", name);
	g_autofree char *groups =
	    g_strdup_printf("%s httpd %s%s%s\n", name, name, name, name);
	g_autofree char *title = g_strnfill(300, 't');
	struct cluster *c = cluster_of(hacf, groups);
	g_autoptr(GString) svg = draw(c, title, "run 1min");
	struct reading r = read_svg(svg);
	g_auto(GStrv) lines = g_strsplit(r.text->str, "\n", -1);

	(void)state;
	for (char **line = lines; *line != NULL; line++) {
		/* Of the style sheet nothing is to be seen. */
		if (strchr(*line, '{') == NULL)
			assert_true(strlen(*line) < 140);
	}
	g_string_free(r.text, TRUE);
	cluster_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_it_says_what_happened),
	    cmocka_unit_test(test_nothing_lies_outside),
	    cmocka_unit_test(test_held_twice_is_marked),
	    cmocka_unit_test(test_any_text_is_escaped),
	    cmocka_unit_test(test_long_names_are_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
