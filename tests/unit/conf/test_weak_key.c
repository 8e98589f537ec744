/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/weak_key.h"

#include "fixture.h"

static void
what_is_no_secret(void **state)
{
	static const struct {
		const char *links, *key, *part; /* NULL: nothing to say */
	} cases[] = {
	    {"bcast eth0", "sha1 c0rrect-horse-battery", NULL},
	    {"bcast eth0", "md5 wEbN3rZ7", NULL},
	    {"bcast eth0", "sha1 x", "so short or plain"},
	    {"bcast eth0", "sha256 wEbN3rZ", "so short or plain"},
	    {"bcast eth0", "sha1 zzzzzzzzzzzz", "so short or plain"},
	    {"bcast eth0", "sha1 Hi!", "so short or plain"},
	    {"bcast eth0", "md5 Hello!", "so short or plain"},
	    {"bcast eth0", "sha1 PutYourSuperSecretKeyHere", "sample of a manual"},
	    {"bcast eth0", "sha1 replace-this-by-something", "sample of a manual"},
	    {"bcast eth0", "sha1 SECRET", "sample of a manual"},
	    {"bcast eth0", "sha1 ChangeMeNow", "sample of a manual"},
	    {"bcast eth0", "crc", "crc proves nothing"},
	    {"serial /dev/ttyS0\nmcast eth0 225.0.0.1 694 1 0", "crc", "crc proves nothing"},
	    {"serial /dev/ttyS0\nping 10.0.0.254", "crc", NULL},
	    {"serial /dev/ttyS0", "sha1 x", "so short or plain"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		g_autofree char *hacf = g_strdup_printf(
		    "node alpha beta\nauto_failback on\n%s\n", cases[i].links);
		g_autofree char *keys = g_strdup_printf("auth 3\n3 %s\n", cases[i].key);
		struct conf *c = fixture_parse(hacf, "", keys, faults);

		print_message("%s, %s\n", cases[i].links, cases[i].key);
		assert_non_null(c);
		if (cases[i].part == NULL) {
			fixture_expect_none(faults);
		} else {
			g_autofree char *all = fixture_text(faults);

			fixture_expect_only(faults, AUTHKEYS, 2, false, cases[i].part);
			assert_non_null(strstr(all, "key 3: "));
			if (strlen(cases[i].key) > 6)
				assert_null(strstr(all, strchr(cases[i].key, ' ') + 1));
		}
		conf_free(c);
	}
}

/* Each that is listed verifies what comes in. */
static void
a_key_that_does_not_sign_counts(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c =
	    fixture_parse(GOOD_TAIL, "", "auth 1\n1 sha1 c0rrect-horse\n2 crc\n", faults);

	(void)state;
	fixture_expect_only(faults, AUTHKEYS, 3, false, "key 2: crc proves nothing");
	conf_free(c);
}

static void
a_strong_one_is_offered(void **state)
{
	static const unsigned char random[WEAK_KEY_RANDOM_SIZE] = "0123456789abcdefghijklmn";
	static const struct {
		const char *keys, *part; /* NULL: none is needed */
	} cases[] = {
	    {"auth 1\n1 sha1 c0rrect-horse\n", NULL},
	    {"auth 1\n1 crc\n",
		"\n  2 sha1 MDEyMzQ1Njc4OWFiY2RlZmdoaWprbG1u\nthen write 'auth 2'"},
	    {"auth 2\n2 sha1 x\n", "\n  1 sha1 MDEy"},
	    {"auth 1\n1 sha1 c0rrect-horse\n2 sha1 x\n", "\n  3 sha1 MDEy"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct conf *c = fixture_parse(GOOD_TAIL, "", cases[i].keys, faults);
		g_autofree char *offer = weak_key_offer(c, random);

		assert_int_equal(offer == NULL, cases[i].part == NULL);
		if (offer != NULL)
			assert_non_null(strstr(offer, cases[i].part));
		conf_free(c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_is_no_secret),
	    cmocka_unit_test(a_key_that_does_not_sign_counts),
	    cmocka_unit_test(a_strong_one_is_offered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
