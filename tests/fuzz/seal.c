/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Signatures. The first byte says what is done: the rest is opened as it stands, or it is a
 * message that is signed with a key of each method and then damaged: whatever is still
 * taken says the same as before.
 */
#include "fuzz.h"
#include "proto/seal.h"

static struct keyring *
ring(void)
{
	static struct keyring r = {
	    .keys =
		{
		    [1] = {AUTH_CRC, NULL, 0},
		    [2] = {AUTH_MD5, (char *)"second", 6},
		    [3] = {AUTH_SHA1, (char *)"secret", 6},
		    [4] = {AUTH_SHA256, (char *)"third key, longer than the others", 33},
		    [15] = {AUTH_SHA512, (char *)"x", 1},
		},
	};

	return &r;
}

static bool
same(const struct msg *a, const struct msg *b)
{
	if (msg_count(a) != msg_count(b))
		return false;
	for (size_t i = 0; i < msg_count(a); i++) {
		const struct field *f = msg_field(a, i);
		const struct field *g = msg_field(b, i);

		if (strcmp(f->name, g->name) != 0 || f->type != g->type ||
		    f->len != g->len || memcmp(f->value, g->value, f->len) != 0)
			return false;
	}
	return true;
}

/* Length and place of the damage come from the input. */
static void
damage(GByteArray *bytes, struct reader *r)
{
	size_t at = (take_byte(r) | (size_t)take_byte(r) << 8) % bytes->len;
	uint8_t change = take_byte(r);

	switch (take_below(r, 3)) {
	case 0:
		bytes->data[at] ^= change;
		break;
	case 1:
		g_byte_array_set_size(bytes, (guint)at);
		break;
	case 2:
		g_byte_array_append(bytes, &change, 1);
		break;
	}
}

static void
sign_and_damage(struct reader *r)
{
	static const int signers[] = {1, 2, 3, 4, 15};
	struct keyring *keys = ring();
	enum wire_form form = take_bit(r) ? WIRE_CLASSIC : WIRE_NETSTRING;
	bool with_nul = take_bit(r);
	struct reader harm = *r;
	struct wire_frame frame;
	AUTO_MSG struct msg *m = NULL, *whole = NULL, *damaged = NULL;

	keys->signing = signers[take_below(r, G_N_ELEMENTS(signers))];
	for (int i = 0; i < 4; i++)
		take_byte(r);
	take_byte(&harm);
	if (wire_frame(r->at, r->left, &frame) != WIRE_OK ||
	    wire_decode(&frame, &m) != WIRE_OK)
		return;
	g_autoptr(GByteArray) bytes = seal_close(keys, m, form, with_nul);
	if (bytes->len > WIRE_MAX)
		return;
	enum seal_result result = seal_open(keys, bytes->data, bytes->len, &whole);
	CLAIM(result == SEAL_OK || msg_find(m, "_compressed_payload") != NULL);
	damage(bytes, &harm);
	result = seal_open(keys, bytes->data, bytes->len, &damaged);
	CLAIM((result == SEAL_OK) == (damaged != NULL));
	CLAIM(damaged == NULL || whole == NULL || same(whole, damaged));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct reader r = {bytes, len};
	AUTO_MSG struct msg *m = NULL;

	if (take_bit(&r)) {
		sign_and_damage(&r);
		return 0;
	}
	enum seal_result result = seal_open(ring(), r.at, r.left, &m);
	CLAIM(seal_result_name(result) != NULL && (result == SEAL_OK) == (m != NULL));
	return 0;
}
