/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Unicast, broadcast and multicast alike: the sending socket is connected to where it
 * sends, so one file serves the three.
 */
#include <errno.h>

#include "medium_kind.h"
#include "proto/wire.h"

/* That nobody listens over there is no fault of the path. */
static int
udp_send(struct medium *m, const void *bytes, size_t len)
{
	int result = medium_datagram_send(m->send.fd, bytes, len);

	return result == -ECONNREFUSED ? 0 : result;
}

static int
udp_receive(struct medium *m, struct medium_socket *s, int max, medium_sink_fn *sink)
{
	/* One byte more than is allowed, so that what is too long is seen to be so. */
	static unsigned char buffer[WIRE_MAX + 1];
	int n = 0;

	/* What a packet leads to may close s->fd. */
	for (; n < max && s->fd >= 0; n++) {
		struct medium_datagram d;
		int result = medium_datagram_receive(s->fd, buffer, sizeof(buffer), &d);

		if (result == -EAGAIN)
			break;
		if (result == 0)
			sink(m, d.source, buffer, d.len, d.stamp_ns);
		else if (result != -EINTR)
			return result;
	}
	return n;
}

const struct medium_class medium_udp = {
    .send = udp_send,
    .receive = udp_receive,
};
