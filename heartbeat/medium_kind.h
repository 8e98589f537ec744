/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a kind of medium is made of: for medium.c and the files medium_*.c only.
 */
#ifndef HB_MEDIUM_KIND_H
#define HB_MEDIUM_KIND_H

#include "medium.h"

struct medium_class;

/* One descriptor of a medium. */
struct medium_socket {
	struct medium *medium;
	int fd;	/* -1: none */
	bool polled;	/* the loop watches it */
};

/* Where the packets of a socket go. */
typedef void medium_sink_fn(
    struct medium *m, const char *source, const void *bytes, size_t len, int64_t stamp_ns);

struct medium {
	const struct medium_class *class;
	const struct conf_medium *conf;
	struct media *all;
	unsigned index;
	unsigned host_count;	/* sockets in use below; 1 but for ping groups */
	struct medium_socket send;	/* unused where one descriptor does both */
	struct medium_socket receive[MEDIUM_HOSTS_MAX];
	void *state;	/* the class's own */

	bool failing;
	bool missing;	/* there is nothing to send on; failing too */
	uint64_t sent, received, failed;
	uint64_t failed_before;	/* failed, when the present failure began */
	struct moment calm_at;	/* what fails before then belongs to the failure before */
	struct moment reopen_asked;
};

struct medium_class {
	bool one_descriptor;	/* sends where it receives: serial, ICMP */
	void (*open)(struct medium *m);	/* make state; NULL: none needed */
	void (*close)(struct medium *m);
	/* A descriptor was attached: set it up, forget what belonged to the old one. */
	void (*attached)(struct medium *m, int fd);
	/* 0 or -errno; never waits. */
	int (*send)(struct medium *m, const void *bytes, size_t len);
	/* At most max packets to sink. Returns: how many were read, or -errno. */
	int (*receive)(struct medium *m, struct medium_socket *s, int max, medium_sink_fn *sink);
	/* Bytes are left to be written when the line takes them; NULL: never. */
	bool (*pending)(const struct medium *m);
	int (*writable)(struct medium *m);
};

extern const struct medium_class medium_udp, medium_serial, medium_ping;

/* Room for every source text. */
#define MEDIUM_SOURCE_MAX 80

/* One datagram as it came from a socket. */
struct medium_datagram {
	size_t len;
	int64_t stamp_ns;	/* the kernel's time stamp, since 1970; 0: none */
	char source[MEDIUM_SOURCE_MAX];	/* "10.0.0.2:41234", "[fe80::1%2]:694" */
};

/*
 * Take one datagram in, without waiting.
 *
 * Errors: -EAGAIN nothing there, -EINTR nothing this time (an error of the network that is
 *         reported here), other -errno: the socket is broken.
 */
int medium_datagram_receive(int fd, void *buffer, size_t size, struct medium_datagram *out);

/*
 * Send one datagram, without waiting. An error that waits on a connected socket belongs to an
 * earlier datagram (the peer does not listen, or did not answer ARP) and keeps this one from
 * leaving: so it is sent once more. What is wrong on our own side is reported again.
 *
 * Returns: 0 or -errno.
 */
int medium_datagram_send(int fd, const void *bytes, size_t len);

/* Have the socket stamp what it receives, and never wait. */
void medium_socket_setup(int fd);

#endif
