/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ping nodes: each message goes out as the payload of an ICMP echo request and comes back
 * with the reply. A group has one socket a member; its first reply to a request counts.
 *
 * Source: compat wire.md 14.
 */
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "medium_kind.h"
#include "ping_packet.h"
#include "proto/wire.h"

/* A raw IPv4 socket delivers the IP header too, and ICMP has one of its own. */
#define ICMP_ROOM (WIRE_MAX + 128)

struct ping {
	uint16_t id;
	uint16_t sequence; /* of the last request */
	uint16_t answered; /* the newest that was answered */
};

static void
ping_open(struct medium *m)
{
	struct ping *p = g_new0(struct ping, 1);

	/* One for each: an address may be a ping node and in a group too, and a raw socket
	 * hears the answers to both. 3.0.6 has a process for each. */
	p->id = (uint16_t)((unsigned)getpid() + m->index);
	m->state = p;
}

static void
ping_close(struct medium *m)
{
	g_free(m->state);
}

static bool
socket_is_ipv6(int fd)
{
	int domain = AF_INET;
	socklen_t len = sizeof(domain);

	getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &len);
	return domain == AF_INET6;
}

static int
ping_send_one(struct medium_socket *s, const struct ping *p, const void *bytes, size_t len)
{
	g_autoptr(GByteArray) request =
	    ping_request(socket_is_ipv6(s->fd), p->id, p->sequence, bytes, len);

	return medium_datagram_send(s->fd, request->data, request->len);
}

/* A group works as long as one of its members can be asked. */
static int
ping_send(struct medium *m, const void *bytes, size_t len)
{
	struct ping *p = m->state;
	int first_error = 0;
	bool worked = false;

	p->sequence++;
	for (unsigned h = 0; h < m->host_count; h++) {
		int result = ping_send_one(&m->receive[h], p, bytes, len);

		if (result == 0)
			worked = true;
		else if (first_error == 0)
			first_error = result;
	}
	return worked ? 0 : first_error;
}

static bool
reply_counts(struct ping *p, const struct ping_reply *r)
{
	if (r->id != p->id || (int16_t)(r->sequence - p->answered) <= 0 ||
	    (int16_t)(r->sequence - p->sequence) > 0)
		return false;
	p->answered = r->sequence;
	return true;
}

static int
ping_receive(struct medium *m, struct medium_socket *s, int max, medium_sink_fn *sink)
{
	static unsigned char buffer[ICMP_ROOM];
	const bool ipv6 = s->fd >= 0 && socket_is_ipv6(s->fd);
	int n = 0;

	for (; n < max && s->fd >= 0; n++) {
		struct medium_datagram d;
		struct ping_reply reply;
		int result = medium_datagram_receive(s->fd, buffer, sizeof(buffer), &d);

		if (result == -EAGAIN)
			break;
		if (result == -EINTR)
			continue;
		if (result < 0)
			return result;
		if (ping_reply_parse(ipv6, buffer, d.len, &reply) &&
		    reply_counts(m->state, &reply))
			sink(m, d.source, reply.payload, reply.len, d.stamp_ns);
	}
	return n;
}

const struct medium_class medium_ping = {
    .one_descriptor = true,
    .open = ping_open,
    .close = ping_close,
    .send = ping_send,
    .receive = ping_receive,
};
