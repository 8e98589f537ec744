/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What hbctl simulate says, on the clusters of two how-tos. */
#include "ctl/simulate_rows.h"

#include <cjson/cJSON.h>

#include "howto.h"

/* Some rows of the plan, played. */
static struct simulation
played(struct cluster *c, const char *const *ids)
{
	struct simulation s = {.cluster = c,
	    .directory = "/etc/ha.d",
	    .rows = g_ptr_array_new_with_free_func(simulated_free)};
	GPtrArray *plan = plan_make(c);

	g_ptr_array_set_free_func(plan, NULL);
	for (unsigned i = 0; i < plan->len; i++) {
		struct plan_row *row = g_ptr_array_index(plan, i);

		if (g_strv_contains(ids, row->id))
			g_ptr_array_add(s.rows, simulated_new(row));
		else
			plan_row_free(row);
	}
	g_ptr_array_unref(plan);
	for (uint64_t seed = 1; seed <= 3; seed++)
		g_ptr_array_add(s.rows, simulated_new(plan_draw(c, seed)));
	simulation_run(&s, false);
	return s;
}

static void
forget(struct simulation *s, struct cluster *c)
{
	g_ptr_array_unref(s->rows);
	g_ptr_array_unref(s->general);
	cluster_free(c);
}

static const char *const howto_a_rows[] = {"S1", "P1", "P2", "L2", "F3", "R2", "M1", NULL};

static void
test_the_table_says_what_the_rows_came_to(void **state)
{
	static const char *const lines[] = {"\nok   S1 ", "\nnote P2 ", "\nBAD  L2 ",
	    "\nRISK F3 ", "Power cut of one machine\n", "moves to web2, and back",
	    "-> deadtime 10s instead of 30s", "(tried: outage 14s", "as P2: auto_failback",
	    "eth0 is the only link", "restarts itself", "\nResult: 1 BAD, ",
	    "3 draws of 2 to 4 faults"};
	struct cluster *c = howto_a();
	struct simulation s = played(c, howto_a_rows);
	g_autofree char *table = simulate_table(&s, 100, false);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
		if (strstr(table, lines[i]) == NULL)
			fail_msg("no \"%s\" in:\n%s", lines[i], table);
	}
	assert_null(strchr(table, '\033'));
	g_autofree char *coloured = simulate_table(&s, 100, true);

	assert_non_null(strstr(coloured, "\033[31;1mBAD\033[0m"));
	assert_int_equal(simulation_count(&s, FINDING_BAD), 1);
	assert_true(simulation_hours(&s) > 2);
	forget(&s, c);
}

static void
test_the_table_fits_the_terminal(void **state)
{
	static const unsigned widths[] = {80, 81, 100, 140};
	struct cluster *c =
	    cluster_of("keepalive 1\ndeadtime 30\nbcast eth0\nauto_failback on\n"
		       "node a-name-that-is-longer-than-any-column-of-the-table b\n",
		"a-name-that-is-longer-than-any-column-of-the-table "
		"Filesystem::/dev/disk/by-id/scsi-"
		"36001405b3c8a0f1d2e4c5a6b7c8d9e0f::/srv::xfs\nb httpd\n");
	struct simulation s = played(c, howto_a_rows);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(widths); i++) {
		g_autofree char *table = simulate_table(&s, widths[i], false);
		g_auto(GStrv) lines = g_strsplit(table, "\n", -1);

		for (char **line = lines; *line != NULL; line++) {
			/* The last line is a sentence. */
			if (g_utf8_strlen(*line, -1) > widths[i] &&
			    !g_str_has_prefix(*line, "Result: "))
				fail_msg("more than %u letters: %s", widths[i], *line);
			assert_false(g_str_has_suffix(*line, " "));
		}
	}
	forget(&s, c);
}

static const cJSON *
row_of(const cJSON *top, const char *id)
{
	const cJSON *row;

	cJSON_ArrayForEach(row, cJSON_GetObjectItem(top, "rows"))
	{
		if (strcmp(cJSON_GetStringValue(cJSON_GetObjectItem(row, "id")), id) == 0)
			return row;
	}
	fail_msg("no row %s", id);
	return NULL;
}

static void
test_the_same_for_machines(void **state)
{
	struct cluster *c = howto_a();
	struct simulation s = played(c, howto_a_rows);
	g_autofree char *text = simulate_json(&s);
	cJSON *top = cJSON_Parse(text);
	const cJSON *cut, *group, *advice;

	(void)state;
	assert_non_null(top);
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(top, "rows")), s.rows->len);
	assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(top, "nodes")), 2);
	assert_true(cJSON_IsTrue(cJSON_GetObjectItem(top, "ipfail")));
	cut = row_of(top, "L2");
	assert_string_equal(
	    cJSON_GetStringValue(cJSON_GetObjectItem(cut, "verdict")), "BAD");
	group = cJSON_GetArrayItem(cJSON_GetObjectItem(cut, "groups"), 0);
	assert_string_equal(
	    cJSON_GetStringValue(cJSON_GetObjectItem(group, "holder")), "web1");
	assert_true(cJSON_GetNumberValue(cJSON_GetObjectItem(group, "twice_ms")) > 3500000);
	advice = cJSON_GetArrayItem(cJSON_GetObjectItem(row_of(top, "P2"), "advice"), 0);
	assert_string_equal(
	    cJSON_GetStringValue(cJSON_GetObjectItem(advice, "directive")), "deadtime");
	assert_in_range((uint64_t)cJSON_GetNumberValue(
			    cJSON_GetObjectItem(advice, "outage_longest_then_ms")),
	    13000, 16000);
	assert_true(cJSON_GetArraySize(cJSON_GetObjectItem(cut, "scenario")) > 4);
	cJSON_Delete(top);
	forget(&s, c);
}

static void
test_faults_for_machines(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	const struct conf_text text = {.hacf_path = "ha.cf",
	    .hacf = "keepalife 1\n",
	    .haresources_path = "haresources",
	    .haresources = "",
	    .authkeys_path = "authkeys"};

	(void)state;
	assert_null(cluster_new(&text, span_from_ms(1000), faults));
	g_autofree char *json = simulate_json_faults(faults);
	cJSON *top = cJSON_Parse(json);
	const cJSON *fault;
	unsigned found = 0;

	cJSON_ArrayForEach(fault, cJSON_GetObjectItem(top, "faults"))
	{
		if (strstr(cJSON_GetStringValue(cJSON_GetObjectItem(fault, "text")),
			"keepalife") == NULL)
			continue;
		found++;
		assert_string_equal(
		    cJSON_GetStringValue(cJSON_GetObjectItem(fault, "file")), "ha.cf");
		assert_true(cJSON_GetNumberValue(cJSON_GetObjectItem(fault, "line")) == 1);
		assert_true(cJSON_IsTrue(cJSON_GetObjectItem(fault, "error")));
	}
	assert_int_equal(found, 1);
	cJSON_Delete(top);
}

static void
test_the_story_can_be_played_again(void **state)
{
	struct cluster *c = howto_a();
	g_autoptr(GPtrArray) plan = plan_make(c);
	const struct plan_row *row = g_ptr_array_index(plan, 4);
	struct play p, again;

	(void)state;
	play_row(c, row, &p);
	g_autofree char *story = simulate_story(row, &p, false);
	g_autofree char *statements = g_strndup(strstr(story, "  boot all"),
	    (gsize)(strstr(story, "\nWhat the nodes said") - strstr(story, "  boot all")));
	struct plan_row *given = plan_given(c, "again", statements);

	play_row(c, given, &again);
	assert_null(again.wrong);
	assert_string_equal(again.trace->str, p.trace->str);
	assert_non_null(strstr(story, p.trace->str));
	play_clear(&p);
	play_clear(&again);
	plan_row_free(given);
	cluster_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_table_says_what_the_rows_came_to),
	    cmocka_unit_test(test_the_table_fits_the_terminal),
	    cmocka_unit_test(test_the_same_for_machines),
	    cmocka_unit_test(test_faults_for_machines),
	    cmocka_unit_test(test_the_story_can_be_played_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
