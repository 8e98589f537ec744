/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A picture (SVG) of what happened: nodes as lanes, groups as bars, faults as numbered
 * marks, below them what a client saw. Quiet times are cut short, and say so.
 */
#ifndef HB_SIM_TIMELINE_H
#define HB_SIM_TIMELINE_H

#include "sim/play.h"

/* Append the picture: UTF-8, complete in itself, without scripts. p->outage is there. */
void timeline_svg(GString *out, const struct cluster *c, const struct plan_row *row,
    const struct play *p);

#endif
