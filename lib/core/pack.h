/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers and bytes in as few bytes as they need, for the flight record.
 */
#ifndef HB_CORE_PACK_H
#define HB_CORE_PACK_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Seven bits a byte, the low ones first; the last byte has the eighth bit clear. */
void pack_u64(GByteArray *out, uint64_t value);
/* Numbers near zero are short, of either sign. */
void pack_i64(GByteArray *out, int64_t value);
/* Length, then the bytes. */
void pack_bytes(GByteArray *out, const void *bytes, size_t len);

/* What is read. After the first fault bad is set, and everything read is 0 or empty. */
struct unpack {
	const uint8_t *at, *end;
	bool bad;
};

uint8_t unpack_byte(struct unpack *u);
uint64_t unpack_u64(struct unpack *u);
int64_t unpack_i64(struct unpack *u);
/* Owns: points into what is read. */
const void *unpack_bytes(struct unpack *u, size_t *len);

#endif
