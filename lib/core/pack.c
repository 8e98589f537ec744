/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "core/pack.h"

#define LOW_BITS 0x7f
#define MORE 0x80

void
pack_u64(GByteArray *out, uint64_t value)
{
	guint8 byte;

	while (value > LOW_BITS) {
		byte = (guint8)(value & LOW_BITS) | MORE;
		g_byte_array_append(out, &byte, 1);
		value >>= 7;
	}
	byte = (guint8)value;
	g_byte_array_append(out, &byte, 1);
}

void
pack_i64(GByteArray *out, int64_t value)
{
	uint64_t bits = (uint64_t)value << 1;

	pack_u64(out, value < 0 ? ~bits : bits);
}

void
pack_bytes(GByteArray *out, const void *bytes, size_t len)
{
	pack_u64(out, len);
	if (len > 0)
		g_byte_array_append(out, bytes, (guint)len);
}

uint8_t
unpack_byte(struct unpack *u)
{
	if (u->bad || u->at == u->end) {
		u->bad = true;
		return 0;
	}
	return *u->at++;
}

uint64_t
unpack_u64(struct unpack *u)
{
	uint64_t value = 0;

	for (unsigned shift = 0; shift < 64; shift += 7) {
		uint8_t byte = unpack_byte(u);

		/* Of the tenth byte only one bit has room. */
		if (shift == 63 && byte > 1)
			break;
		value |= (uint64_t)(byte & LOW_BITS) << shift;
		if ((byte & MORE) == 0)
			return u->bad ? 0 : value;
	}
	u->bad = true;
	return 0;
}

int64_t
unpack_i64(struct unpack *u)
{
	uint64_t bits = unpack_u64(u);

	return (int64_t)((bits >> 1) ^ (0 - (bits & 1)));
}

const void *
unpack_bytes(struct unpack *u, size_t *len)
{
	uint64_t wanted = unpack_u64(u);
	const void *at = u->at;

	*len = 0;
	if (u->bad || wanted > (uint64_t)(u->end - u->at)) {
		u->bad = true;
		return "";
	}
	*len = (size_t)wanted;
	u->at += wanted;
	return at;
}
