/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The door for local clients: a libqb IPC server. What they say becomes events, replies and
 * notices are sent to them. Who may do what is the core's to judge; here everybody who can
 * reach the service may connect.
 */
#ifndef HB_CONTROL_H
#define HB_CONTROL_H

#include <qb/qbloop.h>

#include "base/trace.h"
#include "core/event.h"

#define CONTROL_CLIENTS_MAX 64
/* Of these, a user who is neither root nor the one we run as has at most so many, and all such
 * users together; who has not said a word yet counts. The others are for ipfail and for root. */
#define CONTROL_CLIENTS_OF_USER 16
#define CONTROL_CLIENTS_OF_STRANGERS 48

struct control_owner {
	/* A client came or went; c is borrowed. */
	void (*client)(void *arg, const struct event_client *c);
	/* It asks; r is borrowed. */
	void (*request)(void *arg, const struct event_request *r);
	struct trace trace;
	void *arg;
};

struct control;

/*
 * Open the service. There is one in a process.
 *
 * Errors: NULL, *error is then -errno (-EADDRINUSE: another Heartbeat runs here).
 * Owns:   owner is copied.
 */
struct control *control_new(qb_loop_t *loop, const struct control_owner *owner, int *error);
void control_free(struct control *c);

/*
 * Send a message: one of type "notice" as an event, any other as the answer to what the
 * client asked. A client that does not take its messages in is disconnected, never waited
 * for; one that has gone is ignored.
 */
void control_reply(struct control *c, uint32_t client, const void *bytes, size_t len);

#endif
