/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The configured media behind one table of functions: bytes out, packets in. The master
 * opens the sockets; here they are only used, never waited for.
 */
#ifndef HB_MEDIUM_H
#define HB_MEDIUM_H

#include <glib.h>
#include <qb/qbloop.h>
#include <stdbool.h>

#include "base/trace.h"
#include "channel.h"
#include "clock.h"
#include "conf/conf.h"
#include "core/event.h"

/* Packets taken from one socket before the loop may turn to others. */
#define MEDIUM_BATCH 64
/* The same before a deadline is judged: more than a default receive buffer holds. */
#define MEDIUM_DRAIN 1024
/* Hosts of a ping group at most; conf allows fewer on one line. */
#define MEDIUM_HOSTS_MAX 64

/* What the media tell their owner. */
struct media_owner {
	/* A packet is there; p and what it points to is borrowed. */
	void (*packet)(void *arg, const struct event_packet *p, const struct clock_reading *c);
	/* Sending began to fail, or works again; as before: it was opened anew. missing: there is nothing to
	 * send on (up is false). */
	void (*state)(void *arg, unsigned medium, bool up, bool missing, const char *reason);
	/* The sockets are broken beyond this process: have them opened again. */
	void (*reopen)(void *arg, unsigned medium);
	struct trace trace;
	void *arg;
};

struct media;

/* Owns: conf is borrowed and outlives the media; owner is copied. */
struct media *media_new(qb_loop_t *loop, const struct conf *conf, const struct media_owner *owner);
void media_free(struct media *all);

/*
 * Use a descriptor that the master opened, in place of the one that had this role. host is
 * the index in the medium's hosts (ping groups: one socket a host), else 0.
 *
 * Errors: -EINVAL for a medium, role or host that is not configured; fd is closed then.
 * Owns:   fd is taken.
 */
int media_attach(struct media *all, unsigned medium, enum socket_role role, unsigned host, int fd);

/*
 * The master cannot open the medium: it is down, and missing if there is no such interface or line, until
 * a descriptor is attached and sending works.
 */
void media_cannot_open(struct media *all, unsigned medium, bool missing, const char *reason);

/* From here on packets are taken in; until then they wait in the kernel. */
int media_start(struct media *all);

/*
 * Send without waiting. A failure is counted, and told to the owner once until sending has worked
 * again for a second, or on another descriptor.
 *
 * Returns: 0 or -errno.
 */
int media_send(struct media *all, unsigned medium, const void *bytes, size_t len, struct moment now);

/* Take in what waits in the kernel, at most MEDIUM_DRAIN packets a socket. */
void media_drain(struct media *all);

/* Write out what is still buffered, waiting at most that long: before the process ends. */
void media_flush(struct media *all, struct span patience);

#endif
