/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pair.h"

#define HACF_SERIAL "logfacility none\nkeepalive 1\ndeadtime 5\ninitdead 10\nserial /dev/ttyS0\n"
#define MIXED_GROUP "alpha IPaddr::10.0.0.9 IPv6addr::fd00::9 httpd\n"

static void
test_down_and_up(void **state)
{
	struct world *w = both_up();

	(void)state;
	assert_true(world_is_whole(w));
	world_interface(w, ALPHA, "eth0", INTERFACE_FLUSHED_DOWN);
	assert_false(world_is_whole(w));
	assert_false(world_can_have_addresses(w, ALPHA));
	assert_true(world_can_have_addresses(w, BETA));
	assert_holders(w, "alpha: httpd | beta: IPaddr::10.0.0.10");
	world_run(w, span_from_ms(2000));
	assert_non_null(strstr(said->str, "write failure on ucast eth0.: Network is down"));
	world_interface(w, ALPHA, "eth0", INTERFACE_UP);
	assert_true(world_is_whole(w));
	assert_true(world_can_have_addresses(w, ALPHA));
	world_free(w);
}

/* The other link carries the beats, and no addresses. */
static void
test_the_other_link(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_interface(w, ALPHA, "eth1", INTERFACE_FLUSHED_DOWN);
	assert_true(world_can_have_addresses(w, ALPHA));
	world_run(w, span_from_ms(10000));
	assert_non_null(strstr(said->str, "beta: Link alpha:eth1 dead."));
	assert_null(strstr(said->str, "is dead"));
	assert_holders(w, SHARED);
	world_interface(w, ALPHA, NULL, INTERFACE_FLUSHED_DOWN);
	world_run(w, span_from_ms(10000));
	assert_non_null(strstr(said->str, "beta: node alpha: is dead"));
	world_free(w);
}

/* Addresses of IPv6 go with the link. */
static void
test_link_down(void **state)
{
	struct world *w = make(HACF, MIXED_GROUP, 1);

	(void)state;
	world_boot(w, ALPHA);
	world_boot(w, BETA);
	world_run(w, span_from_ms(5000));
	world_interface(w, ALPHA, "eth0", INTERFACE_DOWN);
	assert_holders(w, "alpha: IPaddr::10.0.0.9 httpd | beta: nothing");
	assert_false(world_can_have_addresses(w, ALPHA));
	world_run(w, span_from_ms(2000));
	assert_non_null(strstr(said->str, "write failure on ucast eth0.: Network is down"));
	world_free(w);
}

static void
test_unplugged(void **state)
{
	struct world *w = make(HACF, MIXED_GROUP, 1);

	(void)state;
	world_boot(w, ALPHA);
	world_boot(w, BETA);
	world_run(w, span_from_ms(5000));
	assert_holders(w, "alpha: IPaddr::10.0.0.9 IPv6addr::fd00::9 httpd | beta: nothing");
	world_interface(w, ALPHA, "eth0", INTERFACE_UNPLUGGED);
	assert_holders(w, "alpha: IPaddr::10.0.0.9 IPv6addr::fd00::9 httpd | beta: nothing");
	assert_true(world_can_have_addresses(w, ALPHA));
	world_run(w, span_from_ms(10000));
	/* What is sent is lost, and what is sent to it. */
	assert_non_null(strstr(said->str, "beta: Link alpha:eth0 dead."));
	assert_non_null(strstr(said->str, "alpha: Link beta:eth0 dead."));
	assert_null(strstr(said->str, "Network is down"));
	world_interface(w, ALPHA, "eth0", INTERFACE_PLUGGED);
	world_run(w, span_from_ms(2000));
	assert_non_null(strstr(said->str, "beta: Link alpha:eth0 up."));
	world_free(w);
}

static void
test_sends_fail(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_interface(w, ALPHA, "eth0", INTERFACE_REFUSES);
	world_run(w, span_from_ms(2000));
	assert_non_null(strstr(said->str, "write failure on ucast eth0.: Operation not permitted"));
	assert_true(world_can_have_addresses(w, ALPHA));
	world_run(w, span_from_ms(8000));
	assert_non_null(strstr(said->str, "beta: Link alpha:eth0 dead."));
	assert_null(strstr(said->str, "alpha: Link beta:eth0 dead."));
	world_interface(w, ALPHA, "eth0", INTERFACE_SENDS);
	world_run(w, span_from_ms(2000));
	assert_non_null(strstr(said->str, "beta: Link alpha:eth0 up."));
	world_free(w);
}

static void
test_flush(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_flush(w, ALPHA);
	assert_holders(w, "alpha: httpd | beta: IPaddr::10.0.0.10");
	assert_true(world_is_whole(w));
	world_free(w);
}

/* An address cannot be put on it, so another node must take the group; a power cut mends it. */
static void
test_no_start_without_it(void **state)
{
	struct world *w = both_up();

	(void)state;
	world_interface(w, BETA, "eth0", INTERFACE_FLUSHED_DOWN);
	world_power_off(w, ALPHA);
	world_run(w, span_from_ms(8000));
	assert_non_null(strstr(said->str, "-> failed (IPaddr::10.0.0.9: eth0 is down)"));
	assert_holders(w, "alpha: off | beta: nothing");
	world_power_off(w, BETA);
	world_interface(w, BETA, "eth0", INTERFACE_FLUSHED_DOWN); /* there is nothing to be switched */
	world_boot(w, BETA);
	assert_true(world_can_have_addresses(w, BETA));
	world_run(w, span_from_ms(15000));
	assert_holders(w, "alpha: off | " BETA_ALL);
	world_free(w);
}

/* Addresses are on an interface that no medium uses. */
static void
test_serial_only(void **state)
{
	struct world *w = make(HACF_SERIAL, GROUPS, 1);

	(void)state;
	world_boot(w, ALPHA);
	world_boot(w, BETA);
	world_run(w, span_from_ms(15000));
	assert_holders(w, SHARED);
	world_interface(w, ALPHA, NULL, INTERFACE_FLUSHED_DOWN);
	assert_holders(w, "alpha: httpd | beta: IPaddr::10.0.0.10");
	world_run(w, span_from_ms(10000));
	assert_null(strstr(said->str, "is dead"));
	world_free(w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(test_down_and_up),
	    TEST(test_the_other_link),
	    TEST(test_link_down),
	    TEST(test_unplugged),
	    TEST(test_sends_fail),
	    TEST(test_flush),
	    TEST(test_no_start_without_it),
	    TEST(test_serial_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
