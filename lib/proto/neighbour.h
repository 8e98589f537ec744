/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who has an address on this wire: the question, as ARP (IPv4) and neighbour discovery (IPv6)
 * put it without an address of their own, and what a frame says about it.
 *
 * Frames begin behind the link-layer header.
 *
 * Source: RFC 826, RFC 5227 section 2.1.1 (ARP probe), RFC 4861 sections 4.3, 4.4 and 7.1.2,
 * RFC 4862 section 5.4.2 (solicitation from the unspecified address).
 */
#ifndef HB_PROTO_NEIGHBOUR_H
#define HB_PROTO_NEIGHBOUR_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of a link-layer address: Ethernet has 6, InfiniBand 20. */
#define NEIGHBOUR_HW_MAX 32
/* Of what the two functions below make. */
#define NEIGHBOUR_PROBE_MAX (8 + 2 * (NEIGHBOUR_HW_MAX + 4))

/* Somebody says that he has the address. */
struct neighbour {
	bool ipv6;
	unsigned char ip[16];	/* network order; IPv4 in the first four bytes, then zeros */
	unsigned char hw[NEIGHBOUR_HW_MAX];
	size_t hw_len;
};

/*
 * A probe for an IPv4 address: an ARP request whose sender has no address, so that nobody learns
 * anything from it. hw_type: ARPHRD_*. Returns: its length.
 */
size_t neighbour_arp_probe(unsigned char out[NEIGHBOUR_PROBE_MAX], unsigned hw_type,
    const unsigned char *hw, size_t hw_len, const unsigned char ip[4]);

/*
 * A probe for an IPv6 address: an IPv6 packet with a neighbour solicitation from nobody; who has
 * the address tells all nodes. Returns: its length.
 */
size_t neighbour_nd_probe(unsigned char out[NEIGHBOUR_PROBE_MAX], const unsigned char ip[16]);
/* Where that goes to: the last four bytes of the multicast group, which are those of its Ethernet
 * address too, behind 33:33. */
void neighbour_nd_group(const unsigned char ip[16], unsigned char out[4]);

/*
 * Read an ARP packet, or an IPv6 packet. from: the sender in the link-layer header, for an
 * advertisement that does not name it.
 *
 * Errors: false: it is damaged, says of nobody that he has an address (a probe), or is something
 *         else; *out is then undefined.
 */
bool neighbour_read_arp(const void *bytes, size_t len, struct neighbour *out);
bool neighbour_read_nd(const void *bytes, size_t len, const unsigned char *from, size_t from_len,
    struct neighbour *out);

/* "52:54:00:12:34:56". */
#define NEIGHBOUR_TEXT_MAX (3 * NEIGHBOUR_HW_MAX)
void neighbour_text(const unsigned char *hw, size_t hw_len, char out[NEIGHBOUR_TEXT_MAX]);

#endif
