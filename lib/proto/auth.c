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
 * significant bit first, from 0, complemented. It is linear, so four bytes at a time can be
 * looked up, and the tables follow from what becomes of each single bit.
 */
#define CRC_BITS(n, a, b, c, d, e, f, g, h) \
	((n & 1 ? a : 0) ^ (n & 2 ? b : 0) ^ (n & 4 ? c : 0) ^ (n & 8 ? d : 0) ^ (n & 16 ? e : 0) ^ \
	    (n & 32 ? f : 0) ^ (n & 64 ? g : 0) ^ (n & 128 ? h : 0))
#define CRC_4(n, ...) \
	CRC_BITS((n), __VA_ARGS__), CRC_BITS((n + 1), __VA_ARGS__), \
	    CRC_BITS((n + 2), __VA_ARGS__), CRC_BITS((n + 3), __VA_ARGS__)
#define CRC_16(n, ...) \
	CRC_4(n, __VA_ARGS__), CRC_4(n + 4, __VA_ARGS__), CRC_4(n + 8, __VA_ARGS__), \
	    CRC_4(n + 12, __VA_ARGS__)
#define CRC_64(n, ...) \
	CRC_16(n, __VA_ARGS__), CRC_16(n + 16, __VA_ARGS__), CRC_16(n + 32, __VA_ARGS__), \
	    CRC_16(n + 48, __VA_ARGS__)
#define CRC_256(...) \
	{ \
		CRC_64(0, __VA_ARGS__), CRC_64(64, __VA_ARGS__), CRC_64(128, __VA_ARGS__), \
		    CRC_64(192, __VA_ARGS__) \
	}

/* By place in the word, lowest byte first: what it is after 32 shifts. */
static const uint32_t crc_tables[4][256] = {
	CRC_256(0x04c11db7, 0x09823b6e, 0x130476dc, 0x2608edb8,
		0x4c11db70, 0x9823b6e0, 0x34867077, 0x690ce0ee),
	CRC_256(0xd219c1dc, 0xa0f29e0f, 0x452421a9, 0x8a484352,
		0x10519b13, 0x20a33626, 0x41466c4c, 0x828cd898),
	CRC_256(0x01d8ac87, 0x03b1590e, 0x0762b21c, 0x0ec56438,
		0x1d8ac870, 0x3b1590e0, 0x762b21c0, 0xec564380),
	CRC_256(0xdc6d9ab7, 0xbc1a28d9, 0x7cf54c05, 0xf9ea980a,
		0xf7142da3, 0xeae946f1, 0xd1139055, 0xa6e63d1d),
};

static uint32_t
crc_of(const unsigned char *bytes, size_t len)
{
	uint32_t crc = 0;

	for (; len >= 4; bytes += 4, len -= 4) {
		crc ^= (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
		    (uint32_t)bytes[2] << 8 | bytes[3];
		crc = crc_tables[3][crc >> 24] ^ crc_tables[2][crc >> 16 & 0xff] ^
		    crc_tables[1][crc >> 8 & 0xff] ^ crc_tables[0][crc & 0xff];
	}
	for (; len > 0; bytes++, len--)
		crc = crc << 8 ^ crc_tables[0][(crc >> 24 ^ *bytes) & 0xff];
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
