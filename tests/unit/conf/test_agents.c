/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/agents.h"

#include "fixture.h"

/* The only resource of a configuration. Owns: the caller's (conf_free). */
static struct conf *
one_resource(const char *resource, const struct conf_resource **out)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	g_autofree char *line = g_strdup_printf("alpha %s\n", resource);
	struct conf *c = fixture_haresources(line, faults);

	assert_non_null(c);
	*out = &c->groups[0].resources[0];
	return c;
}

static void
words_of_our_agents(void **state)
{
	static const struct {
		const char *resource, *part; /* NULL: right */
	} cases[] = {
	    {"Delay", NULL},
	    {"Delay::5::0", NULL},
	    {"Delay::5s", "'5s' is not a number of seconds: write 'Delay[::"},
	    {"Delay::::5", "'' is not a number"},
	    {"Delay::1::2::3", "takes at most 2 arguments, and here are 3: write 'Delay"},
	    {"Filesystem::/dev/sdb1::/srv", NULL},
	    {"Filesystem::-Ldata::/srv/::ext4::noatime,nodiratime", NULL},
	    {"Filesystem", "takes 2 to 4 arguments, and here are 0"},
	    {"Filesystem::/dev/sdb1",
		"and here is 1: write 'Filesystem::DEVICE::DIRECTORY[::TYPE[::OPTIONS]]'"},
	    {"Filesystem::/dev/sdb1::/srv::ext4::ro::x", "and here are 5"},
	    {"Filesystem::/dev/sdb1::srv", "full path and not /, unlike 'srv'"},
	    {"Filesystem::/dev/sdb1:://", "unlike '//'"},
	    {"Filesystem::::/srv", "the device is missing"},
	    {"IPsrcaddr::10.0.0.5", NULL},
	    {"IPsrcaddr", "takes 1 argument, and here are 0: write 'IPsrcaddr::ADDRESS'"},
	    {"IPsrcaddr::10.0.0.5/24", "'10.0.0.5/24' is not an IPv4 address"},
	    {"IPsrcaddr::fd00::5", "is not an IPv4 address"},
	    {"MailTo::root", NULL},
	    {"MailTo::a@b.example,c@d.example::Web", NULL},
	    {"MailTo", "takes 1 to 2 arguments, and here are 0"},
	    {"MailTo::a@b.example::Web::server", "and here are 3"},
	    {"MailTo::-s", "'-s' is not an address"},
	    {"SendArp::10.0.0.5/eth0", NULL},
	    {"SendArp::10.0.0.5::eth0", "and here are 2: write 'SendArp::ADDRESS[/INTERFACE]'"},
	    {"SendArp::eth0", "'eth0' is not an IP address"},
	    {"drbddisk", NULL},
	    {"drbddisk::r0", NULL},
	    {"drbddisk::r0::r1", "takes at most 1 argument, and here are 2"},
	    {"portblock::tcp::80,443::block", NULL},
	    {"portblock::tcp::80", "takes 3 arguments, and here are 2"},
	    {"portblock::icmp::80::block", "'icmp' is neither tcp nor udp"},
	    {"portblock::tcp::http::block", "'http' is not a list of ports"},
	    {"portblock::tcp::80::blok", "'blok' is neither block nor unblock"},
	    {"httpd::a::b::c::d::e", NULL},
	    {"IPaddr2::10.0.0.5/24", NULL},
	    {"ocf:heartbeat:Delay::startdelay=1", NULL},
	    {"systemd:Filesystem", NULL},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const struct conf_resource *r;
		struct conf *c = one_resource(cases[i].resource, &r);
		g_autofree char *fault = agent_words_fault(r);

		print_message("%s: %s\n", cases[i].resource, fault != NULL ? fault : "-");
		assert_int_equal(fault == NULL, cases[i].part == NULL);
		if (fault != NULL)
			assert_non_null(strstr(fault, cases[i].part));
		conf_free(c);
	}
}

/* portblock's page has a line for each of its two ways. */
static void
forms_are_those_of_the_manual(void **state)
{
	static const char *const names[] = {
	    "Delay", "Filesystem", "IPsrcaddr", "MailTo", "SendArp", "drbddisk"};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		const struct conf_resource *r;
		g_autofree char *resource = g_strconcat(names[i], "::1::2::3::4::5::6", NULL);
		struct conf *c = one_resource(resource, &r);
		g_autofree char *fault = agent_words_fault(r);
		g_autofree char *page =
		    g_strdup_printf(TOP_SRCDIR "/doc/agents/heartbeat-%s.7", names[i]);
		g_autofree char *manual = NULL;

		assert_non_null(fault);
		g_auto(GStrv) parts = g_strsplit(fault, "'", -1);
		g_autofree char *form = g_ascii_strdown(parts[1], -1);
		g_autofree char *line = g_strconcat("\n", form, "\n", NULL);
		assert_true(g_file_get_contents(page, &manual, NULL, NULL));
		g_autofree char *lower = g_ascii_strdown(manual, -1);
		if (strstr(lower, line) == NULL)
			fail_msg("%s has no %s", page, parts[1]);
		conf_free(c);
	}
}

static void
programs_that_are_called(void **state)
{
	static const struct {
		const char *resource, *programs;
	} cases[] = {
	    {"Delay::5", ""},
	    {"MailTo::root", "mail sendmail|"},
	    {"drbddisk::r0", "drbdadm|"},
	    {"portblock::tcp::80::block", "iptables|"},
	    {"Filesystem::/dev/sdb1::/srv", "mount|"},
	    {"Filesystem::/dev/sdb1::/srv::ext4", "mount|dumpe2fs|"},
	    {"Filesystem::/dev/sdb1::/srv::ext2", "mount|fsck.ext2|"},
	    {"Filesystem::nas:/x::/srv::nfs4", "mount|mount.nfs|"},
	    {"Filesystem::/dev/sdb1::/srv::xfs", "mount|"},
	    {"httpd", ""},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const struct conf_resource *r;
		struct conf *c = one_resource(cases[i].resource, &r);
		g_autoptr(GString) all = g_string_new(NULL);
		const struct agent_tool *t;

		for (unsigned k = 0; (t = agent_tool(r, k)) != NULL; k++) {
			assert_true(t->package != NULL && t->without != NULL);
			g_string_append_printf(all, "%s|", t->programs);
		}
		assert_string_equal(all->str, cases[i].programs);
		conf_free(c);
	}
}

/* All of /etc/ha.d/resource.d of Debian's 3.0.6-13: ours, built in, or replaced by something. */
static void
none_of_3_0_6_is_forgotten(void **state)
{
	static const char *const scripts[] = {"AudibleAlarm", "Delay", "Filesystem", "ICP",
	    "IPaddr", "IPaddr2", "IPsrcaddr", "IPv6addr", "LVM", "LinuxSCSI", "MailTo", "OCF",
	    "Raid1", "SendArp", "ServeRAID", "WAS", "WinPopup", "Xinetd", "apache", "db2",
	    "hto-mapfuncs", "ids", "portblock"};
	static const char *const ours[] = {"Delay", "Filesystem", "IPaddr", "IPaddr2",
	    "IPsrcaddr", "IPv6addr", "MailTo", "SendArp", "drbddisk", "portblock", NULL};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(scripts); i++) {
		bool is_ours = g_strv_contains(ours, scripts[i]);

		print_message("%s\n", scripts[i]);
		assert_int_equal(agent_replacement(scripts[i]) == NULL, is_ours);
	}
	assert_null(agent_replacement("drbddisk"));
	assert_null(agent_replacement("httpd"));
	assert_non_null(strstr(agent_replacement("apache"), "systemd:apache2"));
	assert_non_null(strstr(agent_replacement("LVM"), "ocf:heartbeat:LVM-activate"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(words_of_our_agents),
	    cmocka_unit_test(forms_are_those_of_the_manual),
	    cmocka_unit_test(programs_that_are_called),
	    cmocka_unit_test(none_of_3_0_6_is_forgotten),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
