/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ping_packet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

/* An IPv4 header without options, of which only version and length are read. */
static GByteArray *
with_ip_header(const GByteArray *icmp, unsigned words)
{
	GByteArray *out = g_byte_array_new();
	unsigned char header[60] = {(unsigned char)(0x40 | words)};

	g_byte_array_append(out, header, words * 4);
	g_byte_array_append(out, icmp->data, icmp->len);
	return out;
}

/* What a host makes of a request: only the type differs, and with it the checksum. */
static void
answer(GByteArray *request, bool ipv6)
{
	uint32_t sum;

	request->data[0] = ipv6 ? 129 : 0;
	if (ipv6)
		return;
	sum = (uint32_t)(request->data[2] << 8 | request->data[3]) + 0x0800;
	sum = (sum & 0xffff) + (sum >> 16);
	request->data[2] = (unsigned char)(sum >> 8);
	request->data[3] = (unsigned char)(sum & 0xff);
}

static void
a_request_has_these_bytes(void **state)
{
	/* "abc": sum 0800 + 1234 + 0007 + 6162 + 6300 = deb9d -> de9d; ~ = 2162 */
	static const unsigned char v4[] = {
	    8, 0, 0x21, 0x62, 0x12, 0x34, 0, 7, 'a', 'b', 'c'};
	static const unsigned char v6[] = {128, 0, 0, 0, 0x12, 0x34, 0, 7, 'a', 'b', 'c'};
	g_autoptr(GByteArray) four = ping_request(false, 0x1234, 7, "abc", 3);
	g_autoptr(GByteArray) six = ping_request(true, 0x1234, 7, "abc", 3);

	(void)state;
	assert_int_equal(four->len, sizeof(v4));
	assert_memory_equal(four->data, v4, sizeof(v4));
	assert_int_equal(six->len, sizeof(v6));
	assert_memory_equal(six->data, v6, sizeof(v6));
}

static void
a_reply_gives_back_what_was_asked(void **state)
{
	static const char *const payloads[] = {"", "x", "xy", "###\n1:a,%%%\n"};

	(void)state;
	for (size_t i = 0; i < G_N_ELEMENTS(payloads) * 3; i++) {
		const char *payload = payloads[i / 3];
		const bool ipv6 = i % 3 == 2;
		g_autoptr(GByteArray) icmp =
		    ping_request(ipv6, 65535, (uint16_t)i, payload, strlen(payload));
		struct ping_reply r;

		answer(icmp, ipv6);
		g_autoptr(GByteArray) packet = with_ip_header(icmp, i % 3 == 1 ? 15 : 5);
		const GByteArray *seen = ipv6 ? icmp : packet;
		assert_true(ping_reply_parse(ipv6, seen->data, seen->len, &r));
		assert_int_equal(r.id, 65535);
		assert_int_equal(r.sequence, i);
		assert_int_equal(r.len, strlen(payload));
		assert_memory_equal(r.payload, payload, r.len);
	}
}

static void
what_is_no_reply_is_refused(void **state)
{
	g_autoptr(GByteArray) icmp = ping_request(false, 1, 2, "payload", 7);
	g_autoptr(GByteArray) request = with_ip_header(icmp, 5);
	struct ping_reply r;

	(void)state;
	assert_false(ping_reply_parse(false, request->data, request->len, &r));
	answer(icmp, false);
	g_autoptr(GByteArray) good = with_ip_header(icmp, 5);
	assert_true(ping_reply_parse(false, good->data, good->len, &r));
	assert_false(ping_reply_parse(true, good->data, good->len, &r));

	/* Each length short of the ICMP header, and headers that claim what is not there.
	 */
	for (size_t len = 0; len < 28; len++)
		assert_false(ping_reply_parse(false, good->data, len, &r));
	for (unsigned first = 0; first < 256; first++) {
		good->data[0] = (unsigned char)first;
		assert_int_equal(
		    ping_reply_parse(false, good->data, good->len, &r), first == 0x45);
	}
	good->data[0] = 0x45;

	/* Any single damaged byte of the ICMP part. */
	for (size_t i = 20; i < good->len; i++) {
		good->data[i] ^= 0x10;
		assert_false(ping_reply_parse(false, good->data, good->len, &r));
		good->data[i] ^= 0x10;
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_request_has_these_bytes),
	    cmocka_unit_test(a_reply_gives_back_what_was_asked),
	    cmocka_unit_test(what_is_no_reply_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
