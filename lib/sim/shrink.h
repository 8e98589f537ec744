/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From a schedule that fails to a short one.
 */
#ifndef HB_SIM_SHRINK_H
#define HB_SIM_SHRINK_H

#include "sim/draw.h"
#include "sim/verdict.h"

/*
 * Take as much from a scenario that violates a rule as possible, so that it still violates that
 * rule: faults, a node, groups, and time.
 */
void shrink_draw(struct draw *d, uint64_t seed, enum rule rule);

#endif
