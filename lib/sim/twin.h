/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Does a core that was saved and loaded go on as the one that was not? Beside a core runs its twin,
 * loaded from what the core remembers, and is told the same; both must do and say the same, and
 * remember the same behind it. A field that core_save() forgets shows as soon as it matters.
 */
#ifndef HB_SIM_TWIN_H
#define HB_SIM_TWIN_H

#include "core/record.h"

struct twin;

/*
 * every: after so many steps its twin is made anew. conf is borrowed, of the core.
 * Owns: freed before the conf.
 */
struct twin *twin_new(const struct conf *conf, unsigned every);
void twin_free(struct twin *t);

/* Where the core must say things; they are passed on to sink. */
struct trace twin_trace(struct twin *t, struct trace sink);

/*
 * record_step() of the core, and the same of its twin. t and w may be NULL.
 *
 * Returns: NULL, or in what they differ. Owns: the caller's (g_free).
 */
char *twin_step(struct twin *t, struct record_writer *w, struct core *c,
    const struct event *e, struct actions *out);

#endif
