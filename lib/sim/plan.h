/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The test plan for a user's cluster: what administrators try out before they trust it, and
 * more. Each row is a scenario (sim/scenario.h) without its cluster.
 *
 * Source: the plans of published how-tos: power, each network path, short and long.
 */
#ifndef HB_SIM_PLAN_H
#define HB_SIM_PLAN_H

#include "sim/cluster.h"

enum plan_kind {
	PLAN_START,
	PLAN_POWER,
	PLAN_LINK,     /* one link between the nodes, of several */
	PLAN_APART,    /* all links, or the only one */
	PLAN_CARD,     /* a network card of one node, with the ping nodes behind it */
	PLAN_PING,     /* some nodes lose a ping node */
	PLAN_PING_ALL, /* all do */
	PLAN_STOP,
	PLAN_MOVE,
	PLAN_ENGINE,
	PLAN_DAEMONS,
	PLAN_PAUSE,
	PLAN_PAUSE_LONG,
	PLAN_START_FAILS,
	PLAN_STOP_FAILS,
	PLAN_STOP_HANGS,
	PLAN_BOTH,  /* two nodes lose their power, one after the other */
	PLAN_TWO,   /* one fault after another */
	PLAN_DRAWN, /* by a seed */
	PLAN_GIVEN, /* by the user */
	PLAN_KIND_COUNT
};

struct plan_row {
	char *id;    /* "P1" */
	char *title; /* "power cut of web1 for 15s" */
	enum plan_kind kind;
	const char
	    *node; /* whose fault it is; NULL: nobody's alone. Borrowed from the cluster */
	bool single;	       /* one thing fails, not several at a time or for good */
	GPtrArray *statements; /* char * */
	unsigned setup;	       /* so many of them are done before outages count */
	uint64_t seed;
};

/* struct plan_row *. Owns: the caller's, elements included. */
GPtrArray *plan_make(const struct cluster *c);

/* A few of the plan's faults, one after the other or at a time, as the seed says. */
struct plan_row *plan_draw(const struct cluster *c, uint64_t seed);

/* Statements of the user; the cluster is up before them, unless they begin with script or
 * boot. */
struct plan_row *plan_given(const struct cluster *c, const char *title, const char *text);

void plan_row_free(gpointer row);

/* Heading of a kind: "Power" */
const char *plan_kind_title(enum plan_kind kind);

#endif
