/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/play.h"

#include "howto.h"

static void
play_text(struct cluster *c, const char *text, struct play *p)
{
	struct plan_row *row = plan_given(c, "test", text);

	play_row(c, row, p);
	plan_row_free(row);
}

static const struct play_mark *
find(const struct play *p, const char *text)
{
	for (unsigned i = 0; i < p->marks->len; i++) {
		const struct play_mark *m = &g_array_index(p->marks, struct play_mark, i);

		if (strcmp(m->text, text) == 0)
			return m;
	}
	return NULL;
}

static void
test_what_is_done_and_what_comes_of_it_is_marked(void **state)
{
	struct cluster *c = howto_a();
	struct play p;

	(void)state;
	play_text(c, "power-off web1;run 60s;boot web1;run 60s", &p);
	assert_null(p.wrong);
	const struct play_mark *cut = find(&p, "power cut"),
			       *dead = find(&p, "web1 is dead");

	assert_non_null(cut);
	assert_non_null(dead);
	assert_int_equal(cut->host, 0);
	assert_true(cut->fault);
	assert_int_equal(dead->host, 1);
	assert_false(dead->fault);
	assert_true(moment_before(cut->at, dead->at));
	assert_int_equal(p.restarts, 0);
	assert_non_null(strstr(p.trace->str, "web1: is dead"));
	assert_true(p.simulated_ms >= 120000);
	play_clear(&p);
	cluster_free(c);
}

static void
test_marks_are_words_for_people(void **state)
{
	static const struct {
		const char *statement, *mark;
		int host;
	} cases[] = {
	    {"boot all", "start", -1},
	    {"pause web1 5s", "frozen for 5s", 0},
	    {"suspend web1 5s", "suspended for 5s", 0},
	    {"cut web1 web2 eth0", "eth0 cut", -1},
	    {"cut web1 web2", "all links cut", -1},
	    {"mend web1 web2", "all links back", -1},
	    {"ping-lost web2 10.0.0.254", "10.0.0.254 lost", 1},
	    {"ping-back web2 10.0.0.254", "10.0.0.254 answers again", 1},
	    {"ask web1 standby all", "hb_standby", 0},
	    {"ask web1 retry", "hbctl retry", 0},
	    {"script web1 httpd stop hangs", "httpd stop hangs", 0},
	    {"script web1 httpd start exit 1", "httpd start fails", 0},
	    {"script web1 httpd start ok", "httpd start is mended", 0},
	    {"kill-engine web2", "engine killed", 1},
	    {"loss 10", "loss 10", -1},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct cluster *c = howto_a();
		struct play p;

		g_autofree char *text = g_strconcat("run 1s;", cases[i].statement, NULL);

		play_text(c, text, &p);
		const struct play_mark *m = find(&p, cases[i].mark);

		if (m == NULL || p.wrong != NULL)
			fail_msg("%s", cases[i].statement);
		assert_int_equal(m->host, cases[i].host);
		play_clear(&p);
		cluster_free(c);
	}
}

/* With three nodes a link is cut between three pairs: one thing that happens. */
static void
test_a_cut_between_all_is_one_mark(void **state)
{
	struct cluster *c = cluster_of(
	    "deadtime 10\nbcast eth0\nauto_failback off\nnode a b c\n", "a httpd\n");
	struct play p;
	unsigned cuts = 0;

	(void)state;
	play_text(c, "cut a b; cut a c; cut b c; run 1s; cut a b", &p);
	for (unsigned i = 0; i < p.marks->len; i++)
		cuts += strcmp(g_array_index(p.marks, struct play_mark, i).text,
			    "all links cut") == 0
			    ? 1
			    : 0;
	assert_int_equal(cuts, 2);
	play_clear(&p);
	cluster_free(c);
}

static void
test_a_machine_that_restarts_itself_is_counted(void **state)
{
	struct cluster *c = howto_a();
	struct play p;

	(void)state;
	play_text(c,
	    "run 1s; script web1 httpd stop exit 1; ask web1 standby all; run 10min", &p);
	assert_int_equal(p.restarts, 1);
	assert_int_equal(p.restarted, 0);
	assert_non_null(find(&p, "restarts itself"));
	play_clear(&p);
	cluster_free(c);
}

static void
test_what_cannot_be_played_is_said(void **state)
{
	static const struct {
		const char *text, *why;
	} cases[] = {
	    {"dance", "dance: unknown statement"},
	    {"power-off web9", "power-off web9: no such node"},
	    {"nodes a b", "leave out nodes"},
	    {"run fast", "run fast: a time"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct cluster *c = howto_a();
		struct play p;

		play_text(c, cases[i].text, &p);
		assert_non_null(p.wrong);
		assert_non_null(strstr(p.wrong, cases[i].why));
		play_clear(&p);
		cluster_free(c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_what_is_done_and_what_comes_of_it_is_marked),
	    cmocka_unit_test(test_marks_are_words_for_people),
	    cmocka_unit_test(test_a_cut_between_all_is_one_mark),
	    cmocka_unit_test(test_a_machine_that_restarts_itself_is_counted),
	    cmocka_unit_test(test_what_cannot_be_played_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
