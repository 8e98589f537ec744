/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proto/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <string.h>

static void
test_round_trip(void **state)
{
	AUTO_MSG struct msg *m = msg_new("standby");
	msg_add(m, "set", "all");
	g_autoptr(GByteArray) bytes = request_encode(m);
	AUTO_MSG struct msg *back = request_decode(bytes->data, bytes->len);

	(void)state;
	assert_non_null(back);
	assert_int_equal(msg_count(back), 2);
	assert_string_equal(msg_type(back), "standby");
	assert_string_equal(msg_get(back, "set"), "all");
}

/* A report of a large cluster is longer than any datagram. */
static void
test_long_reply(void **state)
{
	AUTO_MSG struct msg *m = msg_new("reply");
	g_autofree char *json = g_strnfill(REPLY_MAX - 100, 'j');

	(void)state;
	msg_add(m, "json", json);
	g_autoptr(GByteArray) bytes = request_encode(m);
	AUTO_MSG struct msg *back = request_decode(bytes->data, bytes->len);
	assert_non_null(back);
	assert_string_equal(msg_get(back, "json"), json);

	msg_add(m, "more",
	    "jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj");
	g_autoptr(GByteArray) too_long = request_encode(m);
	assert_true(too_long->len > REPLY_MAX);
	assert_null(request_decode(too_long->data, too_long->len));
}

static void
test_refused(void **state)
{
	static const char *const cases[] = {
	    "",
	    "standby",
	    "###\n",
	    "###\n6:(0)t=x,",
	    "###\n3:a=b,%%%\n",
	    "###\n6:(0)t=x,%%%\n\n",
	    "###\n6:(0)t=x,%%%\n3:1 d,",
	    ">>>\nt=x\n<<<\n",
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
		assert_null(request_decode(cases[i], strlen(cases[i])));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_round_trip),
	    cmocka_unit_test(test_long_reply),
	    cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests_name("proto/request", tests, NULL, NULL);
}
