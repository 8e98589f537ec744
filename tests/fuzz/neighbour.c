/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A frame of the wire, as ARP and as IPv6: what is read has an address and an owner within their
 * sizes, and the same frame cut short by a byte is not read beyond its end.
 */
#include "fuzz.h"
#include "proto/neighbour.h"

static void
judge(bool read, const struct neighbour *n, bool ipv6)
{
	char text[NEIGHBOUR_TEXT_MAX];

	if (!read)
		return;
	CLAIM(n->ipv6 == ipv6 && n->hw_len > 0 && n->hw_len <= NEIGHBOUR_HW_MAX);
	neighbour_text(n->hw, n->hw_len, text);
	CLAIM(strlen(text) == 3 * n->hw_len - 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct reader r = {bytes, len};
	size_t from_len = take_byte(&r) % (NEIGHBOUR_HW_MAX + 1);
	unsigned char from[NEIGHBOUR_HW_MAX] = {2};

	for (size_t cut = 0; cut < 2 && cut <= r.left; cut++) {
		/* On the heap, so that the sanitizer sees its end. */
		g_autofree uint8_t *frame = g_memdup2(r.at, r.left - cut);
		struct neighbour n;

		if (frame == NULL)
			continue;
		judge(neighbour_read_arp(frame, r.left - cut, &n), &n, false);
		judge(neighbour_read_nd(frame, r.left - cut, from, from_len, &n), &n, true);
	}
	return 0;
}
