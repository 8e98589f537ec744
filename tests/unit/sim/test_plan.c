/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/plan.h"

#include "howto.h"
#include "sim/scenario.h"

static const struct plan_row *
find(const GPtrArray *plan, const char *title)
{
	for (unsigned i = 0; i < plan->len; i++) {
		const struct plan_row *row = g_ptr_array_index(plan, i);

		if (strcmp(row->title, title) == 0)
			return row;
	}
	fail_msg("no row \"%s\"", title);
	return NULL;
}

static unsigned
count_of(const GPtrArray *plan, enum plan_kind kind)
{
	unsigned count = 0;

	for (unsigned i = 0; i < plan->len; i++)
		count += ((const struct plan_row *)g_ptr_array_index(plan, i))->kind == kind
			     ? 1
			     : 0;
	return count;
}

static bool
says(const struct plan_row *row, const char *statement)
{
	return g_ptr_array_find_with_equal_func(
	    row->statements, statement, g_str_equal, NULL);
}

/* What the published how-to wants to be tested, short and long. */
static void
test_the_plan_of_the_howto_is_in_it(void **state)
{
	static const char *const titles[] = {"ovz-node1 off for 15s",
	    "ovz-node1 off for 61m", "ovz-node2 off for 15s", "ovz-node2 off for 61m",
	    "eth1 cut for 15s", "eth1 cut for 61m", "eth0 of ovz-node1 fails for 61m",
	    "eth0 of ovz-node2 fails for 61m", "all 3 links cut for 61m",
	    "/dev/ttyS0 cut for 61m", "192.168.0.254 lost by ovz-node1 for 10m",
	    "192.168.0.254 lost by all for 10m", "hb_standby on ovz-node1",
	    "drbddisk::r0 hangs on ovz-node1, at hb_standby"};
	struct cluster *c = howto_b();
	g_autoptr(GPtrArray) plan = plan_make(c);

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(titles); i++)
		find(plan, titles[i]);
	const struct plan_row *card = find(plan, "eth0 of ovz-node1 fails for 61m");

	assert_true(says(card, "cut ovz-node1 ovz-node2 eth0"));
	assert_true(says(card, "ping-lost ovz-node1 192.168.0.254"));
	assert_true(says(card, "ping-back ovz-node1 192.168.0.254"));
	assert_string_equal(card->node, "ovz-node1");
	/* No ping node is behind the crossover cable and the serial line. */
	assert_int_equal(count_of(plan, PLAN_CARD), 2);
	cluster_free(c);
}

static void
test_one_link_is_all_links(void **state)
{
	struct cluster *c = howto_a();
	g_autoptr(GPtrArray) plan = plan_make(c);

	(void)state;
	assert_int_equal(count_of(plan, PLAN_LINK), 0);
	assert_int_equal(count_of(plan, PLAN_APART), 2);
	assert_true(find(plan, "eth0 cut for 61m")->single);
	cluster_free(c);
	c = howto_b();
	g_autoptr(GPtrArray) other = plan_make(c);
	assert_int_equal(count_of(other, PLAN_LINK), 6);
	assert_false(find(other, "all 3 links cut for 61m")->single);
	cluster_free(c);
}

static void
test_ids_are_names(void **state)
{
	struct cluster *c = howto_b();
	g_autoptr(GPtrArray) plan = plan_make(c);
	g_autoptr(GHashTable) ids = g_hash_table_new(g_str_hash, g_str_equal);

	(void)state;
	for (unsigned i = 0; i < plan->len; i++) {
		const struct plan_row *row = g_ptr_array_index(plan, i);

		assert_true(g_hash_table_add(ids, row->id));
		assert_true(strlen(row->id) <= 4);
		assert_true(strlen(plan_kind_title(row->kind)) > 0);
	}
	cluster_free(c);
}

/* Every statement is one, for one node and for many, with and without groups. */
static void
ignore(void *arg, const char *line)
{
	(void)arg;
	(void)line;
}

static void
test_every_row_can_be_played(void **state)
{
	static const struct {
		const char *hacf, *haresources;
	} cases[] = {
	    {HOWTO_A_CF, HOWTO_A_GROUPS},
	    {HOWTO_B_CF, HOWTO_B_GROUPS},
	    {"deadtime 10\nbcast eth0\nauto_failback off\nnode one\n", "one httpd\n"},
	    {"deadtime 10\nbcast eth0\nbcast eth1\nauto_failback off\nnode a b c d\n", ""},
	    {"deadtime 10\nbcast eth0\nauto_failback off\nping_group up 10.0.0.1 "
	     "10.0.0.2\nnode a b c\n",
		"a 10.0.0.3\nb 10.0.0.4 x\n"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct cluster *c = cluster_of(cases[i].hacf, cases[i].haresources);
		g_autoptr(GPtrArray) plan = plan_make(c);

		assert_true(plan->len > 5);
		for (unsigned r = 0; r < plan->len; r++) {
			const struct plan_row *row = g_ptr_array_index(plan, r);
			struct scenario *s = scenario_new(1, TRACE_CRITICAL, ignore, NULL);

			scenario_cluster(
			    s, c->conf->nodes, c->hacf, c->haresources, c->takes);
			for (unsigned k = 0; k < row->statements->len; k++) {
				const char *statement =
				    g_ptr_array_index(row->statements, k);
				bool runs = g_str_has_prefix(statement, "run ");
				g_autofree char *wrong =
				    scenario_do(s, runs ? "run 1s" : statement);

				if (wrong != NULL)
					fail_msg("%s: %s: %s", row->id, statement, wrong);
			}
			scenario_free(s);
		}
		cluster_free(c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_the_plan_of_the_howto_is_in_it),
	    cmocka_unit_test(test_one_link_is_all_links),
	    cmocka_unit_test(test_ids_are_names),
	    cmocka_unit_test(test_every_row_can_be_played),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
