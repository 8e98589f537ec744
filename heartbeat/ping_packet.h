/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ICMP echo requests and replies as bytes.
 *
 * Source: RFC 792, RFC 4443 section 4, RFC 1071 for the checksum; compat wire.md 14.
 */
#ifndef HB_PING_PACKET_H
#define HB_PING_PACKET_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * An echo request with its checksum (IPv6: zero, the kernel fills it in).
 *
 * Owns: the caller's (g_byte_array_unref).
 */
GByteArray *ping_request(
    bool ipv6, uint16_t id, uint16_t sequence, const void *payload, size_t len);

struct ping_reply {
	uint16_t id;
	uint16_t sequence;
	const void *payload;	/* in the packet */
	size_t len;
};

/*
 * Read what a raw socket delivered: for IPv4 with the IP header in front, for IPv6 without.
 *
 * Errors: false if it is no whole echo reply, or its checksum (IPv4) is wrong.
 */
bool ping_reply_parse(bool ipv6, const void *packet, size_t len, struct ping_reply *out);

#endif
