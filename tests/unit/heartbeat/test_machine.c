/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "machine.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct files files = {.hacf_path = (char *)"ha.cf",
    .haresources_path = (char *)"haresources", .authkeys_path = (char *)"authkeys",
    .authkeys = (char *)"auth 1\n1 sha1 c0rrect-horse-battery\n", .authkeys_owner_ok = true,
    .node_name = (char *)"alpha"};

/* eth0 with an address of the node's own and one of a group; eth1 with one only. */
static const struct machine_address here[] = {
    {(char *)"eth0", (char *)"10.0.0.1"},
    {(char *)"eth0", (char *)"10.0.0.100"},
    {(char *)"eth0", (char *)"fe80::1"},
    {(char *)"eth0", (char *)"fd00::100"},
    {(char *)"eth1", (char *)"10.0.1.1"},
    {(char *)"eth2", (char *)"10.0.2.1"},
    {(char *)"eth3", (char *)"10.0.3.1"},
};

/* What is said with these paths and that group, a line each: "E text" or "W text". */
static char *
said(const char *paths, const char *group, bool running)
{
	g_autofree char *hacf =
	    g_strdup_printf("%s\nnode alpha beta\nauto_failback on\n", paths);
	g_autofree char *haresources = g_strdup_printf("alpha %s\n", group);
	g_autoptr(GPtrArray) faults = conf_faults_new();
	g_autoptr(GArray) addresses = g_array_new(FALSE, FALSE, sizeof(here[0]));
	struct conf_text text;
	GString *all = g_string_new(NULL);
	struct conf *c;
	bool usable;

	files.hacf = hacf;
	files.haresources = haresources;
	text = files_text(&files);
	c = conf_parse_partly(&text, faults, &usable);
	g_ptr_array_set_size(faults, 0);
	g_array_append_vals(addresses, here, G_N_ELEMENTS(here));
	machine_check_addresses(c, &files, addresses, running, faults);
	for (guint i = 0; i < faults->len; i++) {
		const struct fault *f = g_ptr_array_index(faults, i);

		g_string_append_printf(
		    all, "%s %s:%u %s\n", f->is_error ? "E" : "W", f->file, f->line, f->text);
	}
	conf_free(c);
	return g_string_free(all, FALSE);
}

struct machine_case {
	const char *words; /* paths, or a group */
	const char *part;  /* how it begins; NULL: nothing is said */
};

static void
paths_that_lead_home(void **state)
{
	static const struct machine_case cases[] = {
	    {"ucast eth0 10.0.0.1", "E ha.cf:1 ucast eth0 10.0.0.1: this machine has that"},
	    {"ucast eth0 10.0.0.1\nucast eth1 10.0.1.1", "E ha.cf:1 ucast eth0 10.0.0.1: "},
	    {"ping 10.0.0.254\nucast eth0 10.0.0.1", "E ha.cf:2 ucast eth0 10.0.0.1: "},
	    {"ucast eth0 10.0.0.1\nucast eth0 10.0.0.2", NULL},
	    {"ucast eth0 10.0.0.2", NULL},
	    {"ucast eth0 beta.example", NULL},
	    {"ucast eth0 10.0.0.1\nserial /dev/ttyS0", NULL},
	    {"ucast eth0 10.0.0.1\nbcast eth1", NULL},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		for (int running = 0; running < 2; running++) {
			g_autofree char *all = said(cases[i].words, "httpd", running == 1);

			print_message("%s: %s\n", cases[i].words, all);
			if (cases[i].part == NULL)
				assert_string_equal(all, "");
			else
				assert_true(g_str_has_prefix(all, cases[i].part));
		}
	}
}

static void
service_addresses_that_are_here(void **state)
{
	static const struct machine_case cases[] = {
	    {"10.0.0.100/24/eth0", "W haresources:1 10.0.0.100/24/eth0: eth0 has that address"},
	    {"IPv6addr::fd00:0:0:0:0:0:0:100/64",
		"W haresources:1 IPv6addr::fd00:0:0:0:0:0:0:100/64: eth0 has that address"},
	    {"10.0.1.1/24/eth1", "E haresources:1 10.0.1.1/24/eth1: this is the only address of "
				 "eth1, over which heartbeats go"},
	    {"10.0.2.1/24/eth2", "W haresources:1 10.0.2.1/24/eth2: eth2 has that address"},
	    {"10.0.0.1 10.0.0.100", "E haresources:1 10.0.0.1: this is the only address of eth0"},
	    {"10.0.0.101/24/eth0 httpd", NULL},
	    /* A ucast line names it: that is said of the text alone. */
	    {"10.0.3.1/24/eth0", NULL},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *paths = "bcast eth0\nbcast eth1\nucast eth3 10.0.3.1";
		g_autofree char *all = said(paths, cases[i].words, false);
		/* A running daemon has them there rightly. */
		g_autofree char *while_running = said(paths, cases[i].words, true);

		print_message("%s: %s\n", cases[i].words, all);
		if (cases[i].part == NULL)
			assert_string_equal(all, "");
		else
			assert_true(g_str_has_prefix(all, cases[i].part));
		assert_string_equal(while_running, "");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(paths_that_lead_home),
	    cmocka_unit_test(service_addresses_that_are_here),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
