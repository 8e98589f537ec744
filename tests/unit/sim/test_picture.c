/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pair.h"

#define ALPHA_REACHED "IPaddr::10.0.0.9: alpha alpha | IPaddr::10.0.0.10: beta beta"

static void
assert_clients(const struct world *w, const char *expected)
{
	g_autofree char *clients = world_clients(w);

	assert_string_equal(clients, expected);
}

/* What somebody removed comes back, with whoever removes it, and with an interface. */
static void
test_put_back(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_set_running(w, ALPHA, "IPaddr::10.0.0.9", false);
	assert_holders(w, "alpha: httpd | beta: IPaddr::10.0.0.10");
	world_run(w, span_from_ms(50));
	assert_holders(w, SHARED);
	world_flush(w, ALPHA);
	world_run(w, span_from_ms(2000));
	assert_holders(w, SHARED);
	world_interface(w, ALPHA, "eth0", INTERFACE_FLUSHED_DOWN);
	world_run(w, span_from_ms(500));
	assert_holders(w, "alpha: httpd | beta: IPaddr::10.0.0.10");
	world_interface(w, ALPHA, "eth0", INTERFACE_UP);
	assert_clients(w, "IPaddr::10.0.0.9: nobody nobody | IPaddr::10.0.0.10: beta beta");
	world_run(w, span_from_ms(2000));
	assert_holders(w, SHARED);
	assert_clients(w, ALPHA_REACHED);
	world_free(w);
}

/* It never went, but its neighbours may not know. */
static void
test_shaken(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_interface(w, ALPHA, NULL, INTERFACE_UNPLUGGED);
	world_run(w, span_from_ms(1000));
	world_interface(w, ALPHA, NULL, INTERFACE_PLUGGED);
	assert_clients(w, "IPaddr::10.0.0.9: nobody nobody | IPaddr::10.0.0.10: beta beta");
	world_run(w, span_from_ms(50));
	assert_clients(w, ALPHA_REACHED);
	world_free(w);
}

/* A new engine is told what its predecessor was not told any more. */
static void
test_a_new_engine_is_told(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_set_running(w, ALPHA, "IPaddr::10.0.0.9", false);
	world_kill_engine(w, ALPHA);
	world_run(w, span_from_ms(50));
	assert_holders(w, SHARED);
	world_free(w);
}

/* A frozen master sees it when it runs again. */
static void
test_frozen(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_pause(w, ALPHA, span_from_ms(2000));
	world_flush(w, ALPHA);
	world_run(w, span_from_ms(1900));
	assert_holders(w, "alpha: httpd | beta: IPaddr::10.0.0.10");
	world_run(w, span_from_ms(200));
	assert_holders(w, SHARED);
	world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_put_back),
	    TEST(test_shaken),
	    TEST(test_a_new_engine_is_told),
	    TEST(test_frozen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
