/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a node tells about itself in every status message: for each group whether it holds,
 * wants or has given up on it, and which facts of the others it has seen. A whole picture each
 * time, never a change, so a lost or repeated status leaves nothing wrong behind.
 *
 * A change raises the version. A node that wants a group waits until every living node has
 * said that it saw the version with that wish: see handover.h.
 *
 * Source: doc/protocol.md "Facts".
 */
#ifndef HB_CORE_FACTS_H
#define HB_CORE_FACTS_H

#include "conf/conf.h"
#include "core/visit.h"
#include "proto/msg.h"

/* A node's stand on a group. The letter is what travels. */
enum claim_state {
	CLAIM_IDLE,	/* - nothing of it runs here, no wish */
	CLAIM_AWAY,	/* a stopped by a standby: take it only if nobody else can */
	CLAIM_FAILED,	/* x could not be started here */
	CLAIM_PROBING,	/* p just booted: may run here, finding out */
	CLAIM_LEFTOVER,	/* l all of it was found running, without us having started it */
	CLAIM_WANT,	/* w wants to start it as soon as nobody objects */
	CLAIM_STARTING,	/* s */
	CLAIM_RUNNING,	/* r */
	CLAIM_OFFER,	/* o running, and offered to the target */
	CLAIM_GIVING,	/* g stopping */
	CLAIM_BROKEN,	/* b could not be stopped: may run */
	CLAIM_STATE_COUNT
};

struct claim {
	enum claim_state state;
	uint64_t epoch;	/* grows with each start anywhere */
	int target;	/* OFFER, GIVING: index of the node it is meant for, or -1 */
	bool listed;	/* it was told, rather than left out */
	struct moment since;	/* when we saw the state change; does not travel */
	char *why;	/* of the last change, in the words of that node; NULL: not told */
};

/* A version of a node's facts that somebody has seen. */
struct seen {
	uint64_t generation;	/* 0: nothing seen */
	uint64_t version;
	bool past;	/* its node was declared dead since */
};

struct facts {
	bool known;	/* a status with facts was heard in this life of the node */
	uint64_t version;
	enum leave_phase {
		LEAVE_NOT,
		LEAVE_BEGUN,	/* giving up everything; takes nothing */
		LEAVE_DONE,	/* holds nothing any more and goes */
	} leave;
	const char *gives;	/* what its offers are about: "all" "local" "foreign", or NULL; static */
	bool orphaned;	/* its master is gone: what runs there is unmanaged */
	bool firm;	/* never yields what it holds, so others must; does not travel */
	char digest[9];	/* of its haresources; "" if not told */
	bool full;	/* it listed every group of its haresources: what is not listed is not there */
	unsigned group_count;
	struct claim *claims;	/* one a group of our configuration */
	struct seen *seen;	/* one a node of our configuration */
};

void facts_init(struct facts *f, const struct conf *conf);
void facts_clear(struct facts *f);
/* Nothing claimed, nothing seen, not known. */
void facts_reset(struct facts *f, const struct conf *conf);

void facts_visit(struct visit *v, struct facts *f, const struct conf *conf);
/* The static string for what an offer may be about; NULL: it is none of them, or NULL. */
const char *facts_gives_word(const char *word);

/*
 * Put the facts into a status message; the reasons only if somebody may not know them yet, idle
 * groups only (full) if somebody may not have the same groups.
 */
void facts_write(const struct facts *f, const struct conf *conf, bool with_reasons, bool full,
    struct msg *m);

/*
 * Read them from a status message.
 *
 * Errors: false if the message has none (a 3.0.6 node) or they cannot be read; *f unchanged.
 * Groups and nodes that our configuration does not know are passed over. What does not travel each
 * time (since, why) is kept from before as long as the state is the same.
 */
bool facts_read(
    struct facts *f, const struct conf *conf, const struct msg *m, struct moment now);

/* May the group be running there, wholly or in part? */
bool claim_may_run(enum claim_state state);
/* "idle" "away" "failed" ... */
const char *claim_state_name(enum claim_state state);

#endif
