/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "keep/handoff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* Latin-1, line ends and characters that mean something to the form it is written in. */
#define HACF "# Schl\xfcssel\nnode alpha beta\r\n\tdeadtime=5 \\ [x]\n"
#define KEY "auth 1\n1 sha1 s\xe9" "cret;with=signs\n"

static struct handoff *
sample(void)
{
	struct handoff *h = handoff_new();
	const enum group_hint hints[] = {HINT_RUNNING, HINT_STOPPED, HINT_AWAY};
	const struct handoff_client client = {
	    "hacluster", "/usr/lib/heartbeat/ipfail -d; x=[1]\\", 12, 4711, 20, -1};

	h->version = g_strdup("4.0.0");
	h->hacf = g_strdup(HACF);
	h->haresources = g_strdup("");
	h->authkeys = g_strdup(KEY);
	h->authkeys_mode = 0600;
	h->authkeys_owner_ok = true;
	h->node_name = g_strdup("alpha");
	h->generation = UINT64_C(0xfedcba9876543210);
	h->talk = TALK_MEMORY_COUNT - 1;
	g_array_append_vals(h->hints, hints, G_N_ELEMENTS(hints));
	h->renewed_at.ns = INT64_C(1234567890123456789);
	h->deaths[1].ns = 5;
	h->deaths[2].ns = INT64_MAX;
	h->pidfile = 7;
	h->fifo_keeper = 8;
	h->fifo_reading = 9;
	h->record = 10;
	h->record_kb = 16384;
	h->fallback = 11;
	h->foreground = true;
	h->debug_more = 2;
	handoff_add_socket(h, "ucast eth0 10.0.0.1 0 694 0 0 0 1", 1, 0, 12);
	handoff_add_socket(h, "ping_group x y", 2, 1, 13);
	handoff_add_client(h, &client);
	return h;
}

static struct handoff *
again(const struct handoff *h)
{
	GString *text = handoff_write(h);
	g_autofree char *why = NULL;
	struct handoff *read = handoff_read(text->str, text->len, &why);

	assert_null(why);
	assert_non_null(read);
	handoff_text_free(text);
	return read;
}

/* Why it is refused. Owns: the caller's. */
static char *
refused(const char *text)
{
	char *why = NULL;

	assert_null(handoff_read(text, strlen(text), &why));
	assert_non_null(why);
	return why;
}

static void
everything_comes_back(void **state)
{
	struct handoff *h = sample(), *r = again(h);
	const struct handoff_socket *s = g_ptr_array_index(r->sockets, 1);
	const struct handoff_client *c = g_ptr_array_index(r->clients, 0);

	(void)state;
	assert_string_equal(r->version, "4.0.0");
	assert_string_equal(r->hacf, HACF);
	assert_string_equal(r->haresources, "");
	assert_string_equal(r->authkeys, KEY);
	assert_int_equal(r->authkeys_mode, 0600);
	assert_true(r->authkeys_owner_ok);
	assert_string_equal(r->node_name, "alpha");
	assert_true(r->generation == h->generation);
	assert_int_equal(r->talk, h->talk);
	assert_int_equal(r->hints->len, 3);
	assert_memory_equal(r->hints->data, h->hints->data, 3 * sizeof(enum group_hint));
	assert_true(r->renewed_at.ns == h->renewed_at.ns);
	assert_memory_equal(r->deaths, h->deaths, sizeof(h->deaths));
	assert_int_equal(r->pidfile, 7);
	assert_int_equal(r->fifo_keeper, 8);
	assert_int_equal(r->fifo_reading, 9);
	assert_int_equal(r->record, 10);
	assert_int_equal(r->record_kb, 16384);
	assert_int_equal(r->fallback, 11);
	assert_true(r->foreground);
	assert_false(r->to_stderr);
	assert_int_equal(r->debug_more, 2);
	assert_int_equal(r->sockets->len, 2);
	assert_string_equal(s->medium, "ping_group x y");
	assert_int_equal(s->role, 2);
	assert_int_equal(s->host, 1);
	assert_int_equal(s->fd, 13);
	assert_int_equal(r->clients->len, 1);
	assert_string_equal(c->user, "hacluster");
	assert_string_equal(c->command, "/usr/lib/heartbeat/ipfail -d; x=[1]\\");
	assert_int_equal(c->line, 12);
	assert_int_equal(c->pid, 4711);
	assert_int_equal(c->out, 20);
	assert_int_equal(c->err, -1);
	handoff_free(r);
	handoff_free(h);
}

static void
few_things_are_enough(void **state)
{
	struct handoff *h = handoff_new(), *r;

	(void)state;
	h->hacf = g_strdup("");
	h->haresources = g_strdup("");
	h->authkeys = g_strdup("");
	h->node_name = g_strdup("alpha");
	h->generation = 1;
	h->pidfile = 3;
	r = again(h);
	assert_int_equal(r->hints->len, 0);
	assert_int_equal(r->sockets->len, 0);
	assert_int_equal(r->fallback, -1);
	assert_int_equal(r->record, -1);
	handoff_free(r);
	handoff_free(h);
}

/* One of another version: what is unknown is passed over, what is out of range is doubted. */
static void
another_version(void **state)
{
	struct handoff *h = sample(), *r;
	GString *text = handoff_write(h);
	g_autofree char *why = NULL;

	(void)state;
	g_string_replace(text, "hints=2;1;4;", "hints=2;99;-1;\nnews=1", 1);
	g_string_replace(text, "talk=127", "talk=128", 1);
	g_string_append(text, "[socket x]\nrole=1\n[client y]\npid=1\n[lease 0]\nunknown=7\n");
	r = handoff_read(text->str, text->len, &why);
	assert_non_null(r);
	assert_int_equal(r->hints->len, 3);
	assert_int_equal(g_array_index(r->hints, enum group_hint, 0), HINT_RUNNING);
	assert_int_equal(g_array_index(r->hints, enum group_hint, 1), HINT_PARTLY);
	assert_int_equal(g_array_index(r->hints, enum group_hint, 2), HINT_PARTLY);
	assert_int_equal(r->talk, 0);
	assert_int_equal(r->sockets->len, 2);
	assert_int_equal(r->clients->len, 1);
	handoff_free(r);
	handoff_text_free(text);
	handoff_free(h);
}

static void
what_cannot_be_replaced(void **state)
{
	static const struct {
		const char *key, *says;
	} cases[] = {
	    {"\nhacf=", "lacks the configuration"},
	    {"\nharesources=", "lacks the configuration"},
	    {"\nauthkeys=", "lacks the configuration"},
	    {"\nnode=", "lacks the name of this node"},
	    {"\ngeneration=", "lacks the generation"},
	    {"\npidfile=", "lacks the lock of the pid file"},
	};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct handoff *h = sample();
		GString *text = handoff_write(h);
		g_autofree char *why = NULL;

		assert_int_equal(g_string_replace(text, cases[i].key, "\ngone=", 1), 1);
		why = refused(text->str);
		assert_non_null(strstr(why, cases[i].says));
		handoff_text_free(text);
		handoff_free(h);
	}
}

static void
what_is_no_handoff(void **state)
{
	g_autofree char *long_text = g_strnfill(HANDOFF_MAX + 1, '#');
	const char *const texts[] = {"", "hello", "[heartbeat", "[other]\nx=1\n", long_text};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autofree char *why = refused(texts[i]);

		assert_true(why[0] != '\0');
	}
}

static void
all_descriptors_stay_open(void **state)
{
	struct handoff *h = sample();
	GArray *all = handoff_descriptors(h);
	const int expected[] = {7, 8, 9, 10, 11, 12, 13, 20};

	(void)state;
	assert_int_equal(all->len, G_N_ELEMENTS(expected));
	assert_memory_equal(all->data, expected, sizeof(expected));
	g_array_unref(all);
	handoff_free(h);
}

static void
doubt_asks_for_everything(void **state)
{
	struct handoff *h = sample();

	(void)state;
	handoff_doubt(h);
	for (guint i = 0; i < h->hints->len; i++)
		assert_int_equal(g_array_index(h->hints, enum group_hint, i), HINT_PARTLY);
	assert_int_equal(h->talk, 0);
	handoff_free(h);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(everything_comes_back),
	    cmocka_unit_test(few_things_are_enough),
	    cmocka_unit_test(another_version),
	    cmocka_unit_test(what_cannot_be_replaced),
	    cmocka_unit_test(what_is_no_handoff),
	    cmocka_unit_test(all_descriptors_stay_open),
	    cmocka_unit_test(doubt_asks_for_everything),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
