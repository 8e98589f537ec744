/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proto/auth.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <glib.h>
#include <string.h>

/* Test cases of RFC 2202 and RFC 4231, and the check value of CRC-32/CKSUM. */
static const struct {
	int index;
	enum auth_method method;
	const char *secret;
	const char *bytes;
	const char *trailer;
} known[] = {
    {1, AUTH_CRC, NULL, "123456789", "1 765e7680"},
    {0, AUTH_CRC, NULL, "", "0 ffffffff"},
    {2, AUTH_MD5, "Jefe", "what do ya want for nothing?",
	"2 750c783e6ab0b503eaa86e310a5db738"},
    {15, AUTH_SHA1, "Jefe", "what do ya want for nothing?",
	"15 effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
    {4, AUTH_SHA256, "Jefe", "what do ya want for nothing?",
	"4 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
    {5, AUTH_SHA512, "Jefe", "what do ya want for nothing?",
	"5 164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
	"9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"},
};

static void
ring_put(struct keyring *ring, int index, enum auth_method method, const char *secret)
{
	ring->keys[index].method = method;
	ring->keys[index].secret = g_strdup(secret);
	ring->keys[index].secret_len = secret != NULL ? strlen(secret) : 0;
}

static enum auth_result
verify(const struct keyring *ring, const char *trailer, const char *bytes)
{
	return auth_verify(ring, trailer, strlen(trailer), bytes, strlen(bytes));
}

static void
test_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		struct keyring ring = {0};
		char trailer[AUTH_TRAILER_MAX];
		const char *bytes = known[i].bytes;

		ring_put(&ring, known[i].index, known[i].method, known[i].secret);
		auth_sign(&ring, known[i].index, bytes, strlen(bytes), trailer);
		assert_string_equal(trailer, known[i].trailer);
		assert_int_equal(verify(&ring, trailer, bytes), AUTH_OK);
		assert_int_equal(verify(&ring, trailer, "other bytes"), AUTH_FORGED);
		keyring_clear(&ring);
	}
}

/* Text that is no "INDEX DIGEST", and digests that only nearly fit. */
static void
test_refused(void **state)
{
	static const struct {
		const char *trailer;
		enum auth_result result;
	} cases[] = {
	    {"1 effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", AUTH_OK},
	    {"1 EFFCDF6AE5EB2FA2D27416D5F184DF9C259A7C79", AUTH_FORGED},
	    {"1 effcdf6ae5eb2fa2d27416d5f184df9c259a7c78", AUTH_FORGED},
	    {"1 effcdf6ae5eb2fa2d27416d5f184df9c259a7c7", AUTH_FORGED},
	    {"1 effcdf6ae5eb2fa2d27416d5f184df9c259a7c79 ", AUTH_FORGED},
	    {"1  effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", AUTH_FORGED},
	    {"1 e", AUTH_FORGED},
	    {"2 effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", AUTH_NO_KEY},
	    {"15 effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", AUTH_NO_KEY},
	    {"16 effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", AUTH_NO_KEY},
	    {"99 effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", AUTH_NO_KEY},
	    {"100 effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", AUTH_NO_TRAILER},
	    {"01 effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", AUTH_NO_TRAILER},
	    {"-1 effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", AUTH_NO_TRAILER},
	    {" 1 effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", AUTH_NO_TRAILER},
	    {"effcdf6ae5eb2fa2d27416d5f184df9c259a7c79", AUTH_NO_TRAILER},
	    {"1\teffcdf6ae5eb2fa2d27416d5f184df9c259a7c79", AUTH_NO_TRAILER},
	    {"1 ", AUTH_NO_TRAILER},
	    {"1", AUTH_NO_TRAILER},
	    {"", AUTH_NO_TRAILER},
	};
	struct keyring ring = {0};
	g_autofree char *endless = g_strnfill(70000, '1');

	(void)state;
	ring_put(&ring, 1, AUTH_SHA1, "Jefe");
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		assert_int_equal(
		    verify(&ring, cases[i].trailer, "what do ya want for nothing?"),
		    cases[i].result);
	assert_int_equal(auth_verify(&ring, NULL, 0, "x", 1), AUTH_NO_TRAILER);
	endless[1] = ' ';
	assert_int_equal(verify(&ring, endless, "x"), AUTH_FORGED);
	keyring_clear(&ring);
}

/* The key that the packet names decides, not the one we sign with. */
static void
test_named_key(void **state)
{
	struct keyring ring = {.signing = 1};
	char trailer[AUTH_TRAILER_MAX];

	(void)state;
	ring_put(&ring, 1, AUTH_SHA1, "one");
	ring_put(&ring, 2, AUTH_SHA1, "two");
	auth_sign(&ring, 2, "x", 1, trailer);
	assert_int_equal(verify(&ring, trailer, "x"), AUTH_OK);
	trailer[0] = '1';
	assert_int_equal(verify(&ring, trailer, "x"), AUTH_FORGED);
	keyring_clear(&ring);
}

static void
test_crc_without_zeros(void **state)
{
	struct keyring ring = {0};
	bool short_one = false;

	(void)state;
	ring_put(&ring, 3, AUTH_CRC, NULL);
	for (int i = 0; i < 1000; i++) {
		g_autofree char *bytes = g_strdup_printf("number %d", i);
		char trailer[AUTH_TRAILER_MAX];

		auth_sign(&ring, 3, bytes, strlen(bytes), trailer);
		assert_int_equal(verify(&ring, trailer, bytes), AUTH_OK);
		assert_int_not_equal(trailer[2], '0');
		if (strlen(trailer) < strlen("3 12345678"))
			short_one = true;
	}
	assert_true(short_one);
	keyring_clear(&ring);
}

/* As the polynomial says it, bit by bit. */
static uint32_t
crc_by_bits(const unsigned char *bytes, size_t len)
{
	uint32_t crc = 0;

	for (size_t i = 0; i < len; i++) {
		crc ^= (uint32_t)bytes[i] << 24;
		for (unsigned bit = 0; bit < 8; bit++)
			crc = crc << 1 ^ (crc >> 31 ? 0x04c11db7u : 0);
	}
	return ~crc;
}

static void
test_crc_of_any_length(void **state)
{
	struct keyring ring = {0};
	unsigned char bytes[64];

	(void)state;
	ring_put(&ring, 3, AUTH_CRC, NULL);
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (unsigned char)(i * 37 + 200);
	for (size_t len = 0; len <= sizeof(bytes); len++) {
		g_autofree char *expected = g_strdup_printf("3 %x", crc_by_bits(bytes, len));
		char trailer[AUTH_TRAILER_MAX];

		auth_sign(&ring, 3, bytes, len, trailer);
		assert_string_equal(trailer, expected);
	}
	keyring_clear(&ring);
}

static void
test_names(void **state)
{
	(void)state;
	for (int i = AUTH_CRC; i < AUTH_METHOD_COUNT; i++) {
		enum auth_method method = (enum auth_method)i;

		assert_int_equal(auth_method_from_name(auth_method_name(method)), method);
	}
	assert_int_equal(auth_method_from_name("SHA256"), AUTH_SHA256);
	assert_int_equal(auth_method_from_name("none"), AUTH_NONE);
	assert_int_equal(auth_method_from_name("sha"), AUTH_NONE);
	assert_int_equal(auth_method_from_name(""), AUTH_NONE);
}

/* 3.0.6 takes the method of the named key and the secret of its own: is that the same? */
static void
test_suits_netstring(void **state)
{
	static const struct {
		struct {
			int index;
			enum auth_method method;
			const char *secret;
		} keys[3];
		bool suits;
	} cases[] = {
	    {{{1, AUTH_SHA1, "a"}}, true},
	    {{{1, AUTH_SHA1, "a"}, {2, AUTH_SHA1, "a"}}, true},
	    {{{1, AUTH_SHA1, "a"}, {2, AUTH_MD5, "a"}}, true},
	    {{{1, AUTH_SHA1, "a"}, {2, AUTH_SHA1, "b"}}, false},
	    {{{1, AUTH_SHA1, "a"}, {2, AUTH_SHA1, "aa"}}, false},
	    {{{1, AUTH_SHA1, "a"}, {2, AUTH_CRC, NULL}}, false},
	    {{{1, AUTH_CRC, NULL}, {2, AUTH_SHA1, "a"}}, true},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct keyring ring = {.signing = 1};

		for (size_t k = 0; k < 3 && cases[i].keys[k].method != AUTH_NONE; k++)
			ring_put(&ring, cases[i].keys[k].index, cases[i].keys[k].method,
			    cases[i].keys[k].secret);
		ring.signing = 1;
		if (keyring_suits_netstring(&ring) != cases[i].suits)
			fail_msg("case %zu", i);
		keyring_clear(&ring);
	}
}

static void
test_clear(void **state)
{
	struct keyring ring = {.signing = 3};

	(void)state;
	ring_put(&ring, 3, AUTH_SHA1, "secret");
	keyring_clear(&ring);
	assert_int_equal(ring.keys[3].method, AUTH_NONE);
	assert_null(ring.keys[3].secret);
	keyring_clear(&ring);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_known),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_named_key),
	    cmocka_unit_test(test_crc_without_zeros),
	    cmocka_unit_test(test_crc_of_any_length),
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_suits_netstring),
	    cmocka_unit_test(test_clear),
	};

	return cmocka_run_group_tests_name("proto/auth", tests, NULL, NULL);
}
