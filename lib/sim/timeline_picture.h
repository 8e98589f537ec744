/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of a timeline share: timeline.c (frame, marks, axis) and timeline_lanes.c.
 */
#ifndef HB_SIM_TIMELINE_PICTURE_H
#define HB_SIM_TIMELINE_PICTURE_H

#include "sim/axis.h"
#include "sim/play.h"

/* Of the picture, in px; and of what is in it. */
#define WIDTH 1000
#define RIGHT 24
#define BAR 16
#define GAP 6

struct picture {
	GString *out;
	const struct cluster *c;
	const struct play *p;
	struct axis axis;
	unsigned hosts, groups;
	double left; /* where time begins */
	double lanes_top, lanes_bottom;
};

const char *picture_colour(unsigned group);
double picture_x(const struct picture *p, struct moment at);

double lanes_height(const struct picture *p);
/* What a host ran, and how it was. */
void lanes_host(struct picture *p, unsigned host, double y);
/* When clients were served. */
void lanes_clients(struct picture *p, unsigned group, double y);
/* How long they were not: above everything else, so that nothing crosses it. */
void lanes_lengths(struct picture *p, unsigned group, double y);

#endif
