/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The one pipe between the master (root) and the engine (hacluster): a SOCK_SEQPACKET
 * pair. Each record is a fixed struct and up to CHANNEL_TAIL_MAX bytes behind it; the
 * receiver checks every length, number and enum before use, so a captured engine can ask
 * for nothing that is not in this list.
 */
#ifndef HB_CHANNEL_H
#define HB_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHANNEL_TAIL_MAX (256 * 1024)

enum channel_type {
	/* master -> engine */
	CHANNEL_CONF,	/* tail: text of one file; number: enum channel_file. In this order, then START */
	CHANNEL_SOCKET,	/* descriptor attached; medium, op: role, number: host (of a ping group) */
	CHANNEL_START,	/* job: generation; number: talk; op: renewed; tail: 16 bytes uuid, then one byte
			 * of hint a group */
	CHANNEL_CHILD,	/* job, agent, end, code; tail: output */
	CHANNEL_LEAVE,	/* stop gracefully */
	CHANNEL_RECORD,	/* descriptor attached: memory for the flight record; before START */
	/* engine -> master */
	CHANNEL_RUN,	/* job, op, group, resource, timeout_ms */
	CHANNEL_KILL,	/* job */
	CHANNEL_CLIENT_START,	/* job, number: index of the respawn line */
	CHANNEL_REOPEN,	/* medium: its sockets are broken, open them again */
	CHANNEL_ACTIVE,
	CHANNEL_GROUP,	/* group, number: hint */
	CHANNEL_TALK,	/* number: talk */
	CHANNEL_LOG,	/* number: trace level; tail: line */
	CHANNEL_REBOOT,	/* tail: reason */
	CHANNEL_EXIT,	/* tail: reason */
	CHANNEL_RENEW,	/* job: start another engine, with a generation above this one */
	CHANNEL_HOOK,	/* tail: as of ACTION_HOOK */
	/* master -> engine, again */
	CHANNEL_FIFO,	/* descriptor attached: the reading end of the FIFO; before START */
	CHANNEL_WATCH,	/* descriptor attached: hears who has our addresses; number: 1 IPv6, 0 IPv4 */
	CHANNEL_ADDRESS,	/* group, resource, number: enum address_state, op: shaken; tail: reason */
	CHANNEL_MEDIUM,	/* medium, op: missing; tail: why its sockets cannot be opened now */
	CHANNEL_TYPE_COUNT
};

enum channel_file {
	FILE_HACF,
	FILE_HARESOURCES,
	FILE_AUTHKEYS,
	FILE_NODE_NAME,	/* not a file: the name itself */
	CHANNEL_FILE_COUNT
};

enum socket_role {
	SOCKET_SEND,
	SOCKET_RECEIVE,
	SOCKET_BOTH,	/* serial line, ICMP */
	SOCKET_ROLE_COUNT
};

struct channel_record {
	uint32_t type;	/* enum channel_type */
	uint32_t tail_len;
	uint64_t job;
	uint32_t op;
	uint32_t group;
	uint32_t resource;
	uint32_t medium;
	uint32_t number;
	uint32_t agent;
	uint32_t end;
	int32_t code;
	uint64_t timeout_ms;
};

/* A pair of close-on-exec, non-blocking ends with room for a burst. 0 or -errno. */
int channel_pair(int ends[2]);

/*
 * Send a record, its tail and, if fd >= 0, a descriptor. r->tail_len is filled in.
 *
 * Errors: -EAGAIN when the pipe is full (nothing sent), -EMSGSIZE, other -errno.
 */
int channel_send(int end, struct channel_record *r, const void *tail, size_t tail_len, int fd);

/*
 * Receive one record. *tail is set to a NUL-ended copy (NULL if empty) that the caller frees
 * with g_free(); *fd to the attached descriptor or -1.
 *
 * Errors: -EAGAIN nothing there, -EPIPE the other side is gone, -EPROTO a malformed record
 *         (lengths, type out of range; dropped whole).
 */
int channel_receive(int end, struct channel_record *r, char **tail, int *fd);

#endif
