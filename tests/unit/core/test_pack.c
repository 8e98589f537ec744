/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/pack.h"

#include "fixture.h"

static void
test_numbers(void **state)
{
	static const struct {
		uint64_t value;
		size_t len;
	} cases[] = {{0, 1}, {127, 1}, {128, 2}, {16383, 2}, {16384, 3}, {UINT64_MAX, 10}};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GByteArray) out = g_byte_array_new();

		pack_u64(out, cases[i].value);
		assert_int_equal(out->len, cases[i].len);
		struct unpack u = {out->data, out->data + out->len, false};

		assert_true(unpack_u64(&u) == cases[i].value);
		assert_false(u.bad);
		assert_ptr_equal(u.at, u.end);
		/* Cut off. */
		u = (struct unpack){out->data, out->data + out->len - 1, false};
		assert_int_equal(unpack_u64(&u), 0);
		assert_true(u.bad);
	}
}

static void
test_signed_numbers(void **state)
{
	static const int64_t cases[] = {0, -1, 1, -64, 63, 64, INT64_MIN, INT64_MAX};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GByteArray) out = g_byte_array_new();

		pack_i64(out, cases[i]);
		struct unpack u = {out->data, out->data + out->len, false};

		assert_true(unpack_i64(&u) == cases[i]);
		assert_false(u.bad);
		assert_int_equal(out->len == 1, cases[i] >= -64 && cases[i] < 64);
	}
}

static void
test_bytes(void **state)
{
	g_autoptr(GByteArray) out = g_byte_array_new();
	size_t len;

	(void)state;
	pack_bytes(out, "abc", 3);
	pack_bytes(out, NULL, 0);
	struct unpack u = {out->data, out->data + out->len, false};

	assert_memory_equal(unpack_bytes(&u, &len), "abc", 3);
	assert_int_equal(len, 3);
	unpack_bytes(&u, &len);
	assert_int_equal(len, 0);
	assert_false(u.bad);
	assert_int_equal(unpack_byte(&u), 0);
	assert_true(u.bad);
}

/* More bytes promised than there are, or a number that has no end. */
static void
test_damage(void **state)
{
	static const uint8_t longer[] = {4, 'a', 'b', 'c'};
	static const uint8_t huge[] = {
	    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02, 0};
	struct unpack u = {longer, longer + sizeof(longer), false};
	size_t len;

	(void)state;
	unpack_bytes(&u, &len);
	assert_true(u.bad);
	assert_int_equal(len, 0);
	u = (struct unpack){huge, huge + sizeof(huge), false};
	assert_int_equal(unpack_u64(&u), 0);
	assert_true(u.bad);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_signed_numbers),
	    cmocka_unit_test(test_bytes),
	    cmocka_unit_test(test_damage),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
