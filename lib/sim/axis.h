/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Time on a line of a picture: all of it to one scale, but for long times in which nothing
 * happens, which are cut down to a little piece each.
 */
#ifndef HB_SIM_AXIS_H
#define HB_SIM_AXIS_H

#include <glib.h>
#include <stdbool.h>

#include "base/monotime.h"

struct axis_part {
	struct moment from, to;
	double x_from, x_to;
	bool cut; /* not to scale */
};

struct axis {
	GArray *parts; /* struct axis_part, in order, without gaps */
	double scale;  /* of the parts that are not cut; unit: 1/s */
};

/*
 * moments: struct moment, at least one, in any order; all of them are shown where something
 * may begin or end. What lies between two for longer than `most` is cut.
 * Owns: the caller's (axis_clear).
 */
void axis_init(
    struct axis *a, const GArray *moments, struct span most, double x_from, double x_to);
void axis_clear(struct axis *a);

double axis_x(const struct axis *a, struct moment at);

/* The distance between ticks, so that they are at least so far from each other. */
struct span axis_step(const struct axis *a, double apart);

#endif
