/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A cluster of one Heartbeat 3.0.6 and one of ours with a schedule of honest faults, drawn from a
 * seed, and its judge:
 *   - no resource ever starts while it runs on the other node;
 *   - when the faults are over every group soon runs whole on exactly one node, both nodes are
 *     settled, and nothing moves any more.
 *
 * What the 3.0.6 gets wrong by itself is not drawn, so that each violation is worth a look:
 *   - its scripts only take their time. A failed start of an own group strands it for good (config.md
 *     5.4), a hanging one blocks the node for ever, and after 60 minutes of leaving it ends with
 *     its resources running;
 *   - its daemon is not killed under its resources: nobody would start another, and we must take
 *     what a silent node had (without fencing that is the stated price, also among ours);
 *   - nobody is cut off, or sleeps, for deadtime: both would take all, and it restarts itself
 *     when the partition heals (resources.md 11.7);
 *   - the beat is 2 s at most: it waits 10 s for an answer and reacts within a beat, so with slow
 *     beats its conversations time out by themselves.
 *   - in auto_failback legacy it asks once for each of its groups, and waits for ever (resources.md
 *     8): whom it asked does not die and return before it has noticed.
 * Its giver that dies after it said what remains (resources.md 5) is drawn: in a simulation its
 * scripts die with it. And a 3.0.6 whose conversation ends in nothing, because its partner started
 * anew or because it heard a farewell before it was active itself, waits for an hour before it
 * would leave or move anything (resources.md 5): that hour it is given.
 */
#ifndef HB_SIM_MIXED_H
#define HB_SIM_MIXED_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

/* Statements of sim/scenario.h. */
struct mixed {
	GPtrArray *setup;
	GPtrArray *faults;	/* any of them may be left out */
	GPtrArray *healing;
};

void mixed_draw(uint64_t seed, struct mixed *out);
void mixed_clear(struct mixed *m);

/*
 * Run it.
 *
 * left_out: faults not to happen, by index; NULL: all happen. trace: every line is appended; may
 * be NULL. simulated_ms: added to; may be NULL.
 * Gives: what was violated, or NULL (the caller's).
 */
char *mixed_run(const struct mixed *m, uint64_t seed, const bool *left_out, GString *trace,
    int64_t *simulated_ms);

/* Leave out as many faults as possible while it still fails; left_out has an entry a fault. */
void mixed_shrink(const struct mixed *m, uint64_t seed, bool *left_out);

#endif
