/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/record_book.h"

#include "fixture.h"

static struct msg *
status(const char *seq, const char *ts)
{
	struct msg *m = msg_new("status");

	msg_add(m, "seq", seq);
	msg_add(m, "ts", ts);
	return m;
}

static void
assert_foreseen(const struct pattern *p, size_t field, int64_t wall_s, const char *expected)
{
	g_autoptr(GBytes) value = pattern_foresee(p, field, wall_s);

	assert_int_equal(g_bytes_get_size(value), strlen(expected) + 1);
	assert_string_equal(g_bytes_get_data(value, NULL), expected);
}

static void
test_numbered_and_dated_messages_count_on(void **state)
{
	struct record_book b;

	(void)state;
	book_init(&b, "", 0);
	struct pattern *p = book_learn(&b, 1, "10.0.0.2", status("f", "ff"));

	p->wall_s = 100;
	assert_foreseen(p, 0, 102, "status");
	assert_foreseen(p, 1, 102, "10");
	assert_foreseen(p, 2, 102, "101");
	/* Not as we write numbers: as it was. */
	p = book_learn(&b, 1, "10.0.0.2", status("0F", "x"));
	assert_foreseen(p, 1, 102, "0F");
	assert_foreseen(p, 2, 102, "x");
	assert_int_equal(b.patterns->len, 1);
	book_clear(&b);
}

static void
test_one_pattern_a_type_sender_and_medium(void **state)
{
	struct record_book b;
	AUTO_MSG struct msg *m = status("1", "1");
	AUTO_MSG struct msg *other = msg_new("shutdone");

	(void)state;
	book_init(&b, "", 0);
	book_learn(&b, 1, "10.0.0.2", msg_copy(m));
	assert_int_equal(book_find(&b, 1, "10.0.0.2", m), 0);
	assert_int_equal(book_find(&b, 0, "10.0.0.2", m), -1);
	assert_int_equal(book_find(&b, 1, "10.0.0.3", m), -1);
	assert_int_equal(book_find(&b, 1, NULL, m), -1);
	assert_int_equal(book_find(&b, 1, "10.0.0.2", other), -1);
	const struct pattern *p = g_ptr_array_index(b.patterns, 0);

	assert_true(pattern_fits(p, m));
	assert_false(pattern_fits(p, other));
	msg_add(m, "more", "1");
	assert_false(pattern_fits(p, m));
	book_clear(&b);
}

static void
test_a_beat_is_expected_a_gap_after_the_last(void **state)
{
	struct record_book b;
	struct beat beat = {0};

	(void)state;
	book_init(&b, "", 0);
	b.now.ns = 1000;
	assert_int_equal(beat_next(&beat, &b).ns, 1000);
	beat_came(&beat, b.now);
	assert_int_equal(beat_next(&beat, &b).ns, 1000);
	beat_came(&beat, (struct moment){1500});
	assert_int_equal(beat_next(&beat, &b).ns, 2000);
	book_clear(&b);
}

static void
test_long_words_are_not_kept(void **state)
{
	struct record_book b;

	(void)state;
	book_init(&b, "", 0);
	assert_true(book_keeps(&b, 10));
	assert_false(book_keeps(&b, 100000));
	while (book_keeps(&b, 10)) {
		g_autofree char *text = g_strdup_printf("%u", b.words->len);

		book_keep(&b, g_bytes_new(text, strlen(text) + 1));
		assert_true(b.words->len < 100000);
	}
	book_clear(&b);
}

static void
test_the_sum_tells_bytes_and_their_order(void **state)
{
	struct record_book a, b;

	(void)state;
	book_init(&a, "", 0);
	book_init(&b, "", 0);
	book_sum(&a, "abcd", 4);
	book_sum(&b, "ab", 2);
	book_sum(&b, "cd", 2);
	assert_int_equal(a.sum, b.sum);
	assert_int_equal(book_sum_byte(&a), book_sum_byte(&b));
	book_sum(&a, "ef", 2);
	book_sum(&b, "fe", 2);
	assert_int_not_equal(a.sum, b.sum);
	book_clear(&a);
	book_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_numbered_and_dated_messages_count_on),
	    cmocka_unit_test(test_one_pattern_a_type_sender_and_medium),
	    cmocka_unit_test(test_a_beat_is_expected_a_gap_after_the_last),
	    cmocka_unit_test(test_long_words_are_not_kept),
	    cmocka_unit_test(test_the_sum_tells_bytes_and_their_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
