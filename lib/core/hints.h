/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the master remembers of each group, from one configuration to the next.
 */
#ifndef HB_CORE_HINTS_H
#define HB_CORE_HINTS_H

#include "core/event.h"

/*
 * What runs here must be stopped as it was started: does the group have the same line in next, or
 * can nothing of it run here?
 */
bool hints_let_go(const struct conf *now, const enum group_hint *hints, unsigned group,
    const struct conf *next);

/* What is known of the groups of next. Owns: the caller's (g_free). */
enum group_hint *hints_carry(
    const struct conf *now, const enum group_hint *hints, const struct conf *next);

#endif
