/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/outbox.h"

#include "fixture.h"

#define DELAY 250

static struct outbox out;
static const struct moment T0 = {INT64_C(1000000000000)};

static int
setup(void **state)
{
	(void)state;
	outbox_init(&out);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	outbox_clear(&out);
	return 0;
}

static struct moment
at(int64_t ms)
{
	return moment_add(T0, span_from_ms(ms));
}

static void
keep(unsigned count, struct moment when)
{
	for (unsigned i = 0; i < count; i++) {
		uint64_t seq = outbox_next(&out);
		struct msg *m = msg_new("status");

		msg_add_hex(m, "seq", seq);
		outbox_keep(&out, seq, m, when);
	}
}

static void
expect(uint64_t seq, struct moment when, enum outbox_verdict verdict)
{
	const struct msg *m = (const struct msg *)&out;
	uint64_t got;

	assert_int_equal(outbox_find(&out, seq, when, DELAY, &m), verdict);
	assert_true((m != NULL) == (verdict == OUTBOX_RESEND));
	if (m != NULL) {
		assert_true(msg_get_hex(m, "seq", &got));
		assert_int_equal(got, seq);
	}
}

static void
test_numbers_begin_at_one(void **state)
{
	(void)state;
	assert_int_equal(outbox_next(&out), 1);
	assert_int_equal(outbox_next(&out), 2);
	assert_int_equal(out.last, 2);
}

static void
test_the_last_500_are_kept(void **state)
{
	(void)state;
	expect(1, T0, OUTBOX_UNSENT);
	keep(OUTBOX_KEPT_MAX, T0);
	expect(1, T0, OUTBOX_RESEND);
	keep(1, T0);
	expect(1, T0, OUTBOX_TOO_LOW);
	expect(2, T0, OUTBOX_RESEND);
	expect(501, T0, OUTBOX_RESEND);
	expect(502, T0, OUTBOX_UNSENT);
	expect(UINT64_MAX, T0, OUTBOX_UNSENT);
}

static void
test_not_again_at_once(void **state)
{
	(void)state;
	keep(2, T0);
	expect(1, at(0), OUTBOX_RESEND);
	expect(1, at(DELAY - 11), OUTBOX_RECENT);
	expect(2, at(DELAY - 11), OUTBOX_RESEND);
	expect(1, at(DELAY - 10), OUTBOX_RESEND);
	expect(1, at(DELAY - 10 + 239), OUTBOX_RECENT);
	expect(1, at(DELAY - 10 + 240), OUTBOX_RESEND);
}

static void
test_a_short_delay_never_holds_back(void **state)
{
	const struct msg *m;

	(void)state;
	keep(1, T0);
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(outbox_find(&out, 1, T0, 5, &m), OUTBOX_RESEND);
}

static void
test_release(void **state)
{
	(void)state;
	keep(5, T0);
	keep(5, at(1000));
	/* Acknowledged, but too young. */
	outbox_release(&out, 10, at(2000));
	expect(1, at(2000), OUTBOX_RESEND);
	/* Old enough, but not acknowledged. */
	outbox_release(&out, 3, at(2001));
	expect(3, at(2001), OUTBOX_TOO_LOW);
	expect(4, at(2001), OUTBOX_RESEND);
	outbox_release(&out, 10, at(3000));
	expect(5, at(3000), OUTBOX_TOO_LOW);
	expect(6, at(3000), OUTBOX_RESEND);
	outbox_release(&out, UINT64_MAX, at(3001));
	expect(10, at(3001), OUTBOX_GONE);
	expect(11, at(3001), OUTBOX_UNSENT);
	keep(1, at(3001));
	expect(11, at(3001), OUTBOX_RESEND);
	expect(10, at(3001), OUTBOX_TOO_LOW);
}

static void
test_a_number_without_message(void **state)
{
	(void)state;
	keep(1, T0);
	outbox_next(&out);
	keep(1, T0);
	expect(2, T0, OUTBOX_GONE);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_numbers_begin_at_one),
	    TEST(test_the_last_500_are_kept),
	    TEST(test_not_again_at_once),
	    TEST(test_a_short_delay_never_holds_back),
	    TEST(test_release),
	    TEST(test_a_number_without_message),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
