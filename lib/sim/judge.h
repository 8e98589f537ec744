/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs a drawn scenario and says what it violated:
 *   - calm: nothing is started after the cluster stood;
 *   - calm and honest: no resource ever starts while it runs elsewhere; harsh: not after the faults
 *     ceased, plus the time to notice that;
 *   - in the end every group runs whole on exactly one node, every node is settled, and it stays so;
 *   - equal seeds give equal traces (asked for now and then, as it costs a second run).
 */
#ifndef HB_SIM_JUDGE_H
#define HB_SIM_JUDGE_H

#include "core/facts.h"
#include "sim/draw.h"

/* How often each change of a group's state was seen. */
struct coverage {
	uint64_t seen[CLAIM_STATE_COUNT][CLAIM_STATE_COUNT];
};

struct verdict {
	char *violation;	/* NULL: none */
	uint64_t fingerprint;	/* of the trace */
	int64_t simulated_ms;
	uint64_t steps;
};

/*
 * Run it.
 *
 * left_out: faults not to happen, by index; NULL: all happen. coverage: added to; may be NULL.
 * trace: every line is appended; may be NULL.
 * Owns: out->violation is the caller's.
 */
void judge_run(const struct draw *d, uint64_t seed, const bool *left_out,
    struct coverage *coverage, GString *trace, struct verdict *out);

/* Leave out as many faults as possible while it still fails; left_out has an entry a fault. */
void judge_shrink(const struct draw *d, uint64_t seed, bool *left_out);

/* Changes of state that a group can make, and how many of them were seen. */
void coverage_count(const struct coverage *c, unsigned *seen, unsigned *possible);

#endif
