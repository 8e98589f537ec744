/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/inbox.h"

#include "fixture.h"

#define DELAY 250

static struct prng prng;
static struct inbox in;
static const struct moment T0 = {INT64_C(1000000000000)};

static int
setup(void **state)
{
	(void)state;
	prng_seed(&prng, 1);
	inbox_init(&in, &prng);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	inbox_clear(&in);
	return 0;
}

static struct moment
at(int64_t ms)
{
	return moment_add(T0, span_from_ms(ms));
}

static enum inbox_verdict
judge(uint64_t seq)
{
	return inbox_judge(&in, seq, T0, DELAY, &prng, NULL, NULL);
}

static void
test_verdicts_in_turn(void **state)
{
	static const struct {
		uint64_t seq;
		enum inbox_verdict verdict;
		unsigned holes;
	} turns[] = {
	    {17, INBOX_NEW, 0}, /* whatever comes first */
	    {18, INBOX_NEW, 0},
	    {18, INBOX_NEWEST_AGAIN, 0},
	    {17, INBOX_OLD, 0},
	    {1, INBOX_OLD, 0}, /* before the first: never missed */
	    {22, INBOX_NEW, 3},
	    {20, INBOX_LATE, 0},
	    {20, INBOX_OLD, 0}, /* late only once */
	    {22, INBOX_NEWEST_AGAIN, 0},
	    {19, INBOX_LATE, 0},
	    {21, INBOX_LATE, 0},
	    {21, INBOX_OLD, 0},
	    {23, INBOX_NEW, 0},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(turns); i++) {
		unsigned holes = 99;
		bool given_up = true;
		enum inbox_verdict v =
		    inbox_judge(&in, turns[i].seq, T0, DELAY, &prng, &holes, &given_up);

		if (v != turns[i].verdict || holes != turns[i].holes || given_up)
			fail_msg("turn %zu: verdict %d, %u holes", i, v, holes);
	}
	assert_int_equal(in.missing->len, 0);
	assert_int_equal(in.lost, 0);
	assert_true(moment_is_never(inbox_deadline(&in)));
}

static void
test_largest_hole(void **state)
{
	unsigned holes;
	bool given_up;

	(void)state;
	judge(10);
	assert_int_equal(
	    inbox_judge(&in, 261, T0, DELAY, &prng, &holes, &given_up), INBOX_NEW);
	assert_int_equal(holes, INBOX_HOLE_MAX);
	assert_false(given_up);
	assert_int_equal(in.missing->len, INBOX_HOLE_MAX);
	assert_int_equal(judge(11), INBOX_LATE);
	assert_int_equal(judge(260), INBOX_LATE);
	assert_int_equal(
	    inbox_judge(&in, 261 + 252, T0, DELAY, &prng, &holes, &given_up), INBOX_NEW);
	assert_int_equal(holes, 0);
	assert_true(given_up);
	/* The past is given up: nothing of it is asked for, or late, any more. */
	assert_int_equal(in.missing->len, 0);
	assert_int_equal(in.lost, 248 + 251);
	assert_int_equal(judge(100), INBOX_OLD);
	assert_int_equal(judge(400), INBOX_OLD);
	assert_int_equal(
	    inbox_judge(&in, UINT64_MAX, T0, DELAY, &prng, &holes, &given_up), INBOX_NEW);
	assert_true(given_up);
}

static void
test_missing_is_bounded(void **state)
{
	(void)state;
	judge(1);
	judge(252);
	judge(503);
	assert_int_equal(in.missing->len, INBOX_MISSING_MAX);
	judge(505);
	assert_int_equal(in.missing->len, INBOX_MISSING_MAX);
	assert_int_equal(in.lost, 1);
	/* The oldest made room. */
	assert_int_equal(judge(2), INBOX_OLD);
	assert_int_equal(judge(3), INBOX_LATE);
	assert_int_equal(judge(504), INBOX_LATE);
}

/* Between low and high of all requests for 200 holes. */
static void
ask_range(unsigned delay, int64_t *low, int64_t *high)
{
	inbox_judge(&in, 1, T0, delay, &prng, NULL, NULL);
	inbox_judge(&in, 202, T0, delay, &prng, NULL, NULL);
	*low = INT64_MAX;
	*high = INT64_MIN;
	for (guint i = 0; i < in.missing->len; i++) {
		int64_t ms = span_ms(moment_since(
		    g_array_index(in.missing, struct inbox_missing, i).ask_at, T0));

		*low = MIN(*low, ms);
		*high = MAX(*high, ms);
	}
	inbox_reset(&in, 1, &prng);
}

static void
test_when_to_ask(void **state)
{
	static const struct {
		unsigned delay;
		int64_t from, to;
	} cases[] = {
	    {250, 50, 250}, {100, 50, 100}, {99, 0, 99}, {1000, 50, 1000}, {0, 0, 0}};
	int64_t low, high;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		ask_range(cases[i].delay, &low, &high);
		if (low < cases[i].from || high > cases[i].to)
			fail_msg("delay %u: %lld..%lld", cases[i].delay, (long long)low,
			    (long long)high);
		/* Spread over the range, not all at one end. */
		assert_true(high - low >= (cases[i].to - cases[i].from) * 3 / 4);
	}
}

static void
test_asking_again(void **state)
{
	(void)state;
	judge(1);
	judge(3);
	struct moment first = inbox_deadline(&in);

	assert_int_equal(inbox_ask(&in, at(49), DELAY), 0);
	assert_int_equal(inbox_ask(&in, moment_add(first, (struct span){-1}), DELAY), 0);
	assert_int_equal(inbox_ask(&in, first, DELAY), 2);
	assert_int_equal(inbox_ask(&in, first, DELAY), 0);
	assert_int_equal(
	    moment_since(inbox_deadline(&in), first).ns, span_from_ms(DELAY).ns);
	assert_int_equal(inbox_ask(&in, inbox_deadline(&in), DELAY), 2);
	/* Even without delay the next request lies ahead. */
	assert_int_equal(inbox_ask(&in, at(9000), 0), 2);
	assert_true(moment_before(at(9000), inbox_deadline(&in)));
	inbox_forget(&in, 2);
	assert_int_equal(in.lost, 1);
	assert_true(moment_is_never(inbox_deadline(&in)));
	assert_int_equal(inbox_ask(&in, at(99000), DELAY), 0);
	inbox_forget(&in, 2);
	assert_int_equal(in.lost, 1);
}

static void
test_every_tenth_is_acknowledged(void **state)
{
	(void)state;
	for (unsigned trigger = 0; trigger < INBOX_ACK_EVERY; trigger++) {
		inbox_reset(&in, 1, &prng);
		in.trigger = trigger;
		for (uint64_t seq = 1; seq <= 100; seq++) {
			uint64_t ack;

			judge(seq);
			ack = inbox_acknowledge(&in, seq);
			if (ack != (seq % INBOX_ACK_EVERY == trigger ? seq : 0))
				fail_msg("trigger %u: seq %u gives %u", trigger,
				    (unsigned)seq, (unsigned)ack);
		}
	}
}

static void
test_nothing_above_a_hole_is_acknowledged(void **state)
{
	static const struct {
		uint64_t seq, ack;
	} turns[] = {
	    {1, 0},
	    {2, 0},
	    {3, 3},
	    {4, 0},
	    {6, 0},
	    {13, 0},
	    {23, 0}, /* 5 and others are open */
	    {7, 0},
	    {8, 0},
	    {9, 0},
	    {10, 0},
	    {11, 0},
	    {12, 0},
	    {5, 13}, /* the highest below the next hole */
	    {14, 0},
	    {16, 0},
	    {15, 0},
	    {17, 0},
	    {18, 0},
	    {19, 0},
	    {20, 0},
	    {21, 0},
	    {22, 23},
	    {24, 0},
	};

	(void)state;
	in.trigger = 3;
	for (size_t i = 0; i < G_N_ELEMENTS(turns); i++) {
		judge(turns[i].seq);
		uint64_t ack = inbox_acknowledge(&in, turns[i].seq);

		if (ack != turns[i].ack)
			fail_msg("turn %zu: seq %u gives %u", i, (unsigned)turns[i].seq,
			    (unsigned)ack);
	}
}

static void
test_trigger_is_drawn(void **state)
{
	unsigned seen = 0;

	(void)state;
	for (unsigned i = 0; i < 200; i++) {
		inbox_reset(&in, 1, &prng);
		assert_true(in.trigger < INBOX_ACK_EVERY);
		seen |= 1U << in.trigger;
	}
	assert_int_equal(seen, (1U << INBOX_ACK_EVERY) - 1);
}

static void
test_reset_forgets(void **state)
{
	(void)state;
	judge(100);
	judge(110);
	inbox_reset(&in, 1, &prng);
	assert_true(moment_is_never(inbox_deadline(&in)));
	assert_int_equal(judge(1), INBOX_NEW);
	assert_int_equal(judge(2), INBOX_NEW);
}

/* What came too early is missing once: in the same life it has come by the next time. */
static void
test_early_is_missing_once(void **state)
{
	(void)state;
	inbox_reset(&in, 9, &prng);
	inbox_expect(&in, 9, 5);
	assert_int_equal(judge(7), INBOX_NEW);
	assert_int_equal(judge(5), INBOX_LATE);
	assert_int_equal(judge(6), INBOX_LATE);
	inbox_reset(&in, 9, &prng);
	assert_int_equal(judge(210), INBOX_NEW);
	assert_int_equal(in.missing->len, 0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_early_is_missing_once),
	    TEST(test_verdicts_in_turn),
	    TEST(test_largest_hole),
	    TEST(test_missing_is_bounded),
	    TEST(test_when_to_ask),
	    TEST(test_asking_again),
	    TEST(test_every_tenth_is_acknowledged),
	    TEST(test_nothing_above_a_hole_is_acknowledged),
	    TEST(test_trigger_is_drawn),
	    TEST(test_reset_forgets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
