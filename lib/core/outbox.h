/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Our own sequence numbers, the messages kept for resending, and what the peers acknowledged.
 *
 * Source: compat wire.md sections 10 and 11.
 */
#ifndef HB_CORE_OUTBOX_H
#define HB_CORE_OUTBOX_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/monotime.h"
#include "core/visit.h"
#include "proto/msg.h"

#define OUTBOX_KEPT_MAX 500
/* Messages sent again for one request, at most. */
#define OUTBOX_RESEND_MAX 50

enum outbox_verdict {
	OUTBOX_RESEND,	/* *m is to be sent again */
	OUTBOX_RECENT,	/* it was sent again a moment ago: skip */
	OUTBOX_UNSENT,	/* no such number yet: a lie or a bug of the asker */
	OUTBOX_TOO_LOW,	/* older than all that is kept */
	OUTBOX_GONE,	/* not found */
};

struct outbox {
	uint64_t last;	/* highest number given out */
	GQueue *kept;	/* struct outbox_entry *, ascending */
};

void outbox_init(struct outbox *out);
void outbox_clear(struct outbox *out);
void outbox_visit(struct visit *v, struct outbox *out);

/* The number for the next message. */
uint64_t outbox_next(struct outbox *out);

/* Keep a message under its number; the oldest beyond OUTBOX_KEPT_MAX go. Owns: takes m. */
void outbox_keep(struct outbox *out, uint64_t seq, struct msg *m, struct moment now);

/* Free what all peers have acknowledged, up to seq, if it is older than 2 s. */
void outbox_release(struct outbox *out, uint64_t seq, struct moment now);

/*
 * Look up a number that a peer asks for.
 *
 * Owns: *m stays the outbox's; NULL unless OUTBOX_RESEND.
 */
enum outbox_verdict outbox_find(struct outbox *out, uint64_t seq, struct moment now,
    unsigned delay_max_ms, const struct msg **m);

#endif
