/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sim/axis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct moment
at_s(int64_t seconds)
{
	return (struct moment){seconds * 1000000000};
}

static void
make(struct axis *a, const int64_t *seconds, unsigned count, int64_t most)
{
	g_autoptr(GArray) moments = g_array_new(FALSE, FALSE, sizeof(struct moment));

	for (unsigned i = 0; i < count; i++) {
		const struct moment m = at_s(seconds[i]);

		g_array_append_val(moments, m);
	}
	axis_init(a, moments, span_from_ms(most * 1000), 100, 900);
}

static void
test_without_quiet_times_all_is_to_one_scale(void **state)
{
	const int64_t seconds[] = {30, 0, 10, 40, 20, 20};
	struct axis a;

	(void)state;
	make(&a, seconds, G_N_ELEMENTS(seconds), 15);
	assert_int_equal(a.parts->len, 1);
	assert_true(axis_x(&a, at_s(0)) == 100);
	assert_true(axis_x(&a, at_s(10)) == 300);
	assert_true(axis_x(&a, at_s(40)) == 900);
	/* Outside it is the edge. */
	assert_true(axis_x(&a, at_s(-5)) == 100);
	assert_true(axis_x(&a, at_s(99)) == 900);
	axis_clear(&a);
}

static void
test_a_quiet_time_is_cut(void **state)
{
	const int64_t seconds[] = {0, 10, 3610, 3620};
	struct axis a;

	(void)state;
	make(&a, seconds, G_N_ELEMENTS(seconds), 60);
	assert_int_equal(a.parts->len, 3);
	assert_false(g_array_index(a.parts, struct axis_part, 0).cut);
	assert_true(g_array_index(a.parts, struct axis_part, 1).cut);
	/* What is to scale has the same scale on both sides of it, and most of the room. */
	const double left = axis_x(&a, at_s(10)) - axis_x(&a, at_s(0));
	const double right = axis_x(&a, at_s(3620)) - axis_x(&a, at_s(3610));
	const double cut = axis_x(&a, at_s(3610)) - axis_x(&a, at_s(10));

	assert_true(left - right < 0.01 && right - left < 0.01);
	assert_true(left > 300 && cut > 10 && cut < 100);
	assert_true(axis_x(&a, at_s(3620)) > 899.9);
	axis_clear(&a);
}

static void
test_many_cuts_leave_room_for_the_rest(void **state)
{
	int64_t seconds[80];
	struct axis a;

	(void)state;
	for (unsigned i = 0; i < G_N_ELEMENTS(seconds); i++)
		seconds[i] = (int64_t)(i / 2) * 1000 + (i % 2) * 10;
	make(&a, seconds, G_N_ELEMENTS(seconds), 60);
	assert_true(axis_x(&a, at_s(10)) - axis_x(&a, at_s(0)) > 9);
	assert_true(axis_x(&a, at_s(39010)) < 900.1);
	axis_clear(&a);
}

static void
test_ticks_are_round_and_apart(void **state)
{
	const int64_t seconds[] = {0, 10, 20, 30, 40};
	struct axis a;

	(void)state;
	/* 800 for 40 s: 20 a second. */
	make(&a, seconds, G_N_ELEMENTS(seconds), 60);
	assert_int_equal(span_ms(axis_step(&a, 60)), 5000);
	assert_int_equal(span_ms(axis_step(&a, 18)), 1000);
	assert_int_equal(span_ms(axis_step(&a, 300)), 15000);
	axis_clear(&a);
}

static void
test_one_moment_is_no_line(void **state)
{
	const int64_t seconds[] = {5, 5};
	struct axis a;

	(void)state;
	make(&a, seconds, G_N_ELEMENTS(seconds), 60);
	assert_int_equal(a.parts->len, 0);
	assert_true(axis_x(&a, at_s(5)) == 0);
	axis_clear(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_without_quiet_times_all_is_to_one_scale),
	    cmocka_unit_test(test_a_quiet_time_is_cut),
	    cmocka_unit_test(test_many_cuts_leave_room_for_the_rest),
	    cmocka_unit_test(test_ticks_are_round_and_apart),
	    cmocka_unit_test(test_one_moment_is_no_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
