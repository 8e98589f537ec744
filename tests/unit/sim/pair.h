/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two hosts with two groups, for the tests of the simulated world. */
#ifndef TEST_SIM_PAIR_H
#define TEST_SIM_PAIR_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "sim/world.h"

#define HACF \
	"logfacility none\nkeepalive 1\ndeadtime 5\ninitdead 10\nauto_failback on\n" \
	"ucast eth0 10.0.0.1\nucast eth1 10.1.0.1\nping 10.0.0.254\n"
#define GROUPS "alpha IPaddr::10.0.0.9 httpd\nbeta IPaddr::10.0.0.10\n"

enum { ALPHA, BETA };

/* The trace since the last world was made. */
static GString *said;

static inline void
hear(void *arg, const char *line)
{
	(void)arg;
	g_string_append_printf(said, "%s\n", line);
}

static inline struct world *
make(const char *hacf, const char *haresources, uint64_t seed)
{
	char *nodes[] = {"alpha", "beta", NULL};

	g_string_truncate(said, 0);
	return world_new(nodes, hacf, haresources, seed, TRACE_INFO, hear, NULL);
}

static inline struct world *
both_up(void)
{
	struct world *w = make(HACF, GROUPS, 1);

	assert_non_null(w);
	world_boot(w, ALPHA);
	world_boot(w, BETA);
	world_run(w, span_from_ms(5000));
	return w;
}

static inline void
assert_holders(const struct world *w, const char *expected)
{
	g_autofree char *holders = world_holders(w);

	assert_string_equal(holders, expected);
}

#define SHARED "alpha: IPaddr::10.0.0.9 httpd | beta: IPaddr::10.0.0.10"
#define BETA_ALL "beta: IPaddr::10.0.0.9 httpd IPaddr::10.0.0.10"

static inline int
setup(void **state)
{
	(void)state;
	said = g_string_new(NULL);
	return 0;
}

static inline int
teardown(void **state)
{
	(void)state;
	g_string_free(said, TRUE);
	return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
