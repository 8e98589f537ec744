/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/finding.h"

#include "howto.h"

#define TWO_GROUPS "a IPaddr::10.0.0.9 httpd\nb IPaddr::10.0.0.10\n"
#define TWO_CF \
	"keepalive 1\ndeadtime 10\ninitdead 20\nbcast eth0\nauto_failback off\nnode a b\n"

static void
test_lengths_of_time_are_short_words(void **state)
{
	static const struct {
		int64_t ns;
		const char *text;
	} cases[] = {
	    {0, "-"},
	    {1, "1ms"},
	    {12000000, "12ms"},
	    {999000000, "999ms"},
	    {4120000000, "4.1s"},
	    {10000000000, "10s"},
	    {34400000000, "34s"},
	    {99600000000, "100s"},
	    {124000000000, "2m04s"},
	    {3600000000000, "1h00m"},
	    {36060000000000, "10h01m"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = finding_span((struct span){cases[i].ns});

		assert_string_equal(text, cases[i].text);
	}
}

static void
test_groups_have_letters(void **state)
{
	static const struct {
		unsigned group;
		const char *letter;
	} cases[] = {{0, "A"}, {25, "Z"}, {26, "A1"}, {53, "B2"}};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *letter = finding_letter(cases[i].group);

		assert_string_equal(letter, cases[i].letter);
	}
}

static void
test_what_happened_in_a_few_words(void **state)
{
	static const struct {
		const char *scenario, *happened, *holders;
		enum finding_level level;
	} cases[] = {
	    {"run 1min", "nothing moves", "A a, B b", FINDING_OK},
	    {"boot all; run 1min", "A starts on a; B starts on b", "A a, B b", FINDING_OK},
	    {"power-off a; run 1min", "A moves to b; B stays on b", "b", FINDING_OK},
	    {"ask a standby all; run 1min; ask b standby all; run 1min",
		"A moves to b, and back; B moves to a", "a", FINDING_OK},
	    {"ask a standby all; run 1min; ask b standby all; run 1min; ask a standby all; "
	     "run 1min",
		"A moves to b, then a, then b; B moves to a, and back", "b", FINDING_OK},
	    {"power-off a; run 4s; boot a; run 1min",
		"A interrupted, stays on a; B stays on b", "A a, B b", FINDING_OK},
	    {"cut a b; run 1min; mend a b; run 1min",
		"A two nodes run it, later only a; B two nodes run it, "
		"later only b",
		"A a, B b", FINDING_RISK},
	    {"power-off a; power-off b; run 1min",
		"A ran on a, then nowhere; B ran on b, then nowhere", "nobody",
		FINDING_BAD},
	    {"run 1s; script a httpd stop exit 1; ask a standby all; run 5min",
		"A moves to b; B stays on b; a restarts itself", "b", FINDING_OK},
	    {"boot a; run 5s; power-off a", "does not run", "nobody", FINDING_BAD},
	    {"dance", "cannot be played: dance: unknown statement", "-", FINDING_BAD},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct cluster *c = cluster_of(TWO_CF, TWO_GROUPS);
		struct plan_row *row = plan_given(c, "test", cases[i].scenario);
		struct finding f;
		struct play p;

		play_row(c, row, &p);
		finding_make(c, row, &p, &f);
		assert_string_equal(f.happened, cases[i].happened);
		assert_string_equal(f.holders, cases[i].holders);
		if (f.level != cases[i].level)
			fail_msg("%s: %s", cases[i].scenario, finding_level_name(f.level));
		finding_clear(&f);
		play_clear(&p);
		plan_row_free(row);
		cluster_free(c);
	}
}

static void
test_the_group_that_has_most_counts(void **state)
{
	struct cluster *c = cluster_of(TWO_CF, TWO_GROUPS);
	struct plan_row *row = plan_given(c, "test", "ask a standby all; run 1min");
	struct finding f;
	struct play p;

	(void)state;
	play_row(c, row, &p);
	finding_make(c, row, &p, &f);
	assert_int_equal(f.groups->len, 2);
	assert_true(
	    f.longest.ns == g_array_index(f.groups, struct outage_sum, 0).longest.ns);
	assert_int_equal(g_array_index(f.groups, struct outage_sum, 1).longest.ns, 0);
	/* A stop and a start of httpd. */
	assert_in_range((uint64_t)span_ms(f.longest), 2000, 2100);
	assert_true(f.served);
	finding_clear(&f);
	play_clear(&p);
	plan_row_free(row);
	cluster_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_lengths_of_time_are_short_words),
	    cmocka_unit_test(test_groups_have_letters),
	    cmocka_unit_test(test_what_happened_in_a_few_words),
	    cmocka_unit_test(test_the_group_that_has_most_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
