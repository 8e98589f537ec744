/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proto/envelope.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <glib.h>
#include <string.h>

#define LETTERS_31 "aaaaaaaaaabbbbbbbbbbccccccccccd"
#define LETTERS_99 LETTERS_31 LETTERS_31 LETTERS_31 "abcdef"

/* "name=value name=value" to a message. */
static struct msg *
msg_of(const char *text)
{
	struct msg *m = msg_new(NULL);
	g_auto(GStrv) words = g_strsplit(text, " ", -1);

	for (size_t i = 0; words[i] != NULL; i++) {
		char *equals = strchr(words[i], '=');

		assert_non_null(equals);
		*equals = '\0';
		msg_add(m, words[i], equals + 1);
	}
	return m;
}

static void
test_results(void **state)
{
	static const struct {
		const char *fields;
		enum envelope_result result;
	} cases[] = {
	    {"t=status src=a seq=1 hg=2 ts=3", ENVELOPE_OK},
	    {"ts=3 hg=2 seq=1 src=a t=status", ENVELOPE_OK},
	    {"t=status src=a seq=FF ts=6B025190", ENVELOPE_OK},
	    {"t=" LETTERS_31 " src=" LETTERS_99 " seq=1 ts=3", ENVELOPE_OK},
	    {"src=a seq=1 hg=2 ts=3", ENVELOPE_NO_TYPE},
	    {"t= src=a seq=1 hg=2 ts=3", ENVELOPE_BAD_TYPE},
	    {"t=e" LETTERS_31 " src=a seq=1 hg=2 ts=3", ENVELOPE_BAD_TYPE},
	    {"t=status seq=1 hg=2 ts=3", ENVELOPE_NO_SOURCE},
	    {"t=status src= seq=1 hg=2 ts=3", ENVELOPE_BAD_SOURCE},
	    {"t=status src=e" LETTERS_99 " seq=1 hg=2 ts=3", ENVELOPE_BAD_SOURCE},
	    {"t=status src=a seq=1 hg=2", ENVELOPE_NO_TIME},
	    {"t=status src=a seq=1 hg=2 ts=", ENVELOPE_BAD_TIME},
	    {"t=status src=a seq=1 hg=2 ts=0", ENVELOPE_BAD_TIME},
	    {"t=status src=a seq=1 hg=2 ts=0x1", ENVELOPE_BAD_TIME},
	    {"t=status src=a seq=1 hg=2 ts=-1", ENVELOPE_BAD_TIME},
	    {"t=status src=a hg=2 ts=3", ENVELOPE_NO_SEQ},
	    {"t=status src=a seq=0 hg=2 ts=3", ENVELOPE_BAD_SEQ},
	    {"t=status src=a seq= hg=2 ts=3", ENVELOPE_BAD_SEQ},
	    {"t=status src=a seq=x hg=2 ts=3", ENVELOPE_BAD_SEQ},
	    {"t=status src=a seq=10000000000000000 hg=2 ts=3", ENVELOPE_BAD_SEQ},
	    {"t=status src=a seq=1 hg=x ts=3", ENVELOPE_BAD_GENERATION},
	    {"t=status src=a seq=1 hg=38d7ea4c67ffe ts=3", ENVELOPE_OK},
	    {"t=status src=a seq=1 hg=38d7ea4c67fff ts=3", ENVELOPE_BAD_GENERATION},
	    {"t=status src=a seq=1 hg=ffffffffffffffff ts=3", ENVELOPE_BAD_GENERATION},
	    {"t=NS_st src=a hg=38d7ea4c67fff ts=3", ENVELOPE_BAD_GENERATION},
	    {"t=NS_st src=a ts=3", ENVELOPE_OK},
	    {"t=NS_st src=a seq=7 ts=3", ENVELOPE_OK},
	    {"t=NS_st src=a seq=x ts=3", ENVELOPE_BAD_SEQ},
	    {"t=ns_st src=a ts=3", ENVELOPE_NO_SEQ},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		AUTO_MSG struct msg *m = msg_of(cases[i].fields);
		struct envelope e;
		enum envelope_result result = envelope_read(m, &e);

		if (result != cases[i].result)
			fail_msg("%s: %s", cases[i].fields, envelope_result_name(result));
	}
}

static void
test_values(void **state)
{
	AUTO_MSG struct msg *m =
	    msg_of("t=resource src=Node1 seq=1f hg=6b025190 ts=a dest=b");
	struct envelope e;

	(void)state;
	msg_add_binary(m, "srcuuid", "0123456789abcdef", 16);
	msg_add_binary(m, "destuuid", "fedcba9876543210", 16);
	assert_int_equal(envelope_read(m, &e), ENVELOPE_OK);
	assert_string_equal(e.type, "resource");
	assert_string_equal(e.src, "Node1");
	assert_string_equal(e.dest, "b");
	assert_true(e.sequenced);
	assert_int_equal(e.seq, 31);
	assert_int_equal(e.generation, 0x6b025190);
	assert_int_equal(e.time, 10);
	assert_memory_equal(e.srcuuid, "0123456789abcdef", ENVELOPE_UUID_LEN);
	assert_memory_equal(e.destuuid, "fedcba9876543210", ENVELOPE_UUID_LEN);
}

static void
test_absent(void **state)
{
	AUTO_MSG struct msg *m = msg_of("t=NS_rexmit src=a seq=7 ts=3");
	struct envelope e;

	(void)state;
	assert_int_equal(envelope_read(m, &e), ENVELOPE_OK);
	assert_false(e.sequenced);
	assert_int_equal(e.seq, 0);
	assert_int_equal(e.generation, 0);
	assert_null(e.dest);
	assert_null(e.srcuuid);
	assert_null(e.destuuid);
}

/* What is no uuid counts as none, as in 3.0.6. */
static void
test_uuids(void **state)
{
	static const unsigned char zero[ENVELOPE_UUID_LEN];
	AUTO_MSG struct msg *m = msg_of("t=NS_st src=a ts=3 srcuuid=0123456789abcdef");
	AUTO_MSG struct msg *n = msg_of("t=NS_st src=a ts=3");
	struct envelope e;

	(void)state;
	msg_add_binary(m, "destuuid", zero, sizeof(zero));
	assert_int_equal(envelope_read(m, &e), ENVELOPE_OK);
	assert_null(e.srcuuid);
	assert_null(e.destuuid);
	msg_add_binary(n, "srcuuid", "0123456789abcde", 15);
	msg_add_binary(n, "destuuid", "0123456789abcdefg", 17);
	assert_int_equal(envelope_read(n, &e), ENVELOPE_OK);
	assert_null(e.srcuuid);
	assert_null(e.destuuid);
}

static void
test_types_of_fields(void **state)
{
	AUTO_MSG struct msg *m = msg_of("src=a seq=1 ts=3");
	struct envelope e;

	(void)state;
	msg_add_binary(m, "t", "status", 6);
	assert_int_equal(envelope_read(m, &e), ENVELOPE_NO_TYPE);
}

static void
test_names(void **state)
{
	static const char *const names[] = {"ok", "no-type", "bad-type", "no-source",
	    "bad-source", "no-time", "bad-time", "no-seq", "bad-seq", "bad-generation"};

	(void)state;
	assert_int_equal(G_N_ELEMENTS(names), ENVELOPE_RESULT_COUNT);
	for (int i = 0; i < ENVELOPE_RESULT_COUNT; i++)
		assert_string_equal(
		    envelope_result_name((enum envelope_result)i), names[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_results),
	    cmocka_unit_test(test_values),
	    cmocka_unit_test(test_absent),
	    cmocka_unit_test(test_uuids),
	    cmocka_unit_test(test_types_of_fields),
	    cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests_name("proto/envelope", tests, NULL, NULL);
}
