/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tell the neighbours on the wire where an address is now, so that they forget where it
 * was.
 */
#ifndef HB_ANNOUNCE_H
#define HB_ANNOUNCE_H

#include "netlink.h"

/*
 * Opened by the first frame that needs them, and kept: nothing is ever received on them. To close a packet
 * socket takes the kernel some 16 ms (synchronize_net()): not for each frame.
 */
struct announce_sockets {
	int arp, na;	/* negative: not open */
};
#define ANNOUNCE_SOCKETS_NONE {-1, -1}

/*
 * Gratuitous ARP has two customary forms, request and reply, and some listeners heed only one of
 * them; the unsolicited neighbour advertisement of IPv6 has one.
 */
unsigned announce_forms(int family);

/*
 * Send one frame. An interface without link-layer addresses (loopback, tunnels) needs none: success.
 *
 * Range:  form is below announce_forms().
 * Errors: -errno; nothing blocks.
 * Source: RFC 5227 section 3, RFC 4861 section 7.2.6.
 */
int announce_send(struct announce_sockets *s, const struct netlink_link *link, int family,
    const unsigned char *ip, unsigned form);
void announce_sockets_close(struct announce_sockets *s);

/*
 * Once: ask who has the address, without an address of our own: RFC 5227 section 2.1.1, RFC 4862
 * section 5.4.2. An interface without link-layer addresses has nobody to ask: success.
 *
 * Errors: -errno; nothing blocks.
 */
int announce_probe(struct announce_sockets *s, const struct netlink_link *link, int family,
    const unsigned char *ip);

#endif
