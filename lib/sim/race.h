/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Faults drawn where they hurt: at the moment at which a deadline ends, in the middle of a start or
 * stop, on two nodes at once.
 */
#ifndef HB_SIM_RACE_H
#define HB_SIM_RACE_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/prng.h"

struct race_field {
	const char *const *nodes;
	unsigned node_count;
	unsigned group_count;
	int64_t keepalive_ms, deadtime_ms, initdead_ms;
	const bool *has_script;	/* by group: its second resource is a script, svc1 and so on */
};

/* Append the statements of one race, without a pause behind it. */
void race_draw(struct prng *prng, const struct race_field *field, GPtrArray *faults);

#endif
