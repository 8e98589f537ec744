/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sockets of the configured media. The master opens them and keeps its copies, so that a
 * new engine gets the same ones; it reads nothing from them, and writes nothing.
 *
 * Every sending socket is connected to its destination: the engine needs only send().
 * One receiving socket serves all lines of one device, port and address family, because the
 * kernel would hand a datagram to one of several anyway; it belongs to the first of them.
 */
#ifndef HB_SOCKETS_H
#define HB_SOCKETS_H

#include <glib.h>
#include <stdbool.h>

#include "channel.h"
#include "conf/conf.h"
#include "keep/handoff.h"

struct opened_socket {
	enum socket_role role;
	unsigned host;	/* index in the medium's hosts */
	int fd;
};

struct sockets;

/*
 * Open the sockets of all media. Of what old has for the same line copies are taken; old may be
 * freed then, or go on. Without old, ports that another program uses are faults.
 *
 * Errors: a medium that cannot work as it is configured is a fault at its line of the file; one that
 *         cannot be reached now (no route, link down) is not: sockets_broken() then says so.
 * Owns:   the caller's (sockets_free); conf is borrowed during the call only.
 */
struct sockets *sockets_open(const struct conf *c, const char *hacf_path,
    const struct sockets *old, GPtrArray *faults);
void sockets_free(struct sockets *s);

/* Must this medium be opened again? */
bool sockets_broken(const struct sockets *s, unsigned medium);
/* Then: since there is no such interface, or serial line? And why, a sentence, borrowed. */
bool sockets_missing(const struct sockets *s, unsigned medium);
const char *sockets_why(const struct sockets *s, unsigned medium);

/* Is there something that sends, though it may not be all? */
bool sockets_send(const struct sockets *s, unsigned medium);

/*
 * Has the machine changed so that they should be opened again: another interface has the name, or none; what
 * is sent would come from another address by now, or go to another one?
 */
bool sockets_stale(struct sockets *s, const struct conf *c, unsigned medium);

/*
 * Open one medium again; the old sockets are closed first. No name is waited for.
 *
 * Errors: -errno, and sockets_why() says why.
 */
int sockets_reopen(struct sockets *s, const struct conf *c, unsigned medium);

/* Add all of them to what is handed over; they stay ours. */
void sockets_hand_over(const struct sockets *s, struct handoff *h);
/*
 * Those that were handed over, only good as `old` of sockets_open().
 *
 * Owns: the descriptors stay the handoff's: sockets_let_go(), not sockets_free().
 */
struct sockets *sockets_handed_over(const struct handoff *h);
void sockets_let_go(struct sockets *s);

/* The sockets of a medium, borrowed: struct opened_socket. */
const GArray *sockets_of(const struct sockets *s, unsigned medium);

#endif
