/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proto/seal.h"

#include <assert.h>

#include "proto/compress.h"

static const char *const result_names[] = {
    [SEAL_OK] = "ok",
    [SEAL_BAD_FRAME] = "bad-frame",
    [SEAL_UNSIGNED] = "unsigned",
    [SEAL_NO_KEY] = "no-key",
    [SEAL_FORGED] = "forged",
    [SEAL_BAD_TEXT] = "bad-text",
};
static_assert(G_N_ELEMENTS(result_names) == SEAL_RESULT_COUNT, "a name for each result");

const char *
seal_result_name(enum seal_result result)
{
	assert(result < SEAL_RESULT_COUNT);
	return result_names[result];
}

static enum seal_result
signature_check(const struct keyring *keys, const struct wire_frame *frame)
{
	g_autoptr(GByteArray) covered = wire_frame_signed_part(frame);

	switch (auth_verify(
	    keys, frame->trailer, frame->trailer_len, covered->data, covered->len)) {
	case AUTH_OK:
		return SEAL_OK;
	case AUTH_NO_TRAILER:
		return SEAL_UNSIGNED;
	case AUTH_NO_KEY:
		return SEAL_NO_KEY;
	case AUTH_FORGED:
		return SEAL_FORGED;
	}
	return SEAL_FORGED;
}

enum seal_result
seal_open(const struct keyring *keys, const void *buf, size_t len, struct msg **out)
{
	struct wire_frame frame;
	AUTO_MSG struct msg *m = NULL;

	*out = NULL;
	/* What stands behind the message is covered by no signature: refused. */
	if (wire_frame(buf, len, &frame) != WIRE_OK || frame.total != len)
		return SEAL_BAD_FRAME;
	enum seal_result result = signature_check(keys, &frame);
	if (result != SEAL_OK)
		return result;
	if (wire_decode(&frame, &m) != WIRE_OK)
		return SEAL_BAD_TEXT;
	*out = compress_is_wrapped(m) ? compress_unwrap(m) : g_steal_pointer(&m);
	return *out != NULL ? SEAL_OK : SEAL_BAD_TEXT;
}

GByteArray *
seal_close(
    const struct keyring *keys, const struct msg *m, enum wire_form form, bool with_nul)
{
	GByteArray *out = wire_signed_part(m, form);
	char trailer[AUTH_TRAILER_MAX];

	auth_sign(keys, keys->signing, out->data, out->len, trailer);
	out = wire_wrap(out, form, trailer);
	if (form == WIRE_CLASSIC && with_nul)
		g_byte_array_append(out, (const guint8 *)"", 1);
	return out;
}
