/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "proto/envelope.h"

#include <assert.h>
#include <glib.h>
#include <string.h>

static const char *const result_names[] = {
    [ENVELOPE_OK] = "ok",
    [ENVELOPE_NO_TYPE] = "no-type",
    [ENVELOPE_BAD_TYPE] = "bad-type",
    [ENVELOPE_NO_SOURCE] = "no-source",
    [ENVELOPE_BAD_SOURCE] = "bad-source",
    [ENVELOPE_NO_TIME] = "no-time",
    [ENVELOPE_BAD_TIME] = "bad-time",
    [ENVELOPE_NO_SEQ] = "no-seq",
    [ENVELOPE_BAD_SEQ] = "bad-seq",
    [ENVELOPE_BAD_GENERATION] = "bad-generation",
};
static_assert(
    G_N_ELEMENTS(result_names) == ENVELOPE_RESULT_COUNT, "a name for each result");

const char *
envelope_result_name(enum envelope_result result)
{
	assert(result < ENVELOPE_RESULT_COUNT);
	return result_names[result];
}

static const unsigned char *
uuid_get(const struct msg *m, const char *name)
{
	static const unsigned char unknown[ENVELOPE_UUID_LEN];
	const struct field *f = msg_find(m, name);

	if (f == NULL || f->type != FIELD_BINARY || f->len != ENVELOPE_UUID_LEN)
		return NULL;
	if (memcmp(f->value, unknown, ENVELOPE_UUID_LEN) == 0)
		return NULL;
	return (const unsigned char *)f->value;
}

static bool
word_fits(const char *word, size_t max)
{
	size_t len = strlen(word);

	return len > 0 && len <= max;
}

static enum envelope_result
sequence_read(const struct msg *m, struct envelope *out)
{
	bool there = msg_find(m, "seq") != NULL;
	bool read = msg_get_hex(m, "seq", &out->seq);

	if (there && !read)
		return ENVELOPE_BAD_SEQ;
	if (out->sequenced && !there)
		return ENVELOPE_NO_SEQ;
	if (out->sequenced && out->seq == 0)
		return ENVELOPE_BAD_SEQ;
	if (!out->sequenced)
		out->seq = 0;
	if (msg_find(m, "hg") != NULL &&
	    (!msg_get_hex(m, "hg", &out->generation) || out->generation >= GENERATION_MAX))
		return ENVELOPE_BAD_GENERATION;
	return ENVELOPE_OK;
}

enum envelope_result
envelope_read(const struct msg *m, struct envelope *out)
{
	memset(out, 0, sizeof(*out));
	out->type = msg_get(m, "t");
	if (out->type == NULL)
		return ENVELOPE_NO_TYPE;
	if (!word_fits(out->type, ENVELOPE_TYPE_MAX))
		return ENVELOPE_BAD_TYPE;
	out->src = msg_get(m, "src");
	if (out->src == NULL)
		return ENVELOPE_NO_SOURCE;
	if (!word_fits(out->src, ENVELOPE_SOURCE_MAX))
		return ENVELOPE_BAD_SOURCE;
	if (msg_find(m, "ts") == NULL)
		return ENVELOPE_NO_TIME;
	if (!msg_get_hex(m, "ts", &out->time) || out->time == 0)
		return ENVELOPE_BAD_TIME;
	out->dest = msg_get(m, "dest");
	out->srcuuid = uuid_get(m, "srcuuid");
	out->destuuid = uuid_get(m, "destuuid");
	out->sequenced = !g_str_has_prefix(out->type, "NS_");
	return sequence_read(m, out);
}
