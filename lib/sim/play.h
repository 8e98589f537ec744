/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plays a row of a plan on a cluster, and keeps what was to be seen.
 */
#ifndef HB_SIM_PLAY_H
#define HB_SIM_PLAY_H

#include "sim/cluster.h"
#include "sim/outage.h"
#include "sim/plan.h"

/* Something that happened at a moment. */
struct play_mark {
	struct moment at;
	int host;   /* -1: no host in particular */
	bool fault; /* it was done to the cluster; else the cluster found out */
	char *text; /* "power cut" */
};

struct play {
	char *wrong; /* why a statement could not be carried out; NULL: all were */
	struct outage *outage; /* NULL: nothing was booted */
	GArray *marks;	       /* struct play_mark, in order */
	GString *trace;	       /* notices and graver, a line each */
	unsigned restarts;     /* machines that restarted themselves */
	int restarted;	       /* the last of them, or -1 */
	int64_t simulated_ms;
};

/* Owns: out is to be cleared. */
void play_row(const struct cluster *c, const struct plan_row *row, struct play *out);
void play_clear(struct play *p);

#endif
