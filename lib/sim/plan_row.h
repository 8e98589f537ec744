/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What rows of a plan are written with: the names and the spans of time that fit a cluster.
 */
#ifndef HB_SIM_PLAN_ROW_H
#define HB_SIM_PLAN_ROW_H

#include "sim/plan.h"

struct planner {
	const struct cluster *c;
	GPtrArray *rows;
	unsigned nodes;
	char *const *name;
	GPtrArray *links, *pings; /* names, borrowed */
	struct span brief;	  /* shorter than deadtime */
	struct span over;	  /* longer than deadtime, so that others take over */
	struct span lengthy;	  /* some problems only arise after an hour */
	struct span
	    a_while; /* all has come to rest after it, even where initdead is waited for */
	struct span dark;    /* nobody has power */
	struct span settle;  /* a cluster that starts together is up */
	struct span recover; /* all has come to rest after it */
	struct span moment;  /* into the midst of a move */
	struct span stuck;   /* a stop that hangs is over, retries included */
	char *short_text, *long_text, *a_while_text, *dark_text;
};

void planner_init(struct planner *p, const struct cluster *c);
/* The rows, with their ids. Owns: the caller's; the planner is empty. */
GPtrArray *planner_done(struct planner *p);

/* A row without statements, in the plan. */
struct plan_row *planner_row(struct planner *p, enum plan_kind kind, const char *node,
    const char *title, ...) __attribute__((format(printf, 4, 5)));

/* The cluster is up, and outages count from now on. */
void row_setup(const struct planner *p, struct plan_row *row);
void row_say(struct plan_row *row, const char *statement, ...)
    __attribute__((format(printf, 2, 3)));
void row_run(struct plan_row *row, struct span length);

#endif
