/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <glib.h>

#define UNTOUCHED UINT64_C(777)

static void
test_decimal(void **state)
{
	static const struct {
		const char *text;
		uint64_t min, max;
		bool read;
		uint64_t value;
	} cases[] = {
	    {"0", 0, 9, true, 0},
	    {"9", 0, 9, true, 9},
	    {"007", 0, 9, true, 7},
	    {"18446744073709551615", 0, UINT64_MAX, true, UINT64_MAX},
	    {"18446744073709551616", 0, UINT64_MAX, false, 0},
	    {"10", 0, 9, false, 0},
	    {"1", 2, 9, false, 0},
	    {"", 0, 9, false, 0},
	    {"-1", 0, UINT64_MAX, false, 0},
	    {"+1", 0, 9, false, 0},
	    {" 1", 0, 9, false, 0},
	    {"1 ", 0, 9, false, 0},
	    {"1x", 0, 9, false, 0},
	    {"0x1", 0, 9, false, 0},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		uint64_t value = UNTOUCHED;
		bool read = text_to_u64(cases[i].text, cases[i].min, cases[i].max, &value);

		assert_int_equal(read, cases[i].read);
		assert_int_equal(value, read ? cases[i].value : UNTOUCHED);
	}
}

static void
test_hex(void **state)
{
	static const struct {
		const char *text;
		bool read;
		uint64_t value;
	} cases[] = {
	    {"0", true, 0},
	    {"fa0", true, 4000},
	    {"FA0", true, 4000},
	    {"6b025190", true, 0x6b025190},
	    {"ffffffffffffffff", true, UINT64_MAX},
	    {"00000000000000001", false, 0},
	    {"", false, 0},
	    {"0x1", false, 0},
	    {"-1", false, 0},
	    {" 1", false, 0},
	    {"1 ", false, 0},
	    {"g", false, 0},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		uint64_t value = UNTOUCHED;
		bool read = text_hex_to_u64(cases[i].text, &value);

		assert_int_equal(read, cases[i].read);
		assert_int_equal(value, read ? cases[i].value : UNTOUCHED);
	}
}

static void
test_span(void **state)
{
	static const struct {
		const char *text;
		int64_t ms; /* -1: refused */
	} cases[] = {
	    {"0", 0},
	    {"30", 30000},
	    {"1.5", 1500},
	    {".5", 500},
	    {"500ms", 500},
	    {"500 ms", 500},
	    {"500MSEC", 500},
	    {"1\ts", 1000},
	    {"250000us", 250},
	    {"499us", 0},
	    {"500us", 1},
	    {"500usec", 1},
	    {"2sec", 2000},
	    {"2secs", 2000},
	    {"1second", 1000},
	    {"2 seconds", 2000},
	    {"2m", 120000},
	    {"2min", 120000},
	    {"2mins", 120000},
	    {"1minute", 60000},
	    {"1.5minutes", 90000},
	    {"1h", 3600000},
	    {"1hour", 3600000},
	    {"2hours", 7200000},
	    {"1d", 86400000},
	    {"1day", 86400000},
	    {"36500days", INT64_C(3153600000000)},
	    {"36526days", -1},
	    {"99999999999999999999", -1},
	    {"000000000000000000001", -1},
	    {"", -1},
	    {".", -1},
	    {"s", -1},
	    {"-1", -1},
	    {"+1", -1},
	    {" 1", -1},
	    {"1.2.3", -1},
	    {"1e3", -1},
	    {"1 s ", -1},
	    {"1 parsec", -1},
	    {"0x10", -1},
	    {"nan", -1},
	    {"inf", -1},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct span s = {-5};
		bool read = text_to_span(cases[i].text, &s);

		assert_int_equal(read, cases[i].ms >= 0);
		if (read)
			assert_int_equal(span_ms(s), cases[i].ms);
		else
			assert_int_equal(s.ns, -5);
	}
}

static void
test_from_span(void **state)
{
	static const struct {
		int64_t ms;
		const char *text;
	} cases[] = {
	    {0, "0s"},
	    {1, "1ms"},
	    {500, "500ms"},
	    {1000, "1s"},
	    {1050, "1050ms"},
	    {1500, "1.5s"},
	    {30000, "30s"},
	    {60000, "60s"},
	    {120000, "2m"},
	    {150000, "150s"},
	    {3600000, "1h"},
	    {5400000, "90m"},
	    {86400000, "1d"},
	    {90000000, "25h"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = text_from_span(span_from_ms(cases[i].ms));
		struct span back;

		assert_string_equal(text, cases[i].text);
		assert_true(text_to_span(text, &back));
		assert_int_equal(span_ms(back), cases[i].ms);
	}
}

static void
test_bool(void **state)
{
	static const char *const yes[] = {"true", "on", "yes", "y", "1", "ON", "Yes"};
	static const char *const no[] = {"false", "off", "no", "n", "0", "OFF", "No"};
	static const char *const neither[] = {"", "2", "tru", "yess", " on", "legacy"};
	bool value;

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(yes); i++) {
		value = false;
		assert_true(text_to_bool(yes[i], &value));
		assert_true(value);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(no); i++) {
		value = true;
		assert_true(text_to_bool(no[i], &value));
		assert_false(value);
	}
	for (size_t i = 0; i < G_N_ELEMENTS(neither); i++) {
		value = true;
		assert_false(text_to_bool(neither[i], &value));
		assert_true(value);
	}
}

static void
test_nearest(void **state)
{
	static const char *const words[] = {"keepalive", "deadtime", "warntime", "node"};
	static const struct {
		const char *word;
		const char *nearest;
	} cases[] = {
	    {"keepalive", "keepalive"},
	    {"keepalvie", "keepalive"},
	    {"KeepAlive", "keepalive"},
	    {"deadtme", "deadtime"},
	    {"nodes", "node"},
	    {"nod", "node"},
	    {"warmtime", "warntime"},
	    {"resource", NULL},
	    {"xyz", NULL},
	    {"", NULL},
	};
	g_autofree char *endless = g_strnfill(101, 'a');
	const char *endless_words[] = {endless};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *found = text_nearest(cases[i].word, words, G_N_ELEMENTS(words));

		if (cases[i].nearest == NULL)
			assert_null(found);
		else
			assert_string_equal(found, cases[i].nearest);
	}
	assert_null(text_nearest("node", words, 0));
	/* Words so long that comparing them costs time are not compared. */
	assert_null(text_nearest(endless, endless_words, 1));
	assert_null(text_nearest("a", endless_words, 1));
}

static void
test_escape(void **state)
{
	static const struct {
		const char *bytes;
		size_t len, max;
		const char *text;
	} cases[] = {
	    {"plain text", 10, 100, "plain text"},
	    {"", 0, 100, ""},
	    {"a\nb\0c", 5, 100, "a\\x0ab\\x00c"},
	    {"\x1b[31m\x7f\xff", 7, 100, "\\x1b[31m\\x7f\\xff"},
	    {"abcdef", 6, 6, "abcdef"},
	    {"abcdef", 6, 5, "abcde..."},
	    {"abcdef", 6, 0, "..."},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text =
		    text_escape(cases[i].bytes, cases[i].len, cases[i].max);

		assert_string_equal(text, cases[i].text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_decimal),
	    cmocka_unit_test(test_hex),
	    cmocka_unit_test(test_span),
	    cmocka_unit_test(test_from_span),
	    cmocka_unit_test(test_bool),
	    cmocka_unit_test(test_nearest),
	    cmocka_unit_test(test_escape),
	};

	return cmocka_run_group_tests_name("base/text", tests, NULL, NULL);
}
