/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the two files of the engine share, and nobody else: engine.c turns readiness into events,
 * engine_intake.c takes in what the master sends.
 */
#ifndef HB_ENGINE_STATE_H
#define HB_ENGINE_STATE_H

#include <glib.h>
#include <qb/qbloop.h>

#include "channel.h"
#include "clock.h"
#include "conflict_watch.h"
#include "control.h"
#include "core/core.h"
#include "fifo_reader.h"
#include "flight.h"
#include "medium.h"
#include "perform.h"

/* What became known of a medium while actions were performed. */
struct medium_news {
	bool changed;
	bool up, missing;
	char *reason;
};

struct engine {
	qb_loop_t *loop;
	int channel;
	bool channel_for_writing; /* the loop watches it for room too */
	struct trace trace;

	char *texts[CHANNEL_FILE_COUNT];
	unsigned text_count;
	struct conf *conf;
	struct core *core; /* NULL: not started */
	struct flight *flight;
	struct fifo_reader *fifo; /* NULL: none */
	struct conflict_watch *conflicts; /* NULL: none */
	struct actions *actions;
	struct performer performer;

	int timer;
	struct moment armed; /* MOMENT_NEVER: the timer is off */
	struct moment last;  /* of the latest event: time never goes back */
	bool stepping;
	struct medium_news *media_news;
	GArray *clients_gone; /* uint32_t; went while actions were performed */
	int exit_code;
};

/* An event from outside, all that follows from it, and the timer for what comes next. */
void engine_event(struct engine *e, struct event *event, const struct clock_reading *c);

/* The same where what is new came up outside of an event: of the media. */
void engine_tell_news(struct engine *e, const struct clock_reading *c);

struct media_owner engine_media_owner(struct engine *e);
struct control_owner engine_control_owner(struct engine *e);

/* A message that a script wrote to the FIFO; arg is the engine. */
void engine_fifo_message(void *arg, const void *bytes, size_t len);

struct conflict_owner engine_conflict_owner(struct engine *e);

/* From now on deadlines are kept. 0 or -errno. */
int engine_timer_start(struct engine *e);

/*
 * Act on a record of the master.
 *
 * Owns:   what it needs of *tail and *fd is taken, and NULL and -1 left there.
 * Errors: -errno: the record makes no sense now.
 */
int engine_take(struct engine *e, const struct channel_record *r, char **tail, int *fd);

#endif
