/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proto/frames.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <string.h>

#include "proto/wire.h"
#include "sample.h"

static void
collect(void *arg, const void *bytes, size_t len)
{
	g_ptr_array_add(arg, g_strndup(bytes, len));
}

/* What comes out, each frame in brackets, when len bytes go in, chunk at a time. */
static char *
cut(const void *bytes, size_t len, size_t chunk, uint64_t *dropped)
{
	g_autoptr(GPtrArray) got = g_ptr_array_new_with_free_func(g_free);
	struct frames *f = frames_new();
	GString *text = g_string_new(NULL);

	for (size_t at = 0; at < len; at += chunk)
		frames_feed(
		    f, (const char *)bytes + at, MIN(chunk, len - at), collect, got);
	for (guint i = 0; i < got->len; i++)
		g_string_append_printf(text, "[%s]", (char *)got->pdata[i]);
	*dropped = frames_dropped(f);
	frames_free(f);
	return g_string_free(text, FALSE);
}

static void
test_resynchronise(void **state)
{
	static const struct {
		const char *stream;
		const char *frames;
		uint64_t dropped;
	} cases[] = {
	    {"", "", 0},
	    {">>>\nt=x\n<<<\n", "[>>>\nt=x\n<<<\n]", 0},
	    {">>>\na=1\n<<<\n>>>\nb=2\n<<<\n", "[>>>\na=1\n<<<\n][>>>\nb=2\n<<<\n]", 0},
	    {"noise\n\n>\n>>\n>>>\nt=x\n<<<\n", "[>>>\nt=x\n<<<\n]", 0},
	    {"st=up\nauth=1 d\n<<<\n>>>\nt=x\n<<<\n", "[>>>\nt=x\n<<<\n]", 0},
	    {"x>>>\nt=x\n<<<\n>>>\nu=y\n<<<\n", "[>>>\nu=y\n<<<\n]", 0},
	    {">>>\nhalf=\n>>>\nt=x\n<<<\n", "[>>>\nt=x\n<<<\n]", 1},
	    {">>>\n>>>\n>>>\nt=x\n<<<\n", "[>>>\nt=x\n<<<\n]", 2},
	    {">>>\nt=x\n <<<\n<<\n<<<\n", "[>>>\nt=x\n <<<\n<<\n<<<\n]", 0},
	    {">>>\nt=>>>\n<<<\n", "[>>>\nt=>>>\n<<<\n]", 0},
	    {">>>\n\n\n<<<\n", "[>>>\n\n\n<<<\n]", 0},
	    {">>>\nt=x\n<<<", "", 0},
	    {">>>\nt=x\n", "", 0},
	    {">>>x\n<<<y\n", "[>>>x\n<<<y\n]", 0},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		size_t len = strlen(cases[i].stream);

		for (size_t chunk = 1; chunk <= len + 1; chunk++) {
			uint64_t dropped;
			g_autofree char *got = cut(cases[i].stream, len, chunk, &dropped);

			assert_string_equal(got, cases[i].frames);
			assert_int_equal(dropped, cases[i].dropped);
		}
	}
}

/* A real stream comes out the same wherever it is cut in two, and by single bytes. */
static void
test_captured(void **state)
{
	g_autoptr(GByteArray) bytes = sample_read("087-serial-stream.pkt");
	uint64_t dropped;
	g_autofree char *whole = cut(bytes->data, bytes->len, bytes->len, &dropped);

	(void)state;
	assert_int_equal(strlen(whole), bytes->len + 6 * strlen("[]"));
	for (size_t chunk = 1; chunk < bytes->len; chunk++) {
		g_autofree char *got = cut(bytes->data, bytes->len, chunk, &dropped);

		assert_string_equal(got, whole);
		assert_int_equal(dropped, 0);
	}
	for (size_t at = 1; at < bytes->len; at++) {
		g_autoptr(GPtrArray) got = g_ptr_array_new_with_free_func(g_free);
		struct frames *f = frames_new();

		frames_feed(f, bytes->data, at, collect, got);
		frames_feed(f, bytes->data + at, bytes->len - at, collect, got);
		assert_int_equal(got->len, 6);
		frames_free(f);
	}
}

/* A break on the line reads as NUL. */
static void
test_nuls(void **state)
{
	static const char stream[] = "\0\0>>>\n\0t=x\n<\0<<\n\0>>>\nu=y\n<<<\n";
	uint64_t dropped;
	g_autofree char *got = cut(stream, sizeof(stream) - 1, 3, &dropped);

	(void)state;
	assert_string_equal(got, "[>>>\nt=x\n<<<\n][>>>\nu=y\n<<<\n]");
	assert_int_equal(dropped, 0);
}

static void
test_overlong(void **state)
{
	static const struct {
		char filling;
		uint64_t dropped;
	} cases[] = {{'v', 1}, {'\n', 1}};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *filling = g_strnfill(3 * WIRE_MAX, cases[i].filling);
		g_autofree char *stream =
		    g_strdup_printf(">>>\nt=%s\nu=y\n<<<\n>>>\nt=x\n<<<\n", filling);
		uint64_t dropped;
		g_autofree char *got = cut(stream, strlen(stream), 4096, &dropped);

		assert_string_equal(got, "[>>>\nt=x\n<<<\n]");
		assert_int_equal(dropped, cases[i].dropped);
	}
}

/* A line without end costs no memory, whether a frame is open or not. */
static void
test_longest(void **state)
{
	g_autofree char *filling = g_strnfill(WIRE_MAX - strlen(">>>\nt=\n<<<\n") - 1, 'v');
	g_autofree char *stream = g_strdup_printf(">>>\nt=%s\n<<<\n", filling);
	g_autofree char *noise = g_strnfill(4 * WIRE_MAX, 'n');
	g_autofree char *noisy = g_strdup_printf("%s\n%s", noise, stream);
	g_autofree char *expected = g_strdup_printf("[%s]", stream);
	uint64_t dropped;
	g_autofree char *got = cut(noisy, strlen(noisy), 1000, &dropped);

	(void)state;
	assert_string_equal(got, expected);
	assert_int_equal(dropped, 0);
}

static void
test_reset(void **state)
{
	g_autoptr(GPtrArray) got = g_ptr_array_new_with_free_func(g_free);
	struct frames *f = frames_new();

	(void)state;
	frames_feed(f, ">>>\nhalf=", 9, collect, got);
	frames_reset(f);
	frames_feed(f, ">>>\nt=x\n<<<\n", 12, collect, got);
	assert_int_equal(got->len, 1);
	assert_string_equal(got->pdata[0], ">>>\nt=x\n<<<\n");
	assert_int_equal(frames_dropped(f), 0);
	frames_free(f);
	frames_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_resynchronise),
	    cmocka_unit_test(test_captured),
	    cmocka_unit_test(test_nuls),
	    cmocka_unit_test(test_overlong),
	    cmocka_unit_test(test_longest),
	    cmocka_unit_test(test_reset),
	};

	return cmocka_run_group_tests_name("proto/frames", tests, NULL, NULL);
}
