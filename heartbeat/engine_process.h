/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The engine as the master sees it: a process without privileges behind a channel.
 */
#ifndef HB_ENGINE_PROCESS_H
#define HB_ENGINE_PROCESS_H

#include <qb/qbloop.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "channel.h"
#include "conf/conf.h"
#include "core/event.h"
#include "files.h"
#include "sockets.h"
#include "store.h"

/* The hidden first argument that makes the program the engine; the descriptor follows. */
#define ENGINE_ARGUMENT "--engine"

/* What an engine is told first. All borrowed, and needed until the engine is freed. */
struct engine_brief {
	const struct conf *conf;
	const struct files *files;
	const struct sockets *sockets;
	int fifo;	/* reading end of the FIFO; -1: none */
	uint64_t generation;
	unsigned char uuid[STORE_UUID_SIZE];
	const enum group_hint *hints;	/* one a group; copied */
	unsigned talk;	/* as in struct event_start; renewed, too */
	bool renewed;
	int record;	/* engine_process_memory(), shared by all engines; -1: none */
};

/* What comes from it. After gone() only engine_process_free() may be called. */
struct engine_owner {
	void (*record)(void *arg, const struct channel_record *r, const char *tail);
	/* It died or went; how is a sentence. */
	void (*gone)(void *arg, const char *how);
	void *arg;
};

struct engine_process;

/*
 * Memory for the flight records of engines, one after the other; it outlives them.
 *
 * Errors: -errno. Owns: the descriptor is the caller's.
 */
int engine_process_memory(void);

/* Start it. Errors: -errno, NULL in *out. Owns: the caller's (engine_process_free). */
int engine_process_start(qb_loop_t *loop, const struct engine_brief *brief,
    const struct engine_owner *owner, struct engine_process **out);

pid_t engine_process_pid(const struct engine_process *e);

/* Kill it, if it still lives; gone() is not called. Allowed while it calls us. */
void engine_process_kill(struct engine_process *e);

/*
 * Kill it and take in what it said last, so that nothing it asked for or reported is lost; gone()
 * is not called. Not while it calls us.
 */
void engine_process_finish(struct engine_process *e);

/* Kill it and forget it. Not while it calls us. */
void engine_process_free(struct engine_process *e);

/* Never waits; what does not fit into the pipe is kept. */
void engine_process_send(
    struct engine_process *e, const struct channel_record *r, const void *tail, size_t len);

/* The sockets of a medium are new: hand them over. */
void engine_process_sockets_changed(struct engine_process *e, unsigned medium);

#endif
