/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Tell the neighbours on the wire where an address is now, so that they forget where it
 * was.
 */
#ifndef HB_ANNOUNCE_H
#define HB_ANNOUNCE_H

#include "netlink.h"

/*
 * Once: for IPv4 a gratuitous ARP in both customary forms, request and reply (some
 * listeners heed only one of them); for IPv6 an unsolicited neighbour advertisement to all
 * nodes. An interface without link-layer addresses (loopback, tunnels) needs neither:
 * success.
 *
 * Errors: -errno; nothing blocks.
 * Source: RFC 5227 section 3, RFC 4861 section 7.2.6.
 */
int announce_address(const struct netlink_link *link, int family, const unsigned char *ip);

/*
 * Once: ask who has the address, without an address of our own: RFC 5227 section 2.1.1, RFC 4862
 * section 5.4.2. An interface without link-layer addresses has nobody to ask: success.
 *
 * Errors: -errno; nothing blocks.
 */
int announce_probe(const struct netlink_link *link, int family, const unsigned char *ip);

#endif
