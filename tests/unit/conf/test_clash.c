/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/clash.h"

#include "fixture.h"

static void
what_a_resource_takes(void **state)
{
	static const struct {
		const char *resource;
		enum clash_kind kind;
		const char *what; /* NULL: nothing */
	} cases[] = {
	    {"10.0.0.5", CLASH_ADDRESS, "10.0.0.5"},
	    {"IPaddr2::10.0.0.5/24/eth0:1", CLASH_ADDRESS, "10.0.0.5"},
	    {"IPv6addr::2001:DB8:0:0:0:0:0:1/64", CLASH_ADDRESS, "2001:db8::1"},
	    {"ocf:heartbeat:IPaddr2::ip=10.0.0.5::nic=eth0", CLASH_ADDRESS, "10.0.0.5"},
	    {"ocf:heartbeat:IPaddr2::nic=eth0", CLASH_ADDRESS, NULL},
	    {"ocf:heartbeat:IPv6addr::ipv6addr=fd00:0:0:0:0:0:0:1", CLASH_ADDRESS, "fd00::1"},
	    {"IPsrcaddr::10.0.0.5", CLASH_ADDRESS, NULL},
	    {"Filesystem::/dev/sdb1::/srv/::ext3", CLASH_DEVICE, "/dev/sdb1"},
	    {"Filesystem::/dev/sdb1::/srv//::ext3", CLASH_DIRECTORY, "/srv"},
	    {"Filesystem::/dev/sdb1::/", CLASH_DIRECTORY, "/"},
	    {"Filesystem::/dev/sdb1", CLASH_DIRECTORY, NULL},
	    {"Filesystem", CLASH_DEVICE, NULL},
	    {"Filesystem::-Ldata::/srv", CLASH_DEVICE, "-Ldata"},
	    {"Filesystem::nas:/export::/srv::nfs", CLASH_DEVICE, NULL},
	    {"Filesystem::/dev/sdb1::/srv::ocfs2", CLASH_DEVICE, NULL},
	    {"Filesystem::/dev/shm::/srv::none::bind", CLASH_DEVICE, NULL},
	    {"ocf:heartbeat:Filesystem::directory=/srv::device=/dev/sdb1::fstype=ext4",
		CLASH_DEVICE, "/dev/sdb1"},
	    {"ocf:heartbeat:Filesystem::directory=/srv::device=/dev/sdb1", CLASH_DIRECTORY,
		"/srv"},
	    {"drbddisk::r0", CLASH_DRBD, "r0"},
	    {"drbddisk", CLASH_DRBD, "all"},
	    {"httpd::r0", CLASH_DRBD, NULL},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		g_autofree char *line = g_strdup_printf("alpha %s\n", cases[i].resource);
		struct conf *c = fixture_haresources(line, faults);

		print_message("%s\n", cases[i].resource);
		assert_non_null(c);
		g_autofree char *what =
		    clash_taken(&c->groups[0].resources[0], cases[i].kind);
		if (cases[i].what == NULL)
			assert_null(what);
		else
			assert_string_equal(what, cases[i].what);
		conf_free(c);
	}
}

/* haresources, and the only fault that it makes. */
struct group_case {
	const char *haresources;
	char level; /* 'e' error, 'h' hint, '-' nothing to say */
	unsigned line;
	const char *part;
};

static void
run(const struct group_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct conf *c = fixture_haresources(cases[i].haresources, faults);

		print_message("%s", cases[i].haresources);
		if (cases[i].level == '-')
			fixture_expect_none(faults);
		else
			fixture_expect_only(faults, HARESOURCES, cases[i].line,
			    cases[i].level == 'e', cases[i].part);
		assert_int_equal(c == NULL, cases[i].level == 'e');
		conf_free(c);
	}
}

static void
doubled_in_a_group(void **state)
{
	static const struct group_case cases[] = {
	    {"alpha a b c\n", '-', 0, NULL},
	    {"alpha a b a\n", 'h', 1, "'a' is in the group twice"},
	    {"alpha 10.0.0.9/24/eth0 IPaddr2::10.0.0.9\n", 'h', 1,
		"'IPaddr2::10.0.0.9' is in the group already, as '10.0.0.9/24/eth0'"},
	    {"alpha x Filesystem::/dev/sdb1::/srv Filesystem::/dev/sdb2::/srv/\n", 'e', 1,
		"is mounted on the directory of 'Filesystem::/dev/sdb1::/srv'"},
	    {"alpha x Filesystem::/dev/sdb1::/srv Filesystem::/dev/sdb1::/srv/\n", 'h', 1,
		"in the group already"},
	    {"alpha x Filesystem::/dev/sdb1::/srv Filesystem::/dev/sdb1::/mnt\n", '-', 0,
		NULL},
	    {"alpha drbddisk::r0 x drbddisk::r0\n", 'h', 1, "in the group twice"},
	};

	(void)state;
	run(cases, G_N_ELEMENTS(cases));
}

static void
in_two_groups(void **state)
{
	static const struct group_case cases[] = {
	    {"alpha a 10.0.0.9/24 httpd\nbeta b 10.0.0.8/24 httpd\n", '-', 0, NULL},
	    {"alpha a 10.0.0.9/24\nbeta b IPaddr2::10.0.0.9/24/eth0\n", 'e', 2,
		"the group of line 1 has the address 10.0.0.9 too"},
	    {"alpha a 10.0.0.9/24\nalpha b 10.0.0.9/24\n", 'h', 2,
		"the group of line 1 has the address 10.0.0.9 too"},
	    {"alpha 10.0.0.9/24\nbeta b 10.0.0.9/24\n", 'e', 2, "names the group of line 1"},
	    {"alpha 10.0.0.9/24\nbeta 10.0.0.9\n", 'e', 2, "has the address 10.0.0.9 too"},
	    {"alpha a drbddisk::r0 Filesystem::/dev/drbd0::/a\n"
	     "beta b drbddisk::r1 Filesystem::/dev/drbd0::/b\n",
		'e', 2, "mounts /dev/drbd0 too"},
	    {"alpha a Filesystem::/dev/sdb1::/a\nbeta b Filesystem::/dev/sdb1::/b\n", 'h', 2,
		"mounts /dev/sdb1 too"},
	    {"alpha a Filesystem::/dev/sdb1::/a\nbeta b Filesystem::/dev/sdb1::/a\n", 'h', 2,
		"mounts /dev/sdb1 too"},
	    {"alpha a Filesystem::/dev/sdb1::/a\nbeta b Filesystem::/dev/sdb2::/a\n", 'h', 2,
		"so neither is taken over"},
	    {"alpha a Filesystem::nas:/x::/a::nfs\nbeta b Filesystem::nas:/x::/b::nfs\n", '-',
		0, NULL},
	    {"alpha a drbddisk::r0\nbeta b drbddisk::r0\n", 'h', 2, "and that stop fails"},
	};

	(void)state;
	run(cases, G_N_ELEMENTS(cases));
}

static void
drbd_goes_first(void **state)
{
#define FS "Filesystem::/dev/drbd0::/data::ext3"
#define BY_RES "Filesystem::/dev/drbd/by-res/r0/0::/data::ext3"
	static const struct group_case cases[] = {
	    {"alpha drbddisk::r0 " FS "\n", '-', 0, NULL},
	    {"alpha drbddisk " BY_RES "\n", '-', 0, NULL},
	    {"alpha my-drbd-script " FS "\n", '-', 0, NULL},
	    {"alpha drbdupper::r0-U " FS "\n", '-', 0, NULL},
	    {"alpha drbddisk::r0 drbddisk::r1 " FS " Filesystem::/dev/drbd1::/b\n", '-', 0,
		NULL},
	    {"alpha x " FS " drbddisk::r0\n", 'e', 1, "put 'drbddisk::r0' first"},
	    {"alpha drbddisk::r1 " BY_RES " drbddisk::r0\n", 'e', 1,
		"put 'drbddisk::r0' first"},
	    {"alpha drbddisk::r1 " FS " drbddisk::r2\n", '-', 0, NULL},
	    {"alpha x " FS "\n", 'h', 1, "write 'drbddisk::RESOURCE' before it"},
	    {"alpha x " BY_RES "\n", 'h', 1, "write 'drbddisk::r0' before it"},
	    {"alpha drbddisk::r0\nalpha x " FS "\n", 'h', 2, "makes /dev/drbd0 primary"},
	    {"alpha x ocf:heartbeat:Filesystem::device=/dev/drbd0::directory=/d drbddisk\n",
		'e', 1, "put 'drbddisk' first"},
	};

	(void)state;
	run(cases, G_N_ELEMENTS(cases));
}

/* Of any node: which of them an address belongs to, the words do not say. */
static void
addresses_of_nodes(void **state)
{
	static const struct group_case cases[] = {
	    {"alpha 10.0.0.2/24/eth0\n", 'e', 1, "the address of a node"},
	    {"alpha x ocf:heartbeat:IPaddr2::ip=10.0.0.2\n", 'e', 1, "(ha.cf:2)"},
	    {"alpha IPv6addr::fd00:0:0:0:0:0:0:2/64\n", 'e', 1, "(ha.cf:3)"},
	    {"alpha 10.0.0.20/24/eth0\n", '-', 0, NULL},
	    {"alpha 10.0.0.254\n", '-', 0, NULL},
	    {"alpha IPsrcaddr::10.0.0.2\n", '-', 0, NULL},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct conf *c = fixture_parse("node alpha beta\nucast eth0 10.0.0.2\n"
					       "ucast6 eth0 fd00::2\nucast eth0 beta.example\n"
					       "auto_failback on\nping 10.0.0.254\n",
		    cases[i].haresources, GOOD_AUTHKEYS, faults);

		print_message("%s", cases[i].haresources);
		if (cases[i].level == '-')
			fixture_expect_none(faults);
		else
			fixture_expect_only(
			    faults, HARESOURCES, cases[i].line, true, cases[i].part);
		conf_free(c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(what_a_resource_takes),
	    cmocka_unit_test(doubled_in_a_group),
	    cmocka_unit_test(in_two_groups),
	    cmocka_unit_test(drbd_goes_first),
	    cmocka_unit_test(addresses_of_nodes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
