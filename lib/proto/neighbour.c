/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proto/neighbour.h"

#include <stdint.h>
#include <string.h>

/* ARP: the head, then two pairs of link-layer and protocol address. */
#define ARP_HEAD 8
#define ARP_INFINIBAND 32
#define ARP_ETHERNET 1
#define IPV4_SIZE 4

#define IPV6_HEAD 40
#define IPV6_SIZE 16
#define ICMPV6 58
#define ICMPV6_CHECKSUM 2	/* of the message */
/* Both messages: type, code, checksum, four bytes, the address asked for; then options. */
#define ND_TARGET 8
#define ND_HEAD (ND_TARGET + IPV6_SIZE)
#define ND_SOLICITATION 135
#define ND_ADVERTISEMENT 136
#define ND_OPTION_TARGET 2	/* the link-layer address of the target */
#define ND_OPTION_UNIT 8
#define ND_HOPS 255	/* less: a router passed it on */

size_t
neighbour_arp_probe(unsigned char out[NEIGHBOUR_PROBE_MAX], unsigned hw_type,
    const unsigned char *hw, size_t hw_len, const unsigned char ip[4])
{
	const unsigned char head[ARP_HEAD] = {
	    /* InfiniBand and Ethernet say their own number, all else is sent as Ethernet. */
	    [1] = hw_type == ARP_INFINIBAND ? ARP_INFINIBAND : ARP_ETHERNET,
	    [2] = 0x08,
	    [3] = 0x00,
	    [4] = (unsigned char)hw_len,
	    [5] = IPV4_SIZE,
	    [7] = 1,
	};
	const size_t len = ARP_HEAD + 2 * (hw_len + IPV4_SIZE);

	memset(out, 0, len);
	memcpy(out, head, ARP_HEAD);
	memcpy(out + ARP_HEAD, hw, hw_len);
	memcpy(out + len - IPV4_SIZE, ip, IPV4_SIZE);
	return len;
}

static uint32_t
sum_words(uint32_t sum, const unsigned char *bytes, size_t len)
{
	for (size_t i = 0; i + 1 < len; i += 2)
		sum += (uint32_t)bytes[i] << 8 | bytes[i + 1];
	return sum;
}

/* Of an ICMPv6 message of even length: RFC 8200 section 8.1. */
static uint32_t
icmpv6_sum(const unsigned char *packet, size_t len)
{
	uint32_t sum = sum_words(0, packet + 8, 2 * IPV6_SIZE);

	sum += (uint32_t)len + ICMPV6;
	sum = sum_words(sum, packet + IPV6_HEAD, len);
	while (sum >> 16 != 0)
		sum = (sum & 0xffff) + (sum >> 16);
	return sum;
}

void
neighbour_nd_group(const unsigned char ip[16], unsigned char out[4])
{
	out[0] = 0xff;
	memcpy(out + 1, ip + IPV6_SIZE - 3, 3);
}

size_t
neighbour_nd_probe(unsigned char out[NEIGHBOUR_PROBE_MAX], const unsigned char ip[16])
{
	static const unsigned char group[] = {0xff, 0x02, [11] = 0x01};
	unsigned char *message = out + IPV6_HEAD;

	memset(out, 0, IPV6_HEAD + ND_HEAD);
	out[0] = 6 << 4;
	out[5] = ND_HEAD;
	out[6] = ICMPV6;
	out[7] = ND_HOPS;
	/* From nobody: zeros. */
	memcpy(out + 24, group, sizeof(group));
	neighbour_nd_group(ip, out + 36);
	message[0] = ND_SOLICITATION;
	memcpy(message + ND_TARGET, ip, IPV6_SIZE);
	const uint32_t sum = ~icmpv6_sum(out, ND_HEAD);
	message[ICMPV6_CHECKSUM] = (unsigned char)(sum >> 8);
	message[ICMPV6_CHECKSUM + 1] = (unsigned char)sum;
	return IPV6_HEAD + ND_HEAD;
}

static bool
is_zero(const unsigned char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (bytes[i] != 0)
			return false;
	}
	return true;
}

/* Nobody, everybody and a group are no owner. */
static bool
hw_take(struct neighbour *out, const unsigned char *hw, size_t len)
{
	if (len == 0 || len > NEIGHBOUR_HW_MAX || is_zero(hw, len) || (len == 6 && (hw[0] & 1) != 0))
		return false;
	memcpy(out->hw, hw, len);
	out->hw_len = len;
	return true;
}

bool
neighbour_read_arp(const void *bytes, size_t len, struct neighbour *out)
{
	const unsigned char *p = bytes;

	*out = (struct neighbour){0};
	if (len < ARP_HEAD || p[2] != 0x08 || p[3] != 0x00 || p[5] != IPV4_SIZE || p[6] != 0 ||
	    (p[7] != 1 && p[7] != 2) || len < ARP_HEAD + 2 * ((size_t)p[4] + IPV4_SIZE))
		return false;
	memcpy(out->ip, p + ARP_HEAD + p[4], IPV4_SIZE);
	return !is_zero(out->ip, IPV4_SIZE) && hw_take(out, p + ARP_HEAD, p[4]);
}

/* The option that names the owner; NULL: there is none. false: damaged. */
static bool
option_find(const unsigned char *p, size_t len, const unsigned char **hw, size_t *hw_len)
{
	*hw = NULL;
	while (len > 0) {
		if (len < ND_OPTION_UNIT || p[1] == 0 || (size_t)p[1] * ND_OPTION_UNIT > len)
			return false;
		if (p[0] == ND_OPTION_TARGET) {
			*hw = p + 2;
			*hw_len = (size_t)p[1] * ND_OPTION_UNIT - 2;
		}
		len -= (size_t)p[1] * ND_OPTION_UNIT;
		p += (size_t)p[1] * ND_OPTION_UNIT;
	}
	return true;
}

bool
neighbour_read_nd(const void *bytes, size_t len, const unsigned char *from, size_t from_len,
    struct neighbour *out)
{
	const unsigned char *p = bytes, *message = p + IPV6_HEAD, *hw;
	size_t hw_len, said;

	*out = (struct neighbour){.ipv6 = true};
	if (len < IPV6_HEAD + ND_HEAD || p[0] >> 4 != 6 || p[6] != ICMPV6 || p[7] != ND_HOPS)
		return false;
	said = (size_t)p[4] << 8 | p[5];
	/* A frame may be padded. */
	if (said < ND_HEAD || said > len - IPV6_HEAD || said % 2 != 0 ||
	    icmpv6_sum(p, said) != 0xffff || message[0] != ND_ADVERTISEMENT || message[1] != 0 ||
	    !option_find(message + ND_HEAD, said - ND_HEAD, &hw, &hw_len))
		return false;
	memcpy(out->ip, message + ND_TARGET, IPV6_SIZE);
	/* An option is filled up with zeros; the frame shows how long the addresses are here. */
	if (hw != NULL && from_len > 0 && hw_len > from_len)
		hw_len = from_len;
	return hw_take(out, hw != NULL ? hw : from, hw != NULL ? hw_len : from_len);
}

void
neighbour_text(const unsigned char *hw, size_t hw_len, char out[NEIGHBOUR_TEXT_MAX])
{
	static const char digits[] = "0123456789abcdef";
	char *p = out;

	for (size_t i = 0; i < hw_len && i < NEIGHBOUR_HW_MAX; i++) {
		if (i > 0)
			*p++ = ':';
		*p++ = digits[hw[i] >> 4];
		*p++ = digits[hw[i] & 15];
	}
	*p = '\0';
}
