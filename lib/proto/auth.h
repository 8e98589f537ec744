/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Sign and verify with a key of the key ring. The only user of OpenSSL.
 *
 * Source: compat wire.md section 6; RFC 2104.
 */
#ifndef HB_PROTO_AUTH_H
#define HB_PROTO_AUTH_H

#include <stdbool.h>
#include <stddef.h>

enum auth_method {
	AUTH_NONE,	/* no key under this index */
	AUTH_CRC,	/* no secret: detects damage, proves nothing */
	AUTH_MD5,
	AUTH_SHA1,
	AUTH_SHA256,	/* ours; 3.0.6 does not know it */
	AUTH_SHA512,
	AUTH_METHOD_COUNT
};

#define AUTH_INDEX_MAX 15
/* "INDEX DIGEST" with the longest digest, and a NUL. */
#define AUTH_TRAILER_MAX 140

struct auth_key {
	enum auth_method method;
	char *secret;	/* NULL for crc */
	size_t secret_len;
};

/* Every listed key verifies; one signs. */
struct keyring {
	struct auth_key keys[AUTH_INDEX_MAX + 1];
	int signing;	/* index 0..15 */
};

enum auth_result {
	AUTH_OK,
	AUTH_NO_TRAILER,	/* not "INDEX DIGEST" */
	AUTH_NO_KEY,	/* no key under the index it names */
	AUTH_FORGED,	/* the digest differs */
};

/* "crc" "md5" "sha1" "sha256" "sha512"; AUTH_NONE if the name is none, any case. */
enum auth_method auth_method_from_name(const char *name);
const char *auth_method_name(enum auth_method method);

/*
 * Write "INDEX DIGEST" for the bytes.
 *
 * Range:  index 0..AUTH_INDEX_MAX with a key under it (asserted).
 */
void auth_sign(const struct keyring *ring, int index, const void *bytes, size_t len,
    char out[AUTH_TRAILER_MAX]);

/* Check a trailer of trailer_len bytes, in constant time, with the key that it names. */
enum auth_result auth_verify(const struct keyring *ring, const char *trailer,
    size_t trailer_len, const void *bytes, size_t len);

/*
 * May a netstring be sent to a 3.0.6 node, whichever of these keys it signs with? That takes the
 * method of the named key, but the secret of its own.
 *
 * Source: compat wire.md section 6, "Changing keys".
 */
bool keyring_suits_netstring(const struct keyring *ring);

/* Wipes the secrets, then frees them; the ring itself is the caller's. */
void keyring_clear(struct keyring *ring);

#endif
