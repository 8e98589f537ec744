/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proto/compress.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <string.h>
#include <zlib.h>

#include "proto/seal.h"
#include "sample.h"

static struct msg *
long_message(void)
{
	struct msg *m = msg_new("alarm");

	for (unsigned i = 0; i < 20; i++)
		msg_add_format(m, "field", "%u the same text again and again\nand again", i);
	msg_add_binary(m, "srcuuid", "0123456789abcde\0", 16);
	return m;
}

static void
test_there_and_back(void **state)
{
	AUTO_MSG struct msg *m = long_message();

	(void)state;
	for (int method = 0; method < COMPRESS_METHOD_COUNT; method++) {
		AUTO_MSG struct msg *outer = compress_wrap(m, (enum compress_method)method);
		AUTO_MSG struct msg *back = NULL;

		assert_non_null(outer);
		assert_true(compress_is_wrapped(outer));
		assert_false(compress_is_wrapped(m));
		/* These two names, and nothing else: 3.0.6 looks for them. */
		assert_int_equal(msg_count(outer), 2);
		assert_int_equal(
		    msg_find(outer, "_compressed_payload")->type, FIELD_BINARY);
		assert_string_equal(msg_get(outer, "_compression_algorithm"),
		    compress_method_name((enum compress_method)method));
		back = compress_unwrap(outer);
		assert_non_null(back);
		assert_true(sample_same(m, back));
	}
}

static void
test_sealed(void **state)
{
	AUTO_MSG struct msg *m = long_message();
	AUTO_MSG struct msg *outer = compress_wrap(m, COMPRESS_BZ2);
	struct keyring ring = {0};

	(void)state;
	sample_key(&ring, "1 sha1 secret");
	for (int form = WIRE_NETSTRING; form <= WIRE_CLASSIC; form++) {
		AUTO_MSG struct msg *back = NULL;
		g_autoptr(GByteArray) bytes =
		    seal_close(&ring, outer, (enum wire_form)form, true);

		assert_int_equal(seal_open(&ring, bytes->data, bytes->len, &back), SEAL_OK);
		assert_true(sample_same(m, back));
	}
	keyring_clear(&ring);
}

static void
test_not_worth_it(void **state)
{
	AUTO_MSG struct msg *m = msg_new("x");

	(void)state;
	for (int method = 0; method < COMPRESS_METHOD_COUNT; method++)
		assert_null(compress_wrap(m, (enum compress_method)method));
	assert_null(compress_unwrap(m));
}

static struct msg *
wrapped_text(const char *text, size_t len, const char *method)
{
	struct msg *outer = msg_new(NULL);
	uLongf room = compressBound(len);
	g_autofree guint8 *bytes = g_malloc(room);

	assert_int_equal(compress(bytes, &room, (const Bytef *)text, len), Z_OK);
	msg_add_binary(outer, "_compressed_payload", bytes, room);
	if (method != NULL)
		msg_add(outer, "_compression_algorithm", method);
	return outer;
}

static void
test_refused(void **state)
{
	static const struct {
		const char *text, *method;
		bool good;
	} cases[] = {
	    {"###\n6:(0)t=x,%%%\n", "zlib", true},
	    /* With what 3.0.6 may leave behind it. */
	    {"###\n6:(0)t=x,%%%\n6:1 abcd,", "zlib", true},
	    {">>>\nt=x\nauth=1 abcd\n<<<\n", "zlib", true},
	    {"###\n6:(0)t=x,%%%\n", "bz2", false},
	    {"###\n6:(0)t=x,%%%\n", "lzma", false},
	    {"###\n6:(0)t=x,%%%\n", NULL, false},
	    {"###\n3:a=b,%%%\n", "zlib", false},
	    {"###\n6:(0)t=x", "zlib", false},
	    {"garbage", "zlib", false},
	    {"", "zlib", false},
	    {"###\n26:(1)_compressed_payload=xyz,%%%\n", "zlib", false},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		AUTO_MSG struct msg *outer =
		    wrapped_text(cases[i].text, strlen(cases[i].text), cases[i].method);
		AUTO_MSG struct msg *back = compress_unwrap(outer);

		if ((back != NULL) != cases[i].good)
			fail_msg("case %zu", i);
	}
	AUTO_MSG struct msg *text = msg_new(NULL);
	msg_add(text, "_compressed_payload", "no binary");
	msg_add(text, "_compression_algorithm", "zlib");
	assert_null(compress_unwrap(text));
}

/* Some bytes that would become a gigabyte. */
static void
test_bomb(void **state)
{
	size_t len = 16 * 1024 * 1024;
	g_autofree char *zeros = g_malloc0(len);
	AUTO_MSG struct msg *outer = wrapped_text(zeros, len, "zlib");

	(void)state;
	assert_true(msg_find(outer, "_compressed_payload")->len < WIRE_MAX);
	assert_null(compress_unwrap(outer));
}

static void
test_damage(void **state)
{
	AUTO_MSG struct msg *m = long_message();

	(void)state;
	for (int method = 0; method < COMPRESS_METHOD_COUNT; method++) {
		AUTO_MSG struct msg *outer = compress_wrap(m, (enum compress_method)method);
		const struct field *payload = msg_find(outer, "_compressed_payload");

		for (size_t i = 0; i < payload->len; i++) {
			AUTO_MSG struct msg *back = NULL;

			payload->value[i] ^= 0x55;
			back = compress_unwrap(outer);
			/* What is taken although it is damaged says the same. */
			assert_true(back == NULL || sample_same(m, back));
			payload->value[i] ^= 0x55;
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_there_and_back),
	    cmocka_unit_test(test_sealed),
	    cmocka_unit_test(test_not_worth_it),
	    cmocka_unit_test(test_refused),
	    cmocka_unit_test(test_bomb),
	    cmocka_unit_test(test_damage),
	};

	return cmocka_run_group_tests_name("proto/compress", tests, NULL, NULL);
}
