/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fixture.h"

/* The files of the two published how-tos, with test addresses. */
#define HOWTO_A_HACF \
	"logfacility daemon\nkeepalive 1\nwarntime 10\ndeadtime 30\ninitdead 120\n" \
	"udpport 694\nucast eth0 10.0.0.1\nucast eth0 10.0.0.2\nbaud 19200\n" \
	"auto_failback on\nping 10.0.0.254\nrespawn hacluster /usr/lib/heartbeat/ipfail\n" \
	"node web1\nnode web2\n"
#define HOWTO_B_HACF \
	"logfacility local0\nkeepalive 2\ndeadtime 30\nwarntime 10\ninitdead 120\nbaud " \
	"19200\n" \
	"serial /dev/ttyS0\nudpport 694\nucast eth0 192.168.0.2\nucast eth1 10.0.0.2\n" \
	"auto_failback off\nnode ovz-node1\nnode ovz-node2\nping 192.168.0.254\n" \
	"respawn hacluster /usr/lib64/heartbeat/ipfail\n"

static struct conf *
parse_as(const char *node, const char *hacf, const char *haresources, GPtrArray *faults)
{
	struct conf_text text = {HACF, hacf, HARESOURCES, haresources, AUTHKEYS,
	    "auth 1\n1 sha1 PutYourSuperSecretKeyHere\n", 0600, true, node};

	return conf_parse(&text, faults);
}

static void
howto_a(void **state)
{
	static const char *const nodes[] = {"web1", "web2"};

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct conf *c = parse_as(nodes[i], HOWTO_A_HACF,
		    "web1 IPaddr::10.0.0.100 drbddisk::mydrdb "
		    "Filesystem::/dev/drbd0::/data::ext3 mysqld httpd\n",
		    faults);

		fixture_expect_only(faults, AUTHKEYS, 2, false, "sample of a manual");
		assert_int_equal(c->self, i);
		assert_int_equal(c->auto_failback, FAILBACK_ON);
		assert_int_equal(c->media_count, 3);
		assert_int_equal(c->media[2].kind, MEDIUM_PING);
		assert_string_equal(c->clients[0].command, "/usr/lib/heartbeat/ipfail");
		assert_int_equal(c->group_count, 1);
		assert_int_equal(c->groups[0].resource_count, 5);
		assert_int_equal(c->groups[0].resources[0].kind, RESOURCE_ADDRESS);
		assert_string_equal(c->groups[0].resources[2].args[1], "/data");
		assert_string_equal(c->groups[0].resources[4].script, "httpd");
		assert_string_equal(c->logfacility, "daemon");
		conf_free(c);
	}
}

/* The slip of the page is no fault of the text: the script is looked up later. */
static void
howto_b(void **state)
{
	static const char *const first[] = {"datadiskdrbddisk", "drbddisk"};
	static const char *const texts[] = {
	    "ovz-node1 datadiskdrbddisk::r0 Filesystem::/dev/drbd0::/vz::ext3 vz "
	    "MailTo::youremail@yourdomain.tld\n",
	    "ovz-node1 drbddisk::r0 Filesystem::/dev/drbd0::/vz::ext3 vz "
	    "MailTo::youremail@yourdomain.tld\n"};

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		struct conf *c = parse_as("ovz-node1", HOWTO_B_HACF, texts[i], faults);

		fixture_expect_only(faults, AUTHKEYS, 2, false, "sample of a manual");
		assert_string_equal(c->groups[0].resources[0].script, first[i]);
		assert_int_equal(c->groups[0].resources[0].kind, RESOURCE_SCRIPT);
		assert_string_equal(
		    c->groups[0].resources[3].args[0], "youremail@yourdomain.tld");
		assert_int_equal(c->media[0].kind, MEDIUM_SERIAL);
		assert_int_equal(c->media[0].baud, 19200);
		assert_string_equal(c->clients[0].command, "/usr/lib64/heartbeat/ipfail");
		conf_free(c);
	}
}

/* Everything wrong is said at once: in the order of files, then of lines. */
static void
five_faults_are_five_reports(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = fixture_parse("node alpha\n"
				       "keepalve 2\n"
				       "auto_failback maybe\n"
				       "udpport 0\n"
				       "bcast eth0\n"
				       "serial ttyS0\n"
				       "initdead 5\n",
	    "alpha 10.0.0.300\nwww x\n", "auth 1\n1 blowfish x\n", faults);
	static const struct {
		const char *file;
		unsigned line;
	} expected[] = {{HACF, 2}, {HACF, 3}, {HACF, 4}, {HACF, 6}, {HACF, 7},
	    {HARESOURCES, 1}, {HARESOURCES, 2}, {AUTHKEYS, 2}};
	g_autofree char *all = fixture_text(faults);

	(void)state;
	assert_null(c);
	print_message("%s", all);
	assert_int_equal(faults->len, G_N_ELEMENTS(expected));
	for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
		const struct fault *f = g_ptr_array_index(faults, i);

		assert_string_equal(f->file, expected[i].file);
		assert_int_equal(f->line, expected[i].line);
		assert_true(f->is_error);
	}
}

static void
missing_files_are_named(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = fixture_parse(NULL, NULL, NULL, faults);

	(void)state;
	assert_null(c);
	assert_int_equal(faults->len, 3);
	assert_true(fixture_has(faults, HACF, 0, true, "commented sample"));
	assert_true(fixture_has(faults, HARESOURCES, 0, true, "empty file"));
	assert_true(fixture_has(faults, AUTHKEYS, 0, true, "'auth 1' and '1 sha1 SECRET'"));
}

static void
an_unreadable_file_is_not_called_missing(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct fault *f = g_new0(struct fault, 1);

	(void)state;
	f->file = g_strdup(AUTHKEYS);
	f->is_error = true;
	f->text = g_strdup("cannot be read: Permission denied");
	g_ptr_array_add(faults, f);
	assert_null(fixture_parse("ucast eth0 10.0.0.2\nnode alpha beta\n", GOOD_HARESOURCES, NULL,
	    faults));
	assert_true(fixture_has(faults, AUTHKEYS, 0, true, "cannot be read"));
	assert_false(fixture_has(faults, AUTHKEYS, 0, true, "missing"));
}

static void
an_empty_haresources_is_fine(void **state)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	struct conf *c = fixture_haresources("", faults);

	(void)state;
	fixture_expect_none(faults);
	assert_int_equal(c->group_count, 0);
	assert_int_equal(conf_group_index(c, "x"), -1);
	assert_int_equal(conf_node_index(c, "GAMMA"), 2);
	assert_int_equal(conf_node_index(c, "delta"), -1);
	assert_null(conf_parameter(c, "nonsense"));
	conf_free(c);
}

static void
names(void **state)
{
	(void)state;
	assert_string_equal(medium_kind_name(MEDIUM_PING_GROUP), "ping_group");
	assert_string_equal(auto_failback_name(FAILBACK_OFF), "off");
	conf_free(NULL);
}

/* Nothing that can be written into the files may disturb us. */
static void
any_bytes_are_survived(void **state)
{
	static const char alphabet[] = "abn01 \t\n\r\\#\"'=:/,.%\xc2\xa0\xef\xbb\xbf-_~\v";
	static const char *const starts[] = {"", "node ", "mcast eth0 ", "ucast ",
	    "apiauth x ", "respawn ", "stonith_host ", "env ", "alpha ",
	    "alpha IPaddr::", "auth ", "1 ", "1 md5 "};
	uint64_t x = 12345;

	(void)state;
	for (unsigned i = 0; i < 3000; i++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();
		g_autoptr(GString) text = g_string_new(starts[i % G_N_ELEMENTS(starts)]);

		for (unsigned n = 0; n < 40; n++) {
			x = x * UINT64_C(6364136223846793005) + 1442695040888963407;
			g_string_append_c(
			    text, alphabet[(x >> 33) % (sizeof(alphabet) - 1)]);
		}
		struct conf *c = fixture_parse(text->str, text->str, text->str, faults);
		/* No such text names a link, a key and this node. */
		assert_null(c);
		assert_true(faults->len >= 1);
	}
}

static void
what_can_be_read_is_kept_for_more_faults(void **state)
{
	const struct conf_text text = {
	    .hacf_path = HACF,
	    .hacf = "keepalife 2\n" GOOD_TAIL,
	    .haresources_path = HARESOURCES,
	    .haresources = GOOD_HARESOURCES,
	    .authkeys_path = AUTHKEYS,
	    .authkeys = GOOD_AUTHKEYS,
	    .authkeys_mode = 0600,
	    .authkeys_owner_ok = true,
	    .node_name = "alpha",
	};
	g_autoptr(GPtrArray) faults = conf_faults_new();
	bool usable = true;
	struct conf *c = conf_parse_partly(&text, faults, &usable);

	(void)state;
	assert_false(usable);
	assert_true(faults->len > 0);
	assert_int_equal(c->group_count, 1);
	assert_string_equal(c->groups[0].resources[1].script, "httpd");
	conf_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(howto_a),
	    cmocka_unit_test(howto_b),
	    cmocka_unit_test(five_faults_are_five_reports),
	    cmocka_unit_test(missing_files_are_named),
	    cmocka_unit_test(an_unreadable_file_is_not_called_missing),
	    cmocka_unit_test(an_empty_haresources_is_fine),
	    cmocka_unit_test(names),
	    cmocka_unit_test(what_can_be_read_is_kept_for_more_faults),
	    cmocka_unit_test(any_bytes_are_survived),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
