/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the cores of a simulated world are told is told once more, in two ways, and must lead to the
 * same: to a core that is saved and loaded every so many steps (twin.h), and from the flight record
 * (core/replay.h), however often that was overwritten.
 */
#ifndef HB_SIM_RETELL_H
#define HB_SIM_RETELL_H

#include "sim/world.h"

struct retell {
	GString *wrong;	/* a line or more each time that something differed */
	uint64_t records, rolled;	/* replayed; of these, not from the first event on */
	uint64_t events;	/* replayed */
};

void retell_init(struct retell *r);
void retell_clear(struct retell *r);

/* For world_record(). record_size, twin_every: see there. r is borrowed. */
struct world_recording retell_recording(
    struct retell *r, size_t record_size, unsigned twin_every);

#endif
