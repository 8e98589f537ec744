/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proto/neighbour.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static const unsigned char ours[6] = {0x52, 0x54, 0, 0, 0, 1};
static const unsigned char theirs[6] = {0x52, 0x54, 0, 0xaa, 0xbb, 0xcc};
static const unsigned char ipv4[4] = {10, 0, 0, 9};
static const unsigned char ipv6[16] = {0xfd, [14] = 0x12, [15] = 0x34};

/* Behind the Ethernet header. */
static const unsigned char arp_reply[] = {0, 1, 8, 0, 6, 4, 0, 2, 0x52, 0x54, 0, 0xaa, 0xbb, 0xcc, 10,
    0, 0, 9, 0x52, 0x54, 0, 0, 0, 1, 0, 0, 0, 0};

static void
test_arp_probe(void **state)
{
	static const unsigned char expected[28] = {0, 1, 8, 0, 6, 4, 0, 1, 0x52, 0x54, 0, 0, 0, 1,
	    [24] = 10, [27] = 9};
	unsigned char out[NEIGHBOUR_PROBE_MAX];
	struct neighbour n;

	(void)state;
	assert_int_equal(neighbour_arp_probe(out, 1, ours, 6, ipv4), 28);
	assert_memory_equal(out, expected, 28);
	/* It says of nobody that he has an address: two who ask at once do not disturb each other. */
	assert_false(neighbour_read_arp(out, 28, &n));

	unsigned char long_hw[20] = {1, [19] = 2};

	assert_int_equal(neighbour_arp_probe(out, 32, long_hw, 20, ipv4), 56);
	assert_int_equal(out[1], 32);
	assert_int_equal(out[4], 20);
	assert_memory_equal(out + 52, ipv4, 4);
}

static void
test_arp_read(void **state)
{
	struct neighbour n;
	unsigned char copy[sizeof(arp_reply)];

	(void)state;
	assert_true(neighbour_read_arp(arp_reply, sizeof(arp_reply), &n));
	assert_false(n.ipv6);
	assert_memory_equal(n.ip, ipv4, 4);
	assert_int_equal(n.hw_len, 6);
	assert_memory_equal(n.hw, theirs, 6);

	/* A byte each that makes it none. */
	static const struct {
		size_t at;
		unsigned char value;
	} wrong[] = {{2, 0x86}, {4, 7}, {4, 0}, {5, 16}, {6, 1}, {7, 3}, {7, 0}, {8, 0x53}};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		memcpy(copy, arp_reply, sizeof(copy));
		copy[wrong[i].at] = wrong[i].value;
		assert_false(neighbour_read_arp(copy, sizeof(copy), &n));
	}
	for (size_t len = 0; len < sizeof(arp_reply); len++)
		assert_false(neighbour_read_arp(arp_reply, len, &n));
	/* Ethernet fills up what is short. */
	unsigned char padded[46] = {0};
	memcpy(padded, arp_reply, sizeof(arp_reply));
	assert_true(neighbour_read_arp(padded, sizeof(padded), &n));
}

static void
test_nd_probe(void **state)
{
	/* The checksum stands by itself below. */
	static const unsigned char expected[64] = {0x60, [5] = 24, 58, 255, [24] = 0xff, 0x02,
	    [35] = 1, 0xff, 0, 0x12, 0x34, [40] = 135, [48] = 0xfd, [62] = 0x12, 0x34};
	unsigned char out[NEIGHBOUR_PROBE_MAX], group[4], sum[2];

	(void)state;
	assert_int_equal(neighbour_nd_probe(out, ipv6), 64);
	memcpy(sum, out + 42, 2);
	memset(out + 42, 0, 2);
	assert_memory_equal(out, expected, 64);
	assert_int_equal(sum[0], 0x59);
	assert_int_equal(sum[1], 0x3f);
	neighbour_nd_group(ipv6, group);
	assert_memory_equal(group, ((const unsigned char[]){0xff, 0, 0x12, 0x34}), 4);
}

/* An advertisement to all nodes, with the option or without; its checksum is right. */
static size_t
advertise(unsigned char out[72], bool option)
{
	const size_t len = option ? 32 : 24;
	uint32_t sum = 58 + (uint32_t)len;

	memset(out, 0, 72);
	out[0] = 0x60;
	out[5] = (unsigned char)len;
	out[6] = 58;
	out[7] = 255;
	memcpy(out + 8, ipv6, 16);
	out[24] = 0xff;
	out[25] = 0x02;
	out[39] = 1;
	out[40] = 136;
	out[44] = 0x20;
	memcpy(out + 48, ipv6, 16);
	if (option) {
		out[64] = 2;
		out[65] = 1;
		memcpy(out + 66, theirs, 6);
	}
	for (size_t i = 8; i < 40 + len; i += 2)
		sum += (uint32_t)out[i] << 8 | out[i + 1];
	while (sum >> 16 != 0)
		sum = (sum & 0xffff) + (sum >> 16);
	out[42] = (unsigned char)(~sum >> 8);
	out[43] = (unsigned char)~sum;
	return 40 + len;
}

static void
test_nd_read(void **state)
{
	unsigned char packet[72];
	struct neighbour n;
	size_t len = advertise(packet, true);

	(void)state;
	assert_true(neighbour_read_nd(packet, len, ours, 6, &n));
	assert_true(n.ipv6);
	assert_memory_equal(n.ip, ipv6, 16);
	assert_int_equal(n.hw_len, 6);
	assert_memory_equal(n.hw, theirs, 6);
	/* Each damaged byte but the flow label, what nobody looks at in the option, and the source of
	 * the header, which the checksum covers. */
	for (size_t i = 4; i < len; i++) {
		packet[i] ^= 0x40;
		assert_false(neighbour_read_nd(packet, len, ours, 6, &n));
		packet[i] ^= 0x40;
	}
	for (size_t i = 0; i < len; i++)
		assert_false(neighbour_read_nd(packet, i, ours, 6, &n));

	len = advertise(packet, false);
	assert_true(neighbour_read_nd(packet, len, ours, 6, &n));
	assert_memory_equal(n.hw, ours, 6);
	assert_false(neighbour_read_nd(packet, len, ours, 0, &n));
	/* A probe says of nobody that he has it. */
	unsigned char probe[NEIGHBOUR_PROBE_MAX];
	len = neighbour_nd_probe(probe, ipv6);
	assert_false(neighbour_read_nd(probe, len, ours, 6, &n));
}

static void
test_text(void **state)
{
	char text[NEIGHBOUR_TEXT_MAX];
	unsigned char longest[NEIGHBOUR_HW_MAX] = {0};

	(void)state;
	neighbour_text(theirs, 6, text);
	assert_string_equal(text, "52:54:00:aa:bb:cc");
	neighbour_text(theirs, 0, text);
	assert_string_equal(text, "");
	neighbour_text(longest, sizeof(longest), text);
	assert_int_equal(strlen(text), sizeof(text) - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_arp_probe),
	    cmocka_unit_test(test_arp_read),
	    cmocka_unit_test(test_nd_probe),
	    cmocka_unit_test(test_nd_read),
	    cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
