/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a client sees of a simulated cluster: who serves each group at any time, when nobody
 * does, when two do.
 *
 * A group is served if it runs whole, with no operation under way, on exactly one machine
 * that is powered and not frozen. It is held twice if anything of it runs on two such
 * machines.
 */
#ifndef HB_SIM_OUTAGE_H
#define HB_SIM_OUTAGE_H

#include "sim/world.h"

/* Something that was so for a time. */
struct stretch {
	struct moment from, to;
	unsigned what; /* enum group_phase or host_condition; in gaps and doubles of no
			  meaning */
};

struct outage;

/* A record that begins now. The world is borrowed. */
struct outage *outage_new(const struct world *w);
void outage_free(struct outage *o);

/* To be called after everything that happens; the last time when all is over. */
void outage_look(struct outage *o);
/* From now on outages count; before, all may still be starting. */
void outage_count_from_now(struct outage *o);

struct moment outage_began(const struct outage *o);
struct moment outage_counted_from(const struct outage *o);
struct moment outage_ended(const struct outage *o);

/* struct stretch, in order and without a gap. Borrowed. */
const GArray *outage_host(const struct outage *o, unsigned host);
const GArray *outage_group(const struct outage *o, unsigned host, unsigned group);
/* When a group was not served, and when it was held twice, while that counts. Borrowed. */
const GArray *outage_gaps(const struct outage *o, unsigned group);
const GArray *outage_doubles(const struct outage *o, unsigned group);

struct outage_sum {
	struct span longest, sum;	  /* not served */
	struct span twice_longest, twice; /* held twice */
	unsigned gaps;
	bool served;	 /* in the end */
	unsigned holder; /* served: by whom */
};
struct outage_sum outage_sum(const struct outage *o, unsigned group);

/* Who served it while that counts, one after the other, nobody twice in a row: unsigned.
 * Owns: the caller's. */
GArray *outage_servers(const struct outage *o, unsigned group);

#endif
