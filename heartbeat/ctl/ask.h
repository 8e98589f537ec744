/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The way to the daemon that all commands go: whether it runs is told by the lock on its pid file, which
 * everybody may look at, never by a connection that failed.
 */
#ifndef HB_CTL_ASK_H
#define HB_CTL_ASK_H

#include <stdbool.h>

#include "client/hbclient.h"

enum ask_runs {
	ASK_STOPPED,
	ASK_RUNS,	/* whether it answers or not */
	ASK_UNKNOWN,	/* the pid file cannot be looked at */
};

/* Does a heartbeat run on this machine? */
enum ask_runs ask_runs(void);

/*
 * Connect. A daemon that runs and has no engine for the moment, since it starts, reloads or replaces one
 * that died, is waited for.
 *
 * Errors: as hb_connect(); -ECONNREFUSED only if none runs, else -ETIMEDOUT after 5 seconds; -ENODATA:
 *         nobody listens, and whether one runs cannot be told.
 */
int ask_connect(struct hb_client **out);

/*
 * The whole state as JSON, for every user: one who may not connect asks by way of cl_status, which is
 * set-group-ID.
 *
 * Errors: as ask_connect() and hb_status(); *json is then NULL.
 * Owns:   *json is the caller's (free).
 */
int ask_status(char **json);

/* What an error of these means, and what to do: one sentence, never NULL. The second is of ask_status(), and
 * of what cl_status asks. */
const char *ask_strerror(int error);
const char *ask_status_strerror(int error);

#endif
