/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The engine's ears for other machines that have our addresses. A flood of such frames costs a few
 * milliseconds of each second and delays no heartbeat: little is read at a time, and then for a while
 * nothing; and the machine is looked at once a second at most.
 */
#ifndef HB_CONFLICT_WATCH_H
#define HB_CONFLICT_WATCH_H

#include <qb/qbloop.h>
#include <stdbool.h>

#include "conf/conf.h"
#include "core/event.h"

/* Frames read at a time, of these looked into, and the pause after that. */
#define CONFLICT_FRAMES 64
#define CONFLICT_LOOKS 2
#define CONFLICT_PAUSE_MS 20
/* What was found on the machine is believed so long. */
#define CONFLICT_WORLD_MS 1000

struct conflict_owner {
	/* Does it matter who else has this address? */
	bool (*minds)(void *arg, unsigned group, unsigned resource);
	void (*heard)(void *arg, const struct event_conflict *conflict);
	void *arg;
};

struct conflict_watch;

/* Owns: conf is borrowed. */
struct conflict_watch *conflict_watch_new(
    qb_loop_t *loop, const struct conf *c, const struct conflict_owner *owner);
void conflict_watch_free(struct conflict_watch *w);

/* Listen to a conflict_socket(). Owns: takes the descriptor; one of before is closed. */
void conflict_watch_attach(struct conflict_watch *w, bool ipv6, int fd);

#endif
