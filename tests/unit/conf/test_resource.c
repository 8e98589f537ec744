/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/resource.h"

#include "fixture.h"

static void
kinds_and_arguments(void **state)
{
	static const struct {
		const char *word;
		enum resource_kind kind;
		const char *script, *args; /* joined by '|' */
	} cases[] = {
	    {"httpd", RESOURCE_SCRIPT, "httpd", ""},
	    {"drbddisk::r0", RESOURCE_SCRIPT, "drbddisk", "r0"},
	    {"drbddisk::", RESOURCE_SCRIPT, "drbddisk", ""},
	    {"Filesystem::/dev/sdb1::/srv::ext4::a,b", RESOURCE_SCRIPT, "Filesystem",
		"/dev/sdb1|/srv|ext4|a,b"},
	    {"Filesystem::nas:/x::/srv", RESOURCE_SCRIPT, "Filesystem", "nas:/x|/srv"},
	    {"Filesystem::[2001:db8::5]:/x::/srv::nfs", RESOURCE_SCRIPT, "Filesystem",
		"[2001:db8::5]:/x|/srv|nfs"},
	    {"IPAddr::10.0.0.1", RESOURCE_SCRIPT, "IPAddr", "10.0.0.1"},
	    {"IPaddr::10.0.0.1/24/eth0", RESOURCE_ADDRESS, "IPaddr", "10.0.0.1/24/eth0"},
	    {"IPaddr2::10.0.0.1/24/eth0:web", RESOURCE_ADDRESS, "IPaddr2",
		"10.0.0.1/24/eth0:web"},
	    {"IPv6addr::2001:db8::10/64/eth0", RESOURCE_ADDRESS, "IPv6addr",
		"2001:db8::10/64/eth0"},
	    {"IPaddr2::2001:db8::10", RESOURCE_ADDRESS, "IPaddr2", "2001:db8::10"},
	    {"IPsrcaddr::2001:db8::10", RESOURCE_SCRIPT, "IPsrcaddr", "2001:db8::10"},
	    {"10.0.0.1", RESOURCE_ADDRESS, "IPaddr", "10.0.0.1"},
	    {"10.0.0.1/24/eth0/10.0.0.255", RESOURCE_ADDRESS, "IPaddr",
		"10.0.0.1/24/eth0/10.0.0.255"},
	    {"2001:db8::10/64/eth0", RESOURCE_ADDRESS, "IPv6addr", "2001:db8::10/64/eth0"},
	    {"fd00::1", RESOURCE_ADDRESS, "IPv6addr", "fd00::1"},
	    {"db2::a", RESOURCE_SCRIPT, "db2", "a"},
	    {"ocf:heartbeat:IPaddr2::ip=10.0.0.1", RESOURCE_OCF, "heartbeat:IPaddr2",
		"ip=10.0.0.1"},
	    {"ocf:Filesystem::device=/dev/sdb1::directory=/srv", RESOURCE_OCF,
		"heartbeat:Filesystem", "device=/dev/sdb1|directory=/srv"},
	    {"OCF::Dummy::inst", RESOURCE_OCF, "heartbeat:Dummy", "inst"},
	    {"systemd:httpd", RESOURCE_SYSTEMD, "httpd", ""},
	    {"systemd:getty@tty1.service", RESOURCE_SYSTEMD, "getty@tty1.service", ""},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct report report = {.faults = faults, .file = "f"};
		struct conf_resource r;

		print_message("%s\n", cases[i].word);
		assert_true(resource_parse(cases[i].word, 1, &report, &r));
		fixture_expect_none(faults);
		g_autofree char *args = g_strjoinv("|", r.args);
		assert_int_equal(r.kind, cases[i].kind);
		assert_string_equal(r.text, cases[i].word);
		assert_string_equal(r.script, cases[i].script);
		assert_string_equal(args, cases[i].args);
		conf_resource_clear(&r);
	}
}

static void
faults_name_the_word(void **state)
{
	static const struct {
		const char *word, *part;
	} cases[] = {
	    {"10.0.0.300", "'10.0.0.300' is not an IP address"},
	    {"10.0.0.1,httpd", "blanks"},
	    {"10.0.0.1httpd", "not an IP address"},
	    {"IPaddr::10.0.0.1/33", "'33'"},
	    {"IPaddr", "IPaddr takes one argument"},
	    {"IPaddr::10.0.0.1::24", "takes one argument"},
	    {"2001:db8::10/129", "'129'"},
	    {"httpd,mysqld", "separated by blanks"},
	    {"::r0", "no script before '::'"},
	    {"MailTo::a::\"x", "quotes"},
	    {"'x'", "quotes"},
	    {"ocf:", "ocf:PROVIDER:TYPE"},
	    {"ocf:a:b:c", "ocf:PROVIDER:TYPE"},
	    {"ocf:heartbeat:Filesystem::/dev/sdb1", "'/dev/sdb1' is not NAME=VALUE"},
	    {"systemd:", "systemd:UNIT"},
	    {"systemd:x::y", "no arguments"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct report report = {.faults = faults, .file = "f"};
		struct conf_resource r = {.script = NULL};

		assert_false(resource_parse(cases[i].word, 7, &report, &r));
		assert_null(r.script);
		fixture_expect_only(faults, "f", 7, true, cases[i].part);
		g_autofree char *word = g_strdup_printf("resource '%s'", cases[i].word);
		assert_true(fixture_has(faults, "f", 7, true, word));
	}
}

static void
empty_arguments_keep_their_place(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct report report = {.faults = faults, .file = "f"};
	struct conf_resource r;

	(void)state;
	assert_true(
	    resource_parse("Filesystem::/dev/sdb1::/srv::::noatime", 1, &report, &r));
	fixture_expect_only(faults, "f", 1, false, "argument 3 is empty");
	assert_int_equal(g_strv_length(r.args), 4);
	assert_string_equal(r.args[2], "");
	assert_string_equal(r.args[3], "noatime");
	conf_resource_clear(&r);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(kinds_and_arguments),
	    cmocka_unit_test(faults_name_the_word),
	    cmocka_unit_test(empty_arguments_keep_their_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
