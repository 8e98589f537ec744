/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs a drawn scenario and says what it violated: the rules of sim/rules.h while it runs, and
 *   - calm: nothing is started after the cluster stood;
 *   - in the end every group runs whole on exactly one node, every node is settled, and it stays so.
 */
#ifndef HB_SIM_JUDGE_H
#define HB_SIM_JUDGE_H

#include "sim/coverage.h"
#include "sim/draw.h"
#include "sim/verdict.h"

/*
 * Run it.
 *
 * coverage: added to; may be NULL. trace: every line is appended; may be NULL.
 * Owns: *out is to be cleared by the caller.
 */
void judge_run(const struct draw *d, uint64_t seed, struct coverage *coverage, GString *trace,
    struct verdict *out);

#endif
