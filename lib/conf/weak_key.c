/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "conf/weak_key.h"

#include <string.h>

/* Fewer are found by trying all, from one packet that was listened to. */
#define SECRET_MIN 8

/* In the samples of manuals and how-tos: PutYourSuperSecretKeyHere, replace-this-by-... */
static const char *const sample_words[] = {
    "secret", "password", "passphrase", "keyhere", "yourkey", "changeme", "replace-this"};

bool
weak_key_network(const struct conf *c)
{
	for (unsigned i = 0; i < c->media_count; i++)
		if (c->media[i].kind != MEDIUM_SERIAL && !medium_is_ping(c->media[i].kind))
			return true;
	return false;
}

static bool
is_sample(const char *secret)
{
	g_autofree char *lower = g_ascii_strdown(secret, -1);
	bool found = false;

	for (size_t i = 0; i < G_N_ELEMENTS(sample_words); i++)
		found |= strstr(lower, sample_words[i]) != NULL;
	explicit_bzero(lower, strlen(lower));
	return found;
}

const char *
weak_key_reason(const struct auth_key *key, bool network)
{
	if (key->method == AUTH_CRC)
		return network ? "crc proves nothing, and heartbeats go over a network: whoever "
				 "can send a packet to this node can move its services"
			       : NULL;
	if (key->secret == NULL)
		return NULL;
	if (is_sample(key->secret))
		return "the secret looks like the sample of a manual, which everybody has read";
	if (key->secret_len < SECRET_MIN ||
	    strspn(key->secret, (const char[]){key->secret[0], '\0'}) == key->secret_len)
		return "the secret is so short or plain that it is guessed from one packet";
	return NULL;
}

/* The number of a new key: one that is free, or 1 where none is. */
static unsigned
free_number(const struct keyring *ring)
{
	for (unsigned i = 1; i <= AUTH_INDEX_MAX; i++)
		if (ring->keys[i].method == AUTH_NONE)
			return i;
	return 1;
}

char *
weak_key_offer(const struct conf *c, const unsigned char random[WEAK_KEY_RANDOM_SIZE])
{
	bool network = weak_key_network(c);
	bool weak = false;

	for (unsigned i = 0; i <= AUTH_INDEX_MAX; i++)
		weak |= weak_key_reason(&c->keys.keys[i], network) != NULL;
	if (!weak)
		return NULL;
	g_autofree char *secret = g_base64_encode(random, WEAK_KEY_RANDOM_SIZE);
	unsigned number = free_number(&c->keys);
	char *text = g_strdup_printf(
	    "A strong key: add this line to authkeys on all nodes and reload each,\n"
	    "  %u sha1 %s\n"
	    "then write 'auth %u' on one node after the other and reload it, then remove the "
	    "old key.\n",
	    number, secret, number);
	explicit_bzero(secret, strlen(secret));
	return text;
}
