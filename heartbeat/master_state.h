/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the files of the master share: master.c begins and ends it and takes orders from outside,
 * master_engine.c starts engines and does what they ask for.
 */
#ifndef HB_MASTER_STATE_H
#define HB_MASTER_STATE_H

#include <qb/qbloop.h>

#include "core/event.h"
#include "engine_process.h"
#include "fifo.h"
#include "hooks.h"
#include "master.h"
#include "picture.h"
#include "release.h"
#include "reload.h"
#include "neighbour.h"
#include "reopen.h"
#include "runner.h"
#include "store.h"
#include "upgrade.h"

enum master_phase {
	MASTER_RUNNING,
	MASTER_LEAVING,
	MASTER_RELEASING,
	MASTER_CLIENTS,
};

struct master {
	qb_loop_t *loop;
	enum master_phase phase;
	struct setup setup;
	struct runner *runner;
	struct hooks *hooks;
	struct fifo fifo;
	struct engine_process *engine;	/* NULL: none */
	uint64_t generation;
	unsigned char uuid[STORE_UUID_SIZE];
	enum group_hint *hints;	/* one a group */
	unsigned talk;	/* for the next engine, too */
	struct moment renewed_at;	/* 0: never */
	struct moment deaths[MASTER_DEATHS_MAX];	/* the last ones, oldest first */
	struct reopen *reopen;
	struct picture *picture;
	struct neighbours *neighbours;
	int record;	/* memory for flight records; -1: none */
	unsigned record_kb;	/* as it was asked for then */
	struct release *release;	/* NULL: not in that phase */
	struct upgrade *upgrade;	/* NULL: none is under way */
	int pidfile;	/* its lock; borrowed, -1: none */
	bool foreground, to_stderr;
	unsigned debug_more;
	bool said_ready;
	int ready;	/* -1: nobody waits */
	bool pidfile_missing;	/* without our number, or somebody else's, and we said so */
	int exit_code;
};

/* -- master.c -- */

/* The last phase: the clients end, then we do. */
void master_clients(struct master *m);
/* The engine, if there is one, is to leave the cluster. */
void master_leave(struct master *m);
/* Now, and without a word to the peers. */
void master_reboot(struct master *m, const char *reason);

/*
 * End the engine, so that nothing is under way that we do not know of.
 *
 * Returns: false if what it said last ends us.
 */
bool master_engine_finish(struct master *m);

/* -- master_engine.c -- */

/* picture_owner: where an address is, for the engine. arg: the master. */
void master_address(void *arg, const struct event_address *e);

void master_engine_start(struct master *m);
/* Before another engine: what is under way now must be asked for by status. */
void master_hints_for_next_engine(struct master *m);
/* Whoever waits for our start may go on, once. data: the master. */
void master_say_ready(void *data);
/* runner_done_fn; arg: the master. */
void master_job_ended(void *arg, uint64_t job, enum agent_class agent, enum child_end end, int code,
    const char *output);

#endif
