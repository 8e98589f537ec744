/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A serial line: the same bytes cut in three ways give the same frames.
 */
#include "fuzz.h"
#include "proto/frames.h"
#include "proto/wire.h"

static void
keep(void *arg, const void *bytes, size_t len)
{
	struct wire_frame frame;

	CLAIM(len >= 8 && len <= WIRE_MAX && memcmp(bytes, ">>>", 3) == 0);
	CLAIM(((const char *)bytes)[len - 1] == '\n' && memchr(bytes, '\0', len) == NULL);
	CLAIM(wire_frame(bytes, len, &frame) != WIRE_OK || frame.form == WIRE_CLASSIC);
	g_byte_array_append(arg, (const guint8 *)&len, sizeof(len));
	g_byte_array_append(arg, bytes, (guint)len);
}

/* Chunks of these sizes in turn. Owns: the caller's. */
static GByteArray *
feed(const uint8_t *bytes, size_t len, size_t first, size_t second)
{
	GByteArray *out = g_byte_array_new();
	struct frames *f = frames_new();
	bool odd = false;

	while (len > 0) {
		size_t n = MIN(len, odd ? second : first);

		frames_feed(f, bytes, n, keep, out);
		bytes += n;
		len -= n;
		odd = !odd;
	}
	uint64_t dropped = frames_dropped(f);
	frames_reset(f);
	CLAIM(frames_dropped(f) >= dropped);
	frames_free(f);
	return out;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct reader r = {bytes, len};
	size_t first = 1 + (size_t)take_byte(&r);
	size_t second = 1 + (size_t)take_byte(&r);
	g_autoptr(GByteArray) whole = feed(r.at, r.left, MAX(r.left, 1), 1);
	g_autoptr(GByteArray) cut = feed(r.at, r.left, first, second);
	g_autoptr(GByteArray) single = feed(r.at, r.left, 1, 1);

	CLAIM(same_bytes(whole, cut));
	CLAIM(same_bytes(whole, single));
	return 0;
}
