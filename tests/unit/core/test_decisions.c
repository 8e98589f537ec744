/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/decisions.h"

#include "fixture.h"
#include "proto/seal.h"

/* What a step with one line and one message leaves as the digest. */
static uint64_t
digest_of(enum trace_level level, const char *line, const char *secret, const char *word,
    unsigned medium, uint32_t client)
{
	struct decisions d;
	struct actions *a = actions_new();
	struct keyring ring = {.signing = 1};
	AUTO_MSG struct msg *m = msg_new("status");

	ring.keys[1] = (struct auth_key){AUTH_SHA1, (char *)secret, strlen(secret)};
	msg_add(m, "st", word);
	g_autoptr(GByteArray) sealed = seal_close(&ring, m, WIRE_NETSTRING, false);
	struct action *send = actions_add(a, ACTION_SEND);

	send->medium = medium;
	send->bytes = g_bytes_new(sealed->data, sealed->len);
	struct action *reply = actions_add(a, ACTION_REPLY);

	reply->client = client;
	reply->bytes = g_bytes_new("yes", 3);
	decisions_init(&d);
	decisions_next(&d);
	decisions_line(&d, level, line);
	decisions_actions(&d, a);
	uint64_t digest = d.digest;

	decisions_clear(&d);
	actions_free(a);
	return digest;
}

static void
test_everything_counts_but_the_signature(void **state)
{
	const uint64_t digest = digest_of(TRACE_INFO, "a", "key", "up", 0, 1);

	(void)state;
	assert_true(digest_of(TRACE_INFO, "a", "key", "up", 0, 1) == digest);
	assert_true(digest_of(TRACE_INFO, "a", "other key", "up", 0, 1) == digest);
	assert_false(digest_of(TRACE_NOTICE, "a", "key", "up", 0, 1) == digest);
	assert_false(digest_of(TRACE_INFO, "b", "key", "up", 0, 1) == digest);
	assert_false(digest_of(TRACE_INFO, "a", "key", "active", 0, 1) == digest);
	assert_false(digest_of(TRACE_INFO, "a", "key", "up", 1, 1) == digest);
	assert_false(digest_of(TRACE_INFO, "a", "key", "up", 0, 2) == digest);
}

static void
test_the_text_is_of_one_step_and_the_digest_of_all(void **state)
{
	struct decisions d;
	struct actions *a = actions_new();
	uint16_t check;

	(void)state;
	decisions_init(&d);
	decisions_next(&d);
	decisions_line(&d, TRACE_NOTICE, "first");
	actions_add(a, ACTION_ACTIVE);
	decisions_actions(&d, a);
	assert_string_equal(d.text->str, "notice first\n> active\n");
	check = decisions_check(&d);
	actions_clear(a);
	decisions_next(&d);
	decisions_actions(&d, a);
	assert_string_equal(d.text->str, "");
	assert_int_not_equal(decisions_check(&d), check);
	decisions_clear(&d);
	actions_free(a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_everything_counts_but_the_signature),
	    cmocka_unit_test(test_the_text_is_of_one_step_and_the_digest_of_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
