/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What ipfail decides: notices, messages and the time go in, words to the peer's ipfail and
 * requests to our own daemon come out. No clock and no socket.
 *
 * Source: compat commands.md 11.2.
 */
#ifndef HB_IPFAIL_RULES_H
#define HB_IPFAIL_RULES_H

#include <stdbool.h>

#include "base/monotime.h"
#include "base/trace.h"

/* A peer that became stable after we could not give up is asked again after so long. */
#define IPFAIL_ASK_AGAIN_MS 10000

/* The rules' way into the world. */
struct ipfail_world {
	/* Send a message to the peer's ipfail; num_ping < 0: it carries no number. */
	void (*tell)(void *arg, const char *peer, const char *type, int num_ping);
	/* Ask the daemon to give up "all" or "foreign" groups. */
	void (*standby)(void *arg, const char *set);
	struct trace trace;
	void *arg;
};

/* Why there can be no ipfail. */
enum ipfail_fault {
	IPFAIL_FINE,
	IPFAIL_LEGACY,	/* auto_failback legacy: there is no standby */
	IPFAIL_NO_PEER,	/* no other node */
	IPFAIL_NO_STATE,	/* the daemon's report cannot be read */
};

struct ipfail;

/*
 * Start from the daemon's report (JSON).
 *
 * Owns: *out is the caller's (ipfail_free), NULL unless the result is IPFAIL_FINE; world is
 *       copied.
 */
enum ipfail_fault ipfail_new(
    const char *state_json, const struct ipfail_world *world, struct ipfail **out);
void ipfail_free(struct ipfail *f);

/* A node, or a ping node, changed to this status. */
void ipfail_node(
    struct ipfail *f, const char *node, const char *status, struct moment now);
/* A link of a node went "up" or "dead". */
void ipfail_link(struct ipfail *f, const char *node, const char *link, const char *status);
/* A program of the cluster came "online" or went "offline". */
void ipfail_client(
    struct ipfail *f, const char *node, const char *client, const char *status);
/* What this node holds, and whether the cluster is settled. */
void ipfail_resources(struct ipfail *f, const char *holds, bool settled, struct moment now);
/* The peer's ipfail says something; num_ping is NULL if it sent no number. */
void ipfail_message(struct ipfail *f, const char *from, const char *type,
    const char *num_ping, struct moment now);

/* When ipfail_timer() is due; MOMENT_NEVER if nothing is awaited. */
struct moment ipfail_deadline(const struct ipfail *f);
void ipfail_timer(struct ipfail *f, struct moment now);

#endif
