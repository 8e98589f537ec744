/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pair.h"

static void
assert_clients(const struct world *w, const char *expected)
{
	g_autofree char *clients = world_clients(w);

	assert_string_equal(clients, expected);
}

static void
test_who_starts_is_reached(void **state)
{
	struct world *w = both_up();

	(void)state;
	assert_clients(w, "IPaddr::10.0.0.9: alpha alpha | IPaddr::10.0.0.10: beta beta");
	assert_true(world_client_finds(w, BETA, ALPHA, 0));
	assert_false(world_client_finds(w, ALPHA, BETA, 0));
	world_power_off(w, ALPHA);
	world_run(w, span_from_ms(3000));
	assert_clients(w, "IPaddr::10.0.0.9: alpha(in vain) alpha(in vain) | IPaddr::10.0.0.10: beta beta");
	world_run(w, span_from_ms(7000));
	assert_clients(w, "IPaddr::10.0.0.9: beta beta | IPaddr::10.0.0.10: beta beta");
	world_free(w);
}

/* They hear who they can, and remember it for a minute. */
static void
test_parts(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_cut(w, ALPHA, BETA, "eth0", true);
	world_cut(w, BETA, ALPHA, "eth0", true);
	g_free(world_request(w, ALPHA, "standby", "set", "local"));
	world_run(w, span_from_ms(3000));
	assert_holders(w, "alpha: nothing | " BETA_ALL);
	assert_clients(w, "IPaddr::10.0.0.9: alpha(in vain) beta | IPaddr::10.0.0.10: beta beta");
	world_run(w, span_from_ms(58000));
	/* It asks, and nobody answers. */
	assert_clients(w, "IPaddr::10.0.0.9: nobody beta | IPaddr::10.0.0.10: nobody beta");
	world_cut(w, ALPHA, BETA, "eth0", false);
	world_cut(w, BETA, ALPHA, "eth0", false);
	assert_clients(w, "IPaddr::10.0.0.9: beta beta | IPaddr::10.0.0.10: beta beta");
	world_free(w);
}

/* Five in two seconds, but not once it is being stopped. */
static void
test_series(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_cut(w, BETA, ALPHA, "eth0", true);
	g_free(world_request(w, ALPHA, "standby", "set", "local"));
	world_run(w, span_from_ms(1900));
	assert_clients(w, "IPaddr::10.0.0.9: alpha(in vain) beta | IPaddr::10.0.0.10: beta beta");
	world_cut(w, BETA, ALPHA, "eth0", false);
	world_run(w, span_from_ms(200));
	assert_clients(w, "IPaddr::10.0.0.9: beta beta | IPaddr::10.0.0.10: beta beta");
	world_run(w, span_from_ms(5000));

	/* Alpha takes both, and gives them up within the second. */
	g_free(world_request(w, ALPHA, "takeover", "set", "all"));
	world_run(w, span_from_ms(100));
	assert_clients(w, "IPaddr::10.0.0.9: alpha alpha | IPaddr::10.0.0.10: alpha alpha");
	g_free(world_request(w, ALPHA, "standby", "set", "all"));
	world_run(w, span_from_ms(3000));
	assert_clients(w, "IPaddr::10.0.0.9: beta beta | IPaddr::10.0.0.10: beta beta");

	/* Beside beta nobody heard it when it started, and a stop that takes long has begun. */
	world_behave(w, ALPHA, "IPaddr::10.0.0.9", OP_STOP, (struct behaviour){.takes = span_from_ms(5000)});
	world_cut(w, ALPHA, BETA, "eth0", true);
	g_free(world_request(w, ALPHA, "takeover", "set", "local"));
	world_run(w, span_from_ms(100));
	assert_clients(w, "IPaddr::10.0.0.9: alpha beta(in vain) | IPaddr::10.0.0.10: beta beta");
	g_free(world_request(w, ALPHA, "standby", "set", "all"));
	world_run(w, span_from_ms(100));
	world_cut(w, ALPHA, BETA, "eth0", false);
	world_run(w, span_from_ms(3000));
	assert_clients(w, "IPaddr::10.0.0.9: alpha beta(in vain) | IPaddr::10.0.0.10: beta beta");
	world_free(w);
}

static void
test_another_card(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_interface(w, ALPHA, "eth0", INTERFACE_UNPLUGGED);
	assert_clients(w, "IPaddr::10.0.0.9: alpha alpha | IPaddr::10.0.0.10: beta beta");
	world_interface(w, ALPHA, "eth0", INTERFACE_PLUGGED);
	assert_clients(w, "IPaddr::10.0.0.9: nobody nobody | IPaddr::10.0.0.10: beta beta");
	world_run(w, span_from_ms(61000));
	assert_clients(w, "IPaddr::10.0.0.9: alpha alpha | IPaddr::10.0.0.10: beta beta");
	world_free(w);
}

/* A machine that is frozen, or gave the address up by itself, answers nobody. */
static void
test_who_answers(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_run(w, span_from_ms(61000));
	world_pause(w, ALPHA, span_from_ms(2000));
	assert_clients(w, "IPaddr::10.0.0.9: nobody nobody | IPaddr::10.0.0.10: beta beta");
	world_run(w, span_from_ms(3000));
	assert_clients(w, "IPaddr::10.0.0.9: alpha alpha | IPaddr::10.0.0.10: beta beta");
	world_set_running(w, ALPHA, "IPaddr::10.0.0.9", false);
	assert_clients(w, "IPaddr::10.0.0.9: nobody nobody | IPaddr::10.0.0.10: beta beta");
	world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_who_starts_is_reached),
	    TEST(test_parts),
	    TEST(test_series),
	    TEST(test_another_card),
	    TEST(test_who_answers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
