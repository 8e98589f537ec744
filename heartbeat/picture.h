/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One picture of the machine: its links and addresses, and what of it concerns us. The kernel's events
 * only wake us up; then everything is looked at anew and compared. So none can be missed, and however many
 * there are, the looks are paced: a burst costs a tenth of a processor at most.
 */
#ifndef HB_PICTURE_H
#define HB_PICTURE_H

#include <qb/qbloop.h>
#include <stdbool.h>

#include "address_place.h"
#include "conf/conf.h"
#include "core/action.h"
#include "core/event.h"

/* From an event to the look: others of the same cause follow closely. */
#define PICTURE_GATHER_MS 3
/* Between two looks, at least; and this many times as long as the last one took. */
#define PICTURE_PAUSE_MS 20
#define PICTURE_PAUSE_TIMES 10
/* After a look that failed. */
#define PICTURE_AGAIN_MS 1000

struct picture_owner {
	/* Where an address of the configuration is, as struct event_address says; e is borrowed. */
	void (*address)(void *arg, const struct event_address *e);
	/* Links or addresses may be others now: after each look but the first; may be NULL. */
	void (*looked)(void *arg);
	void *arg;
};

struct picture;

/* Looks for the first time. Without events from the kernel it looks once a second; that is logged. */
struct picture *picture_new(qb_loop_t *loop, const struct picture_owner *owner);
void picture_free(struct picture *p);

/*
 * The addresses to look after: those of that configuration which we carry out ourselves. hints: one a
 * group; what may run is ours. What is remembered of an address with the same line stays.
 */
void picture_configure(struct picture *p, const struct conf *c, const enum group_hint *hints);

/* Somebody new listens: tell where all are. */
void picture_tell_all(struct picture *p);

/* What is remembered for a start; NULL: it is none of the addresses. Borrowed until the next call. */
const struct address_memory *picture_memory(
    const struct picture *p, unsigned group, unsigned resource);
/* An operation on one succeeded: it is told anew where it is, soon. */
void picture_performed(struct picture *p, unsigned group, unsigned resource, enum resource_op op);

#endif
