/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "howto.h"

static void
test_files_of_another_machine_can_be_read(void **state)
{
	struct cluster *c = howto_b();

	(void)state;
	assert_int_equal(c->conf->node_count, 2);
	assert_string_equal(c->conf->nodes[0], "ovz-node1");
	/* The names are told to the world apart from the text. */
	assert_null(strstr(c->hacf, "node ovz"));
	assert_non_null(strstr(c->hacf, "ping 192.168.0.254\n"));
	cluster_free(c);
}

static void
test_a_line_is_taken_out_by_its_first_word(void **state)
{
	static const char hacf[] =
	    "# node lines\n  NODE\talpha\r\nnode beta # both\nkeepalive 1 # node\n"
	    "deadtime 10\nucast eth0 10.0.0.1\nauto_failback off\nnode gamma";
	struct cluster *c = cluster_of(hacf, "alpha IPaddr::10.0.0.9\n");

	(void)state;
	assert_string_equal(c->hacf, "# node lines\nkeepalive 1 # node\ndeadtime 10\n"
				     "ucast eth0 10.0.0.1\nauto_failback off\n");
	assert_int_equal(c->conf->node_count, 3);
	cluster_free(c);
}

static void
test_an_interface_needs_one_line_to_reach_all(void **state)
{
	static const char hacf[] =
	    "deadtime 10\nauto_failback off\nucast eth0 10.0.0.1\nUCAST\teth0 10.0.0.2 # b\n"
	    "ucast eth1 10.1.0.1\nucast6 eth1 fd00::1\nbcast eth1\nnode a b\n";
	struct cluster *c = cluster_of(hacf, "a httpd\n");

	(void)state;
	assert_string_equal(c->hacf, "deadtime 10\nauto_failback off\nucast eth0 10.0.0.1\n"
				     "ucast eth1 10.1.0.1\nbcast eth1\n");
	assert_int_equal(c->conf->media_count, 5);
	cluster_free(c);
}

static void
test_faults_are_those_of_the_files(void **state)
{
	static const struct {
		const char *hacf, *haresources, *authkeys, *node_name, *says;
	} cases[] = {
	    {"keepalife 1\n", "", NULL, NULL,
		"ha.cf:1: error: unknown directive 'keepalife'"},
	    {HOWTO_A_CF, "web9 httpd\n", NULL, NULL, "haresources:1: error:"},
	    {HOWTO_A_CF, HOWTO_A_GROUPS, "auth 1\n", NULL, "authkeys:"},
	    {HOWTO_A_CF, HOWTO_A_GROUPS, NULL, "laptop", "this node is called 'laptop'"},
	    {"", "", NULL, NULL, "no node is listed"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		g_autoptr(GString) said = g_string_new(NULL);
		const struct conf_text text = {.hacf_path = "ha.cf",
		    .hacf = cases[i].hacf,
		    .haresources_path = "haresources",
		    .haresources = cases[i].haresources,
		    .authkeys_path = "authkeys",
		    .authkeys = cases[i].authkeys,
		    .authkeys_mode = 0600,
		    .authkeys_owner_ok = true,
		    .node_name = cases[i].node_name};

		assert_null(cluster_new(&text, span_from_ms(1000), faults));
		for (unsigned k = 0; k < faults->len; k++) {
			g_autofree char *line = fault_text(g_ptr_array_index(faults, k));

			g_string_append_printf(said, "%s\n", line);
		}
		if (strstr(said->str, cases[i].says) == NULL)
			fail_msg("case %zu: %s", i, said->str);
	}
}

static void
test_a_setting_can_be_changed(void **state)
{
	struct cluster *c = howto_a();
	struct cluster *other = cluster_changed(c, "deadtime", "10");

	(void)state;
	assert_non_null(other);
	assert_int_equal(span_ms(other->conf->deadtime), 10000);
	assert_int_equal(span_ms(c->conf->deadtime), 30000);
	assert_int_equal(other->conf->node_count, 2);
	assert_int_equal(other->takes.ns, c->takes.ns);
	assert_null(strstr(other->hacf, "deadtime 30"));
	cluster_free(other);
	assert_null(cluster_changed(c, "deadtime", "1 fortnight"));
	cluster_free(c);
}

static void
test_what_there_is(void **state)
{
	struct cluster *a = howto_a(), *b = howto_b();
	struct cluster *bare =
	    cluster_of("deadtime 10\nbcast eth0\nauto_failback off\nnode a b\n", "");
	g_autoptr(GPtrArray) links_a = cluster_links(a), links_b = cluster_links(b);
	g_autoptr(GPtrArray) pings = cluster_pings(b), none = cluster_pings(bare);

	(void)state;
	assert_int_equal(links_a->len, 1);
	assert_string_equal(g_ptr_array_index(links_a, 0), "eth0");
	assert_int_equal(links_b->len, 3);
	assert_int_equal(pings->len, 1);
	assert_string_equal(g_ptr_array_index(pings, 0), "192.168.0.254");
	assert_int_equal(none->len, 0);
	assert_true(cluster_has_ipfail(a));
	assert_true(cluster_has_ipfail(b));
	assert_false(cluster_has_ipfail(bare));
	cluster_free(a);
	cluster_free(b);
	cluster_free(bare);
}

static void
test_what_a_ping_node_is_reached_over(void **state)
{
	static const struct {
		const char *media, *link;
		bool on;
	} cases[] = {
	    {"ucast eth0 192.168.0.2\nucast eth1 10.0.0.2\n", "eth0", true},
	    {"ucast eth0 192.168.0.2\nucast eth1 10.0.0.2\n", "eth1", false},
	    {"ucast eth0 10.1.0.2\nucast eth1 10.0.0.2\n", "eth0", false},
	    {"bcast eth0\nserial /dev/ttyS0\n", "eth0", true},
	    {"bcast eth0\nserial /dev/ttyS0\n", "/dev/ttyS0", false},
	    {"bcast eth0\nbcast eth1\n", "eth0", false},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *hacf = g_strdup_printf(
		    "deadtime 10\nauto_failback off\nping 192.168.0.254\nnode a b\n%s",
		    cases[i].media);
		struct cluster *c = cluster_of(hacf, "a httpd\n");

		assert_int_equal(
		    cluster_ping_is_on(c, "192.168.0.254", cases[i].link), cases[i].on);
		assert_false(cluster_ping_is_on(c, "192.168.0.253", cases[i].link));
		cluster_free(c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_files_of_another_machine_can_be_read),
	    cmocka_unit_test(test_a_line_is_taken_out_by_its_first_word),
	    cmocka_unit_test(test_an_interface_needs_one_line_to_reach_all),
	    cmocka_unit_test(test_faults_are_those_of_the_files),
	    cmocka_unit_test(test_a_setting_can_be_changed),
	    cmocka_unit_test(test_what_there_is),
	    cmocka_unit_test(test_what_a_ping_node_is_reached_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
