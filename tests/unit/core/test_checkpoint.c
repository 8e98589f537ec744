/* SPDX-License-Identifier: GPL-2.0-or-later */
/* That a loaded core goes on like the saved one is claimed by every test: see fixture.c. */
#include "core/checkpoint.h"

#include "fixture.h"

/* A core with something in every corner: a hole, kept messages, clients, a group on its way. */
static struct fixture *
busy(void)
{
	struct fixture *f = fixture_new(
	    THREE_NODES "ping 10.0.0.254\n", "node1 IPaddr::10.0.0.9 httpd\nnode2 IPaddr::10.0.0.10\n",
	    3);
	struct peer p = peer_new("node2");
	static const char *const groups[] = {"staff", "haclient", NULL};
	struct event e = {.type = EVENT_CLIENT};

	fixture_start(f, HINT_UNKNOWN);
	peer_status(f, &p, NULL);
	p.seq += 4;
	peer_status(f, &p, NULL);
	e.u.client.client = 4;
	e.u.client.connected = true;
	e.u.client.user = "somebody";
	e.u.client.groups = groups;
	fixture_step(f, e);
	fixture_pass(f, 3000);
	return f;
}

static void
test_saved_loaded_saved(void **state)
{
	struct fixture *f = busy();
	g_autoptr(GByteArray) a = g_byte_array_new();
	g_autoptr(GByteArray) b = g_byte_array_new();

	(void)state;
	core_save(f->c, a);
	struct core *c = core_load(f->conf, a->data, a->len, (struct trace){NULL, NULL});

	assert_non_null(c);
	core_save(c, b);
	assert_int_equal(a->len, b->len);
	assert_memory_equal(a->data, b->data, a->len);
	assert_true(core_deadline(c).ns == core_deadline(f->c).ns);
	core_free(c);
	fixture_free(f);
}

/* Before its first event too. */
static void
test_a_new_core(void **state)
{
	struct fixture *f = fixture_new(TWO_NODES, ONE_GROUP, 1);
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	(void)state;
	core_save(f->c, bytes);
	struct core *c = core_load(f->conf, bytes->data, bytes->len, (struct trace){NULL, NULL});

	assert_non_null(c);
	assert_true(moment_is_never(core_deadline(c)));
	core_free(c);
	fixture_free(f);
}

static void
test_cut_off_or_too_long(void **state)
{
	struct fixture *f = busy();
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	const struct trace silent = {NULL, NULL};

	(void)state;
	core_save(f->c, bytes);
	for (size_t len = 0; len < bytes->len; len++) {
		g_autofree void *part = g_memdup2(bytes->data, len + (len == 0));

		assert_null(core_load(f->conf, part, len, silent));
	}
	g_byte_array_append(bytes, (const guint8 *)"", 1);
	assert_null(core_load(f->conf, bytes->data, bytes->len, silent));
	fixture_free(f);
}

/* What is loaded is sound, however the bytes were changed: it can be told the time. */
static void
test_changed(void **state)
{
	struct fixture *f = busy();
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	struct actions *out = actions_new();
	unsigned loaded = 0, refused = 0;

	(void)state;
	core_save(f->c, bytes);
	for (size_t i = 0; i < bytes->len; i++) {
		for (unsigned bit = 1; bit < 256; bit <<= 1) {
			bytes->data[i] ^= (guint8)bit;
			struct core *c = core_load(
			    f->conf, bytes->data, bytes->len, (struct trace){NULL, NULL});

			bytes->data[i] ^= (guint8)bit;
			refused += c == NULL;
			if (c == NULL)
				continue;
			struct event e = {.type = EVENT_TIMER, .now = {INT64_MAX / 4}};

			loaded++;
			if (c->started)
				core_step(c, &e, out);
			actions_clear(out);
			core_free(c);
		}
	}
	assert_true(loaded > 100);
	assert_true(refused > 1000);
	actions_free(out);
	fixture_free(f);
}

/* A core of other nodes and groups. */
static void
test_another_configuration(void **state)
{
	struct fixture *f = busy(), *g = fixture_new(TWO_NODES, ONE_GROUP, 3);
	g_autoptr(GByteArray) bytes = g_byte_array_new();

	(void)state;
	core_save(f->c, bytes);
	assert_null(core_load(g->conf, bytes->data, bytes->len, (struct trace){NULL, NULL}));
	fixture_free(g);
	fixture_free(f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_saved_loaded_saved),
	    cmocka_unit_test(test_a_new_core),
	    cmocka_unit_test(test_cut_off_or_too_long),
	    cmocka_unit_test(test_changed),
	    cmocka_unit_test(test_another_configuration),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
