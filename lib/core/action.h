/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Everything the core can ask of the world, and the list that carries it. Plain data:
 * numbers and copies, never pointers into the core. The kinds marked
 * (master) are the privilege boundary: the master carries them out as root.
 */
#ifndef HB_CORE_ACTION_H
#define HB_CORE_ACTION_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/monotime.h"

enum action_type {
	ACTION_SEND,	/* bytes to a medium (engine) */
	ACTION_REPLY,	/* bytes to a client (engine) */
	ACTION_RUN,	/* one operation on one resource (master) */
	ACTION_KILL,	/* end a job: TERM, after 5 s KILL, to its process group (master) */
	ACTION_CLIENT_START,	/* start respawn client number `index` of the configuration (master) */
	ACTION_ACTIVE,	/* communication is complete: the service is ready (master) */
	ACTION_GROUP,	/* tell what we answer for: the master's memory for the next engine */
	ACTION_REBOOT,	/* a stop failed for good: restart this machine, now (master) */
	ACTION_EXIT,	/* everything is released and said: end (master) */
	ACTION_RENEW,	/* the peers know us by a later life than this one: start another engine, with
			 * a generation above theirs (master) */
	ACTION_TALK,	/* how far we are with a 3.0.6: the master's memory for the next engine */
	ACTION_HOOK,	/* run the script of rc.d with that name, if there is one (master) */
	ACTION_TYPE_COUNT
};

enum resource_op {
	OP_STATUS,
	OP_START,
	OP_STOP,
	OP_ANNOUNCE,	/* addresses only: send gratuitous ARP again */
	OP_PROBE,	/* addresses only: ask the wire who has it, for as long as the timeout says; answers are
			 * EVENT_CONFLICT, and the end of the job is the end of the time to answer */
	OP_COUNT
};

struct action {
	enum action_type type;
	unsigned medium;	/* SEND: index in conf->media */
	uint32_t client;	/* REPLY */
	GBytes *bytes;	/* SEND, REPLY; HOOK: strings with a NUL behind each: the type, then name,
			 * value, name, value ... of the message's fields */
	uint64_t job;	/* RUN, KILL, CLIENT_START: a number never used twice in a life */
	enum resource_op op;	/* RUN */
	unsigned group, resource;	/* RUN, GROUP: indexes in the configuration */
	struct span timeout;	/* RUN */
	unsigned index;	/* CLIENT_START */
	int hint;	/* GROUP: enum group_hint */
	unsigned talk;	/* TALK: as in struct event_start */
	uint64_t generation;	/* RENEW: the highest that a peer has heard */
	char *reason;	/* REBOOT, EXIT: for the log */
};

/* The actions of one step, in the order they are to be performed. */
struct actions;

struct actions *actions_new(void);
void actions_free(struct actions *a);
size_t actions_count(const struct actions *a);
const struct action *actions_get(const struct actions *a, size_t i);
/* Empty it for the next step. */
void actions_clear(struct actions *a);

/* Append a zeroed action of that type; the caller fills it at once. Owns: the list. */
struct action *actions_add(struct actions *a, enum action_type type);

const char *action_type_name(enum action_type type);
const char *resource_op_name(enum resource_op op);	/* "status" "start" "stop" "announce" "probe" */

/* One line for traces of tests: "run 12 start web/0". Owns: the caller's. */
char *action_text(const struct action *a);

#endif
