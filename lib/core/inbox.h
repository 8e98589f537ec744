/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Duplicates, order and gaps of what one sender says; what to ask for again and what to
 * acknowledge.
 *
 * Source: compat wire.md sections 9 (step 11), 10 and 11.
 */
#ifndef HB_CORE_INBOX_H
#define HB_CORE_INBOX_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/monotime.h"
#include "base/prng.h"
#include "core/visit.h"

/* A larger hole is given up. */
#define INBOX_HOLE_MAX 250
/* Messages missing at one time, at most. */
#define INBOX_MISSING_MAX 500
/* A sender numbers its messages; every tenth is acknowledged. */
#define INBOX_ACK_EVERY 10

enum inbox_verdict {
	INBOX_NEW,	/* in order, or with a hole before it: process it */
	INBOX_LATE,	/* fills a hole: process it */
	INBOX_NEWEST_AGAIN,	/* a copy of the newest by another link: refreshes that link */
	INBOX_OLD,	/* drop */
};

struct inbox {
	bool any;	/* something was received */
	uint64_t last;	/* highest number */
	uint64_t early;	/* lowest number that came too early to be used; 0: none */
	GArray *missing;	/* struct inbox_missing, ascending by number */
	unsigned trigger;	/* acknowledge numbers that leave this remainder */
	uint64_t acknowledged;
	uint64_t lost;	/* numbers given up, for status */
};

struct inbox_missing {
	uint64_t seq;
	struct moment ask_at;
};

void inbox_init(struct inbox *in, struct prng *prng);
void inbox_clear(struct inbox *in);
void inbox_visit(struct visit *v, struct inbox *in);
/* The sender restarted: forget everything. */
void inbox_reset(struct inbox *in, struct prng *prng);

/*
 * Judge a number; holes before it are noted, to be asked for between 50 and delay_max_ms ms from
 * now.
 *
 * Range:  seq >= 1 (the caller checked).
 * Gives:  *holes: how many numbers this message showed to be missing; *given_up: true if the hole
 *         was so large that the past was given up. Both may be NULL.
 */
enum inbox_verdict inbox_judge(struct inbox *in, uint64_t seq, struct moment now,
    unsigned delay_max_ms, struct prng *prng, unsigned *holes, bool *given_up);

/* Came before the first that is judged, and could not be used: it is missing then. */
void inbox_expect(struct inbox *in, uint64_t seq);

/* The number to acknowledge after judging seq, or 0 for none. */
uint64_t inbox_acknowledge(struct inbox *in, uint64_t seq);

/* The sender no longer has that message. */
void inbox_forget(struct inbox *in, uint64_t seq);

/* The next number due to be asked for, or 0; it is due again delay_max_ms later. */
uint64_t inbox_ask(struct inbox *in, struct moment now, unsigned delay_max_ms);
struct moment inbox_deadline(const struct inbox *in);

#endif
