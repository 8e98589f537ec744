/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ping_packet.h"

#include <netinet/icmp6.h>
#include <netinet/ip_icmp.h>

#define HEADER 8
#define IPV4_HEADER_MIN 20

static uint16_t
checksum(const unsigned char *bytes, size_t len)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < len; i++)
		sum += i % 2 == 0 ? (uint32_t)bytes[i] << 8 : bytes[i];
	while (sum > 0xffff)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

static void
put16(unsigned char *at, uint16_t value)
{
	at[0] = (unsigned char)(value >> 8);
	at[1] = (unsigned char)(value & 0xff);
}

static uint16_t
get16(const unsigned char *at)
{
	return (uint16_t)(at[0] << 8 | at[1]);
}

GByteArray *
ping_request(bool ipv6, uint16_t id, uint16_t sequence, const void *payload, size_t len)
{
	unsigned char header[HEADER] = {ipv6 ? ICMP6_ECHO_REQUEST : ICMP_ECHO};
	GByteArray *out = g_byte_array_sized_new((guint)(HEADER + len));

	put16(header + 4, id);
	put16(header + 6, sequence);
	g_byte_array_append(out, header, HEADER);
	g_byte_array_append(out, payload, (guint)len);
	if (!ipv6)
		put16(out->data + 2, checksum(out->data, out->len));
	return out;
}

bool
ping_reply_parse(bool ipv6, const void *packet, size_t len, struct ping_reply *out)
{
	const unsigned char *p = packet;
	const unsigned char type = ipv6 ? ICMP6_ECHO_REPLY : ICMP_ECHOREPLY;

	if (!ipv6) {
		size_t ip = len < IPV4_HEADER_MIN ? len : (size_t)(p[0] & 0x0f) * 4;

		if (ip < IPV4_HEADER_MIN || ip > len || p[0] >> 4 != 4)
			return false;
		p += ip;
		len -= ip;
	}
	if (len < HEADER || p[0] != type || p[1] != 0)
		return false;
	if (!ipv6 && checksum(p, len) != 0)
		return false;
	*out = (struct ping_reply){
	    .id = get16(p + 4),
	    .sequence = get16(p + 6),
	    .payload = p + HEADER,
	    .len = len - HEADER,
	};
	return true;
}
