/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The texts are accepted on both nodes, without a word, and say what was answered. */
#include "conf/draft.h"

#include "fixture.h"

static const unsigned char bytes[DRAFT_KEY_BYTES] = {0x00, 0x01, 0xfe, 0xff};

/* What the sample of two nodes is made of. */
static struct draft *
simple(void)
{
	struct draft *d = draft_new("web1");

	draft_add_net(d, "eth0", "10.0.0.1", 24);
	draft_add_net(d, "eth1", "fd00::1", 64);
	assert_null(draft_peer_fault(d, "web2"));
	assert_null(draft_path_fault(d, "10.0.0.2", NULL));
	assert_null(draft_address_fault(d, "10.0.0.100"));
	assert_null(draft_service_fault(d, "httpd"));
	d->gateway = g_strdup("10.0.0.254");
	return d;
}

/* As node has it. Owns: the caller's. */
static struct conf *
parse(const struct draft *d, const char *node)
{
	g_autoptr(GPtrArray) faults = conf_faults_new();
	g_autofree char *hacf = draft_hacf(d);
	g_autofree char *haresources = draft_haresources(d);
	g_autofree char *authkeys = draft_authkeys(d, bytes);
	const struct conf_text text = {HACF, hacf, HARESOURCES, haresources, AUTHKEYS, authkeys,
	    0600, true, node};
	struct conf *c = conf_parse(&text, faults);

	fixture_expect_none(faults);
	assert_non_null(c);
	return c;
}

static void
accepted_on_both(void **state)
{
	static const char *const nodes[] = {"web1", "web2"};
	struct draft *d = simple();

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct conf *c = parse(d, nodes[i]);

		assert_int_equal(c->self, i);
		assert_int_equal(c->node_count, 2);
		assert_int_equal(c->media_count, 2);
		assert_string_equal(c->media[0].hosts[0], "10.0.0.1");
		assert_string_equal(c->media[1].hosts[0], "10.0.0.2");
		assert_int_equal(c->group_count, 1);
		assert_int_equal(c->groups[0].preferred, 0);
		assert_string_equal(c->groups[0].text, "IPaddr::10.0.0.100 httpd");
		assert_int_equal(c->client_count, 0);
		conf_free(c);
	}
	draft_free(d);
}

static void
more_paths(void **state)
{
	struct draft *d = simple();

	(void)state;
	assert_null(draft_path_fault(d, "fd00::2", NULL));
	assert_null(draft_serial_fault(d, "/dev/ttyS0"));
	struct conf *c = parse(d, "web2");
	assert_int_equal(c->media_count, 5);
	assert_true(c->media[3].ipv6);
	assert_string_equal(c->media[3].hosts[0], "fd00::2");
	assert_int_equal(c->media[4].kind, MEDIUM_SERIAL);
	assert_int_equal(c->media[4].baud, 19200);
	conf_free(c);
	draft_free(d);
}

/* A new key of 256 bits; its bytes are all in it, the zero too. */
static void
the_key(void **state)
{
	struct draft *d = simple();
	struct conf *c = parse(d, "web1");
	const struct auth_key *key = &c->keys.keys[1];

	(void)state;
	assert_int_equal(c->keys.signing, 1);
	assert_int_equal(key->method, AUTH_SHA256);
	assert_int_equal(key->secret_len, 2 * DRAFT_KEY_BYTES);
	assert_true(g_str_has_prefix(key->secret, "0001feff00"));
	conf_free(c);

	d->old_peer = true;
	c = parse(d, "web1");
	assert_int_equal(c->keys.keys[1].method, AUTH_SHA1);
	conf_free(c);
	draft_free(d);
}

/* Lines that are switched off must be right when they are switched on. */
static void
what_is_switched_off(void **state)
{
	struct draft *d = simple();
	g_autofree char *hacf = draft_hacf(d);
	g_auto(GStrv) lines = g_strsplit(hacf, "\n", -1);
	unsigned tried = 0;

	(void)state;
	for (char **line = lines; *line != NULL; line++) {
		g_autoptr(GPtrArray) faults = conf_faults_new();

		if ((*line)[0] != '#' || !g_ascii_isalpha((*line)[1]))
			continue;
		struct conf *c = fixture_hacf_line(*line + 1, faults);

		print_message("%s\n", *line + 1);
		fixture_expect_none(faults);
		conf_free(c);
		tried++;
	}
	assert_int_equal(tried, 4);
	assert_non_null(strstr(hacf, "\n#ping 10.0.0.254\n"));
	draft_free(d);
}

static void
lines_fit_a_terminal(void **state)
{
	struct draft *d = simple();
	g_autofree char *hacf = draft_hacf(d);
	g_autofree char *haresources = draft_haresources(d);
	g_autofree char *authkeys = draft_authkeys(d, bytes);
	g_autofree char *all = g_strconcat(hacf, haresources, authkeys, NULL);
	g_auto(GStrv) lines = g_strsplit(all, "\n", -1);

	(void)state;
	for (char **line = lines; *line != NULL; line++)
		if (strlen(*line) > 79)
			fail_msg("%zu columns: %s", strlen(*line), *line);
	draft_free(d);
}

/* The sample of two nodes is what setup writes, but for the key. */
static void
the_sample_is_one(void **state)
{
	static const char sample_key[] = "replace-this-by-a-secret-of-your-own";
	static const char *const names[] = {"ha.cf", "haresources", "authkeys"};
	struct draft *d = simple();
	g_autofree char *authkeys = draft_authkeys(d, bytes);
	char *texts[] = {draft_hacf(d), draft_haresources(d), NULL};

	(void)state;
	authkeys[strlen(authkeys) - 2 * DRAFT_KEY_BYTES - 1] = '\0';
	texts[2] = g_strconcat(authkeys, sample_key, "\n", NULL);
	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path =
		    g_build_filename(TOP_SRCDIR, "ha.d", "two-nodes", names[i], NULL);
		g_autofree char *sample = NULL;

		assert_true(g_file_get_contents(path, &sample, NULL, NULL));
		assert_string_equal(sample, texts[i]);
		g_free(texts[i]);
	}
	draft_free(d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(accepted_on_both),
	    cmocka_unit_test(more_paths),
	    cmocka_unit_test(the_key),
	    cmocka_unit_test(what_is_switched_off),
	    cmocka_unit_test(lines_fit_a_terminal),
	    cmocka_unit_test(the_sample_is_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
