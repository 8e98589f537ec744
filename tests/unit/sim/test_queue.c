/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pair.h"
#include "sim/world_state.h"

static struct pending *
add(struct world *w, unsigned host, int64_t ms, unsigned mark)
{
	struct pending *p = pending_new(w, host, moment_add(world_now(w), span_from_ms(ms)));

	p->medium = mark;
	pending_add(w, p);
	return p;
}

static void
assert_next(struct world *w, unsigned mark, int64_t ms)
{
	struct moment at;
	GSequenceIter *next = pending_soonest(w, &at);

	assert_non_null(next);
	struct pending *p = g_sequence_get(next);

	assert_int_equal(p->medium, mark);
	assert_int_equal(span_ms(moment_since(at, world_began(w))), ms);
	g_sequence_remove(next);
	pending_free(p);
}

static void
test_the_sooner_and_of_two_the_older_comes_first(void **state)
{
	struct world *w = make(HACF, GROUPS, 1);
	struct moment at;

	(void)state;
	assert_null(pending_soonest(w, &at));
	assert_true(moment_is_never(at));
	add(w, ALPHA, 30, 1);
	add(w, BETA, 10, 2);
	add(w, ALPHA, 10, 3);
	add(w, BETA, 20, 4);
	add(w, BETA, 10, 5);
	assert_next(w, 2, 10);
	assert_next(w, 3, 10);
	assert_next(w, 5, 10);
	add(w, ALPHA, 5, 6);
	assert_next(w, 6, 5);
	assert_next(w, 4, 20);
	assert_next(w, 1, 30);
	assert_null(pending_soonest(w, &at));
	world_free(w);
}

static void
test_what_is_for_a_frozen_host_waits(void **state)
{
	struct world *w = make(HACF, GROUPS, 1);

	(void)state;
	world_pause(w, ALPHA, span_from_ms(100));
	add(w, ALPHA, 20, 1);
	add(w, ALPHA, 10, 2);
	add(w, BETA, 50, 3);
	add(w, ALPHA, 100, 4);
	add(w, BETA, 200, 5);
	assert_next(w, 3, 50);
	assert_next(w, 2, 100);
	assert_next(w, 1, 100);
	assert_next(w, 4, 100);
	assert_next(w, 5, 200);
	add(w, ALPHA, 300, 6);
	add(w, BETA, 310, 7);
	add(w, ALPHA, 290, 8);
	world_pause(w, ALPHA, span_from_ms(1000));
	assert_next(w, 7, 310);
	clock_reset(&w->hosts[ALPHA]);
	assert_next(w, 8, 290);
	assert_next(w, 6, 300);
	/* What is left is freed with the world. */
	add(w, BETA, 1, 6);
	world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_the_sooner_and_of_two_the_older_comes_first),
	    TEST(test_what_is_for_a_frozen_host_waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
