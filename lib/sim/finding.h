/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a row of the plan came to: what happened in a few words, how good that is, and which
 * setting would make it better.
 */
#ifndef HB_SIM_FINDING_H
#define HB_SIM_FINDING_H

#include "sim/play.h"

enum finding_level {
	FINDING_OK,
	FINDING_NOTE, /* as configured, and a setting makes it better */
	FINDING_RISK, /* bad, but only after more than one fault, or by nothing that a
			 setting prevents */
	FINDING_BAD,  /* one fault, and no service, or two holders */
	FINDING_LEVEL_COUNT
};

/* One change of the configuration. */
struct advice {
	const char *key;       /* two of one key say the same; static */
	char *text;	       /* what to do, and why */
	const char *directive; /* with value: a line of ha.cf that can be tried out; NULL:
				  none. Static */
	char *value;
};

struct finding {
	enum finding_level level;
	char *happened;		  /* "moves to web2, and back" */
	char *holders;		  /* in the end: "web1", "A web1, B web2", "nobody" */
	struct span longest, sum; /* of the group that was not served the longest */
	struct span twice_longest, twice;
	bool served; /* all groups, in the end */
	bool unplayable; /* a statement is wrong: happened says which */
	GArray
	    *groups; /* struct outage_sum, one a group; empty if it could not be played */
	GPtrArray *advices; /* struct advice * */
};

/* Owns: out is to be cleared. */
void finding_make(const struct cluster *c, const struct plan_row *row, const struct play *p,
    struct finding *out);
void finding_clear(struct finding *f);

/*
 * The row played once more with the change.
 *
 * Errors: false if the change cannot be tried out, or leaves a group without service; *out
 * is then as if cleared.
 * Owns: out is to be cleared.
 */
bool finding_try(const struct cluster *c, const struct plan_row *row,
    const struct advice *a, struct finding *out);

/* What the configuration as a whole lacks, whatever fails: struct advice *. Owns: the
 * caller's. */
GPtrArray *finding_general(const struct cluster *c);

/* "A", "B", ... "Z", "A1": a group in tables. Owns: the caller's. */
char *finding_letter(unsigned group);
/* "12ms" "4.1s" "32s" "10m05s" "1h01m"; "-" for none. Owns: the caller's. */
char *finding_span(struct span s);

const char *finding_level_name(enum finding_level level); /* "ok" "note" "RISK" "BAD" */

#endif
