/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Making contact. While a peer counts as dead, or sending on a medium fails, the datagram of our last
 * status is sent again, far more often than once a keepalive: the first one that passes makes contact.
 * It is the same datagram with the same number, a duplicate to whoever has it: quiet there, as packets
 * that came by two media are, and no part of the history that is kept for retransmission.
 *
 * A repeat is no event: it changes nothing on which a decision rests, so that neither the flight record
 * nor a checkpoint has it.
 *
 * Serial lines are too slow for that, and ping nodes are not sought.
 */
#ifndef HB_CORE_SEEK_H
#define HB_CORE_SEEK_H

#include <glib.h>

#include "base/monotime.h"

struct core;

/* How often: while a peer is dead; while sends fail; and from when on they fail for long. */
#define SEEK_DEAD_MS 80
#define SEEK_FAILED_MS 15
#define SEEK_FAILED_LONG_MS 100
#define SEEK_LONG_AFTER_MS 5000

struct seek {
	GBytes *last;	/* the datagram of our last status; NULL: none yet */
	struct moment *at;	/* by medium: when it left, the first time or again */
};

void seek_init(struct core *c);
void seek_clear(struct core *c);

/* A new status has gone to every medium. bytes: its datagram; NULL: no medium takes one. */
void seek_sent(struct core *c, const GByteArray *bytes);

#endif
