/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "howto.h"
#include "sim/play.h"

static bool
same(const GPtrArray *a, const GPtrArray *b)
{
	if (a->len != b->len)
		return false;
	for (unsigned i = 0; i < a->len; i++) {
		if (strcmp(g_ptr_array_index(a, i), g_ptr_array_index(b, i)) != 0)
			return false;
	}
	return true;
}

static void
test_equal_seeds_draw_equal_rows(void **state)
{
	struct cluster *c = howto_b();
	unsigned different = 0;

	(void)state;
	for (uint64_t seed = 0; seed < 20; seed++) {
		struct plan_row *a = plan_draw(c, seed), *b = plan_draw(c, seed);
		struct plan_row *next = plan_draw(c, seed + 1);

		assert_true(same(a->statements, b->statements));
		assert_string_equal(a->title, b->title);
		assert_int_equal(a->seed, seed);
		different += same(a->statements, next->statements) ? 0 : 1;
		plan_row_free(a);
		plan_row_free(b);
		plan_row_free(next);
	}
	assert_true(different > 15);
	cluster_free(c);
}

/* Whatever was drawn: when all is mended everything runs on one node. */
static void
test_drawn_rows_end_well(void **state)
{
	struct cluster *c = howto_b();

	(void)state;
	for (uint64_t seed = 100; seed < 106; seed++) {
		struct plan_row *row = plan_draw(c, seed);
		struct play p;

		play_row(c, row, &p);
		if (p.wrong != NULL)
			fail_msg("seed %d: %s", (int)seed, p.wrong);
		assert_true(p.marks->len > 2);
		assert_true(outage_sum(p.outage, 0).served);
		play_clear(&p);
		plan_row_free(row);
	}
	cluster_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_equal_seeds_draw_equal_rows),
	    cmocka_unit_test(test_drawn_rows_end_well),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
