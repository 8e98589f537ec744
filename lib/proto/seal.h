/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * message + key -> datagram; datagram -> message, or the reason it is refused.
 */
#ifndef HB_PROTO_SEAL_H
#define HB_PROTO_SEAL_H

#include "proto/auth.h"
#include "proto/wire.h"

enum seal_result {
	SEAL_OK,
	SEAL_BAD_FRAME,	/* no message: garbage, cut, too long */
	SEAL_UNSIGNED,	/* no signature that could be read */
	SEAL_NO_KEY,	/* signed with an index that authkeys does not list */
	SEAL_FORGED,	/* the signature is wrong */
	SEAL_BAD_TEXT,	/* signed well, but its fields cannot be read */
	SEAL_RESULT_COUNT
};

/* Short words for counters and logs: "bad-frame" "unsigned" "no-key" "forged" "bad-text". */
const char *seal_result_name(enum seal_result result);

/*
 * Open a datagram: check its signature, then read the message in it.
 *
 * Units:  len is in bytes.
 * Range:  0..WIRE_MAX; anything longer is refused unread.
 * Errors: any result but SEAL_OK; *out is then NULL.
 * Owns:   *out is the caller's (msg_free); keys and buf are borrowed.
 * Source: protocol.md "Datagram"; RFC 2104 for the signature.
 */
enum seal_result seal_open(
    const struct keyring *keys, const void *buf, size_t len, struct msg **out);

/*
 * Sign with the ring's signing key and encode. The classic form ends in a NUL only on
 * datagram media, which serial lines are not: with_nul says which.
 *
 * Owns: the result is the caller's (g_byte_array_unref).
 */
GByteArray *seal_close(
    const struct keyring *keys, const struct msg *m, enum wire_form form, bool with_nul);

#endif
