/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proto/auth.h"

#include <assert.h>
#include <glib.h>
#include <limits.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

static const char *const method_names[] = {
    [AUTH_NONE] = "none",
    [AUTH_CRC] = "crc",
    [AUTH_MD5] = "md5",
    [AUTH_SHA1] = "sha1",
    [AUTH_SHA256] = "sha256",
    [AUTH_SHA512] = "sha512",
};
static_assert(G_N_ELEMENTS(method_names) == AUTH_METHOD_COUNT, "a name for each method");

enum auth_method
auth_method_from_name(const char *name)
{
	for (int i = AUTH_CRC; i < AUTH_METHOD_COUNT; i++) {
		if (g_ascii_strcasecmp(name, method_names[i]) == 0)
			return (enum auth_method)i;
	}
	return AUTH_NONE;
}

const char *
auth_method_name(enum auth_method method)
{
	assert(method < AUTH_METHOD_COUNT);
	return method_names[method];
}

/*
 * The checksum of cksum(1) without the length it appends: polynomial 04C11DB7, most
 * significant bit first, from 0, complemented.
 */
static uint32_t
crc_of(const unsigned char *bytes, size_t len)
{
	/* What four bits shifted out do to the rest. */
	static const uint32_t quads[16] = {
	    0x00000000, 0x04c11db7, 0x09823b6e, 0x0d4326d9,
	    0x130476dc, 0x17c56b6b, 0x1a864db2, 0x1e475005,
	    0x2608edb8, 0x22c9f00f, 0x2f8ad6d6, 0x2b4bcb61,
	    0x350c9b64, 0x31cd86d3, 0x3c8ea00a, 0x384fbdbd,
	};
	uint32_t crc = 0;

	for (size_t i = 0; i < len; i++) {
		crc ^= (uint32_t)bytes[i] << 24;
		crc = crc << 4 ^ quads[crc >> 28];
		crc = crc << 4 ^ quads[crc >> 28];
	}
	return ~crc;
}

static const EVP_MD *
method_hash(enum auth_method method)
{
	switch (method) {
	case AUTH_MD5:
		return EVP_md5();
	case AUTH_SHA1:
		return EVP_sha1();
	case AUTH_SHA256:
		return EVP_sha256();
	case AUTH_SHA512:
		return EVP_sha512();
	case AUTH_NONE:
	case AUTH_CRC:
	case AUTH_METHOD_COUNT:
		break;
	}
	return NULL;
}

/*
 * Write "INDEX DIGEST" and return its length; 0 if OpenSSL will not compute this digest,
 * as a system in FIPS mode refuses md5.
 */
static size_t
trailer_write(const struct auth_key *key, int index, const void *bytes, size_t len,
    char out[AUTH_TRAILER_MAX])
{
	if (key->method == AUTH_CRC)
		return (size_t)g_snprintf(
		    out, AUTH_TRAILER_MAX, "%d %x", index, crc_of(bytes, len));

	const EVP_MD *hash = method_hash(key->method);
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned int digest_len = 0;
	assert(hash != NULL && key->secret != NULL && key->secret_len <= INT_MAX);
	if (HMAC(hash, key->secret, (int)key->secret_len, bytes, len, digest,
		&digest_len) == NULL)
		return 0;
	size_t at = (size_t)g_snprintf(out, AUTH_TRAILER_MAX, "%d ", index);
	assert(at + 2 * digest_len < AUTH_TRAILER_MAX);
	for (unsigned i = 0; i < digest_len; i++) {
		out[at++] = "0123456789abcdef"[digest[i] >> 4];
		out[at++] = "0123456789abcdef"[digest[i] & 15];
	}
	out[at] = '\0';
	return at;
}

void
auth_sign(const struct keyring *ring, int index, const void *bytes, size_t len,
    char out[AUTH_TRAILER_MAX])
{
	assert(index >= 0 && index <= AUTH_INDEX_MAX);
	assert(ring->keys[index].method != AUTH_NONE);
	size_t written = trailer_write(&ring->keys[index], index, bytes, len, out);

	assert(written > 0);
	(void)written;
}

/* One or two digits without leading zero, a blank and something behind it. */
static bool
trailer_index(const char *trailer, size_t len, int *index)
{
	size_t digits = 0;
	int n = 0;

	while (digits < len && digits < 2 && g_ascii_isdigit(trailer[digits]))
		n = n * 10 + (trailer[digits++] - '0');
	if (digits == 0 || (digits == 2 && trailer[0] == '0'))
		return false;
	if (len < digits + 2 || trailer[digits] != ' ')
		return false;
	*index = n;
	return true;
}

enum auth_result
auth_verify(const struct keyring *ring, const char *trailer, size_t trailer_len,
    const void *bytes, size_t len)
{
	char expected[AUTH_TRAILER_MAX];
	int index;

	if (trailer == NULL || !trailer_index(trailer, trailer_len, &index))
		return AUTH_NO_TRAILER;
	if (index > AUTH_INDEX_MAX || ring->keys[index].method == AUTH_NONE)
		return AUTH_NO_KEY;
	size_t expected_len =
	    trailer_write(&ring->keys[index], index, bytes, len, expected);
	if (expected_len == 0 || expected_len != trailer_len)
		return AUTH_FORGED;
	return CRYPTO_memcmp(expected, trailer, trailer_len) == 0 ? AUTH_OK : AUTH_FORGED;
}

bool
keyring_suits_netstring(const struct keyring *ring)
{
	const struct auth_key *own = &ring->keys[ring->signing];

	/* It has no secret to be mistaken. */
	if (own->method == AUTH_CRC)
		return true;
	for (size_t i = 0; i < G_N_ELEMENTS(ring->keys); i++) {
		const struct auth_key *key = &ring->keys[i];

		if (key->method != AUTH_NONE &&
		    (key->secret_len != own->secret_len ||
			memcmp(key->secret, own->secret, own->secret_len) != 0))
			return false;
	}
	return true;
}

void
keyring_clear(struct keyring *ring)
{
	for (size_t i = 0; i < G_N_ELEMENTS(ring->keys); i++) {
		struct auth_key *key = &ring->keys[i];

		if (key->secret != NULL)
			OPENSSL_cleanse(key->secret, key->secret_len);
		g_free(key->secret);
	}
	memset(ring, 0, sizeof(*ring));
}
