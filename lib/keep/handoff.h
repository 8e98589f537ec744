/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a master hands to the program that is executed in its place: a newer one at an upgrade, or
 * the one of before when the newer one does not work. A text of its own, since the two are not of
 * one version: what a reader does not know it passes over, what it misses has its default.
 */
#ifndef HB_KEEP_HANDOFF_H
#define HB_KEEP_HANDOFF_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/monotime.h"
#include "conf/conf.h"
#include "core/event.h"

/* Deaths of engines that are remembered. */
#define HANDOFF_DEATHS 3
/* No handoff is longer: three files of 256 KiB in base64, and the rest. */
#define HANDOFF_MAX (2 * 1024 * 1024)

/* A socket that stays open across the exec. */
struct handoff_socket {
	char *medium;	/* what it was opened for */
	unsigned role, host;	/* as in heartbeat/sockets.h */
	int fd;
};

/* A respawned client that goes on. */
struct handoff_client {
	char *user, *command;
	unsigned line;	/* of ha.cf */
	int pid;
	int out, err;	/* its standard output and error, -1: closed */
};

struct handoff {
	char *version;	/* of who wrote it */
	/* The texts in use, which need not be those on the disk; NULL: there was no such file. */
	char *hacf, *haresources, *authkeys;
	unsigned authkeys_mode;
	bool authkeys_owner_ok;
	char *node_name;
	uint64_t generation;
	unsigned talk;	/* as in struct event_start */
	GArray *hints;	/* enum group_hint, one a group of these texts */
	struct moment renewed_at;	/* 0: never */
	struct moment deaths[HANDOFF_DEATHS];	/* oldest first; 0: none */
	int pidfile;	/* holds the lock */
	int fifo_keeper, fifo_reading;	/* -1: none */
	int record;	/* memory of the flight record, -1: none */
	unsigned record_kb;
	int fallback;	/* the program to go back to, -1: none */
	bool foreground, to_stderr;
	unsigned debug_more;
	GPtrArray *sockets;	/* struct handoff_socket * */
	GPtrArray *clients;	/* struct handoff_client * */
};

/* All empty, all descriptors -1. Owns: the caller's (handoff_free). */
struct handoff *handoff_new(void);
/* The descriptors stay open. The key is wiped. */
void handoff_free(struct handoff *h);

void handoff_add_socket(struct handoff *h, const char *medium, unsigned role, unsigned host, int fd);
void handoff_add_client(struct handoff *h, const struct handoff_client *client);

/* As text. Owns: the caller's (handoff_text_free: it holds the key). */
GString *handoff_write(const struct handoff *h);
void handoff_text_free(GString *text);

/*
 * Read it again.
 *
 * Range:  at most HANDOFF_MAX bytes.
 * Errors: NULL, and *why is a sentence: no handoff, or one that lacks what nothing can replace
 *         (texts, generation, lock, node name).
 * Owns:   the result (handoff_free) and *why (g_free) are the caller's.
 */
struct handoff *handoff_read(const char *text, size_t len, char **why);

/* Each descriptor that must stay open, -1 left out. Owns: the caller's (g_array_unref), of int. */
GArray *handoff_descriptors(const struct handoff *h);

/*
 * Nobody knows what was done after this was written: whatever may have changed since must be asked
 * for by status.
 */
void handoff_doubt(struct handoff *h);

#endif
