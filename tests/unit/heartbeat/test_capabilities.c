/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "capabilities.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/capability.h>

#include <cmocka.h>

static unsigned lacking;

static bool
have_all_but_one(unsigned capability)
{
	return capability != lacking;
}

/* All that can be done, but for the one capability. */
static struct capabilities_place
place_without(unsigned capability)
{
	lacking = capability;
	return (struct capabilities_place){.have = have_all_but_one, .memory_limit = G_MAXUINT64,
	    .first_free_port = 1024, .is_container = true};
}

/* What is said of these files: "E text" or "W text", a line each. */
static char *
faults_of(const char *hacf, const char *haresources, const struct capabilities_place *at)
{
	g_autofree char *whole = g_strdup_printf("node alpha\nnode beta\nauto_failback on\n%s\n", hacf);
	const struct conf_text text = {.hacf_path = "ha.cf", .hacf = whole,
	    .haresources_path = "haresources", .haresources = haresources,
	    .authkeys_path = "authkeys", .authkeys = "auth 1\n1 sha1 zo8Rei1yeiXooz4e\n",
	    .authkeys_mode = 0600, .authkeys_owner_ok = true, .node_name = "alpha"};
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = conf_parse(&text, faults);
	GString *said = g_string_new(NULL);

	assert_non_null(c);
	g_ptr_array_set_size(faults, 0);
	capabilities_judge(c, "ha.cf", at, faults);
	for (guint i = 0; i < faults->len; i++) {
		const struct fault *f = g_ptr_array_index(faults, i);

		assert_string_equal(f->file, "ha.cf");
		g_string_append_printf(said, "%c %s\n", f->is_error ? 'E' : 'W', f->text);
	}
	conf_free(c);
	return g_string_free(said, FALSE);
}

static void
test_each_capability_and_what_needs_it(void **state)
{
	static const struct {
		unsigned capability;
		const char *hacf, *haresources, *pattern; /* NULL: it is not needed */
	} cases[] = {
	    {CAP_NET_ADMIN, "bcast eth0", "alpha IPaddr2::10.0.0.9/24/eth0", "E the addresses *CAP_NET_ADMIN *--cap-add NET_ADMIN)\n"},
	    {CAP_NET_ADMIN, "bcast eth0", "alpha 10.0.0.9", "E the addresses *"},
	    {CAP_NET_ADMIN, "bcast eth0", "alpha web", NULL},
	    {CAP_NET_RAW, "bcast eth0", "alpha 10.0.0.9", "E addresses cannot be announced*CAP_NET_RAW *"},
	    {CAP_NET_RAW, "bcast eth0\nping 10.0.0.254", "alpha web", "E ping nodes *CAP_NET_RAW *"},
	    {CAP_NET_RAW, "bcast eth0", "alpha web", NULL},
	    {CAP_NET_BIND_SERVICE, "bcast eth0", "alpha web", "E udpport *--cap-add NET_BIND_SERVICE)\n"},
	    {CAP_NET_BIND_SERVICE, "udpport 1024\nbcast eth0", "alpha web", NULL},
	    {CAP_NET_BIND_SERVICE, "serial /dev/ttyS0", "alpha web", NULL},
	    {CAP_SYS_ADMIN, "bcast eth0", "alpha Filesystem::/dev/sdb1::/srv", "E the file systems *--cap-add SYS_ADMIN)\n"},
	    {CAP_SYS_ADMIN, "bcast eth0", "alpha ocf:heartbeat:Filesystem::device=/dev/sdb1", "E the file systems *"},
	    {CAP_SYS_ADMIN, "bcast eth0", "alpha web 10.0.0.9", NULL},
	    {CAP_SETUID, "bcast eth0", "alpha web", "E the engine *CAP_SETUID *"},
	    {CAP_SETGID, "bcast eth0", "alpha web", "E the engine *CAP_SETGID *"},
	    {CAP_KILL, "bcast eth0", "alpha web", "E an engine that hangs*CAP_KILL *"},
	    {CAP_CHOWN, "bcast eth0", "alpha web", "W log files *CAP_CHOWN *"},
	    {CAP_SYS_NICE, "bcast eth0", "alpha web", "W no real-time priority*CAP_SYS_NICE *"},
	    {CAP_SYS_NICE, "bcast eth0\nrealtime off", "alpha web", NULL},
	    {CAP_SYS_RESOURCE, "bcast eth0", "alpha web", NULL},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const struct capabilities_place at = place_without(cases[i].capability);
		g_autofree char *said = faults_of(cases[i].hacf, cases[i].haresources, &at);

		if (cases[i].pattern == NULL)
			assert_string_equal(said, "");
		else if (!g_pattern_match_simple(cases[i].pattern, said))
			fail_msg("%s, %s: '%s'", cases[i].hacf, cases[i].haresources, said);
	}
}

static void
test_a_port_that_is_free_for_all(void **state)
{
	struct capabilities_place at = place_without(CAP_NET_BIND_SERVICE);

	(void)state;
	at.first_free_port = 0;
	g_autofree char *said = faults_of("bcast eth0", "alpha web", &at);
	assert_string_equal(said, "");
}

static void
test_locked_memory(void **state)
{
	static const struct {
		bool is_container, has_systemd;
		const char *remedy;
	} cases[] = {
	    {true, false, "docker run --ulimit memlock=-1"},
	    {true, true, "docker run --ulimit memlock=-1"},
	    {false, true, "LimitMEMLOCK=infinity in the unit: systemctl edit heartbeat"},
	    {false, false, "ulimit -l unlimited before the start"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct capabilities_place at = place_without(CAP_SYS_RESOURCE);
		g_autofree char *expected = g_strdup_printf(
		    "W memory cannot be locked: the limit is 64 KiB (%s)\n", cases[i].remedy);

		at.memory_limit = UINT64_C(64) * 1024;
		at.is_container = cases[i].is_container;
		at.has_systemd = cases[i].has_systemd;
		g_autofree char *said = faults_of("bcast eth0", "alpha web", &at);
		assert_string_equal(said, expected);
		g_autofree char *off = faults_of("bcast eth0\nrealtime off", "alpha web", &at);
		assert_string_equal(off, "");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_each_capability_and_what_needs_it),
	    cmocka_unit_test(test_a_port_that_is_free_for_all),
	    cmocka_unit_test(test_locked_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
