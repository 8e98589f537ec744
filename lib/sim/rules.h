/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the judge holds a simulated cluster to while it runs. The judge tells each statement, each
 * line of the trace, and now and then lets look at the world; the rules blame.
 *
 * They are strict from the start in the calm and the honest class, in the harsh one from the
 * moment on at which everybody has noticed that the faults ceased.
 */
#ifndef HB_SIM_RULES_H
#define HB_SIM_RULES_H

#include "sim/coverage.h"
#include "sim/draw.h"
#include "sim/verdict.h"
#include "sim/world.h"

#define RULES_HOSTS_MAX 8
#define RULES_GROUPS_MAX 16

/* A host as it was last seen. */
struct rules_host {
	struct world_look look;
	struct moment born;	/* when this life of its daemon was first seen */
	struct moment active_since;	/* meaningless while not active */
	struct moment silent_since;	/* meaningless while awake */
	struct moment leaving_since;	/* meaningless while not leaving */
};

/* The stand of a host on a group. */
struct rules_stand {
	enum claim_state state;
	struct moment since;	/* seen in this state, with the host awake all that time */
	unsigned bad_programs;	/* not to be trusted now: operations that fail, hang or are slow */
	struct moment good_since;	/* meaningless while there are any */

	struct moment want_at;	/* of the newest wish */
	bool want_alone;	/* nobody was there to confirm it */
	struct moment failed_at;
	bool unplaced;	/* its addresses had no place there then */
	unsigned quick_retries;	/* since the last statement */
	bool tampered;	/* the scenario itself started or stopped a script */
	unsigned bad_addresses;	/* of the bad programs those for an address */
	struct moment bare_since;	/* it lacks an address that it could have; NEVER: it does not */
	struct moment nowhere_since;	/* it lacks one and cannot have it; NEVER: it can, or does not */
};

/* How clients find a group. */
struct rules_reach {
	struct moment misled_since;	/* there is one holder, and one of them goes elsewhere; NEVER: none */
	struct moment answered_since;	/* several say that they run it; NEVER: not so */
	struct moment doubled_since;	/* there are several who should heal that; NEVER: not so */
};

struct letter {
	unsigned number, from;
	uint64_t generation;	/* of the sender */
	struct moment due;
	uint64_t owed[RULES_HOSTS_MAX];	/* the life that must hear it by then; 0: none */
	unsigned heard[RULES_HOSTS_MAX];	/* by that life */
};

struct rules {
	const struct draw *d;
	struct verdict *v;
	struct world *w;	/* NULL: not made yet */
	bool strict;
	unsigned doubles;	/* those that happened before it was strict */

	struct rules_host hosts[RULES_HOSTS_MAX];
	struct rules_stand stands[RULES_HOSTS_MAX][RULES_GROUPS_MAX];
	struct moment free_since[RULES_GROUPS_MAX];	/* NEVER: somebody has it, or nobody can */
	struct moment asked_at;	/* last time an administrator asked for a move */
	struct moment excused_until;	/* deadlines that a frozen node had to move */
	struct moment healed_at;	/* what was held twice was given up by then */

	GHashTable *bad_programs;	/* set: "HOST RESOURCE OP" */
	GArray *letters;	/* struct letter, by time */
	bool orderly;	/* no packet was ever lost or could overtake another */
	struct rules_reach reach[RULES_GROUPS_MAX];
	bool loses, corrupts;	/* the network now */
	struct span latest;	/* what a packet takes at most */
};

void rules_init(struct rules *r, const struct draw *d, struct verdict *v);
void rules_clear(struct rules *r);
/* Before it is carried out, except for those that make the world. */
void rules_statement(struct rules *r, const char *statement);
void rules_line(struct rules *r, const char *line);
/* Time has passed; at most rules_pace() since the last time. */
void rules_look(struct rules *r);
struct span rules_pace(const struct rules *r);
void rules_be_strict(struct rules *r);

/* -- between the files of the rules -- */

/* In so long facts are known to everybody who lives, however many packets are lost. */
struct span rules_round(const struct rules *r);
/* All know whether the host lives. */
struct moment rules_known_at(const struct rules *r, unsigned host);

void holding_look(struct rules *r);
void reach_look(struct rules *r);
void moves_transition(struct rules *r, unsigned host, unsigned group, const struct transition *t);
void letters_line(struct rules *r, unsigned host, const char *text);
void letters_look(struct rules *r);

#endif
