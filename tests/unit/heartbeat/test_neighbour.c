/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "neighbour.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <linux/neighbour.h>

static struct netlink_neighbour
entry(unsigned index, unsigned state, unsigned char hw)
{
	struct netlink_neighbour e = {.index = index, .state = state};

	if (hw != 0) {
		e.hw_len = 6;
		memset(e.hw, hw, 6);
	}
	return e;
}

/* One after the other: what the kernel has, what is done about it. */
static void
test_a_life(void **state)
{
	static const struct {
		unsigned index, state;
		unsigned char hw;
		bool given_back;
		unsigned again_ms;
		unsigned char known;
	} steps[] = {
	    /* Nothing is known yet: the kernel may ask as long as it likes. */
	    {2, 0, 0, false, NEIGHBOUR_MS, 0},
	    {2, NUD_INCOMPLETE, 0, false, NEIGHBOUR_MS, 0},
	    {2, NUD_REACHABLE, 1, false, NEIGHBOUR_MS, 1},
	    {2, NUD_DELAY, 1, false, NEIGHBOUR_MS, 1},
	    {2, NUD_PROBE, 1, false, NEIGHBOUR_DOUBT_MS, 1},
	    /* Only when it has asked. */
	    {2, NUD_FAILED, 1, false, NEIGHBOUR_DOUBT_MS, 1},
	    {2, NUD_INCOMPLETE, 0, true, NEIGHBOUR_DOUBT_MS, 1},
	    {2, NUD_STALE, 1, false, NEIGHBOUR_MS, 1},
	    /* The link was down. */
	    {2, 0, 0, false, NEIGHBOUR_DOUBT_MS, 1},
	    /* Another card. */
	    {2, NUD_INCOMPLETE, 0, true, NEIGHBOUR_DOUBT_MS, 1},
	    {2, NUD_REACHABLE, 7, false, NEIGHBOUR_MS, 7},
	    {2, NUD_INCOMPLETE, 0, true, NEIGHBOUR_DOUBT_MS, 7},
	    /* Another interface of that name, on another network perhaps. */
	    {3, NUD_INCOMPLETE, 0, false, NEIGHBOUR_MS, 7},
	    /* Somebody set it by hand. */
	    {2, NUD_PERMANENT, 9, false, NEIGHBOUR_MS, 7},
	};
	struct netlink_neighbour known = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		const struct netlink_neighbour now =
		    entry(steps[i].index, steps[i].state, steps[i].hw);
		unsigned again_ms;

		if (neighbour_judge(&now, &known, &again_ms) != steps[i].given_back ||
		    again_ms != steps[i].again_ms || known.hw[0] != steps[i].known)
			fail_msg("step %zu: again in %u ms, known %u", i, again_ms, known.hw[0]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_a_life)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
