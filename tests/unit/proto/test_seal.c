/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proto/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <string.h>

#include "sample.h"

static const struct {
	const char *file;
	const char *key;
} samples[] = {
    {"002-status-up.pkt", "1 sha1 secret"},
    {"054-md5-status.pkt", "1 md5 vector-key-1"},
    {"057-crc-status.pkt", "1 crc"},
    {"061-netstring-sha1-status.pkt", "1 sha1 vector-key-1"},
    {"069-classic-sha1-status-up.pkt", "1 sha1 vector-key-1"},
    {"081-classic-crc-status.pkt", "1 crc"},
    {"083-serial-status.pkt", "1 sha1 secret"},
};

static enum seal_result
open_copy(const struct keyring *ring, const void *bytes, size_t len)
{
	/* Of the exact size: reading behind it is seen by the sanitizer. */
	g_autofree char *copy = g_memdup2(bytes, len);
	AUTO_MSG struct msg *m = NULL;
	enum seal_result result = seal_open(ring, copy, len, &m);

	assert_true((m != NULL) == (result == SEAL_OK));
	return result;
}

static void
test_bit_flips(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(samples); i++) {
		g_autoptr(GByteArray) bytes = sample_read(samples[i].file);
		struct keyring ring = {0};

		sample_key(&ring, samples[i].key);
		assert_int_equal(open_copy(&ring, bytes->data, bytes->len), SEAL_OK);
		for (size_t bit = 0; bit < (size_t)bytes->len * 8; bit++) {
			guint8 mask = (guint8)(1 << bit % 8);

			bytes->data[bit / 8] ^= mask;
			if (open_copy(&ring, bytes->data, bytes->len) == SEAL_OK)
				fail_msg("%s with bit %zu flipped", samples[i].file, bit);
			bytes->data[bit / 8] ^= mask;
		}
		keyring_clear(&ring);
	}
}

static void
test_truncations(void **state)
{
	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(samples); i++) {
		g_autoptr(GByteArray) bytes = sample_read(samples[i].file);
		struct keyring ring = {0};
		/* The NUL behind the classic form may be there or not. */
		size_t whole = bytes->len - (bytes->data[bytes->len - 1] == '\0' ? 1 : 0);

		sample_key(&ring, samples[i].key);
		for (size_t len = 0; len < whole; len++)
			assert_int_not_equal(open_copy(&ring, bytes->data, len), SEAL_OK);
		assert_int_equal(open_copy(&ring, bytes->data, whole), SEAL_OK);
		keyring_clear(&ring);
	}
}

static void
test_tails(void **state)
{
	static const char *const tails[] = {"\n", "x", "###\n%%%\n", ">>>\n<<<\n"};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(samples); i++) {
		g_autoptr(GByteArray) bytes = sample_read(samples[i].file);
		struct keyring ring = {0};
		guint len = bytes->len;

		sample_key(&ring, samples[i].key);
		for (size_t j = 0; j < G_N_ELEMENTS(tails); j++) {
			g_byte_array_set_size(bytes, len);
			g_byte_array_append(
			    bytes, (const guint8 *)tails[j], (guint)strlen(tails[j]));
			assert_int_equal(
			    open_copy(&ring, bytes->data, bytes->len), SEAL_BAD_FRAME);
		}
		keyring_clear(&ring);
	}
}

static void
test_close(void **state)
{
	static const char *const keys[] = {
	    "0 crc", "1 md5 k", "2 sha1 k", "9 sha256 k", "15 sha512 k"};
	AUTO_MSG struct msg *m = msg_new("status");

	(void)state;
	msg_add(m, "info", "two\nlines");
	msg_add(m, "empty", "");
	msg_add_binary(m, "srcuuid", "0123456789abcde\0", 16);
	for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
		struct keyring ring = {0};

		sample_key(&ring, keys[i]);
		for (int form = WIRE_NETSTRING; form <= WIRE_CLASSIC; form++) {
			AUTO_MSG struct msg *back = NULL;
			g_autoptr(GByteArray) bare =
			    seal_close(&ring, m, (enum wire_form)form, false);
			g_autoptr(GByteArray) with_nul =
			    seal_close(&ring, m, (enum wire_form)form, true);

			assert_int_equal(
			    with_nul->len - bare->len, form == WIRE_CLASSIC ? 1 : 0);
			assert_int_equal(
			    seal_open(&ring, bare->data, bare->len, &back), SEAL_OK);
			assert_true(sample_same(m, back));
			assert_int_equal(
			    open_copy(&ring, with_nul->data, with_nul->len), SEAL_OK);
		}
		keyring_clear(&ring);
	}
}

static void
test_close_nothing(void **state)
{
	AUTO_MSG struct msg *m = msg_new(NULL);
	struct keyring ring = {0};

	(void)state;
	sample_key(&ring, "1 sha1 secret");
	for (int form = WIRE_NETSTRING; form <= WIRE_CLASSIC; form++) {
		g_autoptr(GByteArray) bytes =
		    seal_close(&ring, m, (enum wire_form)form, true);

		assert_int_equal(open_copy(&ring, bytes->data, bytes->len), SEAL_OK);
	}
	keyring_clear(&ring);
}

/* Signed text made by hand, where our own writer would never write it so. */
static enum seal_result
open_signed(const struct keyring *ring, const char *head, const char *covered)
{
	char trailer[AUTH_TRAILER_MAX];

	auth_sign(ring, ring->signing, covered, strlen(covered), trailer);
	g_autoptr(GString) text = g_string_new(head);
	g_string_append(text, covered);
	if (*head == '\0')
		g_string_append_printf(text, "%zu:%s,", strlen(trailer), trailer);
	else
		g_string_append_printf(text, "auth=%s\n<<<\n", trailer);
	return open_copy(ring, text->str, text->len);
}

static void
test_signed_but_bad(void **state)
{
	static const struct {
		const char *head;
		const char *covered;
		enum seal_result result;
	} cases[] = {
	    {"", "###\n6:(0)t=x,%%%\n", SEAL_OK},
	    {"", "###\n3:a=b,%%%\n", SEAL_BAD_TEXT},
	    {"", "###\n25:(1)_compressed_payload=xy,%%%\n", SEAL_BAD_TEXT},
	    {">>>\n", "t=x\n", SEAL_OK},
	    {">>>\n", "nothing\n", SEAL_BAD_TEXT},
	    {">>>\n", "(1)_compressed_payload=AAE=\n", SEAL_BAD_TEXT},
	    /* Blank lines are no part of what is signed. */
	    {">>>\n\n\n", "t=x\n", SEAL_OK},
	};
	struct keyring ring = {0};

	(void)state;
	sample_key(&ring, "1 sha1 secret");
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		enum seal_result result =
		    open_signed(&ring, cases[i].head, cases[i].covered);

		if (result != cases[i].result)
			fail_msg("case %zu: %s", i, seal_result_name(result));
	}
	keyring_clear(&ring);
}

static void
test_too_long(void **state)
{
	AUTO_MSG struct msg *m = msg_new("status");
	g_autofree char *value = g_strnfill(WIRE_MAX, 'v');
	struct keyring ring = {0};

	(void)state;
	msg_add(m, "info", value);
	sample_key(&ring, "1 sha1 secret");
	g_autoptr(GByteArray) bytes = seal_close(&ring, m, WIRE_NETSTRING, false);
	assert_int_equal(open_copy(&ring, bytes->data, bytes->len), SEAL_BAD_FRAME);
	keyring_clear(&ring);
}

static void
test_names(void **state)
{
	static const char *const names[] = {
	    "ok", "bad-frame", "unsigned", "no-key", "forged", "bad-text"};

	(void)state;
	assert_int_equal(G_N_ELEMENTS(names), SEAL_RESULT_COUNT);
	for (int i = 0; i < SEAL_RESULT_COUNT; i++)
		assert_string_equal(seal_result_name((enum seal_result)i), names[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_bit_flips),
	    cmocka_unit_test(test_truncations),
	    cmocka_unit_test(test_tails),
	    cmocka_unit_test(test_close),
	    cmocka_unit_test(test_close_nothing),
	    cmocka_unit_test(test_signed_but_bad),
	    cmocka_unit_test(test_too_long),
	    cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests_name("proto/seal", tests, NULL, NULL);
}
