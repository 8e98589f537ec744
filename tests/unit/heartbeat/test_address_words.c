/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "address_words.h"

/* What was read, as one line; or the reason for refusing it. */
static char *
read_as_text(const char *script, const char *word)
{
	struct address_words w;
	char *why = NULL;
	char *const args[] = {(char *)word, NULL};

	if (!address_words_read(script, args, &w, &why))
		return why;
	GString *s = g_string_new(w.text);
	if (w.prefix_len != 0)
		g_string_append_printf(s, " bits %u", w.prefix_len);
	if (w.interface[0] != '\0')
		g_string_append_printf(s, " on %s", w.interface);
	if (w.label[0] != '\0')
		g_string_append_printf(s, " label %s", w.label);
	if (w.has_broadcast)
		g_string_append_printf(s, " broadcast %u.%u.%u.%u", w.broadcast[0],
		    w.broadcast[1], w.broadcast[2], w.broadcast[3]);
	if (w.numbered)
		g_string_append(s, " numbered");
	return g_string_free(s, FALSE);
}

static void
forms_are_read(void **state)
{
	(void)state;
	static const struct {
		const char *script, *word, *expect;
	} cases[] = {
	    {"IPaddr", "10.77.0.100", "10.77.0.100 numbered"},
	    {"IPaddr2", "10.77.0.100", "10.77.0.100"},
	    {"IPaddr", "10.77.0.100/24", "10.77.0.100 bits 24 numbered"},
	    {"IPaddr", "10.77.0.100/24/eth0", "10.77.0.100 bits 24 on eth0 numbered"},
	    {"IPaddr", "10.77.0.100/24/eth0:5", "10.77.0.100 bits 24 on eth0 numbered"},
	    {"IPaddr2", "10.77.0.100/24/eth0:5",
		"10.77.0.100 bits 24 on eth0 label eth0:5"},
	    {"IPaddr2", "10.77.0.100/24/eth0/10.77.0.127",
		"10.77.0.100 bits 24 on eth0 broadcast 10.77.0.127"},
	    {"IPaddr2", "10.77.0.100/24/10.77.0.127",
		"10.77.0.100 bits 24 broadcast 10.77.0.127"},
	    {"IPaddr2", "10.77.0.100/255.255.255.0/eth0", "10.77.0.100 bits 24 on eth0"},
	    {"IPaddr2", "10.77.0.100/255.255.255.255", "10.77.0.100 bits 32"},
	    {"IPaddr2", "10.77.0.100/128.0.0.0", "10.77.0.100 bits 1"},
	    {"IPaddr2", "10.77.0.100//eth0", "10.77.0.100 on eth0"},
	    {"IPv6addr", "2001:db8:0:0:0:0:0:10/64/eth0", "2001:db8::10 bits 64 on eth0"},
	    {"IPv6addr", "2001:db8::10", "2001:db8::10"},
	    {"IPaddr2", "2001:db8::10/128/eth0:web", "2001:db8::10 bits 128 on eth0"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *got = read_as_text(cases[i].script, cases[i].word);
		assert_string_equal(got, cases[i].expect);
	}
}

static void
faults_are_named(void **state)
{
	(void)state;
	static const struct {
		const char *script, *word, *expect;
	} cases[] = {
	    {"IPaddr", "10.77.0.300", "'10.77.0.300' is not the address of a host"},
	    {"IPaddr", "10.0.0.1,httpd", "'10.0.0.1,httpd' is not the address"},
	    {"IPaddr", "224.0.0.1", "is not the address of a host"},
	    {"IPaddr", "0.0.0.0", "is not the address of a host"},
	    {"IPaddr", "ff02::1", "is not the address of a host"},
	    {"IPaddr", "::", "is not the address of a host"},
	    {"IPaddr", "", "is not the address of a host"},
	    {"IPaddr", "10.0.0.1/33", "'33' is neither"},
	    {"IPaddr", "10.0.0.1/0", "'0' is neither"},
	    {"IPaddr", "10.0.0.1/255.0.255.0", "'255.0.255.0' is neither"},
	    {"IPaddr", "10.0.0.1/0.0.0.0", "'0.0.0.0' is neither"},
	    {"IPv6addr", "2001:db8::1/129", "'129' is neither"},
	    {"IPv6addr", "10.0.0.1", "is not an IPv6 address; use IPaddr"},
	    {"IPaddr", "10.0.0.1/24/a-name-of-sixteen", "not the name of an interface"},
	    {"IPaddr2", "10.0.0.1/24/eth0:a-long-label", "not the name of an interface"},
	    {"IPaddr2", "10.0.0.1/24/eth0:", "not the name of an interface"},
	    {"IPaddr2", "10.0.0.1/24/10.0.0.999", "not a broadcast address"},
	    {"IPaddr2", "10.0.0.1/24/eth0/x", "'x' is not a broadcast address"},
	    {"IPaddr2", "10.0.0.1/24/eth0/10.0.0.255/y", "more than address/bits"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *got = read_as_text(cases[i].script, cases[i].word);
		if (strstr(got, cases[i].expect) == NULL)
			fail_msg("%s: %s", cases[i].word, got);
	}
}

static void
exactly_one_word_is_taken(void **state)
{
	(void)state;
	struct address_words w;
	char *const none[] = {NULL};
	char *const two[] = {(char *)"10.0.0.1", (char *)"eth0", NULL};
	char *why = NULL;

	assert_false(address_words_read("IPaddr", none, &w, &why));
	g_clear_pointer(&why, g_free);
	assert_false(address_words_read("IPaddr", two, &w, &why));
	assert_non_null(strstr(why, "2 are given"));
	g_free(why);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(forms_are_read),
	    cmocka_unit_test(faults_are_named),
	    cmocka_unit_test(exactly_one_word_is_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
