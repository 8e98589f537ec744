/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/authkeys.h"

#include "fixture.h"

/* Where crc is no fault. */
#define SERIAL_ONLY "auto_failback on\nserial /dev/ttyS0\nnode alpha beta gamma\n"
#define SECRET "Xy7TopPrivateZ"

static void
one_fault_each(void **state)
{
	static const struct {
		const char *text;
		unsigned line;
		char level;
		const char *part;
	} cases[] = {
	    {"auth 1\n1 sha1 " SECRET "\n", 0, '-', NULL},
	    {"1 sha1 " SECRET "\nauth 1", 0, '-', NULL},
	    {"\xef\xbb\xbf"
	     "auth 1\r\n1 sha1 " SECRET "\r\n",
		0, '-', NULL},
	    {"auth1 # which\n1sha1 " SECRET " # note\n", 0, '-', NULL},
	    {"auth 1\n1 crc # no protection\n", 0, '-', NULL},
	    {"auth 15\n15 SHA512 " SECRET "\n", 0, '-', NULL},
	    {"auth 0\n0 sha256 " SECRET "\n", 0, '-', NULL},
	    {"", 0, 'e', "write two lines, 'auth 1' and '1 sha1 SECRET'"},
	    {"# auth 1\n", 0, 'e', "write two lines"},
	    {"1 md5 " SECRET "\n3 crc", 0, 'e', "write 'auth N' (keys defined: 1, 3)"},
	    {"auth 2\n1 sha1 " SECRET "\n", 1, 'e', "keys defined are: 1"},
	    {"auth 2\n", 1, 'e', "write a line '2 sha1 SECRET'"},
	    {"auth one\n1 sha1 " SECRET "\n", 1, 'e', "write 'auth 1'"},
	    {"auth 1abc\n1 sha1 " SECRET "\n", 1, 'e', "write 'auth 1'"},
	    {"auth 16\n1 sha1 " SECRET "\n", 1, 'e', "from 0 to 15"},
	    {"auth 1\n1 sha1 " SECRET "\n16 sha1 " SECRET, 3, 'e', "from 0 to 15"},
	    {"auth 1\n1 sha1\n", 2, 'e', "key 1 has no secret"},
	    {"auth 1\n1 sha1 " SECRET "\n2 md5\n", 3, 'h', "left out"},
	    {"auth 1\n1 blowfish " SECRET "\n", 2, 'e',
		"known are: crc, md5, sha1, sha256, sha512"},
	    {"auth 1\n1 sha1 " SECRET "\n2 blowfish x\n", 3, 'h',
		"unknown method 'blowfish'"},
	    {"auth 1\n1 " SECRET "\n", 2, 'e', "is no method"},
	    {"auth 1\n1 sha1 c0rrect-horse\npassword " SECRET "\n", 3, 'e', "neither with 'auth' nor"},
	    {"auth 1\n1 sha1 c0rrect-horse\n" SECRET "\n", 3, 'e', "neither with 'auth' nor"},
	    {"auth 1\n1 sha1 c0rrect-horse " SECRET "\n", 2, 'h', "only the first word"},
	    {"auth 1\n1 crc " SECRET "\n", 2, 'h', "crc uses no secret"},
	    {"auth 1\nauth 2\n1 sha1 c0rrect-horse\n2 sha1 b4ttery-staple\n", 2, 'h', "line 1 too"},
	    {"auth 1\n1 sha1 c0rrect-horse\n1 sha1 " SECRET "\n", 3, 'h', "line 2 too"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct conf *c = fixture_parse(SERIAL_ONLY, "", cases[i].text, faults);
		g_autofree char *all = fixture_text(faults);

		if (cases[i].level == '-')
			fixture_expect_none(faults);
		else
			fixture_expect_only(faults, AUTHKEYS, cases[i].line,
			    cases[i].level == 'e', cases[i].part);
		assert_int_equal(c == NULL, cases[i].level == 'e');
		assert_null(strstr(all, SECRET));
		conf_free(c);
	}
}

static void
the_ring(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = fixture_parse(
	    SERIAL_ONLY, "", "auth 2\n1 sha1 horse#\"battery\n2 md5 c0rrect-horse\n7 crc\n9 sha256 b4ttery-staple\n", faults);

	(void)state;
	fixture_expect_none(faults);
	assert_int_equal(c->keys.signing, 2);
	assert_int_equal(c->keys.keys[0].method, AUTH_NONE);
	assert_int_equal(c->keys.keys[1].method, AUTH_SHA1);
	assert_string_equal(c->keys.keys[1].secret, "horse#\"battery");
	assert_int_equal(c->keys.keys[1].secret_len, 14);
	assert_int_equal(c->keys.keys[2].method, AUTH_MD5);
	assert_int_equal(c->keys.keys[7].method, AUTH_CRC);
	assert_null(c->keys.keys[7].secret);
	assert_int_equal(c->keys.keys[9].method, AUTH_SHA256);
	conf_free(c);
}

static void
a_long_key_is_whole(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	g_autofree char *key = g_strnfill(10000, 'k');

	key[9999] = 'z';
	g_autofree char *text = g_strconcat("auth 1\n1 sha1 ", key, "\n", NULL);
	struct conf *c = fixture_parse(SERIAL_ONLY, "", text, faults);

	(void)state;
	fixture_expect_none(faults);
	assert_int_equal(c->keys.keys[1].secret_len, 10000);
	conf_free(c);
}

static void
mode_and_owner(void **state)
{
	static const struct {
		unsigned mode;
		bool owner_ok, accepted;
	} cases[] = {
	    {0, true, true},
	    {0600, true, true},
	    {0400, true, true},
	    {0700, true, true},
	    {0640, true, false},
	    {0604, true, false},
	    {0622, true, false},
	    {0611, true, false},
	    {0600, false, false},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct report r = {.faults = faults, .file = AUTHKEYS};

		authkeys_check_file(cases[i].mode, cases[i].owner_ok, &r);
		if (cases[i].accepted)
			fixture_expect_none(faults);
		else
			fixture_expect_only(
			    faults, AUTHKEYS, 0, true, "'chmod 600 " AUTHKEYS "'");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_fault_each),
	    cmocka_unit_test(the_ring),
	    cmocka_unit_test(a_long_key_is_whole),
	    cmocka_unit_test(mode_and_owner),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
