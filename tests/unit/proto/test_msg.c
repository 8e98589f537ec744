/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proto/msg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <glib.h>
#include <string.h>

static void
test_order(void **state)
{
	AUTO_MSG struct msg *m = msg_new("status");
	static const char *const names[] = {"t", "st", "seq", "srcuuid", "ld"};

	(void)state;
	msg_add(m, "st", "up");
	msg_add_hex(m, "seq", 255);
	msg_add_binary(m, "srcuuid", "\0\1\2", 3);
	msg_add_format(m, "ld", "%d/%d", 5, 114);
	assert_int_equal(msg_count(m), G_N_ELEMENTS(names));
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
		assert_string_equal(msg_field(m, i)->name, names[i]);
	assert_string_equal(msg_type(m), "status");
	assert_string_equal(msg_get(m, "seq"), "ff");
	assert_string_equal(msg_get(m, "ld"), "5/114");
	assert_int_equal(msg_find(m, "srcuuid")->len, 3);
	assert_memory_equal(msg_find(m, "srcuuid")->value, "\0\1\2", 4);
}

static void
test_first_counts(void **state)
{
	AUTO_MSG struct msg *m = msg_new("first");

	(void)state;
	msg_add(m, "t", "second");
	assert_string_equal(msg_type(m), "first");
	msg_set(m, "t", "third");
	assert_string_equal(msg_type(m), "third");
	assert_int_equal(msg_count(m), 2);
	assert_string_equal(msg_field(m, 1)->value, "second");
}

static void
test_set(void **state)
{
	AUTO_MSG struct msg *m = msg_new(NULL);

	(void)state;
	assert_int_equal(msg_count(m), 0);
	assert_string_equal(msg_type(m), "");
	msg_set(m, "a", "1");
	msg_add_binary(m, "b", "\0", 1);
	msg_set(m, "b", "text");
	msg_set(m, "b", msg_get(m, "b") + 1);
	assert_string_equal(msg_field(m, 0)->value, "1");
	assert_string_equal(msg_get(m, "b"), "ext");
	assert_int_equal(msg_find(m, "b")->len, 3);
}

static void
test_get(void **state)
{
	AUTO_MSG struct msg *m = msg_new("x");
	uint64_t value = 7;

	(void)state;
	msg_add(m, "number", "10");
	msg_add(m, "hex", "fA");
	msg_add(m, "empty", "");
	msg_add_binary(m, "binary", "10", 2);
	assert_null(msg_get(m, "none"));
	assert_null(msg_find(m, "none"));
	assert_null(msg_get(m, "binary"));
	assert_null(msg_get(m, "NUMBER"));
	assert_string_equal(msg_get(m, "empty"), "");
	assert_false(msg_get_hex(m, "none", &value));
	assert_false(msg_get_hex(m, "binary", &value));
	assert_false(msg_get_hex(m, "empty", &value));
	assert_false(msg_get_decimal(m, "hex", &value));
	assert_int_equal(value, 7);
	assert_true(msg_get_decimal(m, "number", &value));
	assert_int_equal(value, 10);
	assert_true(msg_get_hex(m, "number", &value));
	assert_int_equal(value, 16);
	assert_true(msg_get_hex(m, "hex", &value));
	assert_int_equal(value, 250);
}

static void
test_names(void **state)
{
	AUTO_MSG struct msg *m = msg_new(NULL);
	g_autofree char *longest = g_strnfill(MSG_NAME_MAX, 'n');
	g_autofree char *too_long = g_strnfill(MSG_NAME_MAX + 1, 'n');
	const char *const bad[] = {
	    "", "a=b", "=", "a\nb", "a\x13", "\x7f", "(1)a", "<<<", ">>>", too_long};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++)
		assert_false(msg_add_bytes(m, bad[i], FIELD_STRING, "v", 1));
	assert_int_equal(msg_count(m), 0);
	assert_true(msg_add_bytes(m, longest, FIELD_STRING, "v", 1));
	assert_true(msg_add_bytes(m, "a (b) <c>", FIELD_STRING, "v", 1));
}

static void
test_values(void **state)
{
	AUTO_MSG struct msg *m = msg_new(NULL);

	(void)state;
	assert_false(msg_add_bytes(m, "s", FIELD_STRING, "a\0b", 3));
	assert_true(msg_add_bytes(m, "s", FIELD_STRING, "a\nb", 3));
	assert_true(msg_add_bytes(m, "none", FIELD_STRING, NULL, 0));
	assert_true(msg_add_bytes(m, "l", FIELD_LIST, "a\0b", 3));
	assert_string_equal(msg_get(m, "s"), "a\nb");
	assert_string_equal(msg_get(m, "none"), "");
	assert_null(msg_get(m, "l"));
}

static void
test_limit(void **state)
{
	AUTO_MSG struct msg *m = msg_new(NULL);

	(void)state;
	for (int i = 0; i < MSG_FIELDS_MAX; i++)
		assert_true(msg_add_bytes(m, "n", FIELD_STRING, "v", 1));
	assert_false(msg_add_bytes(m, "n", FIELD_STRING, "v", 1));
	assert_int_equal(msg_count(m), MSG_FIELDS_MAX);
}

static void
test_copy(void **state)
{
	AUTO_MSG struct msg *m = msg_new("status");
	msg_add_binary(m, "b", "\0x", 2);
	AUTO_MSG struct msg *copy = msg_copy(m);

	(void)state;
	msg_set(m, "t", "changed");
	assert_int_equal(msg_count(copy), 2);
	assert_string_equal(msg_type(copy), "status");
	assert_int_equal(msg_find(copy, "b")->type, FIELD_BINARY);
	assert_memory_equal(msg_find(copy, "b")->value, "\0x", 2);
	msg_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_order),
	    cmocka_unit_test(test_first_counts),
	    cmocka_unit_test(test_set),
	    cmocka_unit_test(test_get),
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_values),
	    cmocka_unit_test(test_limit),
	    cmocka_unit_test(test_copy),
	};

	return cmocka_run_group_tests_name("proto/msg", tests, NULL, NULL);
}
