/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which address is announced when: one queue for all addresses of a node. A series is one round at
 * once and ANNOUNCE_ROUNDS - 1 more, ANNOUNCE_ROUND_MS apart; behind all series goes the slow refresh
 * of what is held.
 *
 * A round is one frame. Where an address has two forms (gratuitous ARP as request and as reply) the
 * rounds take them in turn, and the other form follows at once if nobody else waits.
 *
 * Fair by round: the first rounds of all addresses go before any second one. Never more than
 * ANNOUNCE_WINDOW_FRAMES frames leave within ANNOUNCE_WINDOW_MS, wherever that window begins.
 */
#ifndef HB_KEEP_ANNOUNCEMENTS_H
#define HB_KEEP_ANNOUNCEMENTS_H

#include <stdbool.h>

#include "base/monotime.h"

#define ANNOUNCE_ROUNDS 5
#define ANNOUNCE_ROUND_MS 500
/* The law: neighbours and switches stand that much. */
#define ANNOUNCE_WINDOW_FRAMES 50
#define ANNOUNCE_WINDOW_MS 100
/* The even pace below it, and how many may go at once after a pause. */
#define ANNOUNCE_RATE 490
#define ANNOUNCE_BURST 10

struct announcements;

/* A frame that is to go now. */
struct announcement {
	const char *key;	/* borrowed until the next call */
	unsigned form;	/* below the number of forms */
	bool refresh;
	struct moment begun;	/* the series or the holding: what was known of the address before may be stale */
};

struct announcements *announcements_new(void);
void announcements_free(struct announcements *a);

/* A series, from now; one that is under way begins anew. The address is held from now on. */
void announcements_begin(
    struct announcements *a, const char *key, unsigned forms, struct moment now);
/* The address is held: refreshed from now on. A series that is under way goes on. */
void announcements_hold(
    struct announcements *a, const char *key, unsigned forms, struct moment now);
/* It is not held any more. */
void announcements_cancel(struct announcements *a, const char *key);
/* The time between two refreshes; 0: there are none. */
void announcements_set_refresh(struct announcements *a, struct span every, struct moment now);

/* The frame that is to go now. False: none. The caller sends it and says so with announcements_done(). */
bool announcements_next(struct announcements *a, struct moment now, struct announcement *out);
/*
 * The last announcements_next() is dealt with; now: the time after it was sent, however long that took.
 * sent: a frame may have left. False: its turn is over all the same.
 */
void announcements_done(struct announcements *a, struct moment now, bool sent);
/*
 * Instead of announcements_done(): it is not there, or nothing leaves its interface. What is left of its series
 * would be wasted: whoever says that this is over begins another one.
 */
void announcements_break_off(struct announcements *a, struct moment now);
/* When to ask again. */
struct moment announcements_deadline(const struct announcements *a, struct moment now);
/* Is a series under way? A refresh is none. */
bool announcements_pending(const struct announcements *a);

#endif
