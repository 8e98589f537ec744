/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One node of ours, node1, with one group, and node2, of which nothing was heard yet. */
#ifndef HB_TEST_CORE_ONE_PEER_H
#define HB_TEST_CORE_ONE_PEER_H

#include "fixture.h"

static struct fixture *f;
static struct peer p;

static int
setup(void **state)
{
	(void)state;
	f = fixture_started(TWO_NODES, ONE_GROUP);
	p = peer_new("node2");
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	fixture_free(f);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
